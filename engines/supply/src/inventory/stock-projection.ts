/**
 * What may come of a plan's stock: the chance that a bucket ends without any, how much is then missing on average, and what
 * lies there beyond any use. One stock point; every array has one entry per bucket; quantities in the stocking unit.
 *
 *   on hand at the end of t  ~  normal(projectedOnHand[t], demandErrorSd[t])
 *
 * where the error is that of all demand from the start of the horizon to the end of t: supply is taken to come as planned, and what
 * is not served waits. A bucket whose error is 0 is certain.
 */
import { normalCdf } from '@planwright/numerics';
import { assert } from '@planwright/units';
import { normalLoss } from './demand-distribution.ts';

export type StockProjectionInput = {
  /** Of the plan; below 0 it is owed. */
  readonly projectedOnHand: ArrayLike<number>;
  /** Standard deviation of the error of the demand from the first bucket to the end of each. */
  readonly demandErrorSd: ArrayLike<number>;
  readonly grossDemand: ArrayLike<number>;
  readonly safetyStock: ArrayLike<number>;
  /** Stock may cover the demand of so many buckets ahead, of any fraction, before it is excess. */
  readonly coverBuckets: number;
};

export type StockProjection = {
  /** P(on hand < 0 at the end of the bucket), 0-1. */
  readonly stockOutProbability: Float64Array;
  /** Expected quantity owed at the end of the bucket. */
  readonly expectedShortage: Float64Array;
  /** Planned stock beyond safety stock and cover; beyond the horizon demand goes on as in the last bucket. */
  readonly excess: Float64Array;
};

// So many spreads away from 0 nothing can happen; a spread of 0 is infinitely many.
const CERTAIN_FROM = 1e9;

export function stockProjection(input: StockProjectionInput): StockProjection {
  const { projectedOnHand, demandErrorSd, grossDemand, safetyStock, coverBuckets } = input;
  const count = projectedOnHand.length;
  for (const row of [demandErrorSd, grossDemand, safetyStock]) {
    assert(row.length === count, 'every row spans the horizon');
  }
  assert(coverBuckets >= 0 && Number.isFinite(coverBuckets), 'cover is a number of buckets');
  const stockOutProbability = new Float64Array(count);
  const expectedShortage = new Float64Array(count);
  const excess = new Float64Array(count);
  const ahead = demandAhead(grossDemand);
  for (let t = 0; t < count; t++) {
    const onHand = projectedOnHand[t];
    const sd = demandErrorSd[t];
    assert(sd >= 0, 'a spread is not negative');
    const z = onHand / sd;
    const isCertain = !(Math.abs(z) < CERTAIN_FROM);
    stockOutProbability[t] = isCertain ? (onHand < 0 ? 1 : 0) : normalCdf(-z);
    expectedShortage[t] = isCertain ? Math.max(0, -onHand) : sd * normalLoss(z);
    excess[t] = Math.max(0, onHand - safetyStock[t] - (ahead(t + 1 + coverBuckets) - ahead(t + 1)));
  }
  return { stockOutProbability, expectedShortage, excess };
}

/** Demand from the start of the horizon to any moment, in buckets. */
function demandAhead(grossDemand: ArrayLike<number>): (moment: number) => number {
  const count = grossDemand.length;
  const sums = new Float64Array(count + 1);
  for (let t = 0; t < count; t++) sums[t + 1] = sums[t] + grossDemand[t];
  const last = count > 0 ? grossDemand[count - 1] : 0;
  return (moment) => {
    const whole = Math.floor(moment);
    if (whole >= count) return sums[count] + (moment - count) * last;
    return sums[whole] + (moment - whole) * grossDemand[whole];
  };
}

/**
 * The error of cumulated demand from the standard deviation of each bucket's own error, with a correlation of neighbours
 * (0 = independent, 1 = all buckets err together): variance(t) = sum of s_i s_j correlation^|i - j|.
 */
export function cumulatedErrorSd(bucketErrorSd: ArrayLike<number>, correlation = 0): Float64Array {
  assert(correlation >= 0 && correlation <= 1, 'a correlation of errors is between 0 and 1');
  let variance = 0;
  let together = 0; // Covariance of all earlier errors with the present one, before its own spread.
  return Float64Array.from({ length: bucketErrorSd.length }, (_, t) => {
    const sd = bucketErrorSd[t];
    together *= correlation;
    variance += sd * sd + 2 * sd * together;
    together += sd;
    return Math.sqrt(variance);
  });
}
