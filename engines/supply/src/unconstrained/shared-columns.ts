/**
 * Columns of a large plan, on memory that threads may share.
 *
 * V8 counts other typed arrays against its heap, and for every 64 MB of them searches the whole heap for some to free:
 * twice within the plan of 10,000 items, in vain, for more than a third of its time. Shared memory is not counted: it is
 * freed when a collection finds that nobody holds it, but starts none.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';

export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

export function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

export function sharedBlock(rowCount: number, bucketCount: number): SeriesBlock {
  return makeBlock(rowCount, bucketCount, sharedFloats(rowCount * bucketCount));
}

/**
 * A block whose cells are about to be added to, in the rows marked 1. Their zeros are written: memory of the system that
 * is read before it is written is fetched twice.
 */
export function sumsBlock(isFilled: Uint8Array, bucketCount: number): SeriesBlock {
  const block = sharedBlock(isFilled.length, bucketCount);
  for (let row = 0; row < isFilled.length; row++) {
    if (isFilled[row] === 1) block.values.fill(0, row * bucketCount, (row + 1) * bucketCount);
  }
  return block;
}
