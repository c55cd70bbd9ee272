/**
 * A plan as flows per bucket: what every plan, by days or by buckets, is brought to before it is priced.
 *
 * A finite plan's orders count in the bucket of their start day (quantity, order) and of their end day (receipt);
 * components leave stock where its pegs say, in the bucket in which the consuming order starts; a delivery counts in the
 * bucket of its day, never before its due bucket; what is not delivered within the horizon is lost in its due bucket.
 */
import { bucketAt } from '@planwright/time';
import { assert } from '@planwright/units';
import { type FinitePlan, SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import type { PlanningModel } from '../model/planning-model.ts';
import type { PlanTerms } from './plan-terms.ts';
import type { ResourceShape } from './program-resources.ts';

/** Row-major: sources, stock points and demand classes by bucket of the model; resources by buckets of their own. */
export type BucketFlows = {
  readonly started: Float64Array;
  readonly orders: Float64Array;
  /** Hours asked, and those of them beyond capacity. */
  readonly hours: Float64Array;
  readonly overtime: Float64Array;
  readonly people: Float64Array;
  readonly hired: Float64Array;
  readonly laidOff: Float64Array;
  /** On hand at the end of the bucket. */
  readonly stock: Float64Array;
  readonly delivered: Float64Array;
  readonly backlog: Float64Array;
  readonly lost: Float64Array;
};

export function emptyFlows(model: PlanningModel, terms: PlanTerms, resources: ResourceShape): BucketFlows {
  const ofBuckets = (rows: number) => new Float64Array(rows * terms.bucketCount);
  const ofResources = () => new Float64Array(resources.freeHours.length);
  return {
    started: ofBuckets(model.sources.length),
    orders: ofBuckets(model.sources.length),
    hours: ofResources(),
    overtime: ofResources(),
    people: ofResources(),
    hired: ofResources(),
    laidOff: ofResources(),
    stock: ofBuckets(model.stockPoints.length),
    delivered: ofBuckets(terms.classes.list.length),
    backlog: ofBuckets(terms.classes.list.length),
    lost: ofBuckets(terms.classes.list.length),
  };
}

/** `terms` rest on the plan's own demands. O(orders + pegs + deliveries + stock points x buckets). */
export function finiteFlows(
  model: PlanningModel,
  terms: PlanTerms,
  resources: ResourceShape,
  plan: FinitePlan,
): BucketFlows {
  assert(terms.classes.demands === plan.demands, 'the terms are those of the plan’s demands');
  assert(plan.loadHours.length === resources.freeHours.length, 'the plan is one of this model');
  const flows = emptyFlows(model, terms, resources);
  addDeliveries(terms, plan, flows);
  addOrders(model, terms, plan, flows);
  addPegs(model, terms, plan, flows);
  cumulate(model, terms, flows);
  model.resources.forEach(({ workforce }, resource) => {
    for (let cell = resources.start[resource]; cell < resources.start[resource + 1]; cell++) {
      // A finite plan's hours hold what open orders had taken before it.
      flows.hours[cell] = Math.max(0, plan.loadHours[cell] - resources.committedHours[cell]);
      flows.overtime[cell] = Math.max(0, flows.hours[cell] - resources.freeHours[cell]);
      flows.people[cell] = workforce?.people ?? 0;
    }
  });
  return flows;
}

/** Bucket of a day, the first for days before; -1 after the horizon. */
function bucketFrom(starts: Int32Array, day: number): number {
  return bucketAt(starts, Math.max(day, starts[0]));
}

function addDeliveries(
  { bucketCount, starts, classes }: PlanTerms,
  plan: FinitePlan,
  flows: BucketFlows,
): void {
  const { deliveries, demands } = plan;
  const rest = demands.quantity.slice();
  for (let row = 0; row < deliveries.count; row++) {
    const demand = deliveries.demand[row];
    const day = bucketFrom(starts, deliveries.day[row]);
    if (day < 0) continue; // Delivered after the horizon: within it the unit is lost.
    const bucket = Math.max(day, classes.dueBucketOfDemand[demand]);
    flows.delivered[classes.classOfDemand[demand] * bucketCount + bucket] += deliveries.quantity[row];
    rest[demand] -= deliveries.quantity[row];
  }
  for (let demand = 0; demand < demands.count; demand++) {
    const cell = classes.classOfDemand[demand] * bucketCount + classes.dueBucketOfDemand[demand];
    flows.lost[cell] += Math.max(0, rest[demand]);
  }
}

function addOrders({ sources }: PlanningModel, terms: PlanTerms, plan: FinitePlan, flows: BucketFlows): void {
  const { starts, bucketCount, rowOf } = terms;
  const { orders } = plan;
  for (let order = 0; order < orders.count; order++) {
    const source = orders.source[order];
    const startBucket = bucketFrom(starts, orders.startDay[order]);
    if (startBucket < 0) continue;
    flows.started[source * bucketCount + startBucket] += orders.quantity[order];
    flows.orders[source * bucketCount + startBucket] += 1;
    const endBucket = bucketFrom(starts, orders.endDay[order]);
    if (endBucket < 0) continue;
    const { item, location, yieldRatio = 1 } = sources[source];
    flows.stock[rowOf(item, location) * bucketCount + endBucket] += orders.quantity[order] * yieldRatio;
  }
}

/** Components that orders take. `stock` holds net flows until it is cumulated. */
function addPegs(model: PlanningModel, terms: PlanTerms, plan: FinitePlan, flows: BucketFlows): void {
  const { starts, bucketCount, rowOf } = terms;
  const { pegs, orders } = plan;
  for (let peg = 0; peg < pegs.count; peg++) {
    if (pegs.useKind[peg] !== USE_KIND.order) continue;
    const bucket = bucketFrom(starts, orders.startDay[pegs.use[peg]]);
    if (bucket < 0) continue;
    const supply = pegs.supply[peg];
    const kind = pegs.supplyKind[peg];
    const place =
      kind === SUPPLY_KIND.receipt
        ? model.receipts[supply]
        : kind === SUPPLY_KIND.order
          ? model.sources[orders.source[supply]]
          : model.stockPoints[supply];
    flows.stock[rowOf(place.item, place.location) * bucketCount + bucket] -= pegs.quantity[peg];
  }
}

/** Net flows become stock, dues and deliveries become backlog. */
function cumulate(model: PlanningModel, terms: PlanTerms, flows: BucketFlows): void {
  const { bucketCount, scheduledReceipts, classes } = terms;
  classes.list.forEach(({ stockPoint, quantity }, index) => {
    let owed = 0;
    for (let t = 0; t < bucketCount; t++) {
      const cell = index * bucketCount + t;
      owed += quantity[t] - flows.lost[cell] - flows.delivered[cell];
      flows.backlog[cell] = Math.max(0, owed);
      flows.stock[stockPoint * bucketCount + t] -= flows.delivered[cell];
    }
  });
  model.stockPoints.forEach(({ onHand = 0 }, point) => {
    let stock = Math.max(0, onHand);
    for (let t = 0; t < bucketCount; t++) {
      const cell = point * bucketCount + t;
      stock += flows.stock[cell] + scheduledReceipts[cell];
      flows.stock[cell] = stock;
    }
  });
}
