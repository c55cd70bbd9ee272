/**
 * Material requirements planning over a whole network: each stock point is netted once, after everyone who consumes
 * it, and its releases become dependent demand of its components in the release bucket.
 *
 * Input    a network from `buildNetwork`; capacity is not looked at (see `resourceLoad` for the load the plan puts on it).
 * Modes    unconstrained     what is needed arrives when it is needed. An order whose release would fall before the
 *                            first bucket is released in bucket 0 and flagged past due, so projected on hand may rest
 *                            on deliveries that only expediting can bring. Classic MRP.
 *          leadTimeFeasible  no receipt before its lead time allows. The same need arrives late, projected on hand may
 *                            go below zero until then, and that is shown as shortage. A component that is itself short
 *                            does not delay its consumer here: that is the work of the constrained plan.
 * Backlog  demand not served stays owed: projected on hand below zero is the quantity owed at the end of the bucket.
 * Laws     same network and options, same plan to the byte; on hand + receipts - demand = projected on hand.
 * Cost     O((stock points + component rows) x buckets) time; five blocks and the orders in memory.
 * Source   Orlicky (1975), Material Requirements Planning, McGraw-Hill.
 */
import { makeBlock, rowOf, type SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';
import { type LeadTimeOffset, leadTimeOffset } from './lead-time.ts';
import { CRUMB_RATIO, type LotRule, orderCount, orderQuantity } from './lots.ts';
import { type NettingInput, type NettingOutput, netRequirements } from './net-requirements.ts';
import type { SupplyNetwork } from './network.ts';
import {
  appendOrder,
  emptyOrders,
  type OrderColumns,
  type PlannedOrders,
  sealOrders,
} from './planned-orders.ts';

export type SupplyMode = 'unconstrained' | 'leadTimeFeasible';

export type SupplyOptions = {
  readonly mode: SupplyMode;
  /** Where in its bucket a receipt is needed: 0 = on the first day (default), up to 1. See `leadTimeOffset`. */
  readonly needRatio?: number;
};

/** Blocks have one row per stock point of the network. Quantities are in the item's stocking unit. */
export type SupplyPlan = {
  readonly mode: SupplyMode;
  readonly needRatio: number;
  /** From forecast and orders; the network's own block. */
  readonly independentDemand: SeriesBlock;
  /** From consumers' releases. Gross demand is the sum of the two. */
  readonly dependentDemand: SeriesBlock;
  readonly grossDemand: SeriesBlock;
  /** The network's own block. */
  readonly scheduledReceipts: SeriesBlock;
  /** Good units arriving. */
  readonly plannedReceipts: SeriesBlock;
  /** Units started or ordered, before yield, in the bucket of release. */
  readonly plannedReleases: SeriesBlock;
  readonly projectedOnHand: SeriesBlock;
  /** Demand owed at the end of the bucket: what projected on hand lies below zero. */
  readonly shortage: SeriesBlock;
  readonly orders: PlannedOrders;
};

/** Plans every stock point of the network. */
export function planSupply(network: SupplyNetwork, options: SupplyOptions): SupplyPlan {
  const { bucketCount, stockPoints } = network;
  const needRatio = options.needRatio ?? 0;
  assert(needRatio >= 0 && needRatio <= 1, 'needRatio is between 0 and 1');
  const newBlock = (): SeriesBlock => makeBlock(stockPoints.length, bucketCount);
  const plan = {
    mode: options.mode,
    needRatio,
    independentDemand: network.independentDemand,
    dependentDemand: newBlock(),
    grossDemand: newBlock(),
    scheduledReceipts: network.scheduledReceipts,
    plannedReceipts: newBlock(),
    plannedReleases: newBlock(),
    projectedOnHand: newBlock(),
    shortage: newBlock(),
  };
  const orders = emptyOrders();
  const offsets = offsetsByLeadTime(network, needRatio);
  const safetyStock = new Float64Array(bucketCount);
  const orderedQuantity = new Float64Array(bucketCount);
  for (const s of network.planOrder) {
    const offset = offsets(s);
    const grossDemand = rowOf(plan.grossDemand, s);
    addInto(grossDemand, rowOf(network.independentDemand, s), rowOf(plan.dependentDemand, s));
    const input: NettingInput = {
      grossDemand,
      scheduledReceipts: rowOf(network.scheduledReceipts, s),
      safetyStock: safetyStock.fill(network.safetyStock[s]),
      onHandInitial: network.onHand[s],
      lot: lotOf(network, s),
      yieldRatio: network.yieldRatio[s],
      firstReceiptBucket: firstReceiptBucketOf(network, s, options.mode, offset),
    };
    const output: NettingOutput = {
      orderedQuantity,
      plannedReceipts: rowOf(plan.plannedReceipts, s),
      projectedOnHand: rowOf(plan.projectedOnHand, s),
      shortage: rowOf(plan.shortage, s),
    };
    netRequirements(input, output);
    releaseOrders(s, input, output, offset, orders);
    explode(network, s, orderedQuantity, offset, rowOf(plan.plannedReleases, s), plan.dependentDemand);
  }
  return { ...plan, orders: sealOrders(orders) };
}

function lotOf(network: SupplyNetwork, s: number): LotRule {
  return { minimum: network.lotMinimum[s], multiple: network.lotMultiple[s], maximum: network.lotMaximum[s] };
}

function firstReceiptBucketOf(
  network: SupplyNetwork,
  s: number,
  mode: SupplyMode,
  offset: LeadTimeOffset,
): number {
  if (network.stockPoints[s].kind === 'none') return network.bucketCount;
  return mode === 'leadTimeFeasible' ? offset.firstFeasibleBucket : 0;
}

/** Many stock points share a lead time, so each offset table is made once. */
function offsetsByLeadTime(network: SupplyNetwork, needRatio: number): (s: number) => LeadTimeOffset {
  const offsets = new Map<number, LeadTimeOffset>();
  return (s) => {
    const days = network.leadTimeDays[s];
    const offset = offsets.get(days) ?? leadTimeOffset(network.bucketStartDays, days, needRatio);
    offsets.set(days, offset);
    return offset;
  };
}

function addInto(sum: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let t = 0; t < sum.length; t++) sum[t] = a[t] + b[t];
}

/** Cuts each bucket's ordered quantity into orders. */
function releaseOrders(
  s: number,
  input: NettingInput,
  output: NettingOutput,
  offset: LeadTimeOffset,
  orders: OrderColumns,
): void {
  const { lot, firstReceiptBucket } = input;
  for (let t = firstReceiptBucket; t < output.orderedQuantity.length; t++) {
    const total = output.orderedQuantity[t];
    if (total === 0) continue;
    const needBucket = t === firstReceiptBucket ? firstShortBefore(t, input, output) : t;
    const pastDueDays = offset.pastDueDays[needBucket];
    const count = orderCount(total, lot);
    for (let index = 0; index < count; index++) {
      const quantity = orderQuantity(total, lot, index, count);
      appendOrder(orders, s, offset.releaseBucket[t], t, needBucket, quantity, pastDueDays);
    }
  }
}

/** Where the run of short buckets that ends just before `bucket` began; `bucket` itself where there is none. */
function firstShortBefore(bucket: number, input: NettingInput, output: NettingOutput): number {
  const { grossDemand, safetyStock } = input;
  const { projectedOnHand } = output;
  let largest = safetyStock[bucket];
  for (let t = 0; t < bucket; t++) largest = Math.max(largest, grossDemand[t], Math.abs(projectedOnHand[t]));
  let need = bucket;
  while (need > 0 && safetyStock[need - 1] - projectedOnHand[need - 1] > largest * CRUMB_RATIO) need -= 1;
  return need;
}

/** Moves ordered quantities to their release buckets and on to the components as dependent demand. */
function explode(
  network: SupplyNetwork,
  s: number,
  orderedQuantity: Float64Array,
  offset: LeadTimeOffset,
  plannedReleases: Float64Array,
  dependentDemand: SeriesBlock,
): void {
  const { bucketCount, componentStart, component, quantityPer } = network;
  for (let t = 0; t < bucketCount; t++) plannedReleases[offset.releaseBucket[t]] += orderedQuantity[t];
  for (let row = componentStart[s]; row < componentStart[s + 1]; row++) {
    const first = component[row] * bucketCount;
    const usage = quantityPer[row];
    for (let t = 0; t < bucketCount; t++) dependentDemand.values[first + t] += plannedReleases[t] * usage;
  }
}
