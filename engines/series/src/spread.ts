/**
 * Spreading a total over its parts, exactly: the parts sum to the total to the last bit, in any order.
 *
 * The trick is to count in quanta. A double is a whole number m < 2^53 of its own last place, so we deal out
 * m quanta by rounding the running share; whole numbers below 2^53 add without error in whatever order.
 * A part is therefore off its exact share by at most one last place of the total.
 */
import { assert } from '@planwright/units';
import { makeBlock, observedSum, rowOf, type SeriesBlock } from './block.ts';

const MANTISSA_BITS = 52;

/**
 * Splits `total` in proportion to `basis` into `parts` (same length, at least 1).
 * Negative and unobserved basis values have no share. Where nothing has a share, all share equally:
 * a total that a planner enters for a group without history must not vanish.
 */
export function spread(total: number, basis: ArrayLike<number>, parts: Float64Array): void {
  const count = basis.length;
  assert(count > 0 && parts.length === count, 'each basis value has a part');
  assert(Number.isFinite(total), 'the total is finite');
  const basisSum = shareSum(basis);
  const quantum = lastPlaceOf(Math.abs(total));
  const quanta = total === 0 ? 0 : total / quantum;
  let basisBefore = 0;
  let dealt = 0;
  for (let i = 0; i < count; i++) {
    basisBefore += basisSum > 0 ? shareOf(basis[i]) : 1;
    const dealtUpTo = Math.round(quanta * (basisBefore / (basisSum > 0 ? basisSum : count)));
    parts[i] = (dealtUpTo - dealt) * quantum;
    dealt = dealtUpTo;
  }
}

/**
 * Spreads a row of totals over keys, bucket by bucket. `basis` has one row per key and the buckets of `totals`.
 * A bucket without basis takes the keys' shares over the whole of `basis`, and equal shares where that is empty too.
 * An unobserved total stays unobserved in every part.
 */
export function spreadDown(totals: Float64Array, basis: SeriesBlock): SeriesBlock {
  const { keyCount, bucketCount } = basis;
  assert(totals.length === bucketCount, 'the totals have the buckets of the basis');
  const result = makeBlock(keyCount, bucketCount);
  const overall = Float64Array.from({ length: keyCount }, (_, key) => observedSum(rowOf(basis, key)));
  const column = new Float64Array(keyCount);
  const parts = new Float64Array(keyCount);
  for (let t = 0; t < bucketCount; t++) {
    for (let key = 0; key < keyCount; key++) column[key] = basis.values[key * bucketCount + t];
    if (Number.isNaN(totals[t])) parts.fill(Number.NaN);
    else spread(totals[t], shareSum(column) > 0 ? column : overall, parts);
    for (let key = 0; key < keyCount; key++) result.values[key * bucketCount + t] = parts[key];
  }
  return result;
}

function shareOf(basisValue: number): number {
  return basisValue > 0 ? basisValue : 0;
}

function shareSum(basis: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < basis.length; i++) sum += shareOf(basis[i]);
  return sum;
}

/** The weight of the last binary place of a positive double. */
function lastPlaceOf(value: number): number {
  if (value === 0) return 1;
  let exponent = Math.floor(Math.log2(value)); // May be off by one next to a power of two.
  if (2 ** exponent > value) exponent -= 1;
  else if (2 ** (exponent + 1) <= value) exponent += 1;
  return Math.max(2 ** (exponent - MANTISSA_BITS), Number.MIN_VALUE);
}
