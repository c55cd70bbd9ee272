/**
 * How strongly the error of one bucket is felt in the buckets after it, read off a forecast's own intervals.
 *
 * A model with linear innovations has forecast errors  e_h + psi_1 e_(h-1) + ... + psi_(h-1) e_1,  so its variance grows
 * by psi_j^2 times the one-step variance from step j to step j + 1:  psi_j = sqrt((v_(j+1) - v_j) / v_1).
 * Exact       where the weights are 0 or more, which is so for a random walk (1, 1, ...), exponential smoothing with
 *             additive errors and no season (alpha, alpha, ...), its trends, and Theta.
 * Approximate with seasonal states (the error of this March is felt again next March: kept, but spread alike over what
 *             lies between if widths fall in between), with multiplicative errors, for calibrated intervals (their extra
 *             width is taken for an error that lasts) and for weights below 0, whose sign widths cannot show.
 * Atoms       where the middle 68 % of the first bucket is a single value (rare demand), buckets are independent.
 * Source      Box, Jenkins, Reinsel and Ljung (2015), Time Series Analysis, 5th ed., section 5.1 (psi weights).
 */
import { normalCdf } from '@planwright/numerics';
import type { QuantileFunction } from './quantile-table.ts';

const UPPER = normalCdf(1);
const LOWER = normalCdf(-1);
const LARGEST_RATIO = 1e60;

/** Weights psi_0 = 1, psi_1, ... of one per step of the horizon; finite and not below 0. */
export function innovationWeights(quantile: QuantileFunction, horizon: number): Float64Array {
  const weights = new Float64Array(horizon);
  if (horizon === 0) return weights;
  const upper = quantile(horizon, UPPER);
  const lower = quantile(horizon, LOWER);
  const first = upper[0] / 2 - lower[0] / 2;
  weights[0] = 1;
  if (!(first > 0)) return weights;
  return weightsOfWidths(upper.map((value, step) => (value / 2 - lower[step] / 2) / first));
}

/** The same from the width of one band per step, the first above 0. Only their ratios count. */
export function weightsOfWidths(widths: Float64Array): Float64Array {
  const variances = widths.map((width) => Math.min(LARGEST_RATIO, width / widths[0]) ** 2);
  risen(variances);
  const weights = new Float64Array(widths.length).fill(1, 0, 1);
  for (let step = 1; step < weights.length; step++) {
    weights[step] = Math.sqrt(Math.max(0, variances[step] - variances[step - 1]) / variances[0]);
  }
  return weights;
}

/**
 * The closest series that never falls, in place (pool adjacent violators). Widths that follow a multiplicative season rise
 * and fall with it; without this every rise would count as lasting uncertainty and no fall would.
 */
function risen(values: Float64Array): void {
  const means: number[] = [];
  const counts: number[] = [];
  for (const value of values) {
    let mean = value;
    let count = 1;
    while (means.length > 0 && means[means.length - 1] > mean) {
      const previous = counts.pop()!;
      mean = (means.pop()! * previous + mean * count) / (previous + count);
      count += previous;
    }
    means.push(mean);
    counts.push(count);
  }
  let next = 0;
  means.forEach((mean, pool) => {
    values.fill(mean, next, next + counts[pool]);
    next += counts[pool];
  });
}
