/**
 * The value below which a given share of the weight lies: what minimises the pinball loss over weighted values.
 *
 * Returns the lowest value whose cumulated weight passes level x total; where the weight meets it exactly, every point up
 * to the next value is as good and the middle is taken, as with a plain median.
 *
 * Cost    O(n) without weights, by selection; O(n log n) with weights.
 * Source  Koenker and Bassett (1978), Econometrica 46, 33-50; Hoare (1961), Communications of the ACM 4, 321 (FIND).
 */

// Cumulated weights are sums of rounded numbers: 0.1 x 30 must meet 3 exactly.
const SLACK = 1e-12;

/** Quantile of `values` (any order; unweighted ones are reordered). NaN of an empty sample and of one without weight. */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array | undefined,
  level: number,
): number {
  if (values.length === 0) return Number.NaN;
  return weights === undefined ? plainQuantile(values, level) : quantileOfPairs(values, weights, level);
}

function plainQuantile(values: Float64Array, level: number): number {
  const count = values.length;
  const wanted = level * count;
  const whole = Math.round(wanted);
  if (Math.abs(wanted - whole) <= SLACK * count && whole > 0 && whole < count) {
    const below = selected(values, whole - 1);
    let above = values[whole];
    for (let i = whole + 1; i < count; i++) if (values[i] < above) above = values[i];
    return below + (above - below) / 2;
  }
  return selected(values, Math.min(count - 1, Math.max(0, Math.ceil(wanted - SLACK * count) - 1)));
}

/** The value of ascending rank `rank` (from 0). Reorders: lower values stand before it then, higher ones behind. */
function selected(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    // The middle of three: sorted and constant leaves are common, and cost one pass a halving.
    const a = values[low];
    const b = values[(low + high) >>> 1];
    const c = values[high];
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left];
      values[left++] = values[right];
      values[right--] = swapped;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return values[rank];
  }
  return values[rank];
}

function quantileOfPairs(values: Float64Array, weights: Float64Array, level: number): number {
  const order = Uint32Array.from(values.keys()).filter((i) => weights[i] > 0);
  order.sort((a, b) => values[a] - values[b] || a - b);
  let total = 0;
  for (const i of order) total += weights[i];
  const wanted = level * total;
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]];
    sum += weights[order[i]];
    if (sum < wanted - SLACK * total) continue;
    const meets = sum <= wanted + SLACK * total && i + 1 < order.length;
    return meets ? value + (values[order[i + 1]] - value) / 2 : value;
  }
  return Number.NaN;
}
