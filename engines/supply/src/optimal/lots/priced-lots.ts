/**
 * Wagner and Whitin's lots of one item where hours have a price in each bucket: the cheapest way to have every unit when
 * it is due, with no limit on hours.
 *
 *   cheapest[u] = min over t <= u of  cheapest[t - 1] + setup(t) + sum over k = t..u of demand[k] (make(t) + hold (k - t))
 *
 * A lot covers whole buckets in a row: costs are concave, so one of the cheapest plans makes nothing while it has stock.
 *
 * Cost      O(buckets^2) time, O(buckets) memory that the caller owns.
 * Source    Wagner and Whitin (1958), Management Science 5(1), 89-96.
 */
import type { LotSizingProblem } from './lot-sizing-problem.ts';

/** Writes the lots of `item` into its row of `quantity` and answers what they cost at these prices. */
export function pricedLots(
  { bucketCount, hoursPerUnit, setupHours, holdingCost, setupCost, demand }: LotSizingProblem,
  item: number,
  /** Money an hour, by bucket. */
  hourPrice: Float64Array,
  quantity: Float64Array,
  /** bucketCount + 1 numbers of room. */
  room: { readonly cheapest: Float64Array; readonly firstBucket: Int32Array },
): number {
  const row = item * bucketCount;
  const { cheapest, firstBucket } = room;
  cheapest.fill(Number.POSITIVE_INFINITY);
  cheapest[0] = 0;
  for (let t = 0; t < bucketCount; t++) {
    // Nothing due: nothing need be made for it.
    if (demand[row + t] === 0 && cheapest[t] < cheapest[t + 1]) {
      cheapest[t + 1] = cheapest[t];
      firstBucket[t + 1] = -1;
    }
    const makeCost = hourPrice[t] * hoursPerUnit[item];
    let cost = cheapest[t] + setupCost[item] + hourPrice[t] * setupHours[item];
    for (let k = t; k < bucketCount; k++) {
      cost += demand[row + k] * (makeCost + holdingCost[item] * (k - t));
      if (cost < cheapest[k + 1]) {
        cheapest[k + 1] = cost;
        firstBucket[k + 1] = t;
      }
    }
  }
  quantity.fill(0, row, row + bucketCount);
  for (let end = bucketCount; end > 0; ) {
    const first = firstBucket[end];
    if (first < 0) {
      end -= 1;
      continue;
    }
    for (let k = first; k < end; k++) quantity[row + first] += demand[row + k];
    end = first;
  }
  return cheapest[bucketCount];
}
