/**
 * The value below which a given share of the weight lies: what minimises the pinball loss over weighted values.
 *
 * Returns the lowest value whose cumulated weight passes level x total; where the weight meets it exactly, every point up
 * to the next value is as good and the middle is taken, as with a plain median.
 * Cost O(n log n), in the scratch memory of the caller.
 */

const SLACK = 1e-12;

/** Quantile of `values` (any order; is sorted in place if unweighted). NaN of an empty sample. */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array | undefined,
  level: number,
): number {
  if (values.length === 0) return Number.NaN;
  return weights === undefined ? plainQuantile(values, level) : quantileOfPairs(values, weights, level);
}

function plainQuantile(values: Float64Array, level: number): number {
  values.sort();
  const wanted = level * values.length;
  const whole = Math.round(wanted);
  if (Math.abs(wanted - whole) <= SLACK * values.length && whole > 0 && whole < values.length) {
    return values[whole - 1] + (values[whole] - values[whole - 1]) / 2;
  }
  return values[Math.min(values.length - 1, Math.max(0, Math.ceil(wanted - SLACK * values.length) - 1))];
}

function quantileOfPairs(values: Float64Array, weights: Float64Array, level: number): number {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  let total = 0;
  for (const weight of weights) total += weight;
  if (!(total > 0)) return Number.NaN;
  const wanted = level * total;
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    sum += weights[order[i]];
    if (sum < wanted - SLACK * total || weights[order[i]] === 0) continue;
    if (sum > wanted + SLACK * total) return values[order[i]];
    for (let next = i + 1; next < order.length; next++) {
      if (weights[order[next]] > 0) return values[order[i]] + (values[order[next]] - values[order[i]]) / 2;
    }
    return values[order[i]];
  }
  return values[order[order.length - 1]];
}
