/**
 * The nodes of one tree, or of all trees of a model one after the other, as columns.
 *
 * Node 0 is the root; children have higher numbers than their parent, counted from the tree's first node. A leaf has
 * feature -1.
 */
import { WORDS_PER_SET } from './split.ts';

export type TreeNodes = {
  readonly feature: Int32Array;
  /** Of a numeric split: values up to this go left. */
  readonly threshold: Float64Array;
  /** The bin of that threshold. */
  readonly bin: Uint8Array;
  /** 1 where missing values go left. */
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Of a leaf: what it adds to the score, learning rate included. */
  readonly value: Float64Array;
  /** Training rows that passed the node. */
  readonly cover: Float64Array;
  /** Fall of the loss by this split. */
  readonly gain: Float64Array;
  /** Of a category split: number of its set of bins in `categories`; else -1. */
  readonly categorySet: Int32Array;
  /** Eight words a set, one bit a bin: set goes left. */
  readonly categories: Uint32Array;
};

export function emptyNodes(nodeCount: number, setCount: number): TreeNodes {
  return {
    feature: new Int32Array(nodeCount).fill(-1),
    threshold: new Float64Array(nodeCount),
    bin: new Uint8Array(nodeCount),
    missingLeft: new Uint8Array(nodeCount),
    left: new Int32Array(nodeCount),
    right: new Int32Array(nodeCount),
    value: new Float64Array(nodeCount),
    cover: new Float64Array(nodeCount),
    gain: new Float64Array(nodeCount),
    categorySet: new Int32Array(nodeCount).fill(-1),
    categories: new Uint32Array(setCount * WORDS_PER_SET),
  };
}

/** Copies `from` behind the first nodes and sets of `to`. */
export function copyNodes(from: TreeNodes, to: TreeNodes, firstNode: number, firstSet: number): void {
  to.feature.set(from.feature, firstNode);
  to.threshold.set(from.threshold, firstNode);
  to.bin.set(from.bin, firstNode);
  to.missingLeft.set(from.missingLeft, firstNode);
  to.left.set(from.left, firstNode);
  to.right.set(from.right, firstNode);
  to.value.set(from.value, firstNode);
  to.cover.set(from.cover, firstNode);
  to.gain.set(from.gain, firstNode);
  to.categories.set(from.categories, firstSet * WORDS_PER_SET);
  for (let node = 0; node < from.categorySet.length; node++) {
    const set = from.categorySet[node];
    to.categorySet[firstNode + node] = set < 0 ? -1 : firstSet + set;
  }
}

/** The first nodes and sets alone, in memory of their own. */
export function trimmedNodes(nodes: TreeNodes, nodeCount: number, setCount: number): TreeNodes {
  return {
    feature: nodes.feature.slice(0, nodeCount),
    threshold: nodes.threshold.slice(0, nodeCount),
    bin: nodes.bin.slice(0, nodeCount),
    missingLeft: nodes.missingLeft.slice(0, nodeCount),
    left: nodes.left.slice(0, nodeCount),
    right: nodes.right.slice(0, nodeCount),
    value: nodes.value.slice(0, nodeCount),
    cover: nodes.cover.slice(0, nodeCount),
    gain: nodes.gain.slice(0, nodeCount),
    categorySet: nodes.categorySet.slice(0, nodeCount),
    categories: nodes.categories.slice(0, setCount * WORDS_PER_SET),
  };
}

/** The leaf that a row of bins reaches: `bins[feature * rowCount + row]`. */
export function leafOfBins(
  nodes: TreeNodes,
  root: number,
  bins: Uint8Array,
  rowCount: number,
  row: number,
): number {
  const { feature, bin, missingLeft, left, right, categorySet, categories } = nodes;
  let node = root;
  while (feature[node] >= 0) {
    const own = bins[feature[node] * rowCount + row];
    const set = categorySet[node];
    const goesLeft =
      set >= 0
        ? ((categories[set * WORDS_PER_SET + (own >>> 5)] >>> (own & 31)) & 1) === 1
        : own === 0
          ? missingLeft[node] === 1
          : own <= bin[node];
    node = root + (goesLeft ? left[node] : right[node]);
  }
  return node;
}
