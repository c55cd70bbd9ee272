import { assert } from '@planwright/units';

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
