/** Is there a season, and what is its shape: the autocorrelation test and the classical decomposition. */
import { normalQuantile } from '@planwright/numerics';
import { sharedRoom } from './contract/room.ts';

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

// No value outlives a call.
const scratchFor = sharedRoom();
const roomOfTrend = sharedRoom();

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
  const trend = new Float64Array(count).fill(Number.NaN);
  writeAverages(history, season, trend);
  return trend;
}

/** The centred average where it exists: half a season from either end. */
function writeAverages(history: Float64Array, season: number, trend: Float64Array): void {
  const half = Math.floor(season / 2);
  for (let t = half; t < history.length - half; t++) trend[t] = averageAround(history, t, season);
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
  return figureAbout(undefined, history, season, kind);
}

/** The same about a centred average that is known already. */
function figureAbout(
  known: Float64Array | undefined,
  history: Float64Array,
  season: number,
  kind: SeasonKind,
): Float64Array {
  const figure = new Float64Array(season);
  const counts = scratchFor(season).fill(0, 0, season);
  const half = season >> 1;
  const additive = kind === 'additive';
  let phase = half % season;
  for (let t = half; t < history.length - half; t++) {
    const trend = known === undefined ? averageAround(history, t, season) : known[t];
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
  const trend = roomOfTrend(history.length);
  writeAverages(history, season, trend);
  const figure = figureAbout(trend, history, season, kind);
  let noise = 0;
  let count = 0;
  const half = Math.floor(season / 2);
  for (let t = half; t < history.length - half; t++) {
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
  for (let phase = 0; phase < season; phase++) figure[phase] = neutral + kept * (figure[phase] - neutral);
  return figure;
}

const SMALLEST_OF_FEW = 0.1;
/** An index this near to 1 is 1 but for rounding. */
const NEGLIGIBLE_INDEX = 1e-9;

export type FewSeasons = {
  /** Index per phase, phase 0 being the first bucket of the history. */
  readonly figure: Float64Array;
  /** Standard deviation of each index. */
  readonly deviation: number;
  /** The history is its trend but for rounding: there is no season to take out. */
  readonly isSteady: boolean;
};

/**
 * The multiplicative figure of a history of two to three seasons, where a centred average leaves no more than one value a phase:
 * the trend is the line whose slope is the mean change over a season, and every bucket counts. Drawn towards `target` (no season
 * unless told) as far as the seasons disagree, as in `shrunkSeasonalFigure`. Undefined where the trend is not positive throughout.
 */
export function figureOfFewSeasons(
  history: Float64Array,
  season: number,
  target: Float64Array = new Float64Array(season).fill(1),
): FewSeasons | undefined {
  const count = history.length;
  if (season < 2 || count < 2 * season) return undefined;
  let change = 0;
  for (let t = season; t < count; t++) change += history[t] - history[t - season];
  const slope = change / (count - season) / season;
  let level = 0;
  for (let t = count - 2 * season; t < count; t++) level += history[t] / (2 * season);
  const centre = count - season - 0.5;
  const trendAt = (t: number): number => level + slope * (t - centre);
  if (!(trendAt(0) > 0 && trendAt(count - 1) > 0)) return undefined;
  const figure = new Float64Array(season);
  for (let phase = 0; phase < season; phase++) {
    let seen = 0;
    for (let t = phase; t < count; t += season, seen++) figure[phase] += history[t] / trendAt(t);
    figure[phase] /= seen;
  }
  const mean = figure.reduce((sum, index) => sum + index / season, 0);
  if (!(mean > 0)) return undefined;
  let noise = 0;
  let strength = 0;
  for (let phase = 0; phase < season; phase++) figure[phase] /= mean;
  for (let t = 0; t < count; t++) noise += (history[t] / trendAt(t) / mean - figure[t % season]) ** 2;
  for (let phase = 0; phase < season; phase++) strength += (figure[phase] - target[phase]) ** 2;
  const ofOneIndex = (noise / Math.max(1, count - season - 1)) * (season / count);
  const kept = strength > 0 ? Math.max(0, 1 - (Math.max(1, season - 3) * ofOneIndex) / strength) : 0;
  return {
    figure: figure.map((index, phase) =>
      Math.max(SMALLEST_OF_FEW, target[phase] + kept * (index - target[phase])),
    ),
    deviation: Math.sqrt(kept * ofOneIndex),
    isSteady:
      noise < count * NEGLIGIBLE_INDEX ** 2 &&
      figure.every((index) => Math.abs(index - 1) < NEGLIGIBLE_INDEX),
  };
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
 * A multiplicative index near 0 would blow the history up, so then nothing is taken out. `room`, as long as the history, takes
 * the result where it is given.
 */
export function deseasonalise(
  history: Float64Array,
  season: number,
  figureOf: (history: Float64Array, season: number, kind: SeasonKind) => Float64Array,
  room: Float64Array = new Float64Array(history.length),
): Deseasonalised {
  const kind = smallest(history) > 0 ? 'multiplicative' : 'additive';
  const figure = figureOf(history, season, kind);
  const additive = kind === 'additive';
  if (!additive && !(smallest(figure) >= SMALLEST_INDEX)) return withoutSeason(history);
  return { plain: withoutFigure(history, figure, additive, room), kind, figure };
}

function withoutFigure(
  history: Float64Array,
  figure: Float64Array,
  additive: boolean,
  plain: Float64Array,
): Float64Array {
  let phase = 0;
  for (let t = 0; t < plain.length; t++) {
    plain[t] = additive ? history[t] - figure[phase] : history[t] / figure[phase];
    phase = phase === figure.length - 1 ? 0 : phase + 1;
  }
  return plain;
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
