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
  const centred = scratchFor(count);
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const away = history[i] - mean;
    centred[i] = away;
    squares += away * away;
  }
  if (!(squares > 0)) return 0;
  let squaredLags = 0;
  for (let lag = 1; lag < season; lag++) {
    const r = laggedProduct(centred, count, lag) / squares;
    squaredLags += r * r;
  }
  const seasonal = Math.abs(laggedProduct(centred, count, season) / squares);
  return seasonal / Math.sqrt((1 + 2 * squaredLags) / count);
}

// One buffer for all series: an allocation of its own costs as much as a quarter of the test. No value outlives a call.
let scratch = new Float64Array(256);

function scratchFor(count: number): Float64Array {
  if (scratch.length < count) scratch = new Float64Array(2 * count);
  return scratch;
}

/** Sum of centred[t] centred[t - lag] over t below `count`, in two chains, because one would wait for each addition. */
function laggedProduct(centred: Float64Array, count: number, lag: number): number {
  let even = 0;
  let odd = 0;
  let t = lag;
  for (; t + 1 < count; t += 2) {
    even += centred[t] * centred[t - lag];
    odd += centred[t + 1] * centred[t + 1 - lag];
  }
  return t < count ? even + odd + centred[t] * centred[t - lag] : even + odd;
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
  for (let t = half; t < count - half; t++) trend[t] = averageAround(history, t, season);
  return trend;
}

/** One value of the centred average, in two chains; t is at least half a season from either end. */
function averageAround(history: Float64Array, t: number, season: number): number {
  const half = season >> 1;
  const edge = season % 2 === 0 ? 0.5 : 1;
  let sum = edge * (history[t - half] + history[t + half]);
  let other = 0;
  let i = t - half + 1;
  for (; i + 1 < t + half; i += 2) {
    sum += history[i];
    other += history[i + 1];
  }
  if (i < t + half) sum += history[i];
  return (sum + other) / season;
}

/**
 * Seasonal figure of the classical decomposition: one index per phase, phase 0 being the first bucket of
 * the history. Additive indices sum to 0, multiplicative ones average 1. Needs two whole seasons.
 * Source: Kendall and Stuart (1983), The Advanced Theory of Statistics 3, 410-414, as in R's decompose().
 */
export function seasonalFigure(history: Float64Array, season: number, kind: SeasonKind): Float64Array {
  const figure = new Float64Array(season);
  const counts = new Int32Array(season);
  const half = season >> 1;
  const additive = kind === 'additive';
  let phase = half % season;
  for (let t = half; t < history.length - half; t++) {
    const trend = averageAround(history, t, season);
    const detrended = additive ? history[t] - trend : history[t] / trend;
    if (Number.isFinite(detrended)) {
      figure[phase] += detrended;
      counts[phase] += 1;
    }
    phase = phase === season - 1 ? 0 : phase + 1;
  }
  const neutral = additive ? 0 : 1;
  let mean = 0;
  for (phase = 0; phase < season; phase++) {
    figure[phase] = counts[phase] > 0 ? figure[phase] / counts[phase] : neutral;
    mean += figure[phase] / season;
  }
  for (phase = 0; phase < season; phase++)
    figure[phase] = additive ? figure[phase] - mean : figure[phase] / mean;
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

/** A season taken out of a history, and what is needed to put it back (see `withSeason`). */
export type Deseasonalised = {
  readonly plain: Float64Array;
  /** undefined where nothing was taken out. */
  readonly kind: SeasonKind | undefined;
  /** One index per phase, phase 0 being the first bucket of the history; empty where nothing was taken out. */
  readonly figure: Float64Array;
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
  const kind = smallest(history) > 0 ? 'multiplicative' : 'additive';
  const figure = figureOf(history, season, kind);
  const additive = kind === 'additive';
  if (!additive && !(smallest(figure) >= SMALLEST_INDEX)) return withoutSeason(history);
  const plain = new Float64Array(history.length);
  let phase = 0;
  for (let t = 0; t < plain.length; t++) {
    plain[t] = additive ? history[t] - figure[phase] : history[t] / figure[phase];
    phase = phase === season - 1 ? 0 : phase + 1;
  }
  return { plain, kind, figure };
}

function smallest(values: Float64Array): number {
  let least = Infinity;
  for (let i = 0; i < values.length; i++) if (!(values[i] >= least)) least = values[i];
  return least;
}

export const withoutSeason = (history: Float64Array): Deseasonalised => ({
  plain: history,
  kind: undefined,
  figure: new Float64Array(0),
});

/** Puts the season back into `values`, whose first entry belongs to bucket `first` (0 is the first of the history); in place. */
export function withSeason(
  values: Float64Array,
  first: number,
  { kind, figure }: Deseasonalised,
): Float64Array {
  if (kind === undefined) return values;
  const additive = kind === 'additive';
  let phase = first % figure.length;
  for (let i = 0; i < values.length; i++) {
    values[i] = additive ? values[i] + figure[phase] : values[i] * figure[phase];
    phase = phase === figure.length - 1 ? 0 : phase + 1;
  }
  return values;
}

/** What `withSeason` adds to `values`, as a new array. */
export function seasonAdded(values: Float64Array, first: number, season: Deseasonalised): Float64Array {
  const added = withSeason(values.slice(), first, season);
  for (let i = 0; i < added.length; i++) added[i] -= values[i];
  return added;
}

/** Factor by which an error of bucket t grows with its season: 1 unless it is multiplicative. */
export const seasonFactor = ({ kind, figure }: Deseasonalised, t: number): number =>
  kind === 'multiplicative' ? figure[t % figure.length] : 1;
