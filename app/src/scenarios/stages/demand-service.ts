/** How a constrained plan serves each demand: on time, late or short, and what holds it up. */
import { DEMAND_KIND, type FinitePlan, type PlanningModel } from '@planwright/supply';

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

/** An order is on time by its due day, a forecast by the end of its bucket. */
export function demandService(model: PlanningModel, plan: FinitePlan): DemandService {
  const { demands, deliveries } = plan;
  const { count } = demands;
  const service = {
    onTime: new Float64Array(count),
    late: new Float64Array(count),
    short: Float64Array.from(demands.quantity),
    delayUnitDays: new Float64Array(count),
    lastDay: new Int32Array(count).fill(-1),
    bucket: new Int32Array(count),
    inBucket: new Float64Array(count),
  };
  const starts = Int32Array.from(model.bucketStartDays);
  const limit = new Int32Array(count);
  for (let d = 0; d < count; d++) {
    const isForecast = demands.kind[d] === DEMAND_KIND.forecast;
    service.bucket[d] = isForecast ? demands.bucket[d] : bucketAtOrFirst(starts, demands.dueDay[d]);
    limit[d] = isForecast ? starts[demands.bucket[d] + 1] - 1 : demands.dueDay[d];
  }
  for (let row = 0; row < deliveries.count; row++) {
    const d = deliveries.demand[row];
    const [day, quantity] = [deliveries.day[row], deliveries.quantity[row]];
    service.short[d] -= quantity;
    service.lastDay[d] = Math.max(service.lastDay[d], day);
    if (day < starts[service.bucket[d] + 1]) service.inBucket[d] += quantity;
    if (day <= limit[d]) service.onTime[d] += quantity;
    else {
      service.late[d] += quantity;
      service.delayUnitDays[d] += quantity * (day - demands.dueDay[d]);
    }
  }
  for (let d = 0; d < count; d++) {
    if (service.short[d] < CRUMB * Math.max(1, demands.quantity[d])) service.short[d] = 0;
  }
  return service;
}

function bucketAtOrFirst(starts: Int32Array, day: number): number {
  let bucket = 0;
  while (bucket + 2 < starts.length && day >= starts[bucket + 1]) bucket += 1;
  return bucket;
}
