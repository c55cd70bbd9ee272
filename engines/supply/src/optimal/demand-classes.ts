/**
 * Demand in classes: what is asked of a stock point at one priority, price and patience is one flow of the plan,
 * however many orders it is made of.
 *
 *   backlog cost  of a unit owed at the end of a bucket: the stock point's, else price x backlog ratio x days / 30
 *   lost sale     of a unit never delivered within the horizon: the stock point's, else price x lost-sale ratio
 *   both x 10 / priority: priority 10, that of an order that says nothing, weighs 1, priority 1 ten times as much and
 *   a forecast (20) half. Revenue is not weighted.
 *   patience      buckets that a unit may be owed: those between the due day and the last day its customer waits for
 *
 * An order that ships complete or not at all is treated as one that ships as it comes: a linear flow cannot tell.
 */
import { bucketAt } from '@planwright/time';
import { DEMAND_KIND, type FiniteDemands } from '../model/finite-plan.ts';
import type { PlanningModel } from '../model/planning-model.ts';

const BACKLOG_RATIO_PER_MONTH = 0.05;
const DAYS_A_MONTH = 30;
const LOST_SALE_RATIO = 0.5;
const NEUTRAL_PRIORITY = 10;

export type DemandClass = {
  readonly stockPoint: number;
  readonly priority: number;
  readonly pricePerUnit: number;
  /** A unit due in bucket t may be delivered until bucket t + this. */
  readonly patienceBuckets: number;
  /** Units due, per bucket; what was due before the first bucket is due in it. */
  readonly quantity: Float64Array;
  /** Money a unit owed at the end of each bucket. */
  readonly backlogCost: Float64Array;
  /** Money a unit never delivered, without the revenue. */
  readonly lostCost: number;
};

export type DemandClasses = {
  readonly list: readonly DemandClass[];
  /** By demand: its class, and the bucket it is due in. */
  readonly classOfDemand: Int32Array;
  readonly dueBucketOfDemand: Int32Array;
  readonly demands: FiniteDemands;
};

/** O(demands + classes x buckets). */
export function demandClasses(
  model: PlanningModel,
  demands: FiniteDemands,
  starts: Int32Array,
): DemandClasses {
  const list: DemandClass[] = [];
  const classByTraits = new Map<string, number>();
  const classOfDemand = new Int32Array(demands.count);
  const dueBucketOfDemand = new Int32Array(demands.count);
  for (let demand = 0; demand < demands.count; demand++) {
    const stockPoint = demands.stockPoint[demand];
    const priority = demands.priority[demand];
    const dueBucket = bucketAt(starts, Math.max(demands.dueDay[demand], starts[0]));
    const pricePerUnit = priceOf(model, demands, demand);
    const patienceBuckets = patienceOf(model, demands, demand, dueBucket, starts);
    const traits = `${stockPoint} ${priority} ${pricePerUnit} ${patienceBuckets}`;
    let index = classByTraits.get(traits);
    if (index === undefined) {
      index = list.length;
      classByTraits.set(traits, index);
      list.push(classOf(model, { stockPoint, priority, pricePerUnit, patienceBuckets }, starts));
    }
    list[index].quantity[dueBucket] += demands.quantity[demand];
    classOfDemand[demand] = index;
    dueBucketOfDemand[demand] = dueBucket;
  }
  return { list, classOfDemand, dueBucketOfDemand, demands };
}

type Traits = Pick<DemandClass, 'stockPoint' | 'priority' | 'pricePerUnit' | 'patienceBuckets'>;

function classOf(model: PlanningModel, traits: Traits, starts: Int32Array): DemandClass {
  const bucketCount = starts.length - 1;
  const { backlogCost, lostSaleCost } = model.stockPoints[traits.stockPoint];
  const weight = NEUTRAL_PRIORITY / Math.max(1, traits.priority);
  const monthly = traits.pricePerUnit * (model.rules?.backlogRatioPerMonth ?? BACKLOG_RATIO_PER_MONTH);
  const lost = lostSaleCost ?? traits.pricePerUnit * (model.rules?.lostSaleRatio ?? LOST_SALE_RATIO);
  return {
    ...traits,
    quantity: new Float64Array(bucketCount),
    backlogCost: Float64Array.from(
      { length: bucketCount },
      (_, t) => weight * (backlogCost ?? (monthly * (starts[t + 1] - starts[t])) / DAYS_A_MONTH),
    ),
    lostCost: weight * lost,
  };
}

function priceOf(model: PlanningModel, demands: FiniteDemands, demand: number): number {
  const { unitPrice, unitCost = 0 } = model.stockPoints[demands.stockPoint[demand]];
  const ofOrder =
    demands.kind[demand] === DEMAND_KIND.order ? model.demands[demands.row[demand]].pricePerUnit : undefined;
  return ofOrder ?? unitPrice ?? unitCost;
}

function patienceOf(
  model: PlanningModel,
  demands: FiniteDemands,
  demand: number,
  dueBucket: number,
  starts: Int32Array,
): number {
  const lastBucket = starts.length - 2;
  if (demands.kind[demand] !== DEMAND_KIND.order) return lastBucket;
  const { latenessMaxDays, policy, dueDay } = model.demands[demands.row[demand]];
  const days = policy === 'onTimeOrNever' ? 0 : latenessMaxDays;
  if (days === undefined) return lastBucket;
  const lastDay = Math.max(starts[0], Math.min(dueDay + days, starts[lastBucket + 1] - 1));
  return bucketAt(starts, lastDay) === lastBucket ? lastBucket : bucketAt(starts, lastDay) - dueBucket;
}
