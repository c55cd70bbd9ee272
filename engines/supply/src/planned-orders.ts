/**
 * Planned orders as columns: a large plan has a million of them, and only those on screen need to become objects.
 */
import { rowOf, type SeriesBlock } from '@planwright/series';
import { CRUMB_RATIO } from './lots.ts';
import type { PlannedStarts } from './unconstrained/order-starts.ts';
import type { RequirementNetwork } from './unconstrained/requirement-network.ts';
import { isInTime, type StartTimes } from './unconstrained/start-times.ts';

/** Arrays have `count` entries. Quantities are as released, before yield. */
export type PlannedOrders = {
  readonly count: number;
  readonly stockPoint: Int32Array;
  readonly releaseBucket: Int32Array;
  /** The bucket in which the good units arrive. */
  readonly dueBucket: Int32Array;
  /** The bucket that needs them: earlier than dueBucket only where the lead time made the order late. */
  readonly needBucket: Int32Array;
  readonly quantity: Float64Array;
  /** How many days before the first bucket the order should have been released; 0 where it is in time. */
  readonly pastDueDays: Int32Array;
};

/** What a plan says of its orders beside them. */
type OrderedPlan = StartTimes & {
  readonly grossDemand: SeriesBlock;
  readonly safetyStock: SeriesBlock;
  readonly projectedOnHand: SeriesBlock;
};

/**
 * Orders of sources that have the rows of their stock points, in buckets. Where no order may be past due, the first that
 * comes in time serves all that was short before it.
 */
export function plannedOrdersOf(
  network: RequirementNetwork,
  starts: PlannedStarts,
  plan: OrderedPlan,
): PlannedOrders {
  const { sources, bucketOfDay, asOfDay } = network;
  const { count, source: stockPoint, dueBucket, quantity } = starts;
  const releaseBucket = starts.startDay.map((day) => bucketOfDay[day - asOfDay]);
  if (plan.mode === 'unconstrained') {
    return {
      count,
      stockPoint,
      releaseBucket,
      dueBucket,
      needBucket: dueBucket,
      quantity,
      pastDueDays: starts.pastDueDays,
    };
  }
  const needBucket = dueBucket.slice();
  const pastDueDays = new Int32Array(count);
  for (let order = 0; order < count; order++) {
    const s = stockPoint[order];
    const due = dueBucket[order];
    if (due === 0 || isInTime(network, s, plan.needDay[due - 1])) continue;
    needBucket[order] = firstShortBefore(s, due, plan);
    pastDueDays[order] = Math.max(0, sources.leadDays[s] - plan.needDay[needBucket[order]]);
  }
  return { count, stockPoint, releaseBucket, dueBucket, needBucket, quantity, pastDueDays };
}

/** Where the run of short buckets that ends just before `bucket` began; `bucket` itself where there is none. */
function firstShortBefore(stockPoint: number, bucket: number, plan: OrderedPlan): number {
  const grossDemand = rowOf(plan.grossDemand, stockPoint);
  const safetyStock = rowOf(plan.safetyStock, stockPoint);
  const projectedOnHand = rowOf(plan.projectedOnHand, stockPoint);
  let largest = safetyStock[bucket];
  for (let t = 0; t < bucket; t++) largest = Math.max(largest, grossDemand[t], Math.abs(projectedOnHand[t]));
  let need = bucket;
  while (need > 0 && safetyStock[need - 1] - projectedOnHand[need - 1] > largest * CRUMB_RATIO) need -= 1;
  return need;
}
