import { assertSameShape, type SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';

/** Where a key's price comes from. */
export type PriceBasis = 'net' | 'list' | 'none';
export type KeyPrices = { readonly price: Float64Array; readonly basis: readonly PriceBasis[] };

export const PRICE_WINDOW_BUCKETS = 12;

/**
 * The price per unit at which each key has lately sold, after discounts.
 *
 *   price = sum of net amount / sum of quantity, over the last `windowBuckets` buckets where both were observed
 *
 * A key whose net quantity or amount in the window is not positive (nothing sold, or more returned than sold) takes
 * its list price; a key without one has NaN, so that its revenue shows as unknown and never as zero.
 *
 * Input    blocks of the same keys and buckets, oldest first; `listPrice` one per key, NaN = none.
 */
export function netPrices(
  quantity: SeriesBlock,
  netAmount: SeriesBlock,
  listPrice: Float64Array,
  windowBuckets: number = PRICE_WINDOW_BUCKETS,
): KeyPrices {
  assertSameShape(quantity, netAmount);
  const { keyCount, bucketCount } = quantity;
  assert(listPrice.length === keyCount, 'listPrice has one price per key');
  const price = new Float64Array(keyCount);
  const basis: PriceBasis[] = [];
  for (let key = 0; key < keyCount; key++) {
    let units = 0;
    let amount = 0;
    for (let t = Math.max(0, bucketCount - windowBuckets); t < bucketCount; t++) {
      const cell = key * bucketCount + t;
      if (Number.isNaN(quantity.values[cell]) || Number.isNaN(netAmount.values[cell])) continue;
      units += quantity.values[cell];
      amount += netAmount.values[cell];
    }
    const hasNet = units > 0 && amount > 0;
    price[key] = hasNet ? amount / units : listPrice[key];
    basis.push(hasNet ? 'net' : Number.isFinite(listPrice[key]) ? 'list' : 'none');
  }
  return { price, basis };
}
