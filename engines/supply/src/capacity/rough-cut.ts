/**
 * Rough-cut capacity: what a plan of end products asks of resources, by three methods of rising detail.
 *
 *   overall factors    all hours by product, split over resources as in the past
 *   bill of capacity   hours by product and resource, in the bucket of completion
 *   resource profile   the same, each at the time it falls before completion
 *
 * Blocks have one row a product or resource; a bill is that of capacity-bill.ts or one written by hand. What is completed in a
 * bucket is taken as completed on its last day. Cost O(bill rows x buckets).
 *
 * Source   Vollmann, Berry and Whybark (1997), Manufacturing Planning and Control Systems, 4th ed., chapter on capacity planning.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';
import type { CapacityBill } from './capacity-bill.ts';

/**
 * Capacity planning by overall factors. `hoursPerUnit` has one entry a product, all resources together; `resourceShare` one a
 * resource, >= 0, and sums to 1.
 */
export function overallFactorLoad(
  completed: SeriesBlock,
  hoursPerUnit: ArrayLike<number>,
  resourceShare: ArrayLike<number>,
): SeriesBlock {
  const { keyCount, bucketCount, values } = completed;
  assert(hoursPerUnit.length === keyCount, 'every product has hours');
  const shares = Array.from(resourceShare);
  const total = shares.reduce((sum, share) => sum + share, 0);
  assert(Math.abs(total - 1) < 1e-6 && shares.every((share) => share >= 0), 'shares of resources sum to 1');
  const load = makeBlock(shares.length, bucketCount);
  for (let t = 0; t < bucketCount; t++) {
    let hours = 0;
    for (let product = 0; product < keyCount; product++) {
      hours += values[product * bucketCount + t] * hoursPerUnit[product];
    }
    shares.forEach((share, resource) => (load.values[resource * bucketCount + t] = hours * share));
  }
  return load;
}

/** Bill of capacity: all hours of a product in the bucket it is completed in. */
export function capacityBillLoad(
  completed: SeriesBlock,
  resourceCount: number,
  bill: Pick<CapacityBill, 'product' | 'resource' | 'hoursPerUnit'>,
): SeriesBlock {
  const { bucketCount, values } = completed;
  const load = makeBlock(resourceCount, bucketCount);
  for (let row = 0; row < bill.product.length; row++) {
    checkRow(bill, row, completed.keyCount, resourceCount);
    const [from, to] = [bill.product[row] * bucketCount, bill.resource[row] * bucketCount];
    for (let t = 0; t < bucketCount; t++) load.values[to + t] += values[from + t] * bill.hoursPerUnit[row];
  }
  return load;
}

export type ResourceProfileLoad = {
  readonly load: SeriesBlock;
  /** Hours by resource that should have been worked before the horizon: they are late, or stock covers them. */
  readonly pastDueHours: Float64Array;
};

/** Resource profile. `bucketStartDays` has bucketCount + 1 days; what falls after the horizon is left out. */
export function resourceProfileLoad(
  completed: SeriesBlock,
  resourceCount: number,
  bill: CapacityBill,
  bucketStartDays: ArrayLike<number>,
): ResourceProfileLoad {
  const { bucketCount, values } = completed;
  assert(bucketStartDays.length === bucketCount + 1, 'days bound every bucket');
  const load = makeBlock(resourceCount, bucketCount);
  const pastDueHours = new Float64Array(resourceCount);
  for (let row = 0; row < bill.product.length; row++) {
    checkRow(bill, row, completed.keyCount, resourceCount);
    const from = bill.product[row] * bucketCount;
    const to = bill.resource[row] * bucketCount;
    let bucket = 0;
    for (let t = 0; t < bucketCount; t++) {
      const day = bucketStartDays[t + 1] - 1 + bill.offsetDays[row];
      const hours = values[from + t] * bill.hoursPerUnit[row];
      if (day < bucketStartDays[0]) {
        pastDueHours[bill.resource[row]] += hours;
        continue;
      }
      while (bucket < bucketCount && bucketStartDays[bucket + 1] <= day) bucket += 1;
      if (bucket < bucketCount) load.values[to + bucket] += hours;
    }
  }
  return { load, pastDueHours };
}

function checkRow(
  bill: Pick<CapacityBill, 'product' | 'resource' | 'hoursPerUnit'>,
  row: number,
  productCount: number,
  resourceCount: number,
): void {
  assert(
    bill.product[row] >= 0 && bill.product[row] < productCount,
    'a bill row is of a product of the plan',
  );
  assert(bill.resource[row] >= 0 && bill.resource[row] < resourceCount, 'a bill row is of a known resource');
  assert(bill.hoursPerUnit[row] >= 0, 'hours of a bill are not negative');
}
