/**
 * The rows that a panel model is trained on: keys, origins within their histories, and the steps ahead whose actual is
 * known.
 *
 * Origins are spread evenly over all keys until a limit is reached, so that a panel of any size trains within bounded
 * memory and time: one on the rows, one on the buckets that the local forecasts of all origins have to read.
 */
import type { FeatureTable } from '@planwright/trees';
import { type FeatureLayout, levelAt, localForecasts, plainNames, writeRows } from './panel-features.ts';
import type { MethodMeans } from '../contract/contract.ts';
import type { Panel, PanelKey } from './panel.ts';

/** A key's history cut at an origin, and the steps after it that are known. */
export type Origin = {
  readonly owner: PanelKey;
  readonly length: number;
  readonly steps: number;
  /** What methods say of these steps, where that is known already: in the unit of the history, by the ids of the models. */
  readonly methods?: MethodMeans;
};

export type RowLimits = { readonly rows: number; readonly buckets: number };

export const FULL_TRAINING: RowLimits = { rows: 400_000, buckets: 4_000_000 };
/** Rows of the next bucket alone, of the rows that are learnt from: with one row an origin these are several times the origins. */
const NEXT_ROWS = 1 / 3;

/** The shortest history that the model judges: two seasons, and six buckets at least. */
export const shortestHistory = (season: number): number => Math.max(6, season < 24 ? 2 * season : season + 8);

// The fractional part of multiples of the golden ratio spreads the keys' first origins evenly.
const GOLDEN = 0.618033988749895;

/** Origins within limits, key by key. The last `heldOut` buckets of every key are not touched. */
export function trainingOrigins(
  keys: readonly PanelKey[],
  season: number,
  horizon: number,
  heldOut: number,
  limits: RowLimits,
): Origin[] {
  const shortest = shortestHistory(season);
  let rows = 0;
  let buckets = 0;
  for (const { history } of keys) {
    const end = history.length - heldOut;
    for (let length = shortest; length < end; length++) {
      rows += Math.min(horizon, end - length);
      buckets += length;
    }
  }
  const stride = Math.max(1, rows / limits.rows, buckets / limits.buckets);
  const origins: Origin[] = [];
  keys.forEach((owner, index) => {
    const end = owner.history.length - heldOut;
    for (let at = end - 1 - ((index * GOLDEN) % 1) * (stride - 1); at >= shortest; at -= stride) {
      const length = Math.floor(at);
      origins.push({ owner, length, steps: Math.min(horizon, end - length) });
    }
  });
  return origins;
}

/** Origins for the next bucket alone, within a share of the same limits. */
export const nextBucketOrigins = (
  keys: readonly PanelKey[],
  season: number,
  heldOut: number,
  limits: RowLimits,
): Origin[] =>
  trainingOrigins(keys, season, 1, heldOut, {
    rows: NEXT_ROWS * limits.rows,
    buckets: 4 * limits.buckets,
  });

/** The rows of the origins, and of each row what its target is measured by. */
export type PanelRows = {
  readonly table: FeatureTable;
  /** Of each row: the level of its origin, the mean of its local forecasts, and what came. In the unit of the history. */
  readonly level: Float64Array;
  readonly local: Float64Array;
  /** NaN where it is not known. */
  readonly actual: Float64Array;
  /** The origins the rows are of, in their order. */
  readonly origins: readonly Origin[];
};

/** Rows without local forecasts: the columns before them, the level and the actual. */
export type PlainRows = Omit<PanelRows, 'local'>;

/** Origins without any demand in their last season have no unit to learn in and are left out. */
export const levelled = (origins: readonly Origin[], season: number): Origin[] =>
  origins.filter(({ owner, length }) => levelAt(owner.history.subarray(0, length), season) > 0);

/** Of the origins with a level. */
export function plainRowsOf(layout: FeatureLayout, panel: Panel, origins: readonly Origin[]): PlainRows {
  return filledRows(layout, panel, origins, false);
}

/** The same with the local forecasts that are made at each origin. */
export function rowsOf(layout: FeatureLayout, panel: Panel, origins: readonly Origin[]): PanelRows {
  return filledRows(layout, panel, origins, true);
}

function filledRows(
  layout: FeatureLayout,
  panel: Panel,
  origins: readonly Origin[],
  withLocal: boolean,
): PanelRows {
  const used = levelled(origins, layout.season);
  const rowCount = used.reduce((sum, { steps }) => sum + steps, 0);
  const names = withLocal ? layout.features.map(({ name }) => name) : plainNames(layout);
  const values = new Float32Array(rowCount * names.length);
  const level = new Float64Array(rowCount);
  const local = new Float64Array(rowCount);
  const actual = new Float64Array(rowCount);
  let row = 0;
  for (const { owner, length, steps, methods } of used) {
    const history = owner.history.subarray(0, length);
    const forecasts = withLocal ? localForecasts(history, layout.season, steps, methods) : undefined;
    writeRows(layout, panel, owner, history, forecasts, steps, { values, rowCount }, row);
    level.fill(levelAt(history, layout.season), row, row + steps);
    for (let step = 0; step < steps; step++, row++) {
      if (forecasts !== undefined) local[row] = (forecasts.theta[step] + forecasts.ets[step]) / 2;
      actual[row] = observedAt(panel, owner, length + step);
    }
  }
  return {
    table: { rowCount, names, values, categorical: layout.categorical },
    level,
    local,
    actual,
    origins: used,
  };
}

/** In the unit of the history; NaN where nothing was observed. */
export function observedAt(
  { values, bucketCount }: Panel,
  { key, start, scale }: PanelKey,
  t: number,
): number {
  const value = start + t < bucketCount ? values[key * bucketCount + start + t] / scale : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The columns before the local forecasts. */
export function plainColumns(
  layout: FeatureLayout,
  { rowCount, names, values, categorical }: FeatureTable,
): FeatureTable {
  return {
    rowCount,
    names: names.slice(0, layout.plainCount),
    values: values.subarray(0, layout.plainCount * rowCount),
    categorical,
  };
}
