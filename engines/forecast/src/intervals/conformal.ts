/**
 * Intervals from the errors that a back-test saw, with no assumption on their distribution.
 *
 * Split      for each horizon the half-width is the order statistic of the absolute errors at that horizon that a new error,
 *            exchangeable with them, stays below with the promised probability or more: rank ceil((n + 1) level).
 * Adaptive   where errors drift, the promised miss rate is steered: after each miss it falls, after each hit it rises, so
 *            that the share of misses tends to the target whatever the series does.
 * Source     Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World; Stankeviciute, Alaa and van der Schaar
 *            (2021), NeurIPS (one calibration per horizon); Gibbs and Candes (2021), NeurIPS (adaptive, equation 2).
 * Use        with twenty or more back-test origins; calibration.ts serves where there are fewer.
 */
import { assert } from '@planwright/units';

/**
 * Half-width per horizon of an interval that covers `level` percent. `errors` is origins x horizon, row-major, forecast
 * errors of either sign, NaN where there is none. Infinity where a horizon has too few errors for the level
 * (19 are needed for 95 %): no finite width could keep the promise.
 */
export function splitConformal(errors: Float64Array, horizon: number, level: number): Float64Array {
  assert(level > 0 && level < 100, 'a level is a percentage between 0 and 100');
  assert(horizon > 0 && errors.length % horizon === 0, 'errors are origins x horizon');
  return Float64Array.from({ length: horizon }, (_, step) =>
    conformalWidth(sizesAt(errors, horizon, step).sort(), level / 100),
  );
}

export type AdaptiveOptions = {
  /** Percentage that the interval should cover. */
  readonly level: number;
  /** How fast the miss rate is steered, above 0; 0.05 unless told. Larger follows faster and swings more. */
  readonly rate?: number;
  /** Errors that are seen before the first interval; 10 unless told. */
  readonly warmUp?: number;
};

export type AdaptiveConformal = {
  /** Half-width before each error was known; NaN in the warm-up, Infinity where all is possible. */
  readonly widths: Float64Array;
  /** Half-width for the error to come. */
  readonly next: number;
  /** Share of errors after the warm-up that were inside; NaN without any. */
  readonly coverage: number;
};

/** Runs over the errors of one horizon, oldest first; NaN errors are skipped and get the width of their time. */
export function adaptiveConformal(errors: Float64Array, options: AdaptiveOptions): AdaptiveConformal {
  const { level, rate = 0.05, warmUp = 10 } = options;
  assert(level > 0 && level < 100, 'a level is a percentage between 0 and 100');
  assert(rate > 0, 'the rate is above 0');
  const target = 1 - level / 100;
  const widths = new Float64Array(errors.length).fill(Number.NaN);
  const seen: number[] = [];
  let missRate = target;
  let inside = 0;
  let judged = 0;
  const widthNow = (): number => conformalWidth(seen, 1 - missRate);
  for (let t = 0; t < errors.length; t++) {
    const size = Math.abs(errors[t]);
    if (seen.length >= warmUp) {
      widths[t] = widthNow();
      if (Number.isFinite(size)) {
        const missed = size > widths[t] ? 1 : 0;
        missRate += rate * (target - missed);
        judged += 1;
        inside += 1 - missed;
      }
    }
    if (Number.isFinite(size)) insert(seen, size);
  }
  return { widths, next: widthNow(), coverage: judged === 0 ? Number.NaN : inside / judged };
}

/** The order statistic of rank ceil((n + 1) share) of an ascending sample; below 0 nothing, above n everything is inside. */
function conformalWidth(ascending: ArrayLike<number>, share: number): number {
  if (share <= 0) return 0;
  // (19 + 1) x 0.95 is 19 and not a rounding error more.
  const rank = Math.ceil((ascending.length + 1) * share - 1e-9);
  return rank > ascending.length ? Infinity : ascending[Math.max(0, rank - 1)];
}

function sizesAt(errors: Float64Array, horizon: number, step: number): Float64Array {
  const sizes: number[] = [];
  for (let i = step; i < errors.length; i += horizon) {
    if (Number.isFinite(errors[i])) sizes.push(Math.abs(errors[i]));
  }
  return Float64Array.from(sizes);
}

function insert(ascending: number[], value: number): void {
  let place = ascending.length;
  while (place > 0 && ascending[place - 1] > value) place -= 1;
  ascending.splice(place, 0, value);
}

/** Of intervals against what came, by horizon. Entries are NaN at horizons without actuals. */
export type CoverageReport = {
  /** Share of actuals within the limits, limits included. */
  readonly overall: number;
  readonly byHorizon: Float64Array;
  /** Share of actuals below the lower and above the upper limit. */
  readonly below: Float64Array;
  readonly above: Float64Array;
  /** Actuals at each horizon. */
  readonly count: Int32Array;
};

/** All blocks are origins (or series) x horizon, row-major; actuals that are NaN are left out. */
export function coverageReport(
  actual: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  horizon: number,
): CoverageReport {
  assert(actual.length === lower.length && actual.length === upper.length, 'the blocks have the same shape');
  assert(horizon > 0 && actual.length % horizon === 0, 'the blocks have rows of one horizon');
  const count = new Int32Array(horizon);
  const below = new Float64Array(horizon);
  const above = new Float64Array(horizon);
  for (let i = 0; i < actual.length; i++) {
    if (!Number.isFinite(actual[i])) continue;
    const step = i % horizon;
    count[step] += 1;
    if (actual[i] < lower[i]) below[step] += 1;
    else if (actual[i] > upper[i]) above[step] += 1;
  }
  const seen = count.reduce((sum, value) => sum + value, 0);
  const missed = below.reduce((sum, value, step) => sum + value + above[step], 0);
  for (let step = 0; step < horizon; step++) {
    below[step] /= count[step];
    above[step] /= count[step];
  }
  const byHorizon = below.map((share, step) => 1 - share - above[step]);
  return { overall: 1 - missed / seen, byHorizon, below, above, count };
}
