/** Netting and lot-sizing through whole connected networks: what to make, buy and move, and where it falls short. */
import { inventoryValue } from '@planwright/finance';
import {
  buildNetwork,
  consumeForecast,
  demandHitByShortage,
  impactIndex,
  planSupply,
  plannedOrder,
  type StockPointRow,
  type SupplyNetwork,
  type SupplyPlan,
} from '@planwright/supply';
import { bucketLabel, calendarFromStarts } from '@planwright/time';
import { assert } from '@planwright/units';
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { OrderRow, SupplyResult } from './stage-results.ts';
import { stockFigures } from './stock-figures.ts';

/** Numbers of orders are unique within a run: each chunk numbers within a range of its own. */
const ORDERS_PER_CHUNK_MAX = 1_000_000;

// Months and 4-4-5 periods ask for receipt by mid-bucket, so that rounding does not cost a bucket at every level.
const NEED_RATIO_OF_LONG_BUCKETS = 0.5;

export function supplyStage(snapshot: Snapshot, blocks: RunBlocks, chunk: number): SupplyResult {
  const points = snapshot.supply.chunks[chunk];
  const demand = independentDemand(snapshot, blocks, points);
  const network = networkOf(snapshot, points, demand);
  const plan = planSupply(network, { mode: 'leadTimeFeasible', needRatio: needRatioOf(snapshot) });
  const unitCost = network.costPerUnit;
  const unmet = unmetDemand(network, plan);
  writeBlocks(snapshot, blocks, points, network, plan);
  return {
    points: points.map((point, s) => stockFigures(snapshot, blocks, point, unitCost[s], unmet[s])),
    orders: orderRows(snapshot, network, plan, points, chunk),
  };
}

function needRatioOf({ meta }: Snapshot): number {
  return meta.calendar.kind === 'iso-week' ? 0 : NEED_RATIO_OF_LONG_BUCKETS;
}

/** Rows of the chunk's points by bucket: forecast consumed by orders, what is past due on top, and what released orders take. */
function independentDemand(
  snapshot: Snapshot,
  blocks: RunBlocks,
  points: readonly number[],
): ReadonlyMap<number, Float64Array> {
  const { meta, supply } = snapshot;
  const isMine = new Set(points);
  const orders = ordersByKey(snapshot);
  const demand = new Map<number, Float64Array>();
  supply.pointOfKey.forEach((point, key) => {
    if (!isMine.has(point)) return;
    const consensus = rowIn(blocks, meta, 'consensus', key);
    const own = orders.get(key);
    const gross =
      own === undefined
        ? consumeForecast(consensus, new Float64Array(meta.horizonBuckets))
        : consumeForecast(
            consensus.map((quantity, t) => quantity - own.shipped[t]), // What has left already is not asked for again.
            own.open,
            own.pastDue,
          );
    const sum = demand.get(point) ?? new Float64Array(meta.horizonBuckets);
    for (let t = 0; t < sum.length; t++) sum[t] += gross[t];
    demand.set(point, sum);
  });
  for (const { point, bucket, quantity } of supply.firmNeeds) {
    if (!isMine.has(point)) continue;
    const sum = demand.get(point) ?? new Float64Array(meta.horizonBuckets);
    sum[bucket] += quantity;
    demand.set(point, sum);
  }
  return demand;
}

type KeyOrders = { readonly open: Float64Array; readonly shipped: Float64Array; pastDue: number };

function ordersByKey({ meta, openOrders }: Snapshot): Map<number, KeyOrders> {
  const byKey = new Map<number, KeyOrders>();
  openOrders.key.forEach((key, row) => {
    const orders = byKey.get(key) ?? {
      open: new Float64Array(meta.horizonBuckets),
      shipped: new Float64Array(meta.horizonBuckets),
      pastDue: 0,
    };
    byKey.set(key, orders);
    const bucket = openOrders.bucket[row];
    if (bucket < 0) orders.pastDue += openOrders.quantity[row];
    else {
      orders.open[bucket] += openOrders.quantity[row];
      orders.shipped[bucket] += openOrders.shippedQuantity[row];
    }
  });
  return byKey;
}

function networkOf(
  snapshot: Snapshot,
  points: readonly number[],
  demand: ReadonlyMap<number, Float64Array>,
): SupplyNetwork {
  const { meta, supply, items } = snapshot;
  const costOf = new Map(items.code.map((code, item) => [code, items.unitCost[item]]));
  const stockPoints = points.map((point): StockPointRow => {
    const row = supply.points[point];
    const costPerUnit = costOf.get(row.item) ?? undefined;
    return { ...row, independentDemand: demand.get(point), costPerUnit };
  });
  const names = new Set(stockPoints.map((row) => `${row.item}\u0000${row.location}`));
  const components = supply.components.filter((row) => names.has(`${row.item}\u0000${row.location}`));
  const bucketStartDays = meta.starts.slice(meta.historyBuckets);
  const { network } = buildNetwork({ bucketStartDays, stockPoints, components });
  assert(network !== null, 'a run starts only with a network that can be planned');
  return network;
}

function writeBlocks(
  { meta }: Snapshot,
  blocks: RunBlocks,
  points: readonly number[],
  network: SupplyNetwork,
  plan: SupplyPlan,
): void {
  const { horizonBuckets } = meta;
  const value = inventoryValue(plan.projectedOnHand, network.costPerUnit);
  const written = {
    independentDemand: plan.independentDemand,
    dependentDemand: plan.dependentDemand,
    scheduledReceipts: plan.scheduledReceipts,
    plannedReceipts: plan.plannedReceipts,
    plannedReleases: plan.plannedReleases,
    projectedOnHand: plan.projectedOnHand,
    safetyStock: plan.safetyStock,
    inventoryValue: value,
  };
  points.forEach((point, s) => {
    const row = (values: Float64Array): Float64Array =>
      values.subarray(s * horizonBuckets, (s + 1) * horizonBuckets);
    for (const [measure, block] of Object.entries(written)) {
      rowIn(blocks, meta, measure as keyof typeof written, point).set(row(block.values));
    }
    // Owed at the end of a bucket is the youngest demand: what of this bucket's own demand was not met in it.
    const [owed, gross] = [row(plan.shortage.values), row(plan.grossDemand.values)];
    rowIn(blocks, meta, 'shortage', point).set(owed.map((quantity, t) => Math.min(quantity, gross[t])));
  });
}

/**
 * Customers' demand of each point that is not met in its bucket: short itself, or resting on something that is. Where
 * two shortages hit the same demand, the larger one counts.
 */
function unmetDemand(network: SupplyNetwork, plan: SupplyPlan): Float64Array {
  const { bucketCount } = network;
  const index = impactIndex(network, plan);
  const unmet = new Float64Array(plan.shortage.values.length);
  plan.shortage.values.forEach((owed, cell) => {
    if (!(owed > 0)) return;
    const bucket = cell % bucketCount;
    for (const hit of demandHitByShortage(index, (cell - bucket) / bucketCount, bucket)) {
      const at = hit.stockPoint * bucketCount + hit.bucket;
      unmet[at] = Math.max(unmet[at], hit.quantity);
    }
  });
  return Float64Array.from(network.stockPoints, (_, s) =>
    unmet.subarray(s * bucketCount, (s + 1) * bucketCount).reduce((sum, quantity) => sum + quantity, 0),
  );
}

/** By release day, then item and location: the order in which they are to be worked off. */
function orderRows(
  snapshot: Snapshot,
  network: SupplyNetwork,
  plan: SupplyPlan,
  points: readonly number[],
  chunk: number,
): OrderRow[] {
  const { meta } = snapshot;
  const calendar = calendarFromStarts(meta.calendar, Int32Array.from(meta.starts));
  const bucketName = (bucket: number): string => bucketLabel(calendar, meta.historyBuckets + bucket);
  const rows = Array.from({ length: plan.orders.count }, (_, index) => {
    const order = plannedOrder(network, plan, index, bucketName);
    const dueDay = network.bucketStartDays[0] + plan.needDay[order.dueBucket];
    const pastDue = order.pastDueDays > 0;
    return {
      kind: order.kind,
      point: points[order.stockPoint],
      fromCode: order.supplier ?? order.fromLocation ?? null,
      // Past due: the day on which it should have been released.
      releaseDay: pastDue
        ? meta.asOf - order.pastDueDays
        : dueDay - Math.ceil(network.leadTimeDays[order.stockPoint]),
      dueDay,
      releaseBucket: order.releaseBucket,
      quantity: order.quantity,
      value: Number.isNaN(order.value) ? 0 : order.value,
      pastDue,
      reason: order.reason,
    };
  });
  rows.sort((a, b) => a.releaseDay - b.releaseDay || a.point - b.point || a.dueDay - b.dueDay);
  assert(rows.length < ORDERS_PER_CHUNK_MAX, 'the orders of a chunk fit into its range of numbers');
  return rows.map((row, index) => ({ number: chunk * ORDERS_PER_CHUNK_MAX + index + 1, ...row }));
}
