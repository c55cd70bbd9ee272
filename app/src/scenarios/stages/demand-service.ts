/** How a constrained plan serves each demand: on time, late or short, and what holds it up. */
import type { FinitePlan } from '@planwright/supply';
import type { PlanJudge } from './plan-judge.ts';

/** Columns, one entry a demand of the plan. */
export type DemandService = {
  readonly onTime: Float64Array;
  readonly late: Float64Array;
  readonly short: Float64Array;
  /** Units late times days late. */
  readonly delayUnitDays: Float64Array;
  /** Day of the last delivery; -1 without one. */
  readonly lastDay: Int32Array;
  /** Bucket of the horizon in which it is due; what was due before falls into the first. */
  readonly bucket: Int32Array;
  /** Units delivered by the end of that bucket. */
  readonly inBucket: Float64Array;
};

// Deliveries add up to demands but for the last bits.
const CRUMB = 1e-6;

export function demandService(judge: PlanJudge, { demands, deliveries }: FinitePlan): DemandService {
  const { bucketStarts, demandBucket, lastOnTimeDay } = judge;
  const { count, dueDay, quantity: asked } = demands;
  const [onTime, late, delayUnitDays, inBucket] = [0, 0, 0, 0].map(() => new Float64Array(count));
  const short = asked.slice();
  const lastDay = new Int32Array(count).fill(-1);
  const { demand, day: dayOf, quantity: sent } = deliveries;
  for (let row = 0; row < deliveries.count; row++) {
    const d = demand[row];
    const day = dayOf[row];
    const quantity = sent[row];
    short[d] -= quantity;
    lastDay[d] = Math.max(lastDay[d], day);
    if (day < bucketStarts[demandBucket[d] + 1]) inBucket[d] += quantity;
    if (day <= lastOnTimeDay[d]) onTime[d] += quantity;
    else {
      late[d] += quantity;
      delayUnitDays[d] += quantity * (day - dueDay[d]);
    }
  }
  for (let d = 0; d < count; d++) {
    if (short[d] < CRUMB * Math.max(1, asked[d])) short[d] = 0;
  }
  return { onTime, late, short, delayUnitDays, lastDay, bucket: demandBucket, inBucket };
}
