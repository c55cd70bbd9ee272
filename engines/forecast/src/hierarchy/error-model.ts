/**
 * The errors of base forecasts as a reconciliation sees them:  W = D + U U'  per bucket, with D diagonal and U of few columns
 * (none where errors count as independent).
 */
import { assert } from '@planwright/units';
import { correlatedErrors } from './correlated-errors.ts';
import type { Structure } from './structure.ts';

export type ErrorModel = {
  /** Diagonal of D for a bucket, one entry per node, above 0; Infinity where a node has no base forecast. */
  diagonal(bucket: number): Float64Array;
  /** U for a bucket: nodes x factorCount, column-major (factor k of node i at k * nodes + i). */
  factors(bucket: number): Float64Array;
  readonly factorCount: number;
  /** Whether all buckets have the same errors, so that what one costs serves all. */
  readonly constant: boolean;
};

/** Each node's variance is the number of leaves it holds: errors of leaves are alike and independent (WLS_s). */
export function structuralErrors({ nodeCount, leafCount, rowStart, coefficient }: Structure): ErrorModel {
  const variance = new Float64Array(nodeCount).fill(1);
  for (let g = 0; g < nodeCount - leafCount; g++) {
    let held = 0;
    for (let i = rowStart[g]; i < rowStart[g + 1]; i++) held += coefficient[i];
    if (held > 0) variance[leafCount + g] = held;
  }
  return independent(() => variance, true);
}

/** Given variances: one per node, or nodes x horizon, row-major, where they grow with the horizon (WLS_v). */
export function independentErrors(variances: Float64Array, nodeCount: number, horizon: number): ErrorModel {
  if (variances.length === nodeCount) {
    const variance = aboveZero(variances);
    return independent(() => variance, true);
  }
  assert(variances.length === nodeCount * horizon, 'variances are one per node or nodes x horizon');
  return independent((bucket) => aboveZero(columnOf(variances, nodeCount, horizon, bucket)), false);
}

/**
 * Correlations shrunken from one-step errors (nodes x history buckets, NaN where unknown), with the errors' own variances or
 * given ones (MinT with shrinkage). With R = (1 - lambda) X X' / T + lambda I this is D = lambda v and U a scaled X: one
 * column for each bucket of the history.
 */
export function shrunkenErrors(
  residuals: Float64Array,
  nodeCount: number,
  horizon: number,
  variances?: Float64Array,
): ErrorModel {
  const { bucketCount, standard, deviation, shrinkage } = correlatedErrors(residuals, nodeCount);
  const own = variances ?? deviation.map((value) => value * value);
  const scales = independentErrors(own, nodeCount, horizon);
  const share = Math.sqrt((1 - shrinkage) / Math.max(1, bucketCount));
  return {
    ...scales,
    diagonal: (bucket) =>
      scales.diagonal(bucket).map((variance, node) => (deviation[node] > 0 ? shrinkage : 1) * variance),
    factors: (bucket) => {
      const variance = scales.diagonal(bucket);
      const factors = new Float64Array(bucketCount * nodeCount);
      for (let node = 0; node < nodeCount; node++) {
        const scale = variance[node] === Infinity ? 0 : share * Math.sqrt(variance[node]);
        for (let t = 0; t < bucketCount; t++) {
          factors[t * nodeCount + node] = scale * standard[node * bucketCount + t];
        }
      }
      return factors;
    },
    factorCount: shrinkage < 1 ? bucketCount : 0,
  };
}

const independent = (diagonal: ErrorModel['diagonal'], constant: boolean): ErrorModel => ({
  diagonal,
  factors: () => new Float64Array(0),
  factorCount: 0,
  constant,
});

/** Perfect fits promise what nobody can keep: no node is surer than a millionth of the mean deviation of all. */
function aboveZero(variances: Float64Array): Float64Array {
  let sum = 0;
  let count = 0;
  for (const variance of variances) {
    assert(variance >= 0, 'a variance is 0 or more');
    if (variance === Infinity) continue;
    sum += variance;
    count += 1;
  }
  const least = sum > 0 ? (1e-12 * sum) / count : 1;
  return variances.map((variance) => Math.max(least, variance));
}

export function columnOf(block: Float64Array, rowCount: number, width: number, index: number): Float64Array {
  const column = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) column[row] = block[row * width + index];
  return column;
}
