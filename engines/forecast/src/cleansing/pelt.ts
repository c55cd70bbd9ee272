/**
 * PELT: the exact best cut of a series into stretches of constant level.
 *
 * Input     complete values; a penalty for every further stretch, in squared units; the fewest buckets of a stretch.
 * Output    first buckets of all stretches but the first, ascending, so that the sum of squares around the stretches' means
 *           plus the penalties is least. No other cut has a smaller sum.
 * Cost      O(n) to O(n^2) time, the fewer buckets the longer the stretches; memory O(n).
 * Source    Killick, Fearnhead and Eckley (2012), J. of the American Statistical Association 107, 1590-1598.
 * Differs   in the least length: a candidate that another beats is dropped only once that other may itself begin a stretch,
 *           which keeps the search exact.
 */
import { assert } from '@planwright/units';

export function constantStretches(values: Float64Array, penalty: number, fewest: number): Int32Array {
  const count = values.length;
  assert(Number.isInteger(fewest) && fewest >= 1, 'a stretch has at least one bucket');
  assert(penalty >= 0, 'the penalty is not negative');
  if (count < 2 * fewest) return new Int32Array(0);
  const { sums, squares } = cumulated(values);
  // best[t]: least cost of the first t values; startOf[t]: where its last stretch begins.
  const best = new Float64Array(count + 1).fill(Infinity);
  const startOf = new Int32Array(count + 1);
  best[0] = -penalty;
  const candidates = new Int32Array(count + 1);
  const beatenAt = new Int32Array(count + 1).fill(-1);
  let candidateCount = 0;
  for (let end = fewest; end <= count; end++) {
    const fresh = end - fewest;
    if (best[fresh] < Infinity) candidates[candidateCount++] = fresh;
    let least = Infinity;
    let from = 0;
    for (let i = 0; i < candidateCount; i++) {
      const start = candidates[i];
      const cost = best[start] + scatter(sums, squares, start, end) + penalty;
      if (cost < least) {
        least = cost;
        from = start;
      }
    }
    best[end] = least;
    startOf[end] = from;
    let kept = 0;
    for (let i = 0; i < candidateCount; i++) {
      const start = candidates[i];
      if (beatenAt[start] < 0 && best[start] + scatter(sums, squares, start, end) > least)
        beatenAt[start] = end;
      if (beatenAt[start] < 0 || end + 1 < beatenAt[start] + fewest) candidates[kept++] = start;
    }
    candidateCount = kept;
  }
  const starts: number[] = [];
  for (let end = startOf[count]; end > 0; end = startOf[end]) starts.push(end);
  return Int32Array.from(starts.reverse());
}

function cumulated(values: Float64Array): { sums: Float64Array; squares: Float64Array } {
  const count = values.length;
  const sums = new Float64Array(count + 1);
  const squares = new Float64Array(count + 1);
  // Around the mean the squares stay small, so that differences of their sums keep their digits.
  let mean = 0;
  for (let t = 0; t < count; t++) mean += values[t] / count;
  for (let t = 0; t < count; t++) {
    const value = values[t] - mean;
    sums[t + 1] = sums[t] + value;
    squares[t + 1] = squares[t] + value * value;
  }
  return { sums, squares };
}

/** Sum of squares around the mean of the values from `start` to before `end`. */
function scatter(sums: Float64Array, squares: Float64Array, start: number, end: number): number {
  const sum = sums[end] - sums[start];
  return Math.max(0, squares[end] - squares[start] - (sum * sum) / (end - start));
}
