/**
 * What was to be expected of every bucket of a regular series, so robustly that the wild buckets have no say in it.
 *
 * Input     a complete, finite series, and which of its buckets were observed in full.
 * Method    robust STL gives the season, which is used only where it is strong; level shifts are looked for in what remains;
 *           a robust local line through the series without season and steps gives the rest.
 * Output    expected value per bucket; spread of the observed around it; first buckets of new levels.
 * Cost      6 inner loops of STL and 4 passes of loess: about 0.2 ms for 100 buckets.
 * Source    after R's forecast::tsoutliers (Hyndman 2021), whose gate on the seasonal strength (0.6) this keeps; strength is
 *           that of Wang, Smith and Hyndman (2006), with medians in place of variances.
 * Differs   in that level shifts are taken out, and loess takes the place of Friedman's supersmoother.
 */
import { loess } from '../models/decomposition/loess.ts';
import { type Stl, stl } from '../models/decomposition/stl.ts';
import { levelShifts } from './level-shifts.ts';
import { medianInPlace, spreadAroundZero } from './robust-scale.ts';

export type Expectation = {
  readonly expected: Float64Array;
  /** Observed minus expected. */
  readonly residuals: Float64Array;
  /** Standard deviation of the noise; more than the residuals', as the expectation follows them a little. */
  readonly spread: number;
  /** By how much more. */
  readonly looseness: number;
  /** First buckets of new levels. */
  readonly shifts: Int32Array;
  /** Size of each step, in the order of `shifts`. */
  readonly steps: Float64Array;
};

const STRONG_SEASON = 0.4;
const HELD_WITHIN = 4;
const OF_NORMAL = 1.4826;
const ROBUST_PASSES = 5;
/** Where the level moves this much, a season in proportion to it may fit better, and is tried. */
const GROWTH_FOR_LOGS = 1.4;
const SHORT_WINDOW = 15;
const LONG_WINDOW = 27;
/** Local lines take a little of the spread with them, and more of a short series. */
const LEFT_BY_LINES = 0.97;
const BUCKETS_FOR_LINES = 3;
/** Seasons that a periodic season costs: of three robust values of a phase one is all but met. */
const SEASONS_FOR_SEASON = 0.62;
/** With two, half of a spike is taken for the season: they count as fewer. */
const SEASONS_TO_TRUST = 2.75;
const FEWEST_SEASONS = 1.6;

export function expectationOf(series: Float64Array, season: number, observed: Uint8Array): Expectation {
  const count = series.length;
  const buffer = new Float64Array(count);
  const seasonal = seasonOf(series, season, buffer);
  const plain = seasonal === undefined ? series.slice() : series.map((value, t) => value - seasonal[t]);
  const shifts = levelShifts(plain);
  const { offsets, steps } = stepsOf(plain, shifts);
  for (let t = 0; t < count; t++) plain[t] -= offsets[t];
  const window = season > 12 && seasonal !== undefined ? LONG_WINDOW : SHORT_WINDOW;
  const smooth = robustLine(plain, window, buffer);
  const expected = new Float64Array(count);
  const residuals = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    expected[t] = smooth[t] + offsets[t] + (seasonal === undefined ? 0 : seasonal[t]);
    residuals[t] = series[t] - expected[t];
  }
  const looseness = loosenessOf(count, seasonal === undefined ? 1 : season);
  return {
    expected,
    residuals,
    spread: looseness * spreadAroundZero(residuals, observed, buffer),
    looseness,
    shifts,
    steps,
  };
}

/** Spread of noise over that of its residuals: measured on normal noise, and with few seasons a tenth on the safe side. */
function loosenessOf(count: number, season: number): number {
  const ofLines = LEFT_BY_LINES * (1 - BUCKETS_FOR_LINES / count);
  if (season === 1) return 1 / ofLines;
  const seasons = count / season < SEASONS_TO_TRUST ? FEWEST_SEASONS : count / season;
  return 1 / (ofLines * (1 - SEASONS_FOR_SEASON / seasons));
}

/** The season in the units of the series, or undefined where it is too weak to go by. */
function seasonOf(series: Float64Array, season: number, buffer: Float64Array): Float64Array | undefined {
  const count = series.length;
  if (season < 2 || count < 2 * season) return undefined;
  const options = { period: season, robust: true, outer: ROBUST_PASSES };
  const plain = stl(series, options);
  const strength = strengthOf(plain, season, buffer);
  if (growsPositive(series, plain.trend)) {
    const ofLogs = stl(series.map(Math.log), options);
    const strengthOfLogs = strengthOf(ofLogs, season, buffer);
    if (strengthOfLogs > strength) {
      if (strengthOfLogs < STRONG_SEASON) return undefined;
      return ofLogs.season.map((value, t) => Math.exp(ofLogs.trend[t]) * (Math.exp(value) - 1));
    }
  }
  return strength >= STRONG_SEASON ? plain.season : undefined;
}

function growsPositive(series: Float64Array, trend: Float64Array): boolean {
  let low = Infinity;
  let high = 0;
  for (let t = 0; t < trend.length; t++) {
    if (!(series[t] > 0 && trend[t] > 0)) return false;
    low = Math.min(low, trend[t]);
    high = Math.max(high, trend[t]);
  }
  return high > GROWTH_FOR_LOGS * low;
}

/**
 * Strength of the season: how well the buckets, without trend, agree with those one season later. Of a season in noise
 * this correlation is the season's share of the variance. Wild values are held in, for one alone would drown it.
 */
function strengthOf({ season, remainder }: Stl, period: number, buffer: Float64Array): number {
  const count = season.length;
  for (let t = 0; t < count; t++) buffer[t] = Math.abs(season[t] + remainder[t]);
  const reach = HELD_WITHIN * OF_NORMAL * medianInPlace(buffer, count);
  for (let t = 0; t < count; t++) buffer[t] = Math.min(reach, Math.max(-reach, season[t] + remainder[t]));
  let products = 0;
  let early = 0;
  let late = 0;
  for (let t = period; t < count; t++) {
    products += buffer[t] * buffer[t - period];
    early += buffer[t - period] ** 2;
    late += buffer[t] ** 2;
  }
  return early > 0 && late > 0 ? products / Math.sqrt(early * late) : 0;
}

/** For every bucket how far its level lies from the first one, and the size of each step; by medians of the levels. */
function stepsOf(plain: Float64Array, shifts: Int32Array): { offsets: Float64Array; steps: Float64Array } {
  const count = plain.length;
  const offsets = new Float64Array(count);
  const steps = new Float64Array(shifts.length);
  if (shifts.length === 0) return { offsets, steps };
  let firstLevel = 0;
  let before = 0;
  for (let i = 0; i <= shifts.length; i++) {
    const start = i === 0 ? 0 : shifts[i - 1];
    const end = i === shifts.length ? count : shifts[i];
    const level = medianInPlace(plain.slice(start, end), end - start);
    if (i === 0) firstLevel = level;
    else steps[i - 1] = level - before;
    before = level;
    for (let t = start; t < end; t++) offsets[t] = level - firstLevel;
  }
  return { offsets, steps };
}

/** Local lines whose outliers lose their weight, as in Cleveland (1979). */
function robustLine(plain: Float64Array, window: number, buffer: Float64Array): Float64Array {
  const count = plain.length;
  const smooth = new Float64Array(count);
  const weights = new Float64Array(count);
  const robustness = new Float64Array(count).fill(1);
  const how = { window, degree: 1, jump: 2 } as const;
  for (let pass = 0; pass < 4; pass++) {
    loess({ values: plain, count, robustness: pass === 0 ? undefined : robustness }, how, smooth, weights);
    for (let t = 0; t < count; t++) buffer[t] = Math.abs(plain[t] - smooth[t]);
    const limit = 6 * medianInPlace(buffer, count);
    if (!(limit > 0)) break;
    for (let t = 0; t < count; t++) {
      const ratio = Math.abs(plain[t] - smooth[t]) / limit;
      robustness[t] = ratio < 1 ? (1 - ratio * ratio) ** 2 : 0;
    }
  }
  return smooth;
}
