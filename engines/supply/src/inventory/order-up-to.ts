/**
 * Policies of periodic review. Every bucket the stock is looked at; what is on hand and on order, less what is owed, is the
 * position. Customers wait.
 *
 *   (s, S)   at or below s, order up to S          exact costs and optimum by Zheng and Federgruen
 *   (R, S)   every R buckets, order up to S        a newsvendor over review and lead time
 *
 * Source   Zheng and Federgruen (1991), "Finding optimal (s, S) policies is about as simple as evaluating a single
 *          policy", Operations Research 39(4), 654-665, with the correction in 40(1), 192; Snyder and Shen (2019), Fundamentals of
 *          Supply Chain Theory, 2nd ed., section 4.5.
 */
import { assert } from '@planwright/units';
import type { DemandDistribution } from './demand-distribution.ts';
import { newsvendorCost } from './newsvendor.ts';

export type OrderUpToInput = {
  /** Demand of one bucket, never negative. */
  readonly bucketDemand: DemandDistribution;
  /** Demand of the lead time and one bucket; of one bucket where orders arrive before its demand. */
  readonly leadTimeDemand: DemandDistribution;
  /** Money an order, >= 0. */
  readonly orderCost: number;
  /** Money a unit on hand, and a unit owed, at the end of a bucket; both > 0. */
  readonly holdingCost: number;
  readonly backorderCost: number;
  /**
   * Levels are multiples of this: 1 where units are whole. A coarser step makes fast movers cheap to compute, at most
   * (S - s) / step steps squared. Default 1.
   */
  readonly step?: number;
};

export type OrderUpToPolicy = {
  /** s: order when the position is at or below. */
  readonly reorderPoint: number;
  /** S. */
  readonly orderUpTo: number;
  /** Expected cost per bucket. */
  readonly cost: number;
};

/** Expected visits to positions: `at[j]` to S - j steps between orders, `total[j]` the sum of those before j. */
type Renewal = {
  readonly chance: number[];
  readonly at: number[];
  readonly total: number[];
  /** Expected cost of a bucket by position, in steps: each is asked for many times. */
  readonly levelCost: Map<number, number>;
};

/** Expected cost per bucket of any (s, S), s < S, both multiples of the step. */
export function orderUpToCost(input: OrderUpToInput, reorderPoint: number, orderUpTo: number): number {
  const step = input.step ?? 1;
  const steps = Math.round((orderUpTo - reorderPoint) / step);
  assert(steps >= 1, 's is below S');
  return cycleCost(input, newRenewal(input), orderUpTo, steps);
}

/** The (s, S) of least expected cost per bucket. */
export function orderUpToPolicy(input: OrderUpToInput): OrderUpToPolicy {
  const { orderCost, holdingCost, backorderCost, step = 1 } = input;
  assert(orderCost >= 0 && holdingCost > 0 && backorderCost > 0 && step > 0, 'costs and step are above 0');
  const renewal = newRenewal(input);
  const levelCost = (level: number): number => costAt(input, renewal, level);
  let upTo = bestLevel(input, levelCost);
  let steps = 1; // S - s, in steps.
  let cost = cycleCost(input, renewal, upTo, steps);
  while (cost > levelCost(upTo - steps * step)) {
    steps += 1;
    cost = cycleCost(input, renewal, upTo, steps);
  }
  let point = upTo - steps * step;
  for (let tried = upTo + step; levelCost(tried) <= cost; tried += step) {
    const triedSteps = Math.round((tried - point) / step);
    if (cycleCost(input, renewal, tried, triedSteps) >= cost) continue;
    upTo = tried;
    while (true) {
      const shorter = Math.round((upTo - point) / step) - 1;
      if (shorter < 1 || cycleCost(input, renewal, upTo, shorter + 1) > levelCost(point + step)) break;
      point += step;
    }
    cost = cycleCost(input, renewal, upTo, Math.round((upTo - point) / step));
  }
  return { reorderPoint: point, orderUpTo: upTo, cost };
}

/**
 * Order-up-to level of the (R, S) policy: the least S that meets the demand of review and lead time together with
 * probability `cycleServiceRatio`.
 */
export function reviewOrderUpTo(
  reviewAndLeadTimeDemand: DemandDistribution,
  cycleServiceRatio: number,
): number {
  assert(cycleServiceRatio > 0 && cycleServiceRatio < 1, 'service is between 0 and 1');
  return reviewAndLeadTimeDemand.quantile(cycleServiceRatio);
}

/** Expected cost of one bucket that starts with `level`. */
function costAt(input: OrderUpToInput, { levelCost }: Renewal, level: number): number {
  const key = Math.round(level / (input.step ?? 1));
  const known = levelCost.get(key);
  if (known !== undefined) return known;
  const costs = { overageCost: input.holdingCost, underageCost: input.backorderCost };
  const cost = newsvendorCost(input.leadTimeDemand, costs, level);
  levelCost.set(key, cost);
  return cost;
}

/** The multiple of the step with the least cost of one bucket; the cost is convex. */
function bestLevel(input: OrderUpToInput, levelCost: (level: number) => number): number {
  const { leadTimeDemand, holdingCost, backorderCost, step = 1 } = input;
  const wanted = leadTimeDemand.quantile(backorderCost / (backorderCost + holdingCost));
  const below = Math.floor(wanted / step) * step;
  return levelCost(below) <= levelCost(below + step) ? below : below + step;
}

function newRenewal({ bucketDemand, step = 1 }: OrderUpToInput): Renewal {
  const none = stepProbability(bucketDemand, step, 0);
  assert(none < 1, 'there is demand in some buckets');
  return { chance: [none], at: [1 / (1 - none)], total: [0], levelCost: new Map() };
}

/** P(the bucket's demand rounds to j steps); demand below half a step is none. */
function stepProbability(demand: DemandDistribution, step: number, j: number): number {
  if (demand.isWhole && step === 1) return demand.cdf(j) - (j === 0 ? 0 : demand.cdf(j - 1));
  return demand.cdf((j + 0.5) * step) - (j === 0 ? 0 : demand.cdf((j - 0.5) * step));
}

/** Extends the renewal function to j steps: O(j) for each new one. */
function extend(renewal: Renewal, input: OrderUpToInput, j: number): void {
  const { chance, at, total } = renewal;
  for (let n = at.length; n <= j; n++) {
    chance.push(stepProbability(input.bucketDemand, input.step ?? 1, n));
    let sum = 0;
    for (let l = 1; l <= n; l++) sum += chance[l] * at[n - l];
    at.push(sum / (1 - chance[0]));
  }
  for (let n = total.length; n <= j; n++) total.push(total[n - 1] + at[n - 1]);
}

/** Cost per bucket of a cycle that starts at `upTo` and ends `steps` steps below. */
function cycleCost(input: OrderUpToInput, renewal: Renewal, upTo: number, steps: number): number {
  extend(renewal, input, steps);
  const step = input.step ?? 1;
  let sum = input.orderCost;
  for (let j = 0; j < steps; j++) sum += renewal.at[j] * costAt(input, renewal, upTo - j * step);
  return sum / renewal.total[steps];
}
