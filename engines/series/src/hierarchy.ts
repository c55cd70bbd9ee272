/**
 * A tree or forest over nodes 0..n-1, as the parent of each node. The keys of a block come first, the groups
 * above them after: with K keys and G groups, nodes 0..K-1 are keys and K..K+G-1 are groups.
 */
import { assert } from '@planwright/units';
import { makeBlock, type SeriesBlock } from './block.ts';

export const NO_PARENT = -1;

export type Hierarchy = {
  /** Parent of each node, or NO_PARENT at a root. */
  readonly parentOf: Int32Array;
  /** All nodes, each before its parent. */
  readonly bottomUp: Int32Array;
};

/** Null where the parents run in a circle or point outside; `nodeInCircle` finds whom to blame. */
export function makeHierarchy(parentOf: ArrayLike<number>): Hierarchy | null {
  const nodeCount = parentOf.length;
  const waitingChildren = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const parent = parentOf[node];
    if (parent === NO_PARENT) continue;
    if (!(Number.isInteger(parent) && parent >= 0 && parent < nodeCount)) return null;
    waitingChildren[parent] += 1;
  }
  const bottomUp = new Int32Array(nodeCount);
  let found = 0;
  for (let node = 0; node < nodeCount; node++) if (waitingChildren[node] === 0) bottomUp[found++] = node;
  for (let done = 0; done < found; done++) {
    const parent = parentOf[bottomUp[done]];
    if (parent !== NO_PARENT && --waitingChildren[parent] === 0) bottomUp[found++] = parent;
  }
  return found === nodeCount ? { parentOf: Int32Array.from(parentOf), bottomUp } : null;
}

/** A node that is its own ancestor, or -1 where there is none. */
export function nodeInCircle(parentOf: ArrayLike<number>): number {
  for (let start = 0; start < parentOf.length; start++) {
    let node = start;
    for (let steps = 0; steps < parentOf.length && node !== NO_PARENT; steps++) {
      node = parentOf[node] ?? NO_PARENT;
      if (node === start) return start;
    }
  }
  return -1;
}

/**
 * The keys among a node's descendants, or the node itself where it is a key, in index order.
 * `keyCount` says how many of the first nodes are keys.
 */
export function keysUnder(hierarchy: Hierarchy, node: number, keyCount: number): Int32Array {
  const { parentOf, bottomUp } = hierarchy;
  const isUnder = new Uint8Array(parentOf.length);
  isUnder[node] = 1;
  for (let i = bottomUp.length - 1; i >= 0; i--) {
    const parent = parentOf[bottomUp[i]];
    if (parent !== NO_PARENT && isUnder[parent] === 1) isUnder[bottomUp[i]] = 1;
  }
  return Int32Array.from(isUnder.subarray(0, keyCount).keys()).filter((key) => isUnder[key] === 1);
}

/**
 * Sums a block of keys up to every group. The result has one row per node.
 * A cell is the sum of what was observed below it, and NaN only where nothing was.
 */
export function rollUp(block: SeriesBlock, hierarchy: Hierarchy): SeriesBlock {
  const total = spanNodes(block, hierarchy, Number.NaN);
  const { bucketCount, values } = total;
  for (const node of hierarchy.bottomUp) {
    const parent = hierarchy.parentOf[node];
    if (parent === NO_PARENT) continue;
    for (let t = 0; t < bucketCount; t++) {
      const value = values[node * bucketCount + t];
      if (Number.isNaN(value)) continue;
      const cell = parent * bucketCount + t;
      values[cell] = Number.isNaN(values[cell]) ? value : values[cell] + value;
    }
  }
  return total;
}

/**
 * Averages a block of ratios or prices up to every group, weighted by another block (prices by quantity).
 * A cell counts where value and weight were both observed; NaN where the weights below sum to zero.
 */
export function rollUpWeighted(block: SeriesBlock, weights: SeriesBlock, hierarchy: Hierarchy): SeriesBlock {
  assert(block.values.length === weights.values.length, 'values and weights have the same shape');
  const cellCount = block.values.length;
  const products = makeBlock(block.keyCount, block.bucketCount);
  const counted = makeBlock(block.keyCount, block.bucketCount);
  for (let i = 0; i < cellCount; i++) {
    const product = block.values[i] * weights.values[i];
    products.values[i] = product;
    counted.values[i] = Number.isNaN(product) ? Number.NaN : weights.values[i];
  }
  const average = rollUp(products, hierarchy);
  const weightSums = rollUp(counted, hierarchy).values;
  for (let i = 0; i < weightSums.length; i++) {
    average.values[i] = weightSums[i] === 0 ? Number.NaN : average.values[i] / weightSums[i];
  }
  return average;
}

function spanNodes(block: SeriesBlock, hierarchy: Hierarchy, fill: number): SeriesBlock {
  const nodeCount = hierarchy.parentOf.length;
  assert(nodeCount >= block.keyCount, 'the hierarchy holds every key of the block');
  const spanned = makeBlock(nodeCount, block.bucketCount);
  spanned.values.fill(fill);
  spanned.values.set(block.values);
  return spanned;
}
