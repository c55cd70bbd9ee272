/**
 * The band of a sum of neighbouring buckets, such as a quarter of months, from the bands of the buckets.
 *
 * Input    mean and band per bucket of the horizon, from its first bucket on: their growth tells how long an error lasts.
 * Method   errors of buckets hang together as the growth of their widths implies (innovation-weights.ts), and each side of the
 *          band is that of the sum of such errors: narrower than the sum of the limits, wider than of independent errors.
 *          Where the first bucket has no width, or all are equal, they count as independent.
 * Law      the band lies within the sums of the limits, holds the sum of the means where each bucket's band holds its mean, and
 *          that of one bucket is its own.
 * Cost     O(horizon x buckets summed^2).
 * Source   Box, Jenkins, Reinsel and Ljung (2015), Time Series Analysis, 5th ed., section 5.1, for the correlation of errors
 *          of several leads.
 */
import { assert } from '@planwright/units';
import type { Interval } from '../contract/contract.ts';
import { weightsOfWidths } from '../simulation/innovation-weights.ts';

/** Sum and band of the buckets `from` to before `to`; the buckets are those of the horizon. */
export function bandOfSum(
  mean: Float64Array,
  { lower, upper }: Interval,
  from: number,
  to: number,
): { readonly mean: number; readonly lower: number; readonly upper: number } {
  assert(lower.length === mean.length && upper.length === mean.length, 'mean and band share their buckets');
  assert(from >= 0 && from < to && to <= mean.length, 'the sum is of buckets of the horizon');
  const widths = mean.map((_, step) => Math.max(0, upper[step] - lower[step]));
  const weights = widths[0] > 0 ? weightsOfWidths(widths) : new Float64Array(mean.length).fill(1, 0, 1);
  let sum = 0;
  let below = 0;
  let above = 0;
  for (let i = from; i < to; i++) {
    sum += mean[i];
    for (let j = from; j < to; j++) {
      const together = correlation(weights, Math.min(i, j), Math.max(i, j));
      below += together * (mean[i] - lower[i]) * (mean[j] - lower[j]);
      above += together * (upper[i] - mean[i]) * (upper[j] - mean[j]);
    }
  }
  return {
    mean: sum,
    lower: sum - Math.sqrt(Math.max(0, below)),
    upper: sum + Math.sqrt(Math.max(0, above)),
  };
}

/** Of the errors of two buckets of a model with these innovation weights. */
function correlation(weights: Float64Array, earlier: number, later: number): number {
  let both = 0;
  let ofEarlier = 0;
  let ofLater = 0;
  for (let past = 0; past <= later; past++) {
    ofLater += weights[past] ** 2;
    if (past > earlier) continue;
    ofEarlier += weights[past] ** 2;
    both += weights[past] * weights[past + later - earlier];
  }
  return both / Math.sqrt(ofEarlier * ofLater);
}
