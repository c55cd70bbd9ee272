/**
 * Grows one tree leaf by leaf: always the leaf whose best split gains most, until there are `leafCount` leaves.
 *
 * The rows of a leaf stand side by side in `space.rows`; a split keeps their order on both sides. Only the histogram of
 * the smaller child is summed; the larger child's is the parent's less that one.
 *
 * Monotone features: the middle of both children's values bounds all values below them, so that no later split can
 * break the order (the basic method of LightGBM).
 *
 * Source  Ke et al. (2017), NIPS 30 (LightGBM); Shi (2007), leaf-wise (best-first) decision trees.
 */
import type { BinnedTable } from './binning.ts';
import { type Crew, runJob } from './crew.ts';
import { gatherDerivatives } from './histogram.ts';
import { readBestSplit, writeJob } from './leaf-job.ts';
import { type LeafSums, leafValue, noSplit, type Split, type SplitRules, WORDS_PER_SET } from './split.ts';
import { emptyNodes, type TreeNodes, trimmedNodes } from './tree-nodes.ts';
import type { Workspace } from './workspace.ts';

export type GrowthRules = SplitRules & {
  readonly leafCount: number;
  readonly maxDepth: number;
};

/** A leaf of the tree that grows: rows [start, end), its sums, its histogram and its best split. */
type GrowingLeaf = LeafSums & {
  node: number;
  start: number;
  end: number;
  depth: number;
  slot: number;
  readonly split: Split;
};

export type GrownTree = {
  readonly nodes: TreeNodes;
  /** Node and rows [start, end) of each leaf; `lower` and `upper` bound its value. */
  readonly leaves: readonly Readonly<GrowingLeaf>[];
};

/** Where a tree grows, and with whose help. */
export type GrowthPlace = {
  readonly binned: BinnedTable;
  readonly space: Workspace;
  readonly crew: Crew | undefined;
};

/**
 * Grows a tree over the first `rowCount` rows of `space.rows`, by the first `featureCount` of `space.features`. Values of
 * leaves are not shrunk.
 */
export function growTree(
  place: GrowthPlace,
  rowCount: number,
  featureCount: number,
  rules: GrowthRules,
): GrownTree {
  const { binned, space, crew } = place;
  const nodes = emptyNodes(2 * rules.leafCount - 1, rules.leafCount - 1);
  const root = newLeaf(0, 0, rowCount, 0, 0);
  const leaves = [root];
  sumRoot(space, root);
  if (canSplit(root, rules) && rules.leafCount > 1) {
    gatherDerivatives(space, 0, rowCount);
    writeJob(space, featureCount, rules, root, true, undefined, false);
    runJob(space, crew, rowCount);
    readBestSplit(space, 0, root.split);
  }
  let nodeCount = 1;
  let setCount = 0;
  nodes.cover[0] = rowCount;
  while (leaves.length < rules.leafCount) {
    const parent = mostGainful(leaves);
    if (parent === undefined) break;
    writeSplit(nodes, parent, nodeCount, setCount, binned);
    if (parent.split.isCategory) setCount += 1;
    const middle = partitionRows(binned, space, parent);
    const right = newLeaf(nodeCount + 1, middle, parent.end, parent.depth + 1, leaves.length);
    divide(parent, right, nodeCount, rules);
    nodes.cover[parent.node] = parent.end - parent.start;
    nodes.cover[right.node] = right.end - right.start;
    nodeCount += 2;
    leaves.push(right);
    if (leaves.length < rules.leafCount) prepareChildren(place, parent, right, featureCount, rules);
  }
  for (const leaf of leaves) {
    nodes.value[leaf.node] = leafValue(leaf.gradient, leaf.hessian, rules.l2Penalty, leaf.lower, leaf.upper);
  }
  return { nodes: trimmedNodes(nodes, nodeCount, setCount), leaves };
}

function newLeaf(node: number, start: number, end: number, depth: number, slot: number): GrowingLeaf {
  return {
    gradient: 0,
    hessian: 0,
    rows: end - start,
    lower: -Infinity,
    upper: Infinity,
    node,
    start,
    end,
    depth,
    slot,
    split: noSplit(),
  };
}

function sumRoot(space: Workspace, root: GrowingLeaf): void {
  const { rows, gradients, hessians, cellSize } = space;
  for (let i = root.start; i < root.end; i++) root.gradient += gradients[rows[i]];
  root.hessian = root.rows;
  if (cellSize === 2) return;
  root.hessian = 0;
  for (let i = root.start; i < root.end; i++) root.hessian += hessians[rows[i]];
}

function canSplit(leaf: GrowingLeaf, rules: GrowthRules): boolean {
  return (
    leaf.depth < rules.maxDepth &&
    leaf.rows >= 2 * rules.minimumRows &&
    leaf.rows >= 2 &&
    leaf.hessian >= 2 * rules.minimumHessian
  );
}

function mostGainful(leaves: readonly GrowingLeaf[]): GrowingLeaf | undefined {
  let best: GrowingLeaf | undefined;
  for (const leaf of leaves) {
    if (leaf.split.gain > 0 && (best === undefined || leaf.split.gain > best.split.gain)) best = leaf;
  }
  return best;
}

function writeSplit(
  nodes: TreeNodes,
  parent: GrowingLeaf,
  child: number,
  set: number,
  binned: BinnedTable,
): void {
  const { node, split } = parent;
  nodes.feature[node] = split.feature;
  nodes.bin[node] = split.bin;
  nodes.missingLeft[node] = split.missingLeft ? 1 : 0;
  nodes.gain[node] = split.gain;
  nodes.left[node] = child;
  nodes.right[node] = child + 1;
  if (split.isCategory) {
    nodes.categorySet[node] = set;
    nodes.categories.set(split.categories, set * WORDS_PER_SET);
  } else {
    const edges = binned.edges[split.feature];
    // Behind the last edge: all values on one side, missing ones on the other.
    nodes.threshold[node] = split.bin <= edges.length ? edges[split.bin - 1] : Infinity;
  }
}

const goesLeft = new Uint8Array(256);

/** Moves the rows that go left to the front, keeping the order on both sides; returns where the right side starts. */
function partitionRows(binned: BinnedTable, space: Workspace, parent: GrowingLeaf): number {
  const { split, start, end } = parent;
  const { bins, rows, spareRows } = space;
  for (let bin = 0; bin < 256; bin++) {
    const inSet = (split.categories[bin >>> 5] >>> (bin & 31)) & 1;
    goesLeft[bin] = split.isCategory ? inSet : bin > 0 && bin <= split.bin ? 1 : 0;
  }
  goesLeft[0] = split.missingLeft ? 1 : 0;
  const column = split.feature * binned.rowCount;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const isLeft = goesLeft[bins[column + row]];
    // Both are written and one counts: cheaper than a branch that cannot be foreseen.
    rows[left] = row;
    spareRows[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(spareRows.subarray(0, right), left);
  return left;
}

/** Makes `parent` its own left child and fills `right`. */
function divide(parent: GrowingLeaf, right: GrowingLeaf, leftNode: number, rules: GrowthRules): void {
  const { split } = parent;
  right.gradient = parent.gradient - split.leftGradient;
  right.hessian = parent.hessian - split.leftHessian;
  right.lower = parent.lower;
  right.upper = parent.upper;
  parent.gradient = split.leftGradient;
  parent.hessian = split.leftHessian;
  parent.rows = right.start - parent.start;
  parent.end = right.start;
  parent.node = leftNode;
  parent.depth += 1;
  if (split.direction !== 0) {
    const leftValue = leafValue(parent.gradient, parent.hessian, rules.l2Penalty, parent.lower, parent.upper);
    const rightValue = leafValue(right.gradient, right.hessian, rules.l2Penalty, right.lower, right.upper);
    const middle = leftValue + (rightValue - leftValue) / 2;
    const [low, high] = split.direction > 0 ? [parent, right] : [right, parent];
    low.upper = Math.min(low.upper, middle);
    high.lower = Math.max(high.lower, middle);
  }
  split.gain = 0;
}

/** Sums the smaller child, takes it off the parent's histogram for the larger one, and finds both best splits. */
function prepareChildren(
  { space, crew }: GrowthPlace,
  left: GrowingLeaf,
  right: GrowingLeaf,
  featureCount: number,
  rules: GrowthRules,
): void {
  const small = left.rows <= right.rows ? left : right;
  const large = small === left ? right : left;
  const smallMaySplit = canSplit(small, rules);
  const largeMaySplit = canSplit(large, rules);
  if (!smallMaySplit && !largeMaySplit) return;
  // The parent's histogram, which the left child kept, becomes the larger child's.
  if (large === right) {
    const { slot } = left;
    left.slot = right.slot;
    right.slot = slot;
  }
  gatherDerivatives(space, small.start, small.end);
  writeJob(space, featureCount, rules, small, smallMaySplit, large, largeMaySplit);
  runJob(space, crew, small.rows);
  if (smallMaySplit) readBestSplit(space, 0, small.split);
  if (largeMaySplit) readBestSplit(space, 1, large.split);
}
