/** A whole plan run in this thread, without a database: for tests of what the stages compute. */
import {
  type CompanyData,
  computeChunk,
  decodeSnapshot,
  type EarlierJson,
  freezeSnapshot,
  makeRunBlocks,
  type Measure,
  parsedResults,
  planCalendar,
  type Snapshot,
  type SnapshotMeta,
  type StageName,
  stagePlans,
} from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { EMPTY } from './company-data.ts';

type ForecastKey = ReturnType<typeof parsedResults>['forecast'][number]['keys'][number];

export const HISTORY = 24;
export const HORIZON = 6;

export type RunSpan = {
  readonly calendarKind: 'month' | 'iso-week';
  readonly from: string;
  readonly asOf: string;
  readonly horizon: number;
  /** Of the company; none unless told. */
  readonly country?: string;
};

const MONTHS: RunSpan = { calendarKind: 'month', from: '2024-05-01', asOf: '2026-05-01', horizon: HORIZON };

/** The buckets of a run: the first day of each, history and horizon. */
export function planOf({ calendarKind, from, asOf, horizon, country }: RunSpan) {
  const settings = {
    companyId: 1,
    currency: 'EUR',
    calendarKind,
    fiscalYearStartMonth: 1,
    asOf: dayFromIso(asOf),
    country: country ?? null,
  };
  const newest = dayFromIso(asOf) - 1;
  const bounds = { firstDemandDay: dayFromIso(from), lastDemandDay: newest, newestOrderDay: newest };
  return { settings, plan: planCalendar(settings, bounds, horizon).plan };
}

/** Months unless told: 24 of history from 2024-05, a horizon of 6 from 2026-05. */
export function runInMemory(
  data: Partial<CompanyData>,
  tier: 'fast' | 'standard' | 'best' = 'standard',
  span: RunSpan = MONTHS,
) {
  const { settings, plan } = planOf(span);
  const frozen = freezeSnapshot(settings, { ...EMPTY, ...data }, plan, [], tier);
  const snapshot = decodeSnapshot(frozen.blocks);
  const blocks = makeRunBlocks(snapshot.meta);
  const json: Partial<Record<StageName, string[]>> = {};
  const hashes: string[] = [];
  for (const { stage, chunkCount } of stagePlans(snapshot.meta)) {
    json[stage] = [];
    for (let chunk = 0; chunk < chunkCount; chunk++) {
      const done = computeChunk(snapshot, blocks, parsedResults(json as EarlierJson), stage, chunk);
      json[stage].push(done.result);
      hashes.push(done.hash);
    }
  }
  const results = parsedResults(json as EarlierJson);
  const pointOf = (item: string, place: string) =>
    snapshot.supply.points.findIndex((point) => point.item === item && point.location === place);
  const row = (measure: Measure, index: number, width: number): number[] =>
    Array.from(blocks[measure].subarray(index * width, (index + 1) * width));
  return {
    snapshot,
    issues: frozen.issues,
    hashes,
    forecast: results.forecast.flatMap((result) => result.keys),
    points: results.supply.flatMap((result) => result.points),
    orders: results.supply.flatMap((result) => result.orders),
    capacity: results.capacity[0],
    constrained: results.constrained,
    finance: results.finance[0],
    kpis: results.kpis[0],
    kpi: (code: string) => results.kpis[0].kpis.find((kpi) => kpi.code === code),
    alerts: (kind: string) => results.kpis[0].alerts.filter((alert) => alert.kind === kind),
    learnt: results.learn[0],
    groupSeries: [...results.reconcile[0].groupSeries, ...results.finance[0].groupSeries],
    /** A measure of a demand key over the history, and over history and horizon. */
    pastOfKey: (measure: Measure, key = 0) => row(measure, key, plan.historyBuckets),
    wholeOfKey: (measure: Measure, key = 0) => row(measure, key, plan.historyBuckets + plan.horizonBuckets),
    /** A measure of a demand key, over the horizon. */
    ofKey: (measure: Measure, key = 0) => row(measure, key, plan.horizonBuckets),
    /** Its plan, as the next run knows it. */
    published: () => publishedPlan(snapshot, row),
    /** The methods of its streams, as the next run knows them. */
    fits: () =>
      fitsOf(
        snapshot,
        results.forecast.flatMap((result) => result.keys),
      ),
    ofPoint: (measure: Measure, item: string, place: string) => row(measure, pointOf(item, place), HORIZON),
    ofResource: (measure: Measure, resource = 0) => row(measure, resource, HORIZON),
    pointOf,
    series: (group: string, measure: string, kind: string) =>
      results.finance[0].finance.find(
        (one) => one.group === group && one.measure === measure && one.kind === kind,
      )?.values,
  };
}

/** Quantities of one stream a month, at 10 apiece. */
export function streams(
  ...rows: { item: string; location?: string; channel?: string; quantities: readonly number[] }[]
): CompanyData['history'] {
  return {
    item: rows.map((row) => row.item),
    location: rows.map((row) => row.location ?? 'PLANT'),
    channel: rows.map((row) => row.channel ?? 'all'),
    bucket: rows.map((row) => [...row.quantities.keys()].filter((month) => row.quantities[month] !== 0)),
    quantity: rows.map((row) => row.quantities.filter((quantity) => quantity !== 0)),
    returned: rows.map((row) => row.quantities.filter((quantity) => quantity !== 0).map(() => 0)),
    amount: rows.map((row) =>
      row.quantities.filter((quantity) => quantity !== 0).map((quantity) => quantity * 10),
    ),
  };
}

/** The same quantity each month for two years, at 10 apiece: its forecast is that quantity. */
export function steadyHistory(
  ...streams: { item: string; location: string; quantity: number }[]
): CompanyData['history'] {
  const months = Array.from({ length: HISTORY }, (_, month) => month);
  return {
    item: streams.map((stream) => stream.item),
    location: streams.map((stream) => stream.location),
    channel: streams.map(() => 'all'),
    bucket: streams.map(() => months),
    quantity: streams.map((stream) => months.map(() => stream.quantity)),
    returned: streams.map(() => months.map(() => 0)),
    amount: streams.map((stream) => months.map(() => stream.quantity * 10)),
  };
}

function fitsOf(
  { keys }: Pick<Snapshot, 'keys'>,
  forecasts: readonly ForecastKey[],
): NonNullable<CompanyData['fits']> {
  return forecasts.flatMap(({ fit: { until, inputs } }, key) =>
    until === null
      ? []
      : [
          {
            item: keys.item[key] as string,
            location: keys.location[key] as string,
            channel: keys.channel[key] as string,
            until,
            inputs,
          },
        ],
  );
}

function publishedPlan(
  { meta, keys }: { meta: SnapshotMeta; keys: Snapshot['keys'] },
  row: (measure: Measure, key: number, width: number) => number[],
): NonNullable<CompanyData['previous']> {
  const whole = meta.historyBuckets + meta.horizonBuckets;
  return {
    starts: meta.starts.slice(meta.historyBuckets),
    streams: keys.item.map((item, key) => ({
      item,
      location: keys.location[key] as string,
      channel: keys.channel[key] as string,
      baseline: row('baseline', key, meta.horizonBuckets),
      uplift: row('uplift', key, whole).slice(meta.historyBuckets),
      heldBack: row('heldBack', key, meta.horizonBuckets),
    })),
  };
}
