/**
 * Capacitated lot sizing with setup times: several items share one resource, each lot costs a setup and takes time for
 * it, units made early are held, and every unit is there when it is due.
 *
 *   minimise  sum over items i and buckets t of  setupCost[i] [x[i, t] > 0] + holdingCost[i] stock[i, t]
 *   so that   stock[i, t] = stock[i, t - 1] + x[i, t] - demand[i, t] >= 0
 *             sum over i of  hoursPerUnit[i] x[i, t] + setupHours[i] [x[i, t] > 0]  <=  capacityHours[t]
 *
 * Source    Trigeiro, Thomas and McClain (1989), Management Science 35(3), 353-366.
 */
import { assert } from '@planwright/units';

export type LotSizingProblem = {
  readonly itemCount: number;
  readonly bucketCount: number;
  readonly capacityHours: Float64Array;
  /** By item. Hours a unit and a setup; money a unit and bucket, and a setup. All >= 0. */
  readonly hoursPerUnit: Float64Array;
  readonly setupHours: Float64Array;
  readonly holdingCost: Float64Array;
  readonly setupCost: Float64Array;
  /** Row-major, items by buckets, >= 0. */
  readonly demand: Float64Array;
};

export type LotPlan = {
  /** Row-major, items by buckets. */
  readonly quantity: Float64Array;
  readonly cost: number;
};

/** Hours below which an overload is a crumb of arithmetic, in proportion to the capacity. */
const HOURS_SLACK = 1e-7;

/** Money of lots that meet all demand and capacity; Infinity where they do not. O(items x buckets). */
export function lotCost(problem: LotSizingProblem, quantity: Float64Array): number {
  const { itemCount, bucketCount, capacityHours, demand } = problem;
  assert(quantity.length === itemCount * bucketCount, 'a quantity for every item and bucket');
  const hours = new Float64Array(bucketCount);
  let cost = 0;
  for (let item = 0; item < itemCount; item++) {
    let stock = 0;
    for (let t = 0; t < bucketCount; t++) {
      const cell = item * bucketCount + t;
      const lot = quantity[cell];
      stock += lot - demand[cell];
      if (stock < -HOURS_SLACK * (1 + demand[cell])) return Number.POSITIVE_INFINITY;
      cost += Math.max(0, stock) * problem.holdingCost[item];
      if (lot <= 0) continue;
      cost += problem.setupCost[item];
      hours[t] += lot * problem.hoursPerUnit[item] + problem.setupHours[item];
    }
  }
  const isFeasible = hours.every((asked, t) => asked <= capacityHours[t] * (1 + HOURS_SLACK));
  return isFeasible ? cost : Number.POSITIVE_INFINITY;
}
