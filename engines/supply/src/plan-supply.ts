/**
 * Requirements planning on a supply network, which refills each stock point from one source and counts time in buckets
 * from its first day (see `planRequirements`, which does the netting, for the modes).
 *
 * Backlog  demand not served stays owed: projected on hand below zero is the quantity owed at the end of the bucket.
 * Cost     O((stock points + component rows) x buckets) time; nine blocks and the orders in memory.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import type { SupplyNetwork } from './network.ts';
import { type PlannedOrders, plannedOrdersOf } from './planned-orders.ts';
import { requirementNetworkFrom } from './unconstrained/from-supply-network.ts';
import { planRequirements, type RequirementPlan } from './unconstrained/plan-requirements.ts';
import type { SupplyMode } from './unconstrained/start-times.ts';

export type SupplyOptions = {
  readonly mode: SupplyMode;
  /** Where in its bucket a receipt is needed: 0 = on the first day (default), up to 1. See `leadTimeOffset`. */
  readonly needRatio?: number;
};

/** Blocks have one row per stock point of the network. Quantities are in the item's stocking unit. */
export type SupplyPlan = Omit<RequirementPlan, 'orders'> & {
  readonly mode: SupplyMode;
  readonly needRatio: number;
  /** Independent and dependent demand together. */
  readonly grossDemand: SeriesBlock;
  readonly orders: PlannedOrders;
};

/** Plans every stock point of the network. */
export function planSupply(network: SupplyNetwork, { mode, needRatio = 0 }: SupplyOptions): SupplyPlan {
  const { independentDemand, scheduledReceipts } = network;
  const isFilled = new Uint8Array(network.stockPoints.length).fill(1);
  const rows = requirementNetworkFrom(network);
  const { orders, ...plan } = planRequirements(
    rows,
    {
      independentDemand: { block: independentDemand, isFilled },
      scheduledReceipts: { block: scheduledReceipts, isFilled },
    },
    { mode, needRatio },
  );
  const grossDemand = sumOf(independentDemand, plan.dependentDemand);
  const supplyPlan = { ...plan, mode, needRatio, grossDemand };
  return { ...supplyPlan, orders: plannedOrdersOf(rows, orders, supplyPlan) };
}

function sumOf(a: SeriesBlock, b: SeriesBlock): SeriesBlock {
  const sum = makeBlock(a.keyCount, a.bucketCount);
  for (let cell = 0; cell < sum.values.length; cell++) sum.values[cell] = a.values[cell] + b.values[cell];
  return sum;
}
