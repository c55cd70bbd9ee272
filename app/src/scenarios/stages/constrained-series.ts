/** A constrained plan of days, cut into the buckets of the horizon. */
import { type FinitePlan, SUPPLY_KIND, USE_KIND } from '@planwright/supply';
import type { DemandService } from './demand-service.ts';
import { bucketAt, type PlanJudge } from './plan-judge.ts';

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
  judge: PlanJudge,
  plan: FinitePlan,
  service: DemandService,
): ConstrainedSeries {
  const flows = {
    plannedReceipts: plannedReceipts(judge, plan),
    scheduledReceipts: scheduledReceipts(judge),
    dependentDemand: dependentDemand(judge, plan),
    delivered: delivered(judge, plan),
  };
  return { ...flows, onHand: stockAtEnds(judge, flows), shortage: shortages(judge, plan, service) };
}

const bucketCountOf = ({ bucketStarts }: PlanJudge): number => bucketStarts.length - 1;

/** A cell for each stock point and bucket. */
const block = (judge: PlanJudge): Float64Array =>
  new Float64Array(judge.model.stockPoints.length * bucketCountOf(judge));

function plannedReceipts(judge: PlanJudge, { orders }: FinitePlan): Float64Array {
  const { model, sourcePoint } = judge;
  const bucketCount = bucketCountOf(judge);
  const yieldRatio = Float64Array.from(model.sources, (source) => source.yieldRatio ?? 1);
  const { count, source, endDay, quantity } = orders;
  const received = block(judge);
  for (let o = 0; o < count; o++) {
    const bucket = bucketAt(judge, endDay[o]);
    if (bucket === bucketCount) continue; // What falls behind the horizon is not in it.
    received[sourcePoint[source[o]] * bucketCount + bucket] += quantity[o] * yieldRatio[source[o]];
  }
  return received;
}

function scheduledReceipts(judge: PlanJudge): Float64Array {
  const bucketCount = bucketCountOf(judge);
  const received = block(judge);
  judge.model.receipts.forEach(({ dueDay, quantity }, row) => {
    const bucket = bucketAt(judge, dueDay);
    if (bucket < bucketCount) received[judge.receiptPoint[row] * bucketCount + bucket] += quantity;
  });
  return received;
}

function delivered(judge: PlanJudge, { demands, deliveries }: FinitePlan): Float64Array {
  const bucketCount = bucketCountOf(judge);
  const { count, demand, day, quantity } = deliveries;
  const { stockPoint } = demands;
  const sent = block(judge);
  for (let row = 0; row < count; row++) {
    const bucket = bucketAt(judge, day[row]);
    if (bucket < bucketCount) sent[stockPoint[demand[row]] * bucketCount + bucket] += quantity[row];
  }
  return sent;
}

/** Most rows of a plan are pegs: what they look up of orders is looked up once an order. */
function dependentDemand(judge: PlanJudge, { orders, pegs }: FinitePlan): Float64Array {
  const { receiptPoint, sourcePoint } = judge;
  const bucketCount = bucketCountOf(judge);
  const orderPoint = new Int32Array(orders.count);
  const startBucket = new Int32Array(orders.count);
  for (let o = 0; o < orders.count; o++) {
    orderPoint[o] = sourcePoint[orders.source[o]];
    startBucket[o] = bucketAt(judge, orders.startDay[o]);
  }
  const { count, supplyKind, supply, useKind, use, quantity } = pegs;
  const taken = block(judge);
  for (let row = 0; row < count; row++) {
    if (useKind[row] !== USE_KIND.order) continue;
    const bucket = startBucket[use[row]];
    if (bucket === bucketCount) continue;
    const kind = supplyKind[row];
    let point = supply[row];
    if (kind === SUPPLY_KIND.order) point = orderPoint[point];
    else if (kind === SUPPLY_KIND.receipt) point = receiptPoint[point];
    taken[point * bucketCount + bucket] += quantity[row];
  }
  return taken;
}

function stockAtEnds(judge: PlanJudge, flows: Omit<ConstrainedSeries, 'onHand' | 'shortage'>): Float64Array {
  const { plannedReceipts, scheduledReceipts, dependentDemand, delivered } = flows;
  const { stockPoints } = judge.model;
  const bucketCount = bucketCountOf(judge);
  const onHand = block(judge);
  for (let point = 0; point < stockPoints.length; point++) {
    let stock = stockPoints[point].onHand ?? 0;
    for (let cell = point * bucketCount; cell < (point + 1) * bucketCount; cell++) {
      stock += scheduledReceipts[cell] + plannedReceipts[cell];
      stock -= delivered[cell] + dependentDemand[cell];
      // Sums of many parts: what is left of them is dust.
      onHand[cell] = Math.abs(stock) < 1e-6 ? 0 : stock;
    }
  }
  return onHand;
}

function shortages(judge: PlanJudge, { demands }: FinitePlan, service: DemandService): Float64Array {
  const bucketCount = bucketCountOf(judge);
  const { count, quantity, stockPoint } = demands;
  const { bucket, inBucket } = service;
  const short = block(judge);
  for (let d = 0; d < count; d++) {
    const unmet = Math.max(0, quantity[d] - inBucket[d]);
    const slack = 1e-6 * Math.max(1, quantity[d]);
    if (unmet > slack) short[stockPoint[d] * bucketCount + bucket[d]] += unmet;
  }
  return short;
}
