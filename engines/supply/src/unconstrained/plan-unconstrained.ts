/**
 * Requirements planning on a planning model: orders and what is left of the forecasts, netted without regard to capacity
 * (see `planRequirements`).
 */
import type { SeriesBlock } from '@planwright/series';
import type { FiniteNetwork } from '../finite/network.ts';
import {
  planRequirements,
  type RequirementOptions,
  type RequirementPlan,
  rowsNamed,
} from './plan-requirements.ts';
import { sumsBlock } from './shared-columns.ts';

/** Unconstrained where no mode is named; receipts are needed in mid-bucket, as forecast is due. */
export type UnconstrainedOptions = Partial<RequirementOptions>;
export type UnconstrainedPlan = RequirementPlan;

/** The plan of the whole network. Demand lies in the bucket it is due in, overdue demand in the first. */
export function planUnconstrained(
  network: FiniteNetwork,
  { mode = 'unconstrained', needRatio = 0.5 }: UnconstrainedOptions = {},
): UnconstrainedPlan {
  const { points, demands, receipts, bucketCount } = network;
  const isAsked = rowsNamed(demands.stockPoint, points.count);
  const hasReceipts = rowsNamed(receipts.point, points.count);
  const independentDemand = sumsBlock(isAsked, bucketCount);
  const scheduledReceipts = sumsBlock(hasReceipts, bucketCount);
  addDemands(network, independentDemand);
  addReceipts(network, scheduledReceipts);
  return planRequirements(
    network,
    {
      independentDemand: { block: independentDemand, isFilled: isAsked },
      scheduledReceipts: { block: scheduledReceipts, isFilled: hasReceipts },
    },
    { mode, needRatio },
  );
}

function addDemands(
  { demands, terms, bucketOfDay, bucketCount }: FiniteNetwork,
  { values }: SeriesBlock,
): void {
  const { stockPoint, quantity } = demands;
  for (let d = 0; d < demands.count; d++) {
    values[stockPoint[d] * bucketCount + bucketOfDay[terms.day[d]]] += quantity[d];
  }
}

function addReceipts(
  { receipts, bucketOfDay, dayCount, bucketCount }: FiniteNetwork,
  { values }: SeriesBlock,
): void {
  for (let r = 0; r < receipts.count; r++) {
    if (receipts.day[r] >= dayCount) continue;
    values[receipts.point[r] * bucketCount + bucketOfDay[receipts.day[r]]] += receipts.quantity[r];
  }
}
