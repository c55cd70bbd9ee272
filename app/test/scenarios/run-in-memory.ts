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
  type StageName,
  stagePlans,
} from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { EMPTY } from './company-data.ts';

export const HISTORY = 24;
export const HORIZON = 6;

/** Months: 24 of history from 2024-05, a horizon of 6 from 2026-05. */
export function runInMemory(data: Partial<CompanyData>, tier: 'fast' | 'standard' | 'best' = 'standard') {
  const settings = {
    companyId: 1,
    currency: 'EUR',
    calendarKind: 'month' as const,
    fiscalYearStartMonth: 1,
    asOf: dayFromIso('2026-05-01'),
  };
  const bounds = {
    firstDemandDay: dayFromIso('2024-05-01'),
    lastDemandDay: dayFromIso('2026-04-30'),
    newestOrderDay: dayFromIso('2026-04-30'),
  };
  const { plan } = planCalendar(settings, bounds, HORIZON);
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
    finance: results.finance[0],
    kpis: results.kpis[0],
    kpi: (code: string) => results.kpis[0].kpis.find((kpi) => kpi.code === code),
    alerts: (kind: string) => results.kpis[0].alerts.filter((alert) => alert.kind === kind),
    learnt: results.learn[0],
    groupSeries: [...results.reconcile[0].groupSeries, ...results.finance[0].groupSeries],
    /** A measure of a demand key over the history, and over history and horizon. */
    pastOfKey: (measure: Measure, key = 0) => row(measure, key, HISTORY),
    wholeOfKey: (measure: Measure, key = 0) => row(measure, key, HISTORY + HORIZON),
    /** A measure of a demand key, over the horizon. */
    ofKey: (measure: Measure, key = 0) => row(measure, key, HORIZON),
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
