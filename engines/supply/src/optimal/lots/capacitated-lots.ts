/**
 * Lots of several items on one resource: a plan and a bound, by Lagrangian relaxation.
 *
 * Hours get a price in each bucket; with prices every item is planned for itself (`pricedLots`), and what that costs,
 * less the price of the hours there are, is below the cost of any plan that keeps them. Prices follow the overload
 * (subgradient steps, halved when the bound stands still); every few steps the priced lots are made to fit
 * (`smoothLots`), and the cheapest that fits is the plan.
 *
 * Bound     At the best prices it equals that of the linear relaxation of `lotSizingProgram`.
 * Cost      O(steps x items x buckets^2) and the smoothing: 0.01 to 0.9 s for 10 items x 20 buckets, the
 *           longer the tighter the hours.
 * Limits    A plan may not be found where hours are very tight, though there is one; the bound holds nevertheless.
 * Source    Trigeiro, Thomas and McClain (1989); Held, Wolfe and Crowder (1974), Mathematical Programming 6, for the steps.
 */
import { type LotPlan, type LotSizingProblem, lotCost } from './lot-sizing-problem.ts';
import { pricedLots } from './priced-lots.ts';
import { smoothLots } from './smooth-lots.ts';

export type CapacitatedLots = {
  /** The cheapest plan that was found; undefined where none keeps the hours. */
  readonly plan: LotPlan | undefined;
  /** No plan costs less. */
  readonly bound: number;
};

export type LotOptions = {
  /** Default 400. */
  readonly stepCount?: number;
};

const STEPS = 400;
const PATIENCE_STEPS = 12;
const FIRST_STEP = 1.5;
const LAST_STEP = 1e-4;

export function capacitatedLots(
  problem: LotSizingProblem,
  { stepCount = STEPS }: LotOptions = {},
): CapacitatedLots {
  const { itemCount, bucketCount } = problem;
  const price = new Float64Array(bucketCount);
  const lots = new Float64Array(itemCount * bucketCount);
  const room = { cheapest: new Float64Array(bucketCount + 1), firstBucket: new Int32Array(bucketCount + 1) };
  let bound = 0; // All costs are >= 0.
  let plan: LotPlan | undefined;
  let stepSize = FIRST_STEP;
  let stepsWithoutGain = 0;
  const bestPrice = price.slice();
  for (let step = 0; step < stepCount && stepSize > LAST_STEP; step++) {
    let value = 0;
    for (let item = 0; item < itemCount; item++) value += pricedLots(problem, item, price, lots, room);
    price.forEach((money, t) => (value -= money * problem.capacityHours[t]));
    if (value > bound * (1 + 1e-6)) {
      bound = value;
      bestPrice.set(price);
      stepsWithoutGain = 0;
    } else if (++stepsWithoutGain >= PATIENCE_STEPS) {
      stepSize /= 2;
      stepsWithoutGain = 0;
      price.set(bestPrice);
    }
    plan = cheaper(problem, lots, plan);
    if (plan !== undefined && plan.cost <= bound * (1 + 1e-9)) break;
    const target = plan?.cost ?? 1.1 * Math.max(bound, value) + 1;
    if (!followOverload(problem, lots, price, stepSize * Math.max(1e-9, target - value))) break;
  }
  return { plan, bound: plan === undefined ? bound : Math.min(bound, plan.cost) };
}

/** The lots made to fit, where that is cheaper than what is known. */
function cheaper(
  problem: LotSizingProblem,
  lots: Float64Array,
  known: LotPlan | undefined,
): LotPlan | undefined {
  const quantity = lots.slice();
  if (!smoothLots(problem, quantity)) return known;
  const cost = lotCost(problem, quantity);
  return cost < (known?.cost ?? Number.POSITIVE_INFINITY) ? { quantity, cost } : known;
}

/** Prices rise where lots ask too much and fall, not below 0, where they leave hours; false where all is in order. */
function followOverload(
  { itemCount, bucketCount, hoursPerUnit, setupHours, capacityHours }: LotSizingProblem,
  lots: Float64Array,
  price: Float64Array,
  distance: number,
): boolean {
  const slope = new Float64Array(bucketCount);
  let norm = 0;
  for (let t = 0; t < bucketCount; t++) {
    slope[t] = -capacityHours[t];
    for (let item = 0; item < itemCount; item++) {
      const lot = lots[item * bucketCount + t];
      if (lot > 0) slope[t] += lot * hoursPerUnit[item] + setupHours[item];
    }
    if (price[t] > 0 || slope[t] > 0) norm += slope[t] ** 2;
  }
  if (norm === 0) return false;
  for (let t = 0; t < bucketCount; t++) price[t] = Math.max(0, price[t] + (distance * slope[t]) / norm);
  return true;
}
