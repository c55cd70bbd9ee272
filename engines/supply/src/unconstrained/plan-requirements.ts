/**
 * Material requirements planning: what has to be started when, if capacity were no matter.
 *
 * Each stock point is netted once, after everyone who consumes it, bucket by bucket; its orders become dependent demand
 * of its components in the bucket of their start. What is needed in a bucket arrives on the bucket's need day (see
 * `needRatio`); its order starts the lead time before.
 *
 * Modes       unconstrained     what is needed arrives when it is needed. Where the start would lie before the frozen
 *                               zone ends, the order starts on the first day it may and says by how many days it is past
 *                               due: only expediting brings it in time. Classic MRP.
 *             leadTimeFeasible  no order that is past due. The same need arrives late; projected on hand may lie below
 *                               0 until then, which is shown as shortage. A component that is itself short does not
 *                               delay its consumer here: that is the work of the constrained plan.
 * Sources     the first in force by priority; where any has a share, the need is split so that each source's receipts
 *             keep to its share of all that was ever needed, whatever its lots (see `orderFromSources`).
 * Components  those in force on the order's start day; of substitutes the first in force. Scrap and use per order count.
 * Safety      the larger of the stated level of the bucket and the demand of the days of cover ahead; a level to stay
 *             above, not a demand that repeats.
 * Not read    capacity, suppliers' maxima, storage, shelf life, build-ahead limits: the constrained plan's work.
 * Laws        on hand + receipts - demand = projected on hand, which unconstrained lies below 0 only where no source is in
 *             force; what is there before a supply comes is never bought again; same network, same plan to the byte.
 * Cost        O((stock points + component rows) x buckets), and the orders.
 * Source      Orlicky (1975), Material Requirements Planning, McGraw-Hill.
 */
import { rowOf, type SeriesBlock } from '@planwright/series';
import { rowsByOwner } from '../finite/compile-points.ts';
import type { LotRule } from '../lots.ts';
import { type NettingBlocks, type NettingOutput, type NettingRow, netRow } from '../net-requirements.ts';
import {
  emptyStarts,
  lotOf,
  type PlannedStarts,
  releaseOrders,
  sealStarts,
  type StartColumns,
} from './order-starts.ts';
import { orderFromSources } from './order-from-sources.ts';
import type { RequirementNetwork } from './requirement-network.ts';
import { sharedBlock, sumsBlock } from './shared-columns.ts';
import {
  firstReceiptBucket,
  isAlwaysInForce,
  needDays,
  type StartTimes,
  type SupplyMode,
} from './start-times.ts';

export type RequirementOptions = {
  readonly mode: SupplyMode;
  /** Where in its bucket a receipt is needed: 0 = on its first day, up to 1. */
  readonly needRatio: number;
};

/** A block, and 1 for each of its rows that may hold anything: the others are not even read. */
export type SparseBlock = { readonly block: SeriesBlock; readonly isFilled: Uint8Array };

/** What a plan starts from beside the network. */
export type Requirements = {
  readonly independentDemand: SparseBlock;
  readonly scheduledReceipts: SparseBlock;
};

/** Blocks have one row per stock point and one column per bucket; quantities in the item's stocking unit. */
export type RequirementPlan = {
  readonly independentDemand: SeriesBlock;
  /** What orders of consumers take. */
  readonly dependentDemand: SeriesBlock;
  readonly scheduledReceipts: SeriesBlock;
  /** Good units of planned orders. */
  readonly plannedReceipts: SeriesBlock;
  /** Units started, before yield, in the bucket of the start. */
  readonly plannedReleases: SeriesBlock;
  /** The level to stay above. */
  readonly safetyStock: SeriesBlock;
  /** At the end of the bucket; below 0 it is demand still owed. */
  readonly projectedOnHand: SeriesBlock;
  readonly shortage: SeriesBlock;
  readonly orders: PlannedStarts;
  /** Day from the as-of day on which the receipts of each bucket are needed. */
  readonly needDay: Int32Array;
};

/** The plan of the whole network; the blocks that it starts from are part of it. */
export function planRequirements(
  network: RequirementNetwork,
  { independentDemand, scheduledReceipts }: Requirements,
  { mode, needRatio }: RequirementOptions,
): RequirementPlan {
  const { points, bucketCount } = network;
  const isConsumed = rowsNamed(network.needs.point, points.count);
  const newBlock = (): SeriesBlock => sharedBlock(points.count, bucketCount);
  const plan = {
    independentDemand: independentDemand.block,
    dependentDemand: sumsBlock(isConsumed, bucketCount),
    scheduledReceipts: scheduledReceipts.block,
    plannedReceipts: newBlock(),
    plannedReleases: sumsBlock(rowsNamed(network.sources.point, points.count), bucketCount),
    safetyStock: newBlock(),
    projectedOnHand: newBlock(),
    shortage: newBlock(),
  };
  const scratch: Scratch = {
    mode,
    starts: emptyStarts(points.count * bucketCount, network.asOfDay),
    needDay: needDays(network, needRatio),
    grossDemand: new Float64Array(bucketCount),
    orderedQuantity: new Float64Array(bucketCount),
    netted: {
      plannedReceipts: plan.plannedReceipts.values,
      projectedOnHand: plan.projectedOnHand.values,
      shortage: plan.shortage.values,
    },
    nothing: new Float64Array(bucketCount),
    isAsked: independentDemand.isFilled,
    isConsumed,
    hasReceipts: scheduledReceipts.isFilled,
  };
  for (const point of planOrder(points.depth)) planPoint(network, plan, point, scratch);
  return { ...plan, orders: sealStarts(scratch.starts), needDay: scratch.needDay };
}

type Blocks = Omit<RequirementPlan, 'orders' | 'needDay'>;
type Scratch = StartTimes & {
  readonly starts: StartColumns;
  readonly grossDemand: Float64Array;
  readonly orderedQuantity: Float64Array;
  readonly netted: NettingBlocks;
  readonly nothing: Float64Array;
  /** By stock point: whether its row of independent demand, dependent demand and receipts is to be read. */
  readonly isAsked: Uint8Array;
  readonly isConsumed: Uint8Array;
  readonly hasReceipts: Uint8Array;
};

function planPoint(network: RequirementNetwork, plan: Blocks, point: number, scratch: Scratch): void {
  const { points, sources, bucketCount } = network;
  const { grossDemand, orderedQuantity, nothing } = scratch;
  const firstCell = point * bucketCount;
  grossDemand.fill(0);
  if (scratch.isAsked[point] === 1) addCells(grossDemand, plan.independentDemand.values, firstCell);
  if (scratch.isConsumed[point] === 1) addCells(grossDemand, plan.dependentDemand.values, firstCell);
  const hasSafety = points.safetyRow[point] >= 0 || points.safetyCoverDays[point] > 0;
  const safetyStock = hasSafety ? rowOf(plan.safetyStock, point) : nothing;
  if (hasSafety) writeSafetyStock(network, point, grossDemand, safetyStock);
  const scheduledReceipts = scratch.hasReceipts[point] === 1 ? rowOf(plan.scheduledReceipts, point) : nothing;
  const onHandInitial = points.onHand[point];
  const [first, end] = [points.sourceStart[point], points.sourceStart[point + 1]];
  const source = first < end ? points.sources[first] : -1;
  if (end - first > 1 || (source >= 0 && !isAlwaysInForce(network, source))) {
    const input = { grossDemand, scheduledReceipts, safetyStock, onHandInitial };
    const output: NettingOutput = {
      orderedQuantity,
      plannedReceipts: rowOf(plan.plannedReceipts, point),
      projectedOnHand: rowOf(plan.projectedOnHand, point),
      shortage: rowOf(plan.shortage, point),
    };
    orderFromSources(network, point, input, output, scratch, (ofSource, quantities) =>
      releaseOrders(network, ofSource, quantities, scratch, plan),
    );
    return;
  }
  const row: NettingRow = {
    grossDemand,
    scheduledReceipts,
    safetyStock,
    onHandInitial,
    lot: source < 0 ? ANY_LOT : lotOf(network, source),
    yieldRatio: source < 0 ? 1 : sources.yieldRatio[source],
    firstReceiptBucket: source < 0 ? bucketCount : firstReceiptBucket(network, source, scratch),
    orderedQuantity,
  };
  netRow(row, scratch.netted, firstCell);
  if (source >= 0) releaseOrders(network, source, orderedQuantity, scratch, plan);
}

/** Adds the cells of a block from `first` on. */
function addCells(sum: Float64Array, values: Float64Array, first: number): void {
  for (let t = 0; t < sum.length; t++) sum[t] += values[first + t];
}

/** 1 for each row that is named. */
export function rowsNamed(rows: Int32Array, rowCount: number): Uint8Array {
  const isNamed = new Uint8Array(rowCount);
  for (const row of rows) isNamed[row] = 1;
  return isNamed;
}

const ANY_LOT: LotRule = { minimum: 0, multiple: 0, maximum: Number.POSITIVE_INFINITY };

/** All stock points, consumers before what they consume, and by row where neither consumes the other. */
function planOrder(depth: Int32Array): Int32Array {
  let deepest = 0;
  for (const level of depth) deepest = Math.max(deepest, level);
  return rowsByOwner(depth, deepest + 1).rows;
}

/** Days of cover look at the demand after the bucket; beyond the horizon the last bucket's goes on. */
function writeSafetyStock(
  { points, bucketFirstDay, bucketCount }: RequirementNetwork,
  point: number,
  demand: Float64Array,
  level: Float64Array,
): void {
  const row = points.safetyRow[point];
  if (row >= 0) level.set(points.safetyStock.subarray(row, row + bucketCount));
  const coverDays = points.safetyCoverDays[point];
  if (!(coverDays > 0)) return;
  const lastDays = bucketFirstDay[bucketCount] - bucketFirstDay[bucketCount - 1];
  for (let t = 0; t < bucketCount; t++) {
    let days = coverDays;
    let covered = 0;
    for (let ahead = t + 1; ahead < bucketCount && days > 0; ahead++) {
      const bucketDays = bucketFirstDay[ahead + 1] - bucketFirstDay[ahead];
      covered += demand[ahead] * Math.min(1, days / bucketDays);
      days -= bucketDays;
    }
    if (days > 0) covered += (demand[bucketCount - 1] / lastDays) * days;
    level[t] = Math.max(level[t], covered);
  }
}
