/** The key figures of a run, each with its definition, what went into it, and its course over the buckets. */
import type { Kpi } from '@planwright/contracts';
import {
  capacityUtilisation,
  demandPlanBias,
  forecastAccuracy,
  inventoryTurns,
  type Kpi as Figure,
  kpiDefinition,
} from '@planwright/finance';
import { bucketLabel, bucketsPerYear, calendarFromStarts } from '@planwright/time';
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { BACKTEST_BUCKETS } from './key-backtest.ts';
import type { EarlierResults, FinanceSeries } from './stage-results.ts';

/** What people usually aim at, and from where on it is worth a look. Companies cannot set their own yet. */
const AIMS: Record<
  Kpi['code'],
  { target: number; goodDirection: Kpi['goodDirection']; statusOf(value: number): Kpi['status'] }
> = {
  'forecast-accuracy': { target: 0.75, goodDirection: 'up', statusOf: atLeast(0.75, 0.6) },
  'demand-plan-bias': {
    target: 0,
    goodDirection: 'zero',
    statusOf: (value) => atMost(0.05, 0.1)(Math.abs(value)),
  },
  'inventory-turns': { target: 6, goodDirection: 'up', statusOf: atLeast(6, 4) },
  'capacity-utilisation': {
    target: 0.85,
    goodDirection: 'up',
    statusOf: (value) => (value < 0.5 ? 'watch' : atMost(0.95, 1)(value)),
  },
  otif: { target: 0.95, goodDirection: 'up', statusOf: atLeast(0.95, 0.9) },
};

function atLeast(good: number, watch: number): (value: number) => Kpi['status'] {
  return (value) => (value >= good ? 'good' : value >= watch ? 'watch' : 'bad');
}

function atMost(good: number, watch: number): (value: number) => Kpi['status'] {
  return (value) => (value <= good ? 'good' : value <= watch ? 'watch' : 'bad');
}

type Found = {
  readonly figure: Figure;
  readonly scope: string;
  readonly trend: Kpi['trend'];
  /** Why there is no value, where there is none. */
  readonly missing: string;
  readonly note?: string;
};

export function keyFigures(snapshot: Snapshot, blocks: RunBlocks, earlier: EarlierResults): Kpi[] {
  const label = labels(snapshot);
  const { accuracy, bias } = fromBacktest(snapshot, blocks, earlier, label);
  const found: Found[] = [
    accuracy,
    bias,
    turns(snapshot, earlier.finance[0].finance, label),
    utilisation(snapshot, blocks, label),
    service(snapshot, label),
  ];
  return found.map(({ figure, scope, trend, missing, note }) => {
    const definition = kpiDefinition(figure.code);
    const value = numberOrNull(figure.value);
    const { target, goodDirection, statusOf } = AIMS[figure.code];
    return {
      code: figure.code,
      name: definition.name,
      definition: `${definition.formula} ${scope}`,
      unit: definition.unit === 'ratio' ? 'ratio' : 'turns a year',
      goodDirection,
      value,
      numerator: numberOrNull(figure.numerator),
      denominator: numberOrNull(figure.denominator),
      target,
      status: value === null ? 'unknown' : statusOf(value),
      trend,
      note: value === null ? missing : (note ?? null),
    };
  });
}

type Label = (bucket: number) => string;

function labels({ meta }: Snapshot): Label {
  const calendar = calendarFromStarts(meta.calendar, Int32Array.from(meta.starts));
  return (bucket) => bucketLabel(calendar, bucket);
}

/** Actual and back-test forecast of every key side by side, bucket after bucket. */
function fromBacktest(
  snapshot: Snapshot,
  blocks: RunBlocks,
  earlier: EarlierResults,
  label: Label,
): { accuracy: Found; bias: Found } {
  const { meta } = snapshot;
  const keys = earlier.forecast.flatMap((result) => result.keys);
  const bucketCount = Math.min(BACKTEST_BUCKETS, meta.historyBuckets);
  const first = meta.historyBuckets - bucketCount;
  const actualAt = (t: number): Float64Array =>
    Float64Array.from(keys, (_, key) => rowIn(blocks, meta, 'actual', key)[first + t]);
  const forecastAt = (t: number): Float64Array =>
    Float64Array.from(keys, ({ backtest }) => backtest[BACKTEST_BUCKETS - bucketCount + t] ?? Number.NaN);
  const byBucket = Array.from({ length: bucketCount }, (_, t) => ({
    actual: actualAt(t),
    forecast: forecastAt(t),
  }));
  const actual = concatenated(byBucket.map((bucket) => bucket.actual));
  const forecast = concatenated(byBucket.map((bucket) => bucket.forecast));
  const trendOf = (measure: (a: Float64Array, f: Float64Array) => Figure): Kpi['trend'] =>
    byBucket.map((bucket, t) => ({
      label: label(first + t),
      value: numberOrNull(measure(bucket.actual, bucket.forecast).value),
    }));
  const scope = `Here: the forecast one period ahead against the actual, per demand stream, over the last ${bucketCount} periods.`;
  const missing = 'There is too little history to forecast any of it again.';
  return {
    accuracy: {
      figure: forecastAccuracy(actual, forecast),
      scope,
      trend: trendOf(forecastAccuracy),
      missing,
    },
    bias: { figure: demandPlanBias(actual, forecast), scope, trend: trendOf(demandPlanBias), missing },
  };
}

/** Cost of what was sold in the last year of buckets against the stock held meanwhile. */
function turns(snapshot: Snapshot, finance: readonly FinanceSeries[], label: Label): Found {
  const { meta } = snapshot;
  const year = bucketsPerYear(meta.calendar);
  const whole = (measure: FinanceSeries['measure']): readonly number[] =>
    finance
      .find((row) => row.group === '' && row.measure === measure && row.kind === 'actual')
      ?.values.map((value) => value ?? Number.NaN) ?? [];
  const first = Math.max(0, meta.historyBuckets - year);
  const cogs = whole('cost').slice(first, meta.historyBuckets);
  const ends = whole('inventory').slice(first, meta.historyBuckets);
  const stock = [first > 0 ? whole('inventory')[first - 1] : Number.NaN, ...ends];
  const hasHistory = stock.some((value) => !Number.isNaN(value));
  const today = stockValueToday(snapshot);
  const held = hasHistory ? stock : stock.map(() => today);
  return {
    figure: inventoryTurns(cogs, held, year),
    scope: 'Here: over the last year of periods, at unit cost.',
    trend: cogs.map((_, t) => ({
      label: label(first + t),
      value: numberOrNull(inventoryTurns([cogs[t]], [held[t], held[t + 1]], year).value),
    })),
    missing: 'Neither past stock nor stock on hand has a value.',
    ...(hasHistory ? {} : { note: 'There is no stock history, so the stock on hand today stands for it.' }),
  };
}

function stockValueToday({ supply, items }: Snapshot): number {
  const costOf = new Map(items.code.map((code, item) => [code, items.unitCost[item] ?? 0]));
  return supply.points.reduce(
    (sum, point) => sum + Math.max(0, point.onHand) * (costOf.get(point.item) ?? 0),
    0,
  );
}

/** The next year of buckets, over all resources that have hours. */
function utilisation(snapshot: Snapshot, blocks: RunBlocks, label: Label): Found {
  const { meta } = snapshot;
  const bucketCount = Math.min(bucketsPerYear(meta.calendar), meta.horizonBuckets);
  const column = (measure: 'loadHours' | 'capacityHours', t: number): Float64Array =>
    Float64Array.from({ length: meta.resourceCount }, (_, row) => rowIn(blocks, meta, measure, row)[t]);
  const byBucket = Array.from({ length: bucketCount }, (_, t) => ({
    load: column('loadHours', t),
    capacity: column('capacityHours', t),
  }));
  return {
    figure: capacityUtilisation(
      concatenated(byBucket.map((bucket) => bucket.load)),
      concatenated(byBucket.map((bucket) => bucket.capacity)),
    ),
    scope: `Here: the load of planned and open orders over the next ${bucketCount} periods, on resources with known hours.`,
    trend: byBucket.map(({ load, capacity }, t) => ({
      label: label(meta.historyBuckets + t),
      value: numberOrNull(capacityUtilisation(load, capacity).value),
    })),
    missing: 'No resource has hours to be held against.',
  };
}

/** Lines asked for in the last year of buckets. */
function service(snapshot: Snapshot, label: Label): Found {
  const { meta } = snapshot;
  const first = Math.max(0, meta.historyBuckets - bucketsPerYear(meta.calendar));
  const rows = snapshot.service.filter((row) => row.bucket >= first);
  const hits = rows.reduce((sum, row) => sum + row.onTimeInFullCount, 0);
  const lines = rows.reduce((sum, row) => sum + row.lineCount, 0);
  return {
    figure: {
      code: 'otif',
      value: lines > 0 ? hits / lines : Number.NaN,
      numerator: hits,
      denominator: lines,
      countedCount: lines,
      droppedCount: 0,
    },
    scope:
      'Here: lines asked for in the last year of periods, shipped in full on or before the day asked for.',
    trend: rows.map((row) => ({ label: label(row.bucket), value: row.onTimeInFullCount / row.lineCount })),
    missing: 'No order line of the last year of periods names the day it was asked for.',
  };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
