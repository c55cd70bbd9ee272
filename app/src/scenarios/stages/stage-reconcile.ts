/**
 * Makes streams and groups agree. Groups are forecast on their own too, for they show season and growth better than their
 * parts; both are then moved, each as little as its errors allow, until every group is the sum of its streams.
 */
import {
  autoForecast,
  backtest,
  normalBands,
  reconcile,
  reconciledVariances,
  type ReconcileMethod,
  type Structure,
  treeStructure,
} from '@planwright/forecast';
import { makeHierarchy, NO_PARENT } from '@planwright/series';
import { assert } from '@planwright/units';
import { summarisedIssues } from '../issue-summary.ts';
import type { Snapshot } from '../snapshot.ts';
import { type DemandView, demandView } from './demand-view.ts';
import { knownValues, sumUp } from './group-sums.ts';
import { BACKTEST_BUCKETS } from './key-backtest.ts';
import { BANDS } from './key-shape.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { ForecastKey, ForecastResult, NamedSeries, ReconcileResult } from './stage-results.ts';

export function reconcileStage(
  snapshot: Snapshot,
  blocks: RunBlocks,
  forecasts: readonly ForecastResult[],
): ReconcileResult {
  const view = demandView(snapshot);
  const keys = forecasts.flatMap((result) => result.keys);
  const structure = structureOf(view);
  const base = baseForecasts(view, blocks, keys, structure);
  const method: ReconcileMethod = { kind: 'shrink', residuals: base.errors, variances: base.variances };
  const nonNegative = base.values
    .subarray(0, structure.leafCount * base.horizon)
    .every((value) => value >= 0);
  const { values, issues } = reconcile({ structure, base: base.values, method, nonNegative });
  writeKeys(view, blocks, base.values, values);
  const variances = reconciledVariances(structure, method, base.horizon);
  return {
    groupSeries: groupBands(view, blocks, variances.subarray(structure.leafCount * base.horizon)),
    issues: summarisedIssues([...issues]),
  };
}

/** The keys first, then the groups. */
function structureOf(view: DemandView): Structure {
  const { meta, groups } = view.snapshot;
  const indexOf = new Map(groups.groups.map((group, index) => [group.code, index]));
  const parents = [
    ...view.groupsOf.map(([lowest]) => meta.keyCount + lowest),
    ...groups.groups.map(({ parentCode }) =>
      parentCode === null ? NO_PARENT : meta.keyCount + (indexOf.get(parentCode) ?? 0),
    ),
  ];
  const hierarchy = makeHierarchy(parents);
  assert(hierarchy !== null, 'the item groups were frozen without circles');
  return treeStructure(hierarchy, meta.keyCount);
}

type BaseForecasts = {
  readonly horizon: number;
  /** nodes x horizon. */
  readonly values: Float64Array;
  readonly variances: Float64Array;
  /** nodes x the buckets of the back-test, one bucket ahead. */
  readonly errors: Float64Array;
};

function baseForecasts(
  view: DemandView,
  blocks: RunBlocks,
  keys: readonly ForecastKey[],
  structure: Structure,
): BaseForecasts {
  const { meta } = view.snapshot;
  const horizon = meta.horizonBuckets;
  const values = new Float64Array(structure.nodeCount * horizon);
  const variances = new Float64Array(structure.nodeCount * horizon);
  const errors = new Float64Array(structure.nodeCount * BACKTEST_BUCKETS).fill(Number.NaN);
  keys.forEach((forecast, key) => {
    const first = key * horizon;
    const mean = ownMean(blocks, meta, key);
    values.set(mean, first);
    const lower = rowIn(blocks, meta, 'ownLower80', key);
    const upper = rowIn(blocks, meta, 'ownUpper80', key);
    for (let t = 0; t < horizon; t++) variances[first + t] = varianceBetween(lower[t], upper[t]);
    const actual = view.actualOf(key);
    forecast.backtest.forEach((value, index) => {
      const bucket = meta.historyBuckets - BACKTEST_BUCKETS + index;
      if (value !== null) errors[key * BACKTEST_BUCKETS + index] = actual[bucket] - value;
    });
  });
  const history = historySums(view, blocks, keys);
  const besides = besidesSums(view, blocks, keys);
  history.forEach((series, group) => {
    const node = meta.keyCount + group;
    values.fill(Number.NaN, node * horizon, (node + 1) * horizon);
    if (!series.some((value) => value > 0)) return;
    const forecast = autoForecast(series, { season: view.season, horizon, levels: [80], tier: meta.tier });
    const [band] = forecast.intervals;
    for (let t = 0; t < horizon; t++) {
      const more = besides[group][t];
      values[node * horizon + t] = forecast.mean[t] + (Number.isNaN(more) ? 0 : more);
      variances[node * horizon + t] = varianceBetween(band.lower[t], band.upper[t]);
    }
    const judged = backtest(series, {
      season: view.season,
      horizon: 1,
      origins: BACKTEST_BUCKETS,
      levels: [80],
      tier: meta.tier,
    });
    judged.origins.forEach((bucket, row) => {
      const index = bucket - (meta.historyBuckets - BACKTEST_BUCKETS);
      errors[node * BACKTEST_BUCKETS + index] = judged.actual[row] - judged.forecast[row];
    });
  });
  return { horizon, values, variances, errors };
}

/** What a key says on its own: its parts, and what events add. */
function ownMean(blocks: RunBlocks, meta: Snapshot['meta'], key: number): Float64Array {
  const trend = rowIn(blocks, meta, 'trend', key);
  const season = rowIn(blocks, meta, 'season', key);
  const uplift = rowIn(blocks, meta, 'uplift', key).subarray(meta.historyBuckets);
  return rowIn(blocks, meta, 'level', key).map((level, t) => level + trend[t] + season[t] + uplift[t]);
}

/** History of each group without events; what starts now has none, and no part in it. */
function historySums(view: DemandView, blocks: RunBlocks, keys: readonly ForecastKey[]): Float64Array[] {
  const { meta, groups } = view.snapshot;
  return sumUp(
    groups.groups.length,
    meta.historyBuckets,
    meta.keyCount,
    (key) => (keys[key].isLaunch ? [] : view.groupsOf[key]),
    (key) => {
      const uplift = rowIn(blocks, meta, 'uplift', key);
      return rowIn(blocks, meta, 'cleansed', key).map((quantity, t) => quantity - uplift[t]);
    },
  );
}

/** What the history of a group cannot know: planned events and items that start. */
function besidesSums(view: DemandView, blocks: RunBlocks, keys: readonly ForecastKey[]): Float64Array[] {
  const { meta, groups } = view.snapshot;
  return sumUp(
    groups.groups.length,
    meta.horizonBuckets,
    meta.keyCount,
    (key) => view.groupsOf[key],
    (key) =>
      keys[key].isLaunch
        ? ownMean(blocks, meta, key)
        : rowIn(blocks, meta, 'uplift', key).subarray(meta.historyBuckets),
  );
}

/** Bands move with the middle they belong to. */
function writeKeys(view: DemandView, blocks: RunBlocks, base: Float64Array, values: Float64Array): void {
  const { meta } = view.snapshot;
  const horizon = meta.horizonBuckets;
  const own = {
    lower80: 'ownLower80',
    upper80: 'ownUpper80',
    lower95: 'ownLower95',
    upper95: 'ownUpper95',
  } as const;
  for (let key = 0; key < meta.keyCount; key++) {
    const first = key * horizon;
    const baseline = rowIn(blocks, meta, 'baseline', key);
    const reconciled = rowIn(blocks, meta, 'reconciled', key);
    baseline.set(values.subarray(first, first + horizon));
    for (let t = 0; t < horizon; t++) reconciled[t] = baseline[t] - base[first + t];
    for (const band of BANDS) {
      const limits = rowIn(blocks, meta, own[band], key);
      const isLower = band.startsWith('lower');
      rowIn(blocks, meta, band, key).set(
        limits.map((limit, t) => {
          const moved = limit + reconciled[t];
          // What cannot be below nothing stays there, and a band holds its middle.
          const floored = limit >= 0 && baseline[t] >= 0 ? Math.max(0, moved) : moved;
          return isLower ? Math.min(floored, baseline[t]) : Math.max(floored, baseline[t]);
        }),
      );
    }
  }
}

/** Baseline of each group, which is the sum of its streams to the last digit, and its bands. `variances`: groups x horizon. */
function groupBands(view: DemandView, blocks: RunBlocks, variances: Float64Array): NamedSeries[] {
  const { meta, groups } = view.snapshot;
  const horizon = meta.horizonBuckets;
  const baseline = sumUp(
    groups.groups.length,
    horizon,
    meta.keyCount,
    (key) => view.groupsOf[key],
    (key) => rowIn(blocks, meta, 'baseline', key),
  );
  return groups.groups.flatMap(({ code }, group) => {
    const middle = baseline[group];
    const spread = variances.subarray(group * horizon, (group + 1) * horizon);
    const floor = middle.every((value) => !(value < 0)) ? 0 : -Infinity;
    const at80 = normalBands(middle, spread, 80, floor);
    const at95 = normalBands(middle, spread, 95, floor);
    const series = {
      baseline: middle,
      lower80: at80.lower,
      upper80: at80.upper,
      lower95: at95.lower,
      upper95: at95.upper,
    };
    return Object.entries(series).map(([measure, values]) => ({
      group: code,
      measure,
      values: knownValues(values),
    }));
  });
}

const Z_OF_80 = 1.2815515655446004;

/** Variance of the normal error whose 80 % band this is. */
function varianceBetween(lower: number, upper: number): number {
  return ((upper - lower) / (2 * Z_OF_80)) ** 2;
}
