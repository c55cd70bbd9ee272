/**
 * Top-down and middle-out: forecasts of chosen groups, spread over what is below them by shares, and summed up above them. For
 * where keys are too sparse to be forecast at all; else reconcile.ts, which uses every forecast there is, is more accurate.
 *
 * Shares   'forecast'   of the base forecasts of siblings in the same bucket (Athanasopoulos, Ahmed and Hyndman 2009,
 *                       Int. J. of Forecasting 25(1), 146-166): follows trends of the mix.
 *          'averages'   of the siblings' mean history.
 *          'proportions' mean over the history of the share in each bucket; these two are methods F and A of Gross and Sohl
 *                       (1990), J. of Forecasting 9(3), 233-254.
 * Spread   is exact: children sum to their group to the last bit (`spread` of the series package). Shares below 0
 *          count as 0; where all are 0, children share equally.
 * Cost     O(nodes x horizon). Only for trees.
 */
import { NO_PARENT, spread } from '@planwright/series';
import { assert } from '@planwright/units';
import { type Structure, sumUp } from './structure.ts';

export type Shares =
  | { readonly kind: 'forecast' }
  /** History of every node, nodes x buckets, NaN where not observed. */
  | { readonly kind: 'averages' | 'proportions'; readonly history: Float64Array };

export type ProportionsInput = {
  readonly structure: Structure;
  /** nodes x horizon, row-major. */
  readonly base: Float64Array;
  /** Nodes that keep their base forecast, none below another; the roots (top-down) unless told. Others under no such node are bottom-up. */
  readonly from?: readonly number[];
  readonly shares: Shares;
};

/** Coherent values, nodes x horizon. */
export function spreadByShares({ structure, base, from, shares }: ProportionsInput): Float64Array {
  const { nodeCount, leafCount, tree } = structure;
  assert(tree !== undefined, 'shares spread down a tree');
  const horizon = nodeCount === 0 ? 0 : base.length / nodeCount;
  assert(Number.isInteger(horizon), 'base forecasts are nodes x horizon');
  const { parentOf, bottomUp } = tree;
  const starts = new Set(from ?? bottomUp.filter((node) => parentOf[node] === NO_PARENT));
  const children = childrenOf(parentOf);
  const weightAt = shareWeights(shares, base, parentOf, horizon);
  const values = new Float64Array(base.length);
  const column = new Float64Array(nodeCount);
  const given = new Uint8Array(nodeCount);
  for (let bucket = 0; bucket < horizon; bucket++) {
    given.fill(0);
    for (let i = nodeCount - 1; i >= 0; i--) {
      const node = bottomUp[i];
      if (starts.has(node)) {
        assert(given[node] === 0, 'no chosen node is below another');
        column[node] = base[node * horizon + bucket];
      } else if (given[node] === 0) {
        if (node < leafCount) column[node] = base[node * horizon + bucket];
        continue;
      }
      const below = children[node];
      if (below.length === 0) continue;
      const parts = new Float64Array(below.length);
      const weights = Float64Array.from(below, (child) => weightAt(child, bucket));
      spread(column[node], weights, parts);
      below.forEach((child, index) => {
        column[child] = parts[index];
        given[child] = 1;
      });
    }
    sumUp(structure, column);
    for (let node = 0; node < nodeCount; node++) values[node * horizon + bucket] = column[node];
  }
  return values;
}

function childrenOf(parentOf: Int32Array): number[][] {
  const children: number[][] = Array.from(parentOf, () => []);
  parentOf.forEach((parent, node) => {
    if (parent !== NO_PARENT) children[parent].push(node);
  });
  return children;
}

/** What a node's share among its siblings is measured by. */
function shareWeights(
  shares: Shares,
  base: Float64Array,
  parentOf: Int32Array,
  horizon: number,
): (node: number, bucket: number) => number {
  if (shares.kind === 'forecast') return (node, bucket) => base[node * horizon + bucket];
  const bucketCount = shares.history.length / Math.max(1, parentOf.length);
  assert(Number.isInteger(bucketCount), 'history has a row for each node');
  const means = Float64Array.from(parentOf, (parent, node) => {
    let sum = 0;
    let count = 0;
    for (let t = 0; t < bucketCount; t++) {
      const own = shares.history[node * bucketCount + t];
      const whole = parent === NO_PARENT ? Number.NaN : shares.history[parent * bucketCount + t];
      const value = shares.kind === 'averages' ? own : own / whole;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  });
  return (node) => means[node];
}
