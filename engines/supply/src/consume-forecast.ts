/**
 * Orders are forecast come true, and each unit of demand counts once. Two forms of the same rule: `takeFromForecast`
 * for one order and a window of buckets (see `planningDemands`, which asks it order by order), and `consumeForecast`
 * for totals per bucket without a window.
 */
import { assert } from '@planwright/units';
import { CRUMB_RATIO } from './lots.ts';

/** How many earlier and later buckets than its own an order may take from; whole numbers, >= 0. */
export type ForecastWindow = { readonly backwardBuckets: number; readonly forwardBuckets: number };

/**
 * Takes up to `quantity` (> 0) out of `left`, what remains of a forecast per bucket (>= 0): from `bucket` itself, then
 * from earlier buckets, the nearest first, then from later ones. Returns what it took. O(window).
 */
export function takeFromForecast(
  left: Float64Array,
  bucket: number,
  quantity: number,
  window: ForecastWindow,
): number {
  assert(bucket >= 0 && bucket < left.length, 'the order is due within the forecast');
  const crumb = quantity * CRUMB_RATIO;
  let rest = quantity;
  const earliest = Math.max(0, bucket - window.backwardBuckets);
  const latest = Math.min(left.length - 1, bucket + window.forwardBuckets);
  for (let t = bucket; t >= earliest && rest > crumb; t--) rest -= takeOne(left, t, rest);
  for (let t = bucket + 1; t <= latest && rest > crumb; t++) rest -= takeOne(left, t, rest);
  return rest > crumb ? quantity - rest : quantity;
}

/** What is so little beside what was there that only rounding left it is taken as well. */
function takeOne(left: Float64Array, t: number, most: number): number {
  const there = left[t];
  if (!(there > 0)) return 0;
  const taken = Math.min(there, most);
  const rest = there - taken;
  left[t] = rest > there * CRUMB_RATIO ? rest : 0;
  return taken;
}

/**
 * Gross demand of one key from its forecast and its open orders, so that nothing is counted twice.
 *
 * Within a bucket, orders are forecast come true: gross = max(forecast, orders). Orders already past due are older
 * demand that no later forecast foresees, so they come on top, in full, in the first bucket.
 *
 * Input    `forecast`, `openOrders`: quantity per bucket; an unobserved (NaN) or negative forecast counts as none.
 *          `pastDueOrders`: quantity still to ship of orders requested before the first bucket, >= 0.
 * Output   gross demand per bucket.
 * Law      max(forecast, orders) <= gross - pastDue <= forecast + orders in every bucket.
 */
export function consumeForecast(
  forecast: ArrayLike<number>,
  openOrders: ArrayLike<number>,
  pastDueOrders = 0,
): Float64Array {
  assert(forecast.length === openOrders.length, 'forecast and openOrders have the same buckets');
  assert(pastDueOrders >= 0, 'pastDueOrders is not negative');
  const gross = new Float64Array(forecast.length);
  for (let t = 0; t < gross.length; t++) {
    gross[t] = Math.max(forecast[t] > 0 ? forecast[t] : 0, openOrders[t] > 0 ? openOrders[t] : 0);
  }
  if (gross.length > 0) gross[0] += pastDueOrders;
  return gross;
}
