/**
 * The planning model of some networks, with the rows of the snapshot that its rows stand for. Rows keep their order, so
 * the same networks give the same model in a run and when a plan is looked at or tried out later.
 */
import type { ForecastFacts, PlanningModel, ResourceFacts } from '@planwright/supply';
import type { PlannedResource } from '../capacity-inputs.ts';
import type { JsonBlocks } from '../snapshot.ts';

/** What a piece is cut from. `supply` and `keys` say where the demand of a key arises. */
export type PlanningBlocks = Pick<JsonBlocks, 'meta' | 'keys' | 'planning' | 'openOrders'> & {
  readonly pointOfKey: readonly number[];
  readonly resources: readonly PlannedResource[];
};

/** Each list has an entry a row of the model: the row of the snapshot, or the demand key of a forecast. */
export type PlanningPiece = {
  readonly model: PlanningModel;
  readonly points: readonly number[];
  readonly sources: readonly number[];
  readonly resources: readonly number[];
  readonly demands: readonly number[];
  readonly receipts: readonly number[];
  readonly forecastKeys: readonly number[];
};

/** @param consensusOf planned demand of a key over the horizon; undefined leaves forecasts out. */
export function planningPiece(
  blocks: PlanningBlocks,
  networks: readonly number[],
  consensusOf: ((key: number) => ArrayLike<number>) | undefined,
): PlanningPiece {
  const { meta, planning, pointOfKey } = blocks;
  const isAll = networks.length === planning.networks.length;
  const points = sortedRows(networks.flatMap((network) => planning.networks[network].points));
  const resources = sortedRows(networks.flatMap((network) => planning.networks[network].resources));
  const hasPoint = new Set(points);
  const rowsAt = (rows: readonly { readonly point: number }[]): number[] =>
    isAll ? [...rows.keys()] : [...rows.keys()].filter((row) => hasPoint.has(rows[row].point));
  const sources = rowsAt(planning.sources);
  const demands = rowsAt(planning.demands);
  const receipts = rowsAt(planning.receipts);
  const names = new Set(sources.map((row) => planning.sources[row].source));
  const ofSources = <Row extends { readonly source: string }>(rows: readonly Row[]): readonly Row[] =>
    isAll ? rows : rows.filter((row) => names.has(row.source));
  const forecastKeys =
    consensusOf === undefined ? [] : [...pointOfKey.keys()].filter((key) => hasPoint.has(pointOfKey[key]));
  const model: PlanningModel = {
    asOfDay: meta.asOf,
    bucketStartDays: meta.starts.slice(meta.historyBuckets),
    stockPoints: points.map((row) => planning.stockPoints[row]),
    sources: sources.map((row) => planning.sources[row]),
    components: ofSources(planning.components),
    loads: ofSources(planning.loads),
    resources: resources.map((row) => resourceFacts(blocks.resources[row])),
    demands: demands.map((row) => planning.demands[row]),
    receipts: receipts.map((row) => planning.receipts[row]),
    forecasts: consensusOf === undefined ? [] : forecasts(blocks, forecastKeys, consensusOf),
    rules: planning.rules,
  };
  return { model, points, sources, resources, demands, receipts, forecastKeys };
}

function sortedRows(rows: number[]): number[] {
  return rows.sort((a, b) => a - b);
}

/** A resource of the snapshot as the engine reads it. */
export function resourceFacts(resource: PlannedResource): ResourceFacts {
  const { code, kind, hasCapacity, capacityHours, overtimeHours, committedHours } = resource;
  const { costPerHour, overtimeCostPerHour, location } = resource;
  return {
    resource: code,
    kind: kind === 'labour' ? 'labour' : 'machine',
    ...(location === null ? {} : { location }),
    // Hours that nobody said are no limit.
    ...(hasCapacity ? { capacityHours, overtimeMaxHours: overtimeHours } : {}),
    committedHours,
    ...(costPerHour === null ? {} : { costPerHour }),
    ...(overtimeCostPerHour === null ? {} : { overtimeCostPerHour }),
  };
}

/** What has left already is not asked for again: as the unconstrained plan sees it. */
function forecasts(
  { keys, meta, openOrders, planning, pointOfKey }: PlanningBlocks,
  forecastKeys: readonly number[],
  consensusOf: (key: number) => ArrayLike<number>,
): ForecastFacts[] {
  const shipped = shippedByKey(openOrders, meta.horizonBuckets);
  return forecastKeys.map((key) => {
    const { item, location } = planning.stockPoints[pointOfKey[key]];
    const gone = shipped.get(key);
    const quantity = Array.from(consensusOf(key), (value, t) => Math.max(0, value - (gone?.[t] ?? 0)));
    return { item, location, customer: keys.channel[key], quantity };
  });
}

function shippedByKey(
  openOrders: JsonBlocks['openOrders'],
  horizonBuckets: number,
): Map<number, Float64Array> {
  const shipped = new Map<number, Float64Array>();
  openOrders.key.forEach((key, row) => {
    if (openOrders.bucket[row] < 0 || !(openOrders.shippedQuantity[row] > 0)) return;
    const own = shipped.get(key) ?? new Float64Array(horizonBuckets);
    own[openOrders.bucket[row]] += openOrders.shippedQuantity[row];
    shipped.set(key, own);
  });
  return shipped;
}

/** A snapshot as pieces are cut from it. */
export function planningBlocks(snapshot: JsonBlocks): PlanningBlocks {
  const { meta, keys, planning, openOrders, supply, capacity } = snapshot;
  return {
    meta,
    keys,
    planning,
    openOrders,
    pointOfKey: supply.pointOfKey,
    resources: capacity.resources,
  };
}
