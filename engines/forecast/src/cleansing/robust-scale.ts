/** Middle and spread of a sample that a few wild values cannot move. */
import { normalQuantile, sortedQuantile } from '@planwright/numerics';

/** Makes the median absolute deviation of normal values their standard deviation. */
const OF_NORMAL = 1.4826;
/** Seven, and nine, in ten normal values are smaller than this many standard deviations. */
const SIZE_OF_70 = normalQuantile(0.85);
const SIZE_OF_90 = normalQuantile(0.95);

/** The middle of the first `count` entries, which it puts in order; the mean of the middle two; 0 of none. */
export function medianInPlace(buffer: Float64Array, count: number): number {
  if (count === 0) return 0;
  const sorted = buffer.subarray(0, count).sort();
  const half = count >> 1;
  return count % 2 === 1 ? sorted[half] : 0.5 * sorted[half - 1] + 0.5 * sorted[half];
}

/**
 * Spread of values around 0, as the standard deviation they would have if normal; `used` marks those that count.
 * The larger of what the smaller seven tenths and what the smaller nine tenths say: where tails are long by nature, the
 * second speaks, and one in ten may still be wild.
 */
export function spreadAroundZero(values: Float64Array, used: Uint8Array, buffer: Float64Array): number {
  let count = 0;
  for (let t = 0; t < values.length; t++) if (used[t] === 1) buffer[count++] = Math.abs(values[t]);
  if (count === 0) return 0;
  const sorted = buffer.subarray(0, count).sort();
  return Math.max(sortedQuantile(sorted, 0.7) / SIZE_OF_70, sortedQuantile(sorted, 0.9) / SIZE_OF_90);
}

/** Spread of single values, judged by the differences of neighbours, which a trend or a step hardly touches. */
export function spreadOfNeighbours(values: Float64Array, buffer: Float64Array): number {
  for (let t = 1; t < values.length; t++) buffer[t - 1] = Math.abs(values[t] - values[t - 1]);
  return (OF_NORMAL * medianInPlace(buffer, Math.max(0, values.length - 1))) / Math.SQRT2;
}
