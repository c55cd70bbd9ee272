/**
 * What the panel model sees of a key at an origin: one row for each step ahead.
 *
 * Input     the history up to the origin, divided by its level (mean size of the last season), so that large and small
 *           keys teach each other. A value that does not exist yet is NaN, which trees can branch on.
 * Columns   first those of the origin, then those of the step, then attributes and regressors, last the forecasts of
 *           dynamic Theta and the ETS family made at that origin: `plainCount` columns come before these.
 * Cost      the local forecasts, about 0.4 ms an origin for 60 months; all else is a few passes over the history.
 * Source    the choice follows the winners of M5 (Makridakis et al. 2022, Int. J. of Forecasting 38(4), 1346-1364) for lags,
 *           means and calendar, and stacking (Wolpert 1992, Neural Networks 5(2), 241-259) for the local forecasts.
 */
import { fewSeasonsDefinition } from '../choice/borrowed-season.ts';
import { hasFewSeasons } from '../choice/choice.ts';
import type { MethodMeans, ModelDefinition } from '../contract/contract.ts';
import { dynamicThetaDefinition } from '../models/theta/dynamic-theta.ts';
import { isPositive } from '../models/ets/ets-spec.ts';
import { etsAverageDefinition } from '../models/ets/ets-average.ts';
import { seasonalStrength, shrunkSeasonalFigure } from '../seasonality.ts';
import type { Panel, PanelKey } from './panel.ts';

/** A column and, in a planner's words, what it tells. */
export type Feature = { readonly name: string; readonly topic: string };

export type FeatureLayout = {
  readonly season: number;
  readonly lags: readonly number[];
  readonly features: readonly Feature[];
  /** Columns before the local forecasts. */
  readonly plainCount: number;
  /** Columns that hold codes. */
  readonly categorical: readonly number[];
  readonly knowsCalendar: boolean;
};

const RECENT = 'recent level';
const TREND = 'trend';
const SEASON = 'same buckets of earlier seasons';
const RESTLESS = 'how much demand varies';
const AGE = 'length of the history';
const AHEAD = 'distance into the future';
const LOCAL = "the key's own statistical forecast";

const LONGEST_RUN_OF_LAGS = 13;
/** Buckets that the level is taken from where there is no season. */
const WINDOW_WITHOUT_SEASON = 4;

const levelWindow = (season: number): number => (season === 1 ? WINDOW_WITHOUT_SEASON : season);

export function featureLayout(panel: Panel): FeatureLayout {
  const { season } = panel;
  const lags = lagsOf(season);
  const knowsCalendar = panel.firstPosition !== undefined && season > 1;
  const features: Feature[] = lags.map((lag) => ({
    name: `lag ${lag}`,
    topic: lag < season || season === 1 ? RECENT : SEASON,
  }));
  const add = (topic: string, ...names: string[]): void => {
    for (const name of names) features.push({ name, topic });
  };
  add(RECENT, 'mean of 3', 'mean of 6');
  add(
    TREND,
    'season 2 back',
    'season 3 back',
    'season 4 back',
    'mean of all',
    'slope of 1',
    'slope of 2',
    'slope of all',
  );
  add(RESTLESS, 'step size', 'seasonal step size', 'seasonal step size of all');
  add(AGE, 'age');
  add(SEASON, 'strength of season');
  add(RESTLESS, 'highest', 'lowest', 'highest of all', 'lowest of all');
  add(AHEAD, 'steps ahead');
  if (season > 1) {
    add(SEASON, 'a season before', 'two seasons before', 'three seasons before', 'one earlier', 'one later');
    add(SEASON, 'index a season before', 'index two seasons before', 'index three seasons before', 'index');
  }
  if (knowsCalendar) add(SEASON, 'place in the season');
  const categorical: number[] = [];
  for (const name of panel.attributes?.names ?? []) {
    categorical.push(features.length);
    add(name, name);
  }
  for (const name of panel.regressors?.names ?? []) add(name, name, `${name} against the last season`);
  const plainCount = features.length;
  add(LOCAL, 'dynamic theta', 'ets', 'their difference', 'their mean', 'their rise');
  return { season, lags, features, plainCount, categorical, knowsCalendar };
}

/** Names of the columns before the local forecasts. */
export const plainNames = ({ features, plainCount }: FeatureLayout): string[] =>
  features.slice(0, plainCount).map(({ name }) => name);

function lagsOf(season: number): number[] {
  if (season === 1) return [1, 2, 3, 4, 5, 6];
  if (season < 5) return Array.from({ length: 2 * season }, (_, i) => i + 1);
  if (season < LONGEST_RUN_OF_LAGS) return Array.from({ length: season + 1 }, (_, i) => i + 1);
  return [1, 2, 3, 4, 5, 6, 7, 8, season - 1, season, season + 1, 2 * season, 7 * season];
}

/** The local forecasts of one origin, in the unit of the history. */
export type LocalForecasts = { readonly theta: Float64Array; readonly ets: Float64Array };

/** `known`: what is known already of the forecasts of methods at this origin, in the unit of the history. */
export function localForecasts(
  history: Float64Array,
  season: number,
  horizon: number,
  known?: MethodMeans,
): LocalForecasts {
  const few = hasFewSeasons(history.length, season);
  const mean = (model: ModelDefinition): Float64Array =>
    known?.get(model.id) ??
    (few ? fewSeasonsDefinition(model, model) : model).fit(history, { season }).mean(horizon);
  return { theta: mean(dynamicThetaDefinition), ets: mean(etsAverageDefinition) };
}

/** Mean size of the last season; the unit of all features and targets. 0 where nothing was sold. */
export function levelAt(history: Float64Array, season: number): number {
  const window = Math.min(history.length, levelWindow(season));
  let sum = 0;
  for (let t = history.length - window; t < history.length; t++) sum += Math.abs(history[t]);
  return sum / window;
}

/** Rows of a feature table that is filled column by column. */
export type RowSink = { readonly values: Float32Array; readonly rowCount: number };

/**
 * Writes the rows of steps 1 to `horizon` from an origin to rows `row` and following; `history` ends at the origin. Without local
 * forecasts the columns before them are all there are.
 */
export function writeRows(
  layout: FeatureLayout,
  panel: Panel,
  owner: PanelKey,
  history: Float64Array,
  local: LocalForecasts | undefined,
  horizon: number,
  sink: RowSink,
  row: number,
): void {
  const level = levelAt(history, layout.season);
  const shared = originFeatures(layout, history, level);
  const first = shared.length;
  for (let column = 0; column < first; column++) {
    const start = column * sink.rowCount + row;
    sink.values.fill(shared[column], start, start + horizon);
  }
  let column = first;
  const put = (valueAt: (step: number) => number): void => {
    const start = column * sink.rowCount + row;
    for (let step = 0; step < horizon; step++) {
      const value = valueAt(step);
      sink.values[start + step] = Number.isFinite(value) ? value : Number.NaN;
    }
    column += 1;
  };
  put((step) => step + 1);
  if (layout.season > 1) putSeason(layout, history, level, put);
  const origin = owner.start + history.length;
  if (layout.knowsCalendar) put((step) => (panel.firstPosition! + origin + step) % layout.season);
  putAttributes(panel, owner.key, put);
  putRegressors(panel, owner.key, origin, put);
  if (local === undefined) return;
  const { theta, ets } = local;
  const mean = (step: number): number => (theta[step] + ets[step]) / (2 * level);
  put((step) => theta[step] / level);
  put((step) => ets[step] / level);
  put((step) => (theta[step] - ets[step]) / level);
  put(mean);
  put((step) => mean(step) - mean(0));
}

type Put = (valueAt: (step: number) => number) => void;

/** The features that do not depend on the step. */
function originFeatures({ season, lags }: FeatureLayout, history: Float64Array, level: number): number[] {
  const count = history.length;
  const window = levelWindow(season);
  const mean = (from: number, to: number): number => meanBetween(history, from, to) / level;
  const recent = history.subarray(Math.max(0, count - window));
  const [lowest, highest] = range(recent);
  const [lowestOfAll, highestOfAll] = range(history);
  return [
    ...lags.map((lag) => (count >= lag ? history[count - lag] / level : Number.NaN)),
    mean(Math.max(0, count - 3), count),
    mean(Math.max(0, count - 6), count),
    mean(count - 2 * window, count - window),
    mean(count - 3 * window, count - 2 * window),
    mean(count - 4 * window, count - 3 * window),
    mean(0, count),
    slope(recent) / level,
    slope(history.subarray(Math.max(0, count - 2 * window))) / level,
    slope(history) / level,
    meanStep(history, 1, Math.max(0, count - 3 * window - 9)) / level,
    meanStep(history, season, Math.max(0, count - 6 * window - 8)) / level,
    meanStep(history, season, 0) / level,
    count,
    seasonalStrength(history, season),
    highest / level,
    lowest / level,
    highestOfAll / level,
    lowestOfAll / level,
  ];
}

/** The same bucket in earlier seasons, plain and against the mean of its season, and the seasonal figure. */
function putSeason({ season }: FeatureLayout, history: Float64Array, level: number, put: Put): void {
  const count = history.length;
  const at = (t: number): number => (t >= 0 && t < count ? history[t] : Number.NaN);
  const before = (step: number, seasons: number): number =>
    count + step - season * (Math.floor(step / season) + seasons);
  const index = (step: number, seasons: number): number =>
    at(before(step, seasons)) /
    meanBetween(history, count - seasons * season, count - (seasons - 1) * season);
  put((step) => at(before(step, 1)) / level);
  put((step) => at(before(step, 2)) / level);
  put((step) => at(before(step, 3)) / level);
  put((step) => at(before(step, 1) - 1) / level);
  put((step) => at(before(step, 1) + 1) / level);
  put((step) => index(step, 1));
  put((step) => index(step, 2));
  put((step) => index(step, 3));
  const positive = isPositive(history);
  const figure =
    count < 3 * season
      ? undefined
      : shrunkSeasonalFigure(history, season, positive ? 'multiplicative' : 'additive');
  put((step) =>
    figure === undefined
      ? Number.NaN
      : positive
        ? figure[(count + step) % season]
        : 1 + figure[(count + step) % season] / level,
  );
}

function putAttributes({ attributes }: Panel, key: number, put: Put): void {
  if (attributes === undefined) return;
  attributes.names.forEach((_, name) => {
    const code = attributes.codes[key * attributes.names.length + name];
    put(() => (code < 0 ? Number.NaN : code));
  });
}

/** Each regressor as it is in the bucket, and against its mean over the season before the origin. */
function putRegressors({ regressors, season }: Panel, key: number, origin: number, put: Put): void {
  if (regressors === undefined) return;
  const { names, bucketCount, values } = regressors;
  names.forEach((_, name) => {
    const at = (t: number): number =>
      values[(key * bucketCount + Math.min(t, bucketCount - 1)) * names.length + name];
    let sum = 0;
    let count = 0;
    for (let t = Math.max(0, origin - levelWindow(season)); t < origin; t++) {
      if (Number.isNaN(at(t))) continue;
      sum += at(t);
      count += 1;
    }
    put((step) => at(origin + step));
    put((step) => at(origin + step) - sum / count);
  });
}

function meanBetween(history: Float64Array, from: number, to: number): number {
  if (from < 0) return Number.NaN;
  let sum = 0;
  for (let t = from; t < to; t++) sum += history[t];
  return sum / (to - from);
}

function range(values: Float64Array): [number, number] {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let t = 0; t < values.length; t++) {
    if (values[t] < lowest) lowest = values[t];
    if (values[t] > highest) highest = values[t];
  }
  return [lowest, highest];
}

/** Of the least-squares line, per bucket; NaN below three values. */
function slope(values: Float64Array): number {
  const count = values.length;
  if (count < 3) return Number.NaN;
  const centre = (count - 1) / 2;
  let products = 0;
  for (let t = 0; t < count; t++) products += (t - centre) * values[t];
  return (12 * products) / (count * (count * count - 1));
}

/** Mean size of the change over `lag` buckets; NaN where there is none. */
function meanStep(history: Float64Array, lag: number, from: number): number {
  let sum = 0;
  let count = 0;
  for (let t = from + lag; t < history.length; t++) {
    sum += Math.abs(history[t] - history[t - lag]);
    count += 1;
  }
  return sum / count;
}
