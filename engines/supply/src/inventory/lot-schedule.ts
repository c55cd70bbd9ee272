/**
 * When to order how much where demand is known and changes from bucket to bucket: the optimum, and the rules of thumb that
 * planners know. An order arrives at the start of its bucket and everything is served on time. Holding is paid on what is left at
 * the end of a bucket.
 *
 * Source   Wagner and Whitin (1958), Management Science 5(1), 89-96; Wagelmans, van Hoesel and Kolen (1992), Operations
 *          Research 40(S1), S145-S156 (the method in O(T log T)); Silver and Meal (1973), Production and Inventory Management
 *          14(2), 64-74; DeMatteis (1968), IBM Systems Journal 7(1), 30-38 (part periods); Nahmias (2009), Production and
 *          Operations Analysis, 6th ed., section 7.2.
 */
import { assert } from '@planwright/units';

/** A number for every bucket, or one array entry per bucket. */
export type PerBucket = number | ArrayLike<number>;

export type LotScheduleInput = {
  /** Per bucket, >= 0. */
  readonly demand: ArrayLike<number>;
  /** Money an order, >= 0. */
  readonly orderCost: PerBucket;
  /** Money a unit held from one bucket to the next, >= 0. */
  readonly holdingCost: PerBucket;
  /** Money a unit ordered. Default 0: the same whenever it is bought. */
  readonly unitCost?: PerBucket;
};

export type LotSchedule = {
  /** Quantity ordered per bucket. */
  readonly orders: Float64Array;
  /** Cost of orders, of holding, and of the goods where they have a cost. */
  readonly cost: number;
};

export type LotRuleName = 'silverMeal' | 'leastUnitCost' | 'partPeriod';

/** What any schedule that serves all demand costs; asserts that it does. */
export function lotScheduleCost(input: LotScheduleInput, orders: ArrayLike<number>): number {
  const { demand } = input;
  assert(orders.length === demand.length, 'orders span the horizon');
  let onHand = 0;
  let cost = 0;
  let largest = 1;
  for (let t = 0; t < demand.length; t++) {
    largest = Math.max(largest, orders[t]);
    if (orders[t] > 0) cost += at(input.orderCost, t) + orders[t] * at(input.unitCost ?? 0, t);
    onHand += orders[t] - demand[t];
    assert(onHand >= -1e-9 * largest, 'every bucket is served on time');
    cost += Math.max(0, onHand) * at(input.holdingCost, t);
  }
  return cost;
}

/**
 * The cheapest schedule, for costs that may change from bucket to bucket in any way. O(T log T).
 *
 * Backwards: with D(t) the demand from t to the end, f the order cost, c(t) the unit cost plus all holding from t to the end, and
 * F(t) the least cost from t on, F(t) = f(t) + c(t) D(t) + min over k > t of F(k) - c(t) D(k). The points (D(k), F(k)) that can
 * be a minimum for some slope form a convex chain, which is searched by halving.
 */
export function cheapestLots(input: LotScheduleInput): LotSchedule {
  checkLots(input);
  const { demand, orderCost, holdingCost, unitCost = 0 } = input;
  const count = demand.length;
  const ahead = new Float64Array(count + 1);
  const least = new Float64Array(count + 1);
  const next = new Int32Array(count + 1); // The bucket of the order after that of t; 0: no order in t.
  const chain: number[] = [count];
  let holdingAhead = 0;
  for (let t = count - 1; t >= 0; t--) {
    ahead[t] = ahead[t + 1] + demand[t];
    holdingAhead += at(holdingCost, t);
    const slope = at(unitCost, t) + holdingAhead;
    const k = lowestOn(chain, ahead, least, slope);
    least[t] = at(orderCost, t) + slope * (ahead[t] - ahead[k]) + least[k];
    next[t] = k;
    if (demand[t] === 0 && least[t + 1] <= least[t]) {
      least[t] = least[t + 1];
      next[t] = 0;
    }
    append(chain, ahead, least, t);
  }
  const orders = new Float64Array(count);
  for (let t = 0; t < count; t = Math.max(next[t], t + 1)) {
    for (let covered = t; covered < next[t]; covered++) orders[t] += demand[covered];
  }
  return { orders, cost: lotScheduleCost(input, orders) };
}

/** The point of the chain with the least F - slope D; F - slope D falls, then rises, along it. */
function lowestOn(chain: readonly number[], ahead: Float64Array, least: Float64Array, slope: number): number {
  let low = 0;
  let high = chain.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [one, two] = [chain[middle], chain[middle + 1]];
    if (least[two] - least[one] <= slope * (ahead[two] - ahead[one])) low = middle + 1;
    else high = middle;
  }
  return chain[low];
}

/** Adds the point of t, which has the largest D so far, and drops what no longer lies on the lower convex chain. */
function append(chain: number[], ahead: Float64Array, least: Float64Array, t: number): void {
  while (chain.length > 0) {
    const last = chain[chain.length - 1];
    if (ahead[last] === ahead[t]) {
      if (least[last] <= least[t]) return;
      chain.pop();
      continue;
    }
    if (chain.length < 2) break;
    const before = chain[chain.length - 2];
    const steep = (least[last] - least[before]) * (ahead[t] - ahead[last]);
    if (steep < (least[t] - least[last]) * (ahead[last] - ahead[before])) break;
    chain.pop();
  }
  chain.push(t);
}

/**
 * A schedule by a rule of thumb: each order covers one more bucket as long as the rule improves.
 *
 *   silverMeal      cost per bucket covered falls
 *   leastUnitCost   cost per unit covered falls
 *   partPeriod      holding comes closer to the cost of the order
 */
export function lotsByRule(input: LotScheduleInput, rule: LotRuleName): LotSchedule {
  checkLots(input);
  const { demand } = input;
  const orders = new Float64Array(demand.length);
  let t = 0;
  while (t < demand.length) {
    if (demand[t] === 0) {
      t += 1;
      continue;
    }
    const until = coverOf(input, t, rule);
    for (let covered = t; covered < until; covered++) orders[t] += demand[covered];
    t = until;
  }
  return { orders, cost: lotScheduleCost(input, orders) };
}

/** The first bucket that an order of bucket `from` does not cover. */
function coverOf(input: LotScheduleInput, from: number, rule: LotRuleName): number {
  const { demand } = input;
  const orderCost = at(input.orderCost, from);
  let held = 0; // Cost of holding what is covered so far.
  let holdingAUnit = 0;
  let units = demand[from];
  let score = rule === 'silverMeal' ? orderCost : rule === 'leastUnitCost' ? orderCost / units : orderCost;
  for (let t = from + 1; t < demand.length; t++) {
    holdingAUnit += at(input.holdingCost, t - 1);
    held += holdingAUnit * demand[t];
    units += demand[t];
    const cost = orderCost + held;
    const longer =
      rule === 'silverMeal'
        ? cost / (t + 1 - from)
        : rule === 'leastUnitCost'
          ? cost / units
          : Math.abs(orderCost - held);
    if (longer > score) return t;
    score = longer;
  }
  return demand.length;
}

const at = (value: PerBucket, t: number): number => (typeof value === 'number' ? value : value[t]);

function checkLots({ demand, orderCost, holdingCost, unitCost = 0 }: LotScheduleInput): void {
  for (const value of [orderCost, holdingCost, unitCost]) {
    assert(typeof value === 'number' || value.length === demand.length, 'costs span the horizon');
  }
  for (let t = 0; t < demand.length; t++) {
    assert(demand[t] >= 0 && Number.isFinite(demand[t]), 'demand is a number of 0 or more');
    assert(at(orderCost, t) >= 0 && at(holdingCost, t) >= 0, 'orders and holding cost nothing or something');
  }
}
