/** Is there a season, and what is its shape: the autocorrelation test and the classical decomposition. */
import { normalQuantile } from '@planwright/numerics';

/** How a season joins the level: added to it, or multiplied with it. */
export type SeasonKind = 'additive' | 'multiplicative';

/**
 * Strength of the season: the autocorrelation at the seasonal lag over its standard error under no season.
 * Above 1.645 the season is significant at 90 %, the rule of the M4 organisers' Theta and Naive2.
 * 0 for fewer than three whole seasons. Takes O(n x season) time.
 */
export function seasonalStrength(history: Float64Array, season: number): number {
  const count = history.length;
  if (season < 2 || count < 3 * season) return 0;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += history[i];
  mean /= count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (history[i] - mean) * (history[i] - mean);
  if (!(squares > 0)) return 0;
  let squaredLags = 0;
  let seasonal = 0;
  for (let lag = 1; lag <= season; lag++) {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += (history[i] - mean) * (history[i - lag] - mean);
    const r = sum / squares;
    if (lag < season) squaredLags += r * r;
    else seasonal = Math.abs(r);
  }
  return seasonal / Math.sqrt((1 + 2 * squaredLags) / count);
}

/** z of the 90 % two-sided test. */
const SEASONAL_TEST_90 = normalQuantile(0.95);

export function isSeasonal(history: Float64Array, season: number): boolean {
  return seasonalStrength(history, season) > SEASONAL_TEST_90;
}

/**
 * Centred moving average over one season (2 x m for an even season), as R's decompose().
 * NaN for the half season at either end.
 */
export function centredAverage(history: Float64Array, season: number): Float64Array {
  const count = history.length;
  const half = Math.floor(season / 2);
  const trend = new Float64Array(count).fill(Number.NaN);
  const edge = season % 2 === 0 ? 0.5 : 1;
  for (let t = half; t < count - half; t++) {
    let sum = edge * (history[t - half] + history[t + half]);
    for (let i = t - half + 1; i < t + half; i++) sum += history[i];
    trend[t] = sum / season;
  }
  return trend;
}

/**
 * Seasonal figure of the classical decomposition: one index per phase, phase 0 being the first bucket of
 * the history. Additive indices sum to 0, multiplicative ones average 1. Needs two whole seasons.
 * Source: Kendall and Stuart (1983), The Advanced Theory of Statistics 3, 410-414, as in R's decompose().
 */
export function seasonalFigure(history: Float64Array, season: number, kind: SeasonKind): Float64Array {
  const trend = centredAverage(history, season);
  const figure = new Float64Array(season);
  const counts = new Int32Array(season);
  for (let t = 0; t < history.length; t++) {
    if (Number.isNaN(trend[t])) continue;
    const detrended = kind === 'additive' ? history[t] - trend[t] : history[t] / trend[t];
    if (!Number.isFinite(detrended)) continue;
    figure[t % season] += detrended;
    counts[t % season] += 1;
  }
  let mean = 0;
  for (let phase = 0; phase < season; phase++) {
    figure[phase] = counts[phase] > 0 ? figure[phase] / counts[phase] : kind === 'additive' ? 0 : 1;
    mean += figure[phase] / season;
  }
  for (let phase = 0; phase < season; phase++) {
    figure[phase] = kind === 'additive' ? figure[phase] - mean : figure[phase] / mean;
  }
  return figure;
}

/**
 * The figure drawn towards "no season" as far as its own noise suggests, in place of an all-or-nothing test:
 * a strong season is kept whole, a doubtful one is damped, a chance one vanishes. Needs three whole seasons.
 * Source: Miller and Williams (2003), Int. J. of Forecasting 19(4), 669-684 (James-Stein).
 */
export function shrunkSeasonalFigure(history: Float64Array, season: number, kind: SeasonKind): Float64Array {
  const figure = seasonalFigure(history, season, kind);
  const trend = centredAverage(history, season);
  let noise = 0;
  let count = 0;
  for (let t = 0; t < history.length; t++) {
    const detrended = kind === 'additive' ? history[t] - trend[t] : history[t] / trend[t];
    if (!Number.isFinite(detrended)) continue;
    noise += (detrended - figure[t % season]) ** 2;
    count += 1;
  }
  const neutral = kind === 'additive' ? 0 : 1;
  let strength = 0;
  for (let phase = 0; phase < season; phase++) strength += (figure[phase] - neutral) ** 2;
  const ofOneIndex = (noise / Math.max(1, count - season)) * (season / Math.max(1, count));
  const kept = strength > 0 ? Math.max(0, 1 - (Math.max(1, season - 3) * ofOneIndex) / strength) : 0;
  return figure.map((index) => neutral + kept * (index - neutral));
}

/** A season taken out of a history, and the way to put it back. */
export type Deseasonalised = {
  readonly plain: Float64Array;
  /** undefined where nothing was taken out. */
  readonly kind: SeasonKind | undefined;
  /** Value of bucket t (0 is the first of the history, and so on into the future) with its season. */
  restore(value: number, t: number): number;
  /** Factor by which an error of bucket t grows with its season: 1 unless it is multiplicative. */
  factor(t: number): number;
};

const SMALLEST_INDEX = 0.01;

/**
 * Takes out the season that `figureOf` finds: a multiplicative one where every value is positive, else an additive one.
 * A multiplicative index near 0 would blow the history up, so then nothing is taken out.
 */
export function deseasonalise(
  history: Float64Array,
  season: number,
  figureOf: (history: Float64Array, season: number, kind: SeasonKind) => Float64Array,
): Deseasonalised {
  const kind = history.every((value) => value > 0) ? 'multiplicative' : 'additive';
  const figure = figureOf(history, season, kind);
  if (kind === 'multiplicative' && figure.some((index) => index < SMALLEST_INDEX))
    return withoutSeason(history);
  const plain = new Float64Array(history.length);
  const additive = kind === 'additive';
  let phase = 0;
  for (let t = 0; t < history.length; t++) {
    plain[t] = additive ? history[t] - figure[phase] : history[t] / figure[phase];
    phase = phase === season - 1 ? 0 : phase + 1;
  }
  return {
    plain,
    kind,
    restore: additive ? (value, t) => value + figure[t % season] : (value, t) => value * figure[t % season],
    factor: additive ? () => 1 : (t) => figure[t % season],
  };
}

export const withoutSeason = (history: Float64Array): Deseasonalised => ({
  plain: history,
  kind: undefined,
  restore: (value) => value,
  factor: () => 1,
});
