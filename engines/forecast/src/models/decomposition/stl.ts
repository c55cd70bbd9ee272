/**
 * STL: seasonal and trend decomposition by loess, plain and robust.
 *
 * Input     a complete, finite series of at least two whole seasons, in any unit; bucket t has phase t mod period.
 * Output    season + trend + remainder = series in every bucket, and the robustness weight of each bucket (1 is trusted,
 *           0 an outlier; all 1 unless robust).
 * Method    inner loop: smooth each phase's sub-series, take off what is low-frequency in it (moving averages of one
 *           season twice, of three once, then loess), and smooth what is left without the season. Outer loop: weigh each
 *           bucket by the bisquare of its remainder over six times their median.
 * Cost      about 10 n (seasonal + trend + low-pass window) / jump operations an inner loop.
 * Source    Cleveland, Cleveland, McRae and Terpenning (1990), J. of Official Statistics 6(1), 3-73; defaults and
 *           figures as R's stl().
 * Differs   from R in that the series starts at phase 0 wherever the calendar does, which changes no figure.
 */
import { assert } from '@planwright/units';
import { type Loess, loess, loessAt } from './loess.ts';
import { twiceMedianLikeR } from './partial-sort.ts';

export type StlOptions = {
  /** Buckets in one season, at least 2. */
  readonly period: number;
  /** 'periodic' (the default): the season never changes. A number (odd, at least 7): seasons that its loess looks at. */
  readonly seasonWindow?: 'periodic' | number;
  /** Odd; the smallest odd number not below 1.5 period / (1 - 1.5 / seasonWindow) unless told. */
  readonly trendWindow?: number;
  /** Odd; the smallest odd number not below the period unless told. */
  readonly lowPassWindow?: number;
  /** Whether outliers lose their weight; false unless told. */
  readonly robust?: boolean;
  /** Passes of the inner loop; 2, or 1 if robust, unless told. */
  readonly inner?: number;
  /** Passes of the outer loop; 0, or 15 if robust, unless told. */
  readonly outer?: number;
};

export type Stl = {
  readonly season: Float64Array;
  readonly trend: Float64Array;
  readonly remainder: Float64Array;
  readonly weights: Float64Array;
};

/** Rounds as R's nextodd(): to a whole number (a half goes to the even one), and then up to an odd one. */
function nextOdd(value: number): number {
  const floor = Math.floor(value);
  const half = value - floor === 0.5;
  const whole = half ? floor + (floor % 2) : Math.round(value);
  return whole % 2 === 0 ? whole + 1 : whole;
}

const atLeastOdd = (least: number, value: number): number => {
  const whole = Math.max(least, value);
  return whole % 2 === 0 ? whole + 1 : whole;
};

type Plan = {
  readonly period: number;
  readonly seasonLoess: Loess;
  readonly trendLoess: Loess;
  readonly lowPassLoess: Loess;
};

function planOf(count: number, options: StlOptions): Plan {
  const { period, seasonWindow = 'periodic' } = options;
  // R's way to say "for ever": a window ten times the series, whose weights are all but equal.
  const season = seasonWindow === 'periodic' ? 10 * count + 1 : seasonWindow;
  const trend = options.trendWindow ?? nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / season)));
  const lowPass = options.lowPassWindow ?? nextOdd(period);
  const of = (window: number, degree: 0 | 1): Loess => ({
    window: atLeastOdd(3, window),
    degree,
    jump: Math.ceil(window / 10),
  });
  return { period, seasonLoess: of(season, 0), trendLoess: of(trend, 1), lowPassLoess: of(lowPass, 1) };
}

/** Buffers of the inner loop, allocated once. */
type Work = {
  readonly plain: Float64Array;
  /** Seasons of every phase, one before and one after the series: count + 2 period. */
  readonly cycles: Float64Array;
  readonly low: Float64Array;
  readonly lower: Float64Array;
  readonly weights: Float64Array;
  readonly phase: Float64Array;
  readonly phaseSmooth: Float64Array;
  readonly phaseRobustness: Float64Array;
};

function workFor(count: number, period: number): Work {
  const padded = count + 2 * period;
  const perPhase = Math.ceil(count / period) + 2;
  return {
    plain: new Float64Array(count),
    cycles: new Float64Array(padded),
    low: new Float64Array(padded),
    lower: new Float64Array(padded),
    weights: new Float64Array(count),
    phase: new Float64Array(perPhase),
    phaseSmooth: new Float64Array(perPhase),
    phaseRobustness: new Float64Array(perPhase),
  };
}

/** Decomposes a series; see the head of the file. Throws (an assert) for a period below 2 or less than two seasons. */
export function stl(series: Float64Array, options: StlOptions): Stl {
  const count = series.length;
  const { period, robust = false } = options;
  assert(Number.isInteger(period) && period >= 2, 'period is a whole number of at least 2 buckets');
  assert(count > 2 * period - 1, 'the series has two whole seasons');
  const plan = planOf(count, options);
  const inner = options.inner ?? (robust ? 1 : 2);
  const outer = options.outer ?? (robust ? 15 : 0);
  const work = workFor(count, period);
  const season = new Float64Array(count);
  const trend = new Float64Array(count);
  const weights = new Float64Array(count).fill(1);
  for (let pass = 0; pass <= outer; pass++) {
    const robustness = pass === 0 ? undefined : weights;
    for (let i = 0; i < inner; i++) improve(series, plan, robustness, season, trend, work);
    if (pass < outer) weigh(series, season, trend, weights);
  }
  if ((options.seasonWindow ?? 'periodic') === 'periodic') makePeriodic(season, period);
  const remainder = series.map((value, t) => value - season[t] - trend[t]);
  return { season, trend, remainder, weights };
}

/** One pass of the inner loop over `season` and `trend`. */
function improve(
  series: Float64Array,
  { period, seasonLoess, trendLoess, lowPassLoess }: Plan,
  robustness: Float64Array | undefined,
  season: Float64Array,
  trend: Float64Array,
  work: Work,
): void {
  const count = series.length;
  const { plain, cycles, low, lower } = work;
  for (let t = 0; t < count; t++) plain[t] = series[t] - trend[t];
  smoothPhases(plain, period, seasonLoess, robustness, work);
  const padded = count + 2 * period;
  averageOver(cycles, padded, period, low);
  averageOver(low, padded - period + 1, period, lower);
  averageOver(lower, padded - 2 * period + 2, 3, low);
  loess({ values: low, count, robustness: undefined }, lowPassLoess, lower, work.weights);
  for (let t = 0; t < count; t++) {
    season[t] = cycles[period + t] - lower[t];
    plain[t] = series[t] - season[t];
  }
  loess({ values: plain, count, robustness }, trendLoess, trend, work.weights);
}

/** Smooths the sub-series of each phase into `work.cycles`, continued by one season at either end. */
function smoothPhases(
  plain: Float64Array,
  period: number,
  how: Loess,
  robustness: Float64Array | undefined,
  { phase, phaseSmooth, phaseRobustness, weights, cycles }: Work,
): void {
  for (let first = 0; first < period; first++) {
    const seasons = Math.floor((plain.length - first - 1) / period) + 1;
    for (let i = 0; i < seasons; i++) {
      phase[i] = plain[first + i * period];
      if (robustness !== undefined) phaseRobustness[i] = robustness[first + i * period];
    }
    const input = {
      values: phase,
      count: seasons,
      robustness: robustness === undefined ? undefined : phaseRobustness,
    };
    loess(input, how, phaseSmooth, weights);
    for (let i = 0; i < seasons; i++) cycles[first + (i + 1) * period] = phaseSmooth[i];
    const before = loessAt(input, how, 0, 1, Math.min(how.window, seasons), weights);
    cycles[first] = Number.isNaN(before) ? phaseSmooth[0] : before;
    const oldest = Math.max(1, seasons - how.window + 1);
    const after = loessAt(input, how, seasons + 1, oldest, seasons, weights);
    cycles[first + (seasons + 1) * period] = Number.isNaN(after) ? phaseSmooth[seasons - 1] : after;
  }
}

/** Moving average of `window` entries: count - window + 1 of them. */
function averageOver(values: Float64Array, count: number, window: number, averages: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < window; i++) sum += values[i];
  averages[0] = sum / window;
  for (let i = window; i < count; i++) {
    sum += values[i] - values[i - window];
    averages[i - window + 1] = sum / window;
  }
}

/** Bisquare weights of the remainders; remainders that are all but 0 weigh 1. */
function weigh(series: Float64Array, season: Float64Array, trend: Float64Array, weights: Float64Array): void {
  const count = series.length;
  // The buffer of the weights holds the sizes until their median is known.
  for (let t = 0; t < count; t++) weights[t] = Math.abs(series[t] - (trend[t] + season[t]));
  const limit = 3 * twiceMedianLikeR(weights);
  for (let t = 0; t < count; t++) {
    const size = Math.abs(series[t] - (trend[t] + season[t]));
    const ratio = size / limit;
    weights[t] = size <= 0.001 * limit ? 1 : size <= 0.999 * limit ? (1 - ratio * ratio) ** 2 : 0;
  }
}

/** Every phase gets the mean of its seasons. */
function makePeriodic(season: Float64Array, period: number): void {
  for (let first = 0; first < period; first++) {
    let sum = 0;
    let seasons = 0;
    for (let t = first; t < season.length; t += period) {
      sum += season[t];
      seasons += 1;
    }
    for (let t = first; t < season.length; t += period) season[t] = sum / seasons;
  }
}
