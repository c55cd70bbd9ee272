/**
 * The trees of a model laid out for walking: what a step needs lies together, siblings are neighbours, and a step is reckoned
 * instead of branched, because which way a row goes is what no processor can guess.
 *
 * Rows are walked four at a time: one walk is a chain of dependent loads, and four chains cost little more than one.
 * Cost  about 1.5 ns a row, tree and level; the layout 10 ns a node, once for each model.
 */
import { WORDS_PER_SET } from './split.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeNodes } from './tree-nodes.ts';

export type TreeWalk = {
  /** Root of each tree. */
  readonly roots: Int32Array;
  /** LINKS numbers a node: what it looks at, and its left child; the right one follows it. */
  readonly links: Int32Array;
  /** Values up to this go left, so that a leaf sends everything back to itself; of a category the number of its set. */
  readonly thresholds: Float64Array;
  readonly values: Float64Array;
  readonly categories: Uint32Array;
};

// Slots of `links`. What a node looks at is its feature, doubled, plus 1 where missing values go right; with all bits turned, which
// makes it negative, where it is a category. A leaf looks at anything and is its own child.
const LOOK = 0;
const CHILD = 1;
const LINKS = 2;

const walks = new WeakMap<TreeModel, TreeWalk>();

/** The walk of a model, made when it is first asked for: a trained model does not change. */
export function walkOf(model: TreeModel): TreeWalk {
  const known = walks.get(model);
  if (known !== undefined) return known;
  const made = layOut(model);
  walks.set(model, made);
  return made;
}

function layOut({ nodes, treeStarts }: TreeModel): TreeWalk {
  const nodeCount = nodes.feature.length;
  const walk: TreeWalk = {
    roots: treeStarts.slice(0, -1),
    links: new Int32Array(LINKS * nodeCount),
    thresholds: new Float64Array(nodeCount),
    values: new Float64Array(nodeCount),
    categories: nodes.categories,
  };
  // The node of the model that each node of the walk is.
  const origin = new Int32Array(nodeCount);
  walk.roots.forEach((root) => {
    origin[root] = root;
    let next = root + 1;
    for (let node = root; node < next; node++) {
      const from = origin[node];
      if (!copyNode(nodes, from, walk, node, next)) continue;
      origin[next] = root + nodes.left[from];
      origin[next + 1] = root + nodes.right[from];
      next += 2;
    }
  });
  return walk;
}

/** Returns whether the node has children, which then are `child` and the one behind it. */
function copyNode(nodes: TreeNodes, from: number, walk: TreeWalk, to: number, child: number): boolean {
  const { links, thresholds, values } = walk;
  const feature = nodes.feature[from];
  const isLeaf = feature < 0;
  const set = isLeaf ? -1 : nodes.categorySet[from];
  const look = isLeaf ? 0 : 2 * feature + (nodes.missingLeft[from] === 1 ? 0 : 1);
  links[LINKS * to + LOOK] = set < 0 ? look : ~look;
  links[LINKS * to + CHILD] = isLeaf ? to : child;
  thresholds[to] = isLeaf ? Infinity : set < 0 ? nodes.threshold[from] : set;
  values[to] = nodes.value[from];
  return !isLeaf;
}

/**
 * Adds what all trees say of each of `rowCount` rows, which lie in `block` row by row, to `scores` from `first` on, tree by tree:
 * four rows at a time through one tree, and the rows that are left through four trees at a time.
 */
export function addTrees(
  walk: TreeWalk,
  block: Float32Array,
  featureCount: number,
  rowCount: number,
  scores: Float64Array,
  first: number,
): void {
  const { roots, values } = walk;
  const leaves = new Int32Array(4);
  const fours = rowCount - (rowCount % 4);
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree];
    for (let row = 0; row < fours; row += 4) {
      const at = row * featureCount;
      walkFour(walk, block, at, featureCount, root, root, root, root, leaves);
      for (let i = 0; i < 4; i++) scores[first + row + i] += values[leaves[i]];
    }
  }
  for (let row = fours; row < rowCount; row++) {
    const at = row * featureCount;
    for (let tree = 0; tree < roots.length; tree += 4) {
      const last = Math.min(roots.length, tree + 4) - 1;
      const root = (i: number): number => roots[Math.min(last, tree + i)];
      walkFour(walk, block, at, 0, root(0), root(1), root(2), root(3), leaves);
      for (let i = 0; tree + i <= last; i++) scores[first + row] += values[leaves[i]];
    }
  }
}

/** Leaves in `leaves` where four walks end: the first is of the row at `at` from the first root, the next ones `stride` further on. */
function walkFour(
  walk: TreeWalk,
  block: Float32Array,
  at: number,
  stride: number,
  rootA: number,
  rootB: number,
  rootC: number,
  rootD: number,
  leaves: Int32Array,
): void {
  const atB = at + stride;
  const atC = atB + stride;
  const atD = atC + stride;
  let a = rootA;
  let b = rootB;
  let c = rootC;
  let d = rootD;
  for (;;) {
    const nextA = childOf(walk, block, at, a);
    const nextB = childOf(walk, block, atB, b);
    const nextC = childOf(walk, block, atC, c);
    const nextD = childOf(walk, block, atD, d);
    if (nextA === a && nextB === b && nextC === c && nextD === d) break;
    a = nextA;
    b = nextB;
    c = nextC;
    d = nextD;
  }
  leaves[0] = a;
  leaves[1] = b;
  leaves[2] = c;
  leaves[3] = d;
}

function childOf(
  { links, thresholds, categories }: TreeWalk,
  block: Float32Array,
  at: number,
  node: number,
): number {
  const look = links[LINKS * node + LOOK];
  const child = links[LINKS * node + CHILD];
  if (look < 0) return child + sideOfSet(categories, thresholds[node], ~look, block[at + (~look >> 1)]);
  const value = block[at + (look >> 1)];
  // Only NaN differs from itself, and it is above no threshold.
  return child + ((Number(value > thresholds[node]) | (Number(value !== value) & look)) & 1);
}

/** 0 for left, 1 for right. */
function sideOfSet(categories: Uint32Array, set: number, look: number, value: number): number {
  if (value !== value) return look & 1;
  return 1 - ((categories[set * WORDS_PER_SET + (value >>> 5)] >>> (value & 31)) & 1);
}
