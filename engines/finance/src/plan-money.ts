/**
 * Volume to money. All amounts are plan money: Float64 estimates in the company currency, not bookings.
 * NaN = not known, and stays so: a key without a price has no revenue figure rather than a revenue of 0.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';

/** Blocks have the keys and buckets of the volume. margin = revenue - cost. */
export type PlanMoney = {
  readonly revenue: SeriesBlock;
  readonly cost: SeriesBlock;
  readonly margin: SeriesBlock;
};

/** Revenue, cost of what is sold and margin per key and bucket; `price` and `unitCost` have one value per key. */
export function planMoney(volume: SeriesBlock, price: Float64Array, unitCost: Float64Array): PlanMoney {
  const revenue = timesPerKey(volume, price);
  const cost = timesPerKey(volume, unitCost);
  const margin = makeBlock(volume.keyCount, volume.bucketCount);
  for (let i = 0; i < margin.values.length; i++) margin.values[i] = revenue.values[i] - cost.values[i];
  return { revenue, cost, margin };
}

/** Value of stock per key and bucket. Stock below zero is demand owed: it has no value, and is not negative value. */
export function inventoryValue(projectedOnHand: SeriesBlock, unitCost: Float64Array): SeriesBlock {
  const value = timesPerKey(projectedOnHand, unitCost);
  for (let i = 0; i < value.values.length; i++) if (projectedOnHand.values[i] <= 0) value.values[i] = 0;
  return value;
}

function timesPerKey(block: SeriesBlock, perKey: Float64Array): SeriesBlock {
  assert(perKey.length === block.keyCount, 'there is one value per key');
  const product = makeBlock(block.keyCount, block.bucketCount);
  for (let key = 0; key < block.keyCount; key++) {
    const first = key * block.bucketCount;
    for (let t = 0; t < block.bucketCount; t++)
      product.values[first + t] = block.values[first + t] * perKey[key];
  }
  return product;
}
