/**
 * The shape in which all engines exchange numbers: keys down, buckets across, one array.
 * NaN = not observed; 0 = zero. The two never stand for each other.
 */
import { assert } from '@planwright/units';

export type SeriesBlock = {
  readonly keyCount: number;
  readonly bucketCount: number;
  /** keyCount x bucketCount, row-major: bucket t of key k is values[k * bucketCount + t]. */
  readonly values: Float64Array;
};

/** A block over given values, which it does not copy, or of zeros. */
export function makeBlock(keyCount: number, bucketCount: number, values?: Float64Array): SeriesBlock {
  const cells = values ?? new Float64Array(keyCount * bucketCount);
  assert(cells.length === keyCount * bucketCount, 'a block has keyCount x bucketCount values');
  return { keyCount, bucketCount, values: cells };
}

/** A block that copies its rows, which all have `bucketCount` values. */
export function blockFromRows(rows: readonly ArrayLike<number>[], bucketCount: number): SeriesBlock {
  const block = makeBlock(rows.length, bucketCount);
  rows.forEach((row, key) => {
    assert(row.length === bucketCount, 'each row has bucketCount values');
    block.values.set(row, key * bucketCount);
  });
  return block;
}

/** One key's buckets: a view, so writing to it writes to the block. */
export function rowOf(block: SeriesBlock, key: number): Float64Array {
  assert(key >= 0 && key < block.keyCount, 'the key is in the block');
  return block.values.subarray(key * block.bucketCount, (key + 1) * block.bucketCount);
}

/** The sum of what was observed; NaN where nothing was. */
export function observedSum(values: ArrayLike<number>): number {
  let sum = 0;
  let observedCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    sum += value;
    observedCount += 1;
  }
  return observedCount === 0 ? Number.NaN : sum;
}

/** Asserts that two blocks can be read side by side. */
export function assertSameShape(a: SeriesBlock, b: SeriesBlock): void {
  assert(a.keyCount === b.keyCount && a.bucketCount === b.bucketCount, 'the blocks have the same shape');
}
