/**
 * Buckets of a regular series that its own rhythm cannot explain.
 *
 * Rule      a bucket is out of line if it lies more than 3.5 spreads from what was expected, and more than 3 spreads in
 *           proportion to it: the first finds spikes, the second spares high seasons and long-tailed sizes, where large means
 *           only as large as usual. The spread is never taken for less than a twentieth of the expected, nor for less than
 *           that of a Poisson count, so that no planner is bothered with trifles.
 * Spared    runs of more than three on the same side (an episode, not a slip); what reaches the last two buckets of the
 *           history (it may be news); zeros, which are a stock-out or a pause.
 * Measured  see test/cleansing.property.test.ts: share of clean buckets that are changed, and of injected spikes found.
 */
import { sortedQuantile } from '@planwright/numerics';
import type { Expectation } from './expectation.ts';
import { medianInPlace, spreadAroundZero } from './robust-scale.ts';

const LIMIT = 3.5;
/** Limit in proportion for sizes that spread evenly to both sides, and for sizes with a long upper tail. */
const RELATIVE_LIMIT_EVEN = 1.7;
const RELATIVE_LIMIT_SKEWED = 3.5;
/** Skewness by eighths from which on the tail counts as long: that of log-normal sizes that vary by a third. */
const SKEWED = 0.2;
/** Counts that spread hardly more than Poisson ones are judged as such. */
const LIKE_POISSON = 1.2;
const LEAST_SHARE = 0.05;
/** Noise in proportion to the level counts for seven tenths where the level is high. */
const GROWS_WITH_LEVEL = 0.7;
const LONGEST_RUN = 3;
/** Buckets that must have followed before a spike is known to be over. */
const BUCKETS_BACK = 2;

export type Judged = {
  /** In spreads, with sign; 0 where the bucket is in line. */
  readonly scores: Float64Array;
  /** 1 where the bucket is out of line and no reason speaks for leaving it. */
  readonly outliers: Uint8Array;
  /** Spreads beyond which a bucket is out of line. */
  readonly limit: number;
};

export function judgedOutliers(
  series: Float64Array,
  { expected, residuals, spread, looseness }: Expectation,
  judged: Uint8Array,
  sensitivity: number,
): Judged {
  const count = series.length;
  const limit = LIMIT / sensitivity;
  const relative = relativeResiduals(series, expected, judged);
  const tail = Math.min(1, Math.max(0, skewness(residuals, judged) / SKEWED));
  const inProportion = RELATIVE_LIMIT_EVEN + tail * (RELATIVE_LIMIT_SKEWED - RELATIVE_LIMIT_EVEN);
  const usualShare = Math.max(LEAST_SHARE, looseness * relative.spread);
  const relativeLimit = (inProportion / sensitivity) * usualShare;
  const whole = series.every((value) => !Number.isFinite(value) || Number.isInteger(value));
  const scores = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    if (judged[t] === 0) continue;
    const level = Math.abs(expected[t]);
    const own = Math.max(
      spread,
      GROWS_WITH_LEVEL * usualShare * level,
      LEAST_SHARE * level,
      whole ? Math.sqrt(Math.max(1, level)) : 0,
    );
    if (!(own > 0)) continue;
    const score = residuals[t] / own;
    const ofCount = whole && spread <= LIKE_POISSON * Math.sqrt(level);
    if (Math.abs(score) > limit && (ofCount || Math.abs(relative.values[t]) > relativeLimit))
      scores[t] = score;
  }
  return { scores, outliers: slips(series, scores), limit };
}

/** Out of line in buckets that may be mended: short runs that end before the history does. */
function slips(series: Float64Array, scores: Float64Array): Uint8Array {
  const count = scores.length;
  const outliers = new Uint8Array(count);
  let start = 0;
  while (start < count) {
    const side = Math.sign(scores[start]);
    let end = start + 1;
    while (end < count && Math.sign(scores[end]) === side) end += 1;
    if (side !== 0 && end + BUCKETS_BACK <= count && end - start <= LONGEST_RUN) outliers.fill(1, start, end);
    start = end;
  }
  for (let t = 0; t < count; t++) if (series[t] === 0) outliers[t] = 0;
  return outliers;
}

/** Skewness by eighths (Hinkley 1975): -1 to 1, 0 for an even spread; wild values do not move it. */
function skewness(residuals: Float64Array, judged: Uint8Array): number {
  const sorted = residuals.filter((_, t) => judged[t] === 1).sort();
  const low = sortedQuantile(sorted, 0.125);
  const high = sortedQuantile(sorted, 0.875);
  const middle = sortedQuantile(sorted, 0.5);
  return high > low ? (high - middle - (middle - low)) / (high - low) : 0;
}

/** Logarithms of value over expected (upwards) or shares of it (downwards), and their usual size. */
function relativeResiduals(
  series: Float64Array,
  expected: Float64Array,
  judged: Uint8Array,
): { values: Float64Array; spread: number } {
  const count = series.length;
  const values = new Float64Array(count);
  const typical = medianInPlace(expected.map(Math.abs), count);
  for (let t = 0; t < count; t++) {
    if (judged[t] === 0) continue;
    // A little of the typical level keeps ratios to an expectation near 0 in bounds.
    const base = Math.max(Math.abs(expected[t]), 0.1 * typical);
    const share = (series[t] - expected[t]) / base;
    values[t] = share > 0 ? Math.log1p(share) : share;
  }
  return { values, spread: spreadAroundZero(values, judged, new Float64Array(count)) };
}
