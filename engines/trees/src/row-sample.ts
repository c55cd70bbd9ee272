/**
 * Draws rows without replacement, in ascending order.
 *
 * Each row is taken with the probability (still wanted) / (still to come), so exactly `wanted` rows come out and every
 * subset is equally likely. One uniform a row, no memory of its own.
 *
 * Source  Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 */
import type { RandomStream } from '@planwright/numerics';

/** Writes `wanted` of `rows` (0 <= wanted <= rows.length) to the front of `sample`, in the order they stand in. */
export function sampleRows(
  rows: Uint32Array,
  wanted: number,
  stream: RandomStream,
  sample: Uint32Array,
): void {
  let taken = 0;
  for (let i = 0; taken < wanted; i++) {
    if ((rows.length - i) * stream.uniform() < wanted - taken) sample[taken++] = rows[i];
  }
}
