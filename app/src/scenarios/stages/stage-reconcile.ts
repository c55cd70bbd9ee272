/**
 * Makes streams and groups agree. Groups are forecast on their own too, for they show season and growth better than their
 * parts; both are then moved, each as little as its errors allow, until every group is the sum of its streams.
 */
import {
  autoForecast,
  backtest,
  movedBands,
  reconcile,
  type ReconcileMethod,
  stabilised,
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
import { type Band, BANDS } from './key-shape.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { chosenNoiseRatio, deviationOf } from './steadiness.ts';
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
  const method: ReconcileMethod = { kind: 'variance', variances: errorVariances(structure, base) };
  const { values, issues } = reconcile({ structure, base: base.values, method, nonNegative: true });
  const held = writeKeys(view, blocks, keys, base.values, values);
  return {
    held,
    groupSeries: groupSeries(view, blocks, base),
    issues: summarisedIssues([...issues]),
  };
}

/** Errors seen on fewer buckets than this are taken from the bands as well. */
const FEWEST_ERRORS = 4;
/** No forecast is trusted to be nearer than this share of itself, however quiet its back-test was. */
const LEAST_DEVIATION_RATIO = 0.05;

/**
 * How far off each node's forecast is expected to be, nodes x horizon: the mean square of its back-test errors. A covariance
 * from twelve buckets of thousands of streams would be chance.
 */
function errorVariances(
  { nodeCount }: Structure,
  { horizon, values, variances, errors }: BaseForecasts,
): Float64Array {
  const expected = new Float64Array(nodeCount * horizon);
  for (let node = 0; node < nodeCount; node++) {
    const own = errors.subarray(node * BACKTEST_BUCKETS, (node + 1) * BACKTEST_BUCKETS);
    let squares = 0;
    let count = 0;
    for (const error of own) {
      if (Number.isNaN(error)) continue;
      squares += error * error;
      count += 1;
    }
    for (let t = node * horizon; t < (node + 1) * horizon; t++) {
      const seen = count >= FEWEST_ERRORS ? squares / count : variances[t];
      const least = (LEAST_DEVIATION_RATIO * values[t]) ** 2;
      expected[t] = Math.max(Number.isFinite(seen) ? seen : 0, Number.isNaN(least) ? 0 : least, 1e-9);
    }
  }
  return expected;
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
  /** Each group's own bands; undefined where it has no forecast of its own. */
  readonly groupBands: readonly (Bands | undefined)[];
};

type Bands = Readonly<Record<Band, Float64Array>>;

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
    // A plan asks for no negative quantity, whatever came back in the past; nor for the rounding of parts that add up to 0.
    values.set(
      ownMean(blocks, meta, key).map((value) => Math.max(0, value)),
      first,
    );
    const lower = rowIn(blocks, meta, 'ownLower80', key);
    const upper = rowIn(blocks, meta, 'ownUpper80', key);
    for (let t = 0; t < horizon; t++) variances[first + t] = varianceBetween(lower[t], upper[t]);
    const actual = view.actualOf(key);
    forecast.backtest.forEach((value, index) => {
      const bucket = meta.historyBuckets - BACKTEST_BUCKETS + index;
      if (value !== null) errors[key * BACKTEST_BUCKETS + index] = actual[bucket] - value;
    });
  });
  const besides = besidesSums(view, blocks, keys);
  const groupBands = historySums(view, blocks, keys).map((series, group): Bands | undefined => {
    const node = meta.keyCount + group;
    const own = values.subarray(node * horizon, (node + 1) * horizon).fill(Number.NaN);
    if (!series.some((value) => value > 0)) return undefined;
    const forecast = autoForecast(series, {
      season: view.season,
      horizon,
      levels: [80, 95],
      tier: meta.tier,
    });
    const [at80, at95] = forecast.intervals;
    own.set(forecast.mean.map((value, t) => value + besides.mean[group][t]));
    const limit = (limits: Float64Array, z: number): Float64Array =>
      limits.map((value, t) => {
        const half = value - forecast.mean[t];
        return own[t] + Math.sign(half) * Math.hypot(half, z * besides.deviation[group][t]);
      });
    for (let t = 0; t < horizon; t++)
      variances[node * horizon + t] = varianceBetween(at80.lower[t], at80.upper[t]);
    errors.set(judgedErrors(view, series), node * BACKTEST_BUCKETS);
    return {
      lower80: limit(at80.lower, Z_OF_80),
      upper80: limit(at80.upper, Z_OF_80),
      lower95: limit(at95.lower, Z_OF_95),
      upper95: limit(at95.upper, Z_OF_95),
    };
  });
  return { horizon, values, variances, errors, groupBands };
}

/** Errors of a group's forecast one bucket ahead, over the buckets of the back-test; NaN where there are none. */
function judgedErrors({ snapshot: { meta }, season }: DemandView, series: Float64Array): Float64Array {
  const errors = new Float64Array(BACKTEST_BUCKETS).fill(Number.NaN);
  const { origins, actual, forecast } = backtest(series, {
    season,
    horizon: 1,
    origins: BACKTEST_BUCKETS,
    levels: [80],
    tier: meta.tier,
  });
  origins.forEach((bucket, row) => {
    errors[bucket - (meta.historyBuckets - BACKTEST_BUCKETS)] = actual[row] - forecast[row];
  });
  return errors;
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

/** What the history of a group cannot know: planned events and items that start, with the standard deviation of those items. */
function besidesSums(
  view: DemandView,
  blocks: RunBlocks,
  keys: readonly ForecastKey[],
): { readonly mean: readonly Float64Array[]; readonly deviation: readonly Float64Array[] } {
  const { meta, groups } = view.snapshot;
  const horizon = meta.horizonBuckets;
  const summed = (rowOf: (key: number) => Float64Array): Float64Array[] =>
    sumUp(groups.groups.length, horizon, meta.keyCount, (key) => view.groupsOf[key], rowOf).map((sum) =>
      sum.map((value) => (Number.isNaN(value) ? 0 : value)),
    );
  const variances = summed((key) => {
    if (!keys[key].isLaunch) return new Float64Array(horizon);
    const lower = rowIn(blocks, meta, 'ownLower80', key);
    return rowIn(blocks, meta, 'ownUpper80', key).map((upper, t) => varianceBetween(lower[t], upper));
  });
  return {
    mean: summed((key) =>
      keys[key].isLaunch
        ? ownMean(blocks, meta, key)
        : rowIn(blocks, meta, 'uplift', key).subarray(meta.historyBuckets),
    ),
    deviation: variances.map((sum) => sum.map(Math.sqrt)),
  };
}

const OWN = {
  lower80: 'ownLower80',
  upper80: 'ownUpper80',
  lower95: 'ownLower95',
  upper95: 'ownUpper95',
} as const;

/**
 * Moves each key as far as agreement asks, but not out of its own 95 % band: a group that falls must not take a stream with
 * it that nobody saw fall. Its bands are stretched to where it was moved.
 */
function writeKeys(
  view: DemandView,
  blocks: RunBlocks,
  keys: readonly ForecastKey[],
  base: Float64Array,
  values: Float64Array,
): string[] {
  const { meta } = view.snapshot;
  const isSteady = view.snapshot.previousBase.length > 0;
  const noiseRatio = isSteady ? chosenNoiseRatio(keys) : 0;
  const held: string[] = [];
  const horizon = meta.horizonBuckets;
  for (let key = 0; key < meta.keyCount; key++) {
    const before = base.subarray(key * horizon, (key + 1) * horizon);
    const own = (band: Band): Float64Array => rowIn(blocks, meta, OWN[band], key);
    const lowest = own('lower95');
    const highest = own('upper95');
    const latest = values
      .subarray(key * horizon, (key + 1) * horizon)
      .map((value, t) =>
        Math.max(0, Math.min(lowest[t], before[t]), Math.min(value, Math.max(highest[t], before[t]))),
      );
    const isHeld = isSteady && noiseRatio > 0 && !keys[key].isLaunch;
    const { after, sentence } = isHeld
      ? steady(view, blocks, key, latest, noiseRatio)
      : { after: latest, sentence: '' };
    if (isSteady) held.push(sentence);
    const unmoved = ownMean(blocks, meta, key);
    rowIn(blocks, meta, 'baseline', key).set(after);
    rowIn(blocks, meta, 'reconciled', key).set(after.map((value, t) => value - unmoved[t]));
    const bands = moved(before, after, {
      lower80: own('lower80'),
      upper80: own('upper80'),
      lower95: own('lower95'),
      upper95: own('upper95'),
    });
    for (const band of BANDS) rowIn(blocks, meta, band, key).set(bands[band]);
  }
  return held;
}

/** What the published plan holds of a key: events, feasts and prices pass, for they are no noise. */
function steady(
  view: DemandView,
  blocks: RunBlocks,
  key: number,
  latest: Float64Array,
  noiseRatio: number,
): { readonly after: Float64Array; readonly sentence: string } {
  const { meta, previousBase, previousHeldBack } = view.snapshot;
  const horizon = meta.horizonBuckets;
  const row = (values: Float64Array): Float64Array => values.subarray(key * horizon, (key + 1) * horizon);
  const previous = row(previousBase);
  if (previous.every(Number.isNaN)) return { after: latest, sentence: '' };
  const uplift = rowIn(blocks, meta, 'uplift', key).subarray(meta.historyBuckets);
  const lower = rowIn(blocks, meta, OWN.lower80, key);
  const upper = rowIn(blocks, meta, OWN.upper80, key);
  const { plan, heldBack, keptCount, sentence } = stabilised(
    previous,
    latest.map((value, t) => value - uplift[t]),
    {
      deviation: lower.map((limit, t) => deviationOf(limit, upper[t])),
      noiseRatio,
      heldBack: row(previousHeldBack),
    },
  );
  rowIn(blocks, meta, 'heldBack', key).set(heldBack);
  return {
    after: plan.map((value, t) => Math.max(0, value + uplift[t])),
    sentence: keptCount === 0 ? '' : `Beside the published plan: ${sentence}`,
  };
}

/** No plan says that customers give back more than they take, though a past with many returns may have been so. */
const LEAST = 0;

function moved(before: Float64Array, after: Float64Array, own: Bands): Bands {
  const at80 = movedBands(before, after, { lower: own.lower80, upper: own.upper80 }, LEAST);
  const at95 = movedBands(before, after, { lower: own.lower95, upper: own.upper95 }, LEAST);
  return { lower80: at80.lower, upper80: at80.upper, lower95: at95.lower, upper95: at95.upper };
}

/**
 * Baseline of each group, which is the sum of its streams to the last digit, and its bands: its own, stretched to where its
 * forecast was moved. Where it has none, the errors of its streams count as independent.
 */
function groupSeries(view: DemandView, blocks: RunBlocks, base: BaseForecasts): NamedSeries[] {
  const { meta, groups } = view.snapshot;
  const { horizon, values, groupBands } = base;
  const summed = (rowOf: (key: number) => Float64Array): Float64Array[] =>
    sumUp(groups.groups.length, horizon, meta.keyCount, (key) => view.groupsOf[key], rowOf);
  const baseline = summed((key) => rowIn(blocks, meta, 'baseline', key));
  const squares = new Map(
    BANDS.map((band) => [
      band,
      summed((key) => {
        const middle = rowIn(blocks, meta, 'baseline', key);
        return rowIn(blocks, meta, band, key).map((limit, t) => (limit - middle[t]) ** 2);
      }),
    ]),
  );
  return groups.groups.flatMap(({ code }, group) => {
    const middle = baseline[group];
    const own = groupBands[group];
    const first = (meta.keyCount + group) * horizon;
    const apart = (band: Band): Float64Array => {
      const side = band.startsWith('lower') ? -1 : 1;
      return middle.map((value, t) =>
        Math.max(LEAST, value + side * Math.sqrt(squares.get(band)?.[group][t] ?? 0)),
      );
    };
    const bands =
      own === undefined
        ? {
            lower80: apart('lower80'),
            upper80: apart('upper80'),
            lower95: apart('lower95'),
            upper95: apart('upper95'),
          }
        : moved(values.subarray(first, first + horizon), middle, own);
    return Object.entries({ baseline: middle, ...bands }).map(([measure, row]) => ({
      group: code,
      measure,
      values: knownValues(row),
    }));
  });
}

const Z_OF_80 = 1.2815515655446004;
const Z_OF_95 = 1.959963984540054;

/** Variance of the normal error whose 80 % band this is. */
function varianceBetween(lower: number, upper: number): number {
  return ((upper - lower) / (2 * Z_OF_80)) ** 2;
}
