/**
 * Cuts the values of one column into bins of about equally many rows.
 *
 * Input    `ascending`: observed values in ascending order, no NaN. `maxBins` 1 to 255.
 * Output   upper edges of all bins but the last, ascending: at most maxBins - 1. A value belongs to the first bin whose
 *          edge is not below it. Edges lie half-way between two neighbouring values, so that rows of new data between
 *          them fall to the nearer side.
 * Method   up to maxBins distinct values get a bin each. Otherwise a value as frequent as a whole bin gets its own, and
 *          the others share what is left evenly.
 * Cost     O(values), two passes.
 * Source   the greedy rule of LightGBM's GreedyFindBin (Ke et al. 2017, NIPS 30), without its zero bin.
 */

/** A point in [below, above) that is not `above` even next to an infinity. */
function edgeBetween(below: number, above: number): number {
  const middle = (below + above) / 2;
  return middle >= below && middle < above ? middle : below;
}

function countDistinct(ascending: Float32Array): number {
  let distinct = ascending.length > 0 ? 1 : 0;
  for (let i = 1; i < ascending.length; i++) if (ascending[i] !== ascending[i - 1]) distinct += 1;
  return distinct;
}

/** End (exclusive) of the run of equal values that starts at `start`. */
function endOfRun(ascending: Float32Array, start: number): number {
  let end = start + 1;
  while (end < ascending.length && ascending[end] === ascending[start]) end += 1;
  return end;
}

/** Rows and bins that remain once every value that fills a bin alone has taken its own. */
function evenShare(ascending: Float32Array, maxBins: number): { heavyFrom: number; shareSize: number } {
  const heavyFrom = ascending.length / maxBins;
  let rows = ascending.length;
  let bins = maxBins;
  for (let start = 0; start < ascending.length; ) {
    const end = endOfRun(ascending, start);
    if (end - start >= heavyFrom) {
      rows -= end - start;
      bins -= 1;
    }
    start = end;
  }
  return { heavyFrom, shareSize: rows / Math.max(1, bins) };
}

/** Upper edges of the bins; see the head of this file. */
export function binEdges(ascending: Float32Array, maxBins: number): Float64Array {
  const distinct = countDistinct(ascending);
  const { heavyFrom, shareSize } =
    distinct <= maxBins ? { heavyFrom: 0, shareSize: 0 } : evenShare(ascending, maxBins);
  const edges = new Float64Array(Math.max(0, Math.min(distinct, maxBins) - 1));
  let used = 0;
  let filled = 0;
  let debt = 0;
  for (let start = 0; start < ascending.length && used < edges.length; ) {
    const end = endOfRun(ascending, start);
    const size = end - start;
    if (end === ascending.length) break;
    filled += size;
    const nextIsHeavy = endOfRun(ascending, end) - end >= heavyFrom;
    if (size >= heavyFrom || nextIsHeavy || filled + debt >= shareSize) {
      edges[used++] = edgeBetween(ascending[end - 1], ascending[end]);
      // What a bin holds too much, the next ones hold less, so that the last is not starved.
      debt = size >= heavyFrom ? debt : Math.min(shareSize, Math.max(0, debt + filled - shareSize));
      filled = 0;
    }
    start = end;
  }
  return edges.slice(0, used);
}
