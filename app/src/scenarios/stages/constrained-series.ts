/** A constrained plan of days, cut into the buckets of the horizon. */
import { type FinitePlan, type PlanningModel, SUPPLY_KIND, USE_KIND } from '@planwright/supply';
import type { DemandService } from './demand-service.ts';

/** Stock points of the model × buckets, row-major. Quantities in stocking units. */
export type ConstrainedSeries = {
  /** Good units of planned orders, by their last day. */
  readonly plannedReceipts: Float64Array;
  readonly scheduledReceipts: Float64Array;
  /** What orders take, by their first day. */
  readonly dependentDemand: Float64Array;
  readonly delivered: Float64Array;
  /** At the end of the bucket: initial stock + receipts - deliveries - what orders took. */
  readonly onHand: Float64Array;
  /** Of the demand due in the bucket, what is not delivered by its end. */
  readonly shortage: Float64Array;
};

export function constrainedSeries(
  model: PlanningModel,
  plan: FinitePlan,
  service: DemandService,
): ConstrainedSeries {
  const bucketCount = model.bucketStartDays.length - 1;
  const bucketOf = bucketsByDay(model.bucketStartDays);
  const block = () => new Float64Array(model.stockPoints.length * bucketCount);
  const series: ConstrainedSeries = {
    plannedReceipts: block(),
    scheduledReceipts: block(),
    dependentDemand: block(),
    delivered: block(),
    onHand: block(),
    shortage: block(),
  };
  const pointOf = pointIndex(model);
  /** What falls behind the horizon is not in it. */
  const add = (values: Float64Array, point: number, day: number, quantity: number): void => {
    const bucket = bucketOf(day);
    if (bucket < bucketCount) values[point * bucketCount + bucket] += quantity;
  };
  const sourcePoint = Int32Array.from(model.sources, (source) => pointOf(source.item, source.location));
  const yieldRatio = Float64Array.from(model.sources, (source) => source.yieldRatio ?? 1);
  const { demands, orders, deliveries, pegs } = plan;
  for (let o = 0; o < orders.count; o++) {
    const source = orders.source[o];
    add(
      series.plannedReceipts,
      sourcePoint[source],
      orders.endDay[o],
      orders.quantity[o] * yieldRatio[source],
    );
  }
  for (const receipt of model.receipts)
    add(series.scheduledReceipts, pointOf(receipt.item, receipt.location), receipt.dueDay, receipt.quantity);
  for (let row = 0; row < deliveries.count; row++)
    add(
      series.delivered,
      demands.stockPoint[deliveries.demand[row]],
      deliveries.day[row],
      deliveries.quantity[row],
    );
  const receiptPoint = model.receipts.map((receipt) => pointOf(receipt.item, receipt.location));
  for (let row = 0; row < pegs.count; row++) {
    if (pegs.useKind[row] !== USE_KIND.order) continue;
    const supply = pegs.supply[row];
    const kind = pegs.supplyKind[row];
    const point =
      kind === SUPPLY_KIND.onHand
        ? supply
        : kind === SUPPLY_KIND.receipt
          ? receiptPoint[supply]
          : sourcePoint[orders.source[supply]];
    add(series.dependentDemand, point, orders.startDay[pegs.use[row]], pegs.quantity[row]);
  }
  for (let d = 0; d < demands.count; d++) {
    const unmet = Math.max(0, demands.quantity[d] - service.inBucket[d]);
    const slack = 1e-6 * Math.max(1, demands.quantity[d]);
    if (unmet > slack) series.shortage[demands.stockPoint[d] * bucketCount + service.bucket[d]] += unmet;
  }
  runStock(model, series, bucketCount);
  return series;
}

/** Bucket of a day, looked up in a table: days before the horizon are of its first bucket, those behind it of none. */
function bucketsByDay(starts: ArrayLike<number>): (day: number) => number {
  const [first, last] = [starts[0], starts[starts.length - 1]];
  const buckets = new Int32Array(last - first);
  for (let t = 0; t + 1 < starts.length; t++) buckets.fill(t, starts[t] - first, starts[t + 1] - first);
  return (day) => (day < first ? 0 : day < last ? buckets[day - first] : starts.length - 1);
}

function runStock(model: PlanningModel, series: ConstrainedSeries, bucketCount: number): void {
  model.stockPoints.forEach((row, point) => {
    let onHand = row.onHand ?? 0;
    for (let t = 0; t < bucketCount; t++) {
      const cell = point * bucketCount + t;
      onHand += series.scheduledReceipts[cell] + series.plannedReceipts[cell];
      onHand -= series.delivered[cell] + series.dependentDemand[cell];
      // Sums of many parts: what is left of them is dust.
      series.onHand[cell] = Math.abs(onHand) < 1e-6 ? 0 : onHand;
    }
  });
}

/** Row of an item at a location; every name of a model has one. */
function pointIndex(model: PlanningModel): (item: string, location: string) => number {
  const rows = new Map(model.stockPoints.map((row, index) => [`${row.item}\u0000${row.location}`, index]));
  return (item, location) => rows.get(`${item}\u0000${location}`) ?? -1;
}
