/**
 * What each feature contributed to each prediction: exact Shapley values of the trees (TreeSHAP, path-dependent).
 *
 * The game of a tree pays a set S of features the expected score of the row when only S is known: at a split by a feature
 * outside S both children count, by the share of training rows that went there.
 *
 * Cost    per row and tree O(leaves x depth^2).
 * Source  Lundberg, Erion, Chen et al. (2020), Nature Machine Intelligence 2, 56-67, algorithm 2.
 */
import { assertFits, layOutRows, nextNode } from './predict.ts';
import type { FeatureTable } from './feature-table.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeNodes } from './tree-nodes.ts';

/**
 * The features on the way from the root, each once. `zero` is the share of rows that go this way when the feature is not
 * known, `one` is 1 if the row itself does, else 0; `weight` sums the permutation weights of subsets of each size. The
 * path of depth d stands at d (d + 1) / 2, so that a child extends a copy of its parent's.
 */
type Path = {
  readonly feature: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;
};

type Explanation = {
  readonly nodes: TreeNodes;
  readonly path: Path;
  readonly row: Float32Array;
  readonly shares: Float64Array;
  root: number;
};

/**
 * Contributions to the score of each row on the link scale, rows x (features + 1), row after row. The last column is the
 * score expected of the training rows; a row adds up to its score.
 */
export function contributions(model: TreeModel, table: FeatureTable): Float64Array {
  assertFits(model, table);
  const featureCount = model.names.length;
  const width = featureCount + 1;
  const result = new Float64Array(table.rowCount * width);
  const depth = depthOf(model) + 2;
  const size = (depth * (depth + 1)) / 2;
  const explanation: Explanation = {
    nodes: model.nodes,
    path: {
      feature: new Int32Array(size),
      zero: new Float64Array(size),
      one: new Float64Array(size),
      weight: new Float64Array(size),
    },
    row: new Float32Array(featureCount),
    shares: new Float64Array(width),
    root: 0,
  };
  const expected = expectedScore(model);
  for (let row = 0; row < table.rowCount; row++) {
    layOutRows(model, table, row, row + 1, explanation.row);
    explanation.shares.fill(0);
    for (let tree = 0; tree + 1 < model.treeStarts.length; tree++) {
      explanation.root = model.treeStarts[tree];
      explainNode(explanation, explanation.root, 0, 0, 1, 1, -1);
    }
    explanation.shares[featureCount] = expected;
    result.set(explanation.shares, row * width);
  }
  return result;
}

/** Mean score over the training rows that each tree saw. */
function expectedScore({ nodes, treeStarts, baseScore }: TreeModel): number {
  let sum = baseScore;
  for (let tree = 0; tree + 1 < treeStarts.length; tree++) {
    const root = treeStarts[tree];
    let ofTree = 0;
    for (let node = root; node < treeStarts[tree + 1]; node++) {
      if (nodes.feature[node] < 0) ofTree += (nodes.cover[node] / nodes.cover[root]) * nodes.value[node];
    }
    sum += ofTree;
  }
  return sum;
}

/** Splits on the longest way from a root to a leaf. Children come behind their parents, so one pass suffices. */
function depthOf({ nodes, treeStarts }: TreeModel): number {
  const depths = new Int32Array(nodes.feature.length);
  let deepest = 0;
  for (let tree = 0; tree + 1 < treeStarts.length; tree++) {
    const root = treeStarts[tree];
    for (let node = root; node < treeStarts[tree + 1]; node++) {
      if (nodes.feature[node] < 0) continue;
      depths[root + nodes.left[node]] = depths[node] + 1;
      depths[root + nodes.right[node]] = depths[node] + 1;
      deepest = Math.max(deepest, depths[node] + 1);
    }
  }
  return deepest;
}

/**
 * Extends the path by the split above `node` and goes on below. `start` is where this node's path stands, `length` how
 * many features its parent's path had.
 */
function explainNode(
  explanation: Explanation,
  node: number,
  start: number,
  length: number,
  zero: number,
  one: number,
  feature: number,
): void {
  const { nodes, path, row, root } = explanation;
  extendPath(path, start, length, zero, one, feature);
  const own = nodes.feature[node];
  if (own < 0) {
    addLeaf(explanation, start, length, nodes.value[node]);
    return;
  }
  const hot = root + nextNode(nodes, node, row[own]);
  const cold = hot === root + nodes.left[node] ? root + nodes.right[node] : root + nodes.left[node];
  let zeroBefore = 1;
  let oneBefore = 1;
  let kept = length;
  // A feature met before has its earlier step undone: on one path it counts once.
  for (let i = 1; i <= length; i++) {
    if (path.feature[start + i] !== own) continue;
    zeroBefore = path.zero[start + i];
    oneBefore = path.one[start + i];
    unwindPath(path, start, length, i);
    kept -= 1;
    break;
  }
  const below = start + kept + 1;
  for (const child of [hot, cold]) {
    for (let i = 0; i <= kept; i++) {
      path.feature[below + i] = path.feature[start + i];
      path.zero[below + i] = path.zero[start + i];
      path.one[below + i] = path.one[start + i];
      path.weight[below + i] = path.weight[start + i];
    }
    const share = (zeroBefore * nodes.cover[child]) / nodes.cover[node];
    explainNode(explanation, child, below, kept + 1, share, child === hot ? oneBefore : 0, own);
  }
}

function extendPath(
  path: Path,
  start: number,
  length: number,
  zero: number,
  one: number,
  feature: number,
): void {
  const { weight } = path;
  const end = start + length;
  path.feature[end] = feature;
  path.zero[end] = zero;
  path.one[end] = one;
  weight[end] = length === 0 ? 1 : 0;
  for (let i = length - 1; i >= 0; i--) {
    weight[start + i + 1] += (one * weight[start + i] * (i + 1)) / (length + 1);
    weight[start + i] = (zero * weight[start + i] * (length - i)) / (length + 1);
  }
}

/** Takes step `index` out of a path whose last step is `length`. */
function unwindPath(path: Path, start: number, length: number, index: number): void {
  const { weight } = path;
  const zero = path.zero[start + index];
  const one = path.one[start + index];
  let next = weight[start + length];
  for (let i = length - 1; i >= 0; i--) {
    if (one !== 0) {
      const before = weight[start + i];
      weight[start + i] = (next * (length + 1)) / ((i + 1) * one);
      next = before - (weight[start + i] * zero * (length - i)) / (length + 1);
    } else {
      weight[start + i] = (weight[start + i] * (length + 1)) / (zero * (length - i));
    }
  }
  for (let i = index; i < length; i++) {
    path.feature[start + i] = path.feature[start + i + 1];
    path.zero[start + i] = path.zero[start + i + 1];
    path.one[start + i] = path.one[start + i + 1];
  }
}

/** Sum of the weights that would stand if step `index` were taken out. */
function unwoundSum(path: Path, start: number, length: number, index: number): number {
  const { weight } = path;
  const zero = path.zero[start + index];
  const one = path.one[start + index];
  let next = weight[start + length];
  let total = 0;
  for (let i = length - 1; i >= 0; i--) {
    if (one !== 0) {
      const undone = (next * (length + 1)) / ((i + 1) * one);
      total += undone;
      next = weight[start + i] - (undone * zero * (length - i)) / (length + 1);
    } else {
      total += (weight[start + i] * (length + 1)) / (zero * (length - i));
    }
  }
  return total;
}

function addLeaf({ path, shares }: Explanation, start: number, length: number, value: number): void {
  for (let i = 1; i <= length; i++) {
    const weight = unwoundSum(path, start, length, i);
    shares[path.feature[start + i]] += weight * (path.one[start + i] - path.zero[start + i]) * value;
  }
}
