/** A constrained plan in the sums by which it is judged. They add up over chunks, so a company is the sum of its networks. */
import { DEMAND_KIND, type FinitePlan, type PlanningModel } from '@planwright/supply';
import type { ConstrainedSeries } from './constrained-series.ts';
import type { DemandService } from './demand-service.ts';
import type { PlanJudge } from './plan-judge.ts';
import type { ServiceSums } from './stage-results.ts';

/** `isInternal`: whether a demand row of the model is a released order's own need. */
export function serviceSums(
  judge: PlanJudge,
  plan: FinitePlan,
  service: DemandService,
  series: ConstrainedSeries,
  isInternal: (demandRow: number) => boolean,
): ServiceSums {
  const { model } = judge;
  const unitCost = Float64Array.from(model.stockPoints, (row) => row.unitCost ?? 0);
  const bucketCount = judge.bucketStarts.length - 1;
  return {
    ...orderSums(judge, plan, unitCost),
    ...loadSums(model, plan),
    ...demandSums(judge, plan, service, unitCost, isInternal),
    stockValueByBucket: stockValues(series, unitCost, bucketCount),
  };
}

function demandSums(
  { model, bucketStarts }: PlanJudge,
  { demands }: FinitePlan,
  service: DemandService,
  unitCost: Float64Array,
  isInternal: (demandRow: number) => boolean,
) {
  const { count, kind, row, stockPoint, dueDay, quantity } = demands;
  const { onTime, late, short, delayUnitDays, bucket } = service;
  const lateValueByBucket = new Array<number>(bucketStarts.length - 1).fill(0);
  const shortValueByBucket = lateValueByBucket.slice();
  let [demandQuantity, onTimeQuantity, lateQuantity, shortQuantity, delay] = [0, 0, 0, 0, 0];
  let [lateValue, shortValue, backlogQuantity, backlogValue] = [0, 0, 0, 0];
  for (let d = 0; d < count; d++) {
    const isOrder = kind[d] === DEMAND_KIND.order;
    if (isOrder && isInternal(row[d])) continue;
    const cost = unitCost[stockPoint[d]];
    demandQuantity += quantity[d];
    onTimeQuantity += onTime[d];
    lateQuantity += late[d];
    shortQuantity += short[d];
    delay += delayUnitDays[d];
    lateValue += late[d] * cost;
    shortValue += short[d] * cost;
    lateValueByBucket[bucket[d]] += late[d] * cost;
    shortValueByBucket[bucket[d]] += short[d] * cost;
    if (!isOrder || dueDay[d] >= model.asOfDay) continue;
    backlogQuantity += quantity[d];
    backlogValue += quantity[d] * cost;
  }
  return {
    demandQuantity,
    onTimeQuantity,
    lateQuantity,
    shortQuantity,
    lateValue,
    shortValue,
    delayUnitDays: delay,
    backlogQuantity,
    backlogValue,
    lateValueByBucket,
    shortValueByBucket,
  };
}

function orderSums(
  { model, sourcePoint }: PlanJudge,
  { orders }: FinitePlan,
  unitCost: Float64Array,
): Pick<ServiceSums, 'orderCount' | 'orderValue'> {
  // What is made or moved is worth what was bought for it: once is enough.
  const worth = Float64Array.from(model.sources, ({ kind }, row) =>
    kind === 'buy' ? unitCost[sourcePoint[row]] : 0,
  );
  const { count, source, quantity } = orders;
  let orderValue = 0;
  for (let o = 0; o < count; o++) orderValue += quantity[o] * worth[source[o]];
  return { orderCount: count, orderValue };
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
