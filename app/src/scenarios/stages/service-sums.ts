/** A constrained plan in the sums by which it is judged. They add up over chunks, so a company is the sum of its networks. */
import { DEMAND_KIND, type FinitePlan, type PlanningModel } from '@planwright/supply';
import type { ConstrainedSeries } from './constrained-series.ts';
import type { DemandService } from './demand-service.ts';
import type { ServiceSums } from './stage-results.ts';

/** `isInternal`: whether a demand row of the model is a released order's own need. */
export function serviceSums(
  model: PlanningModel,
  plan: FinitePlan,
  service: DemandService,
  series: ConstrainedSeries,
  isInternal: (demandRow: number) => boolean,
): ServiceSums {
  const bucketCount = model.bucketStartDays.length - 1;
  const unitCost = Float64Array.from(model.stockPoints, (row) => row.unitCost ?? 0);
  const sums = {
    ...orderSums(model, plan, unitCost),
    ...loadSums(model, plan),
    ...NO_SERVICE,
    lateValueByBucket: new Array<number>(bucketCount).fill(0),
    shortValueByBucket: new Array<number>(bucketCount).fill(0),
    stockValueByBucket: stockValues(series, unitCost, bucketCount),
  };
  const { demands } = plan;
  for (let d = 0; d < demands.count; d++) {
    const isOrder = demands.kind[d] === DEMAND_KIND.order;
    if (isOrder && isInternal(demands.row[d])) continue;
    const cost = unitCost[demands.stockPoint[d]];
    sums.demandQuantity += demands.quantity[d];
    sums.onTimeQuantity += service.onTime[d];
    sums.lateQuantity += service.late[d];
    sums.shortQuantity += service.short[d];
    sums.delayUnitDays += service.delayUnitDays[d];
    sums.lateValue += service.late[d] * cost;
    sums.shortValue += service.short[d] * cost;
    sums.lateValueByBucket[service.bucket[d]] += service.late[d] * cost;
    sums.shortValueByBucket[service.bucket[d]] += service.short[d] * cost;
    if (!isOrder || demands.dueDay[d] >= model.asOfDay) continue;
    sums.backlogQuantity += demands.quantity[d];
    sums.backlogValue += demands.quantity[d] * cost;
  }
  return sums;
}

const NO_SERVICE = {
  demandQuantity: 0,
  onTimeQuantity: 0,
  lateQuantity: 0,
  shortQuantity: 0,
  lateValue: 0,
  shortValue: 0,
  delayUnitDays: 0,
  backlogQuantity: 0,
  backlogValue: 0,
};

function orderSums(model: PlanningModel, { orders }: FinitePlan, unitCost: Float64Array) {
  const costOf = new Map(
    model.stockPoints.map((row, point) => [`${row.item}\u0000${row.location}`, unitCost[point]]),
  );
  // What is made or moved is worth what was bought for it: once is enough.
  const worth = Float64Array.from(model.sources, ({ item, location, kind }) =>
    kind === 'buy' ? (costOf.get(`${item}\u0000${location}`) ?? 0) : 0,
  );
  let orderValue = 0;
  for (let o = 0; o < orders.count; o++) orderValue += orders.quantity[o] * worth[orders.source[o]];
  return { orderCount: orders.count, orderValue };
}

function loadSums(model: PlanningModel, { resourceStart, loadHours }: FinitePlan) {
  let [load, capacity] = [0, 0];
  model.resources.forEach(({ capacityHours }, r) => {
    if (capacityHours === undefined) return;
    for (let t = 0; t < capacityHours.length; t++) {
      load += loadHours[resourceStart[r] + t];
      capacity += capacityHours[t];
    }
  });
  return { loadHours: load, capacityHours: capacity };
}

function stockValues({ onHand }: ConstrainedSeries, unitCost: Float64Array, bucketCount: number): number[] {
  const values = new Array<number>(bucketCount).fill(0);
  unitCost.forEach((cost, point) => {
    for (let t = 0; t < bucketCount; t++) values[t] += Math.max(0, onHand[point * bucketCount + t]) * cost;
  });
  return values;
}
