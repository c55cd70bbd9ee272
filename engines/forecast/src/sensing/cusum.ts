/**
 * Two-sided cumulative sums: finds a lasting shift of a mean that no single value shows.
 *
 * high <- max(0, high + z - slack),  low <- max(0, low - z - slack), for values z of mean 0 and deviation 1. An alarm is a sum above
 * the limit; the shift began behind the last bucket at which that sum was 0. Slack 0.5 and limit 5 find a shift by
 * one deviation after 10 values on average and raise a false alarm about every 465 (Montgomery, table 9.3).
 *
 * Source   Page (1954), Biometrika 41, 100-115; Montgomery, Introduction to Statistical Quality Control, ch. 9.
 */

export type Cusum = {
  /** One entry per value. NaN values leave the sums as they were. */
  readonly high: Float64Array;
  readonly low: Float64Array;
  /** Position of the first value since the sum was last 0, at each value; -1 while it is 0. */
  readonly highSince: Int32Array;
  readonly lowSince: Int32Array;
};

const CUSUM_SLACK = 0.5;
export const CUSUM_LIMIT = 5;

export function cusum(values: Float64Array, slack = CUSUM_SLACK): Cusum {
  const count = values.length;
  const result = {
    high: new Float64Array(count),
    low: new Float64Array(count),
    highSince: new Int32Array(count),
    lowSince: new Int32Array(count),
  };
  let high = 0;
  let low = 0;
  let highSince = -1;
  let lowSince = -1;
  for (let t = 0; t < count; t++) {
    if (Number.isFinite(values[t])) {
      high = Math.max(0, high + values[t] - slack);
      low = Math.max(0, low - values[t] - slack);
      highSince = high === 0 ? -1 : highSince < 0 ? t : highSince;
      lowSince = low === 0 ? -1 : lowSince < 0 ? t : lowSince;
    }
    result.high[t] = high;
    result.low[t] = low;
    result.highSince[t] = highSince;
    result.lowSince[t] = lowSince;
  }
  return result;
}
