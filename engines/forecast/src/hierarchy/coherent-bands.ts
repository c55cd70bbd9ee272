/**
 * Bands of reconciled forecasts, for groups and keys alike, that belong to one distribution over everything: the band of a
 * group is neither the sum of its keys' limits nor that of independent keys.
 *
 * Normal   reconciled errors have covariance  S (S' W^-1 S)^-1 S'  where the base forecasts' have W. On a tree its
 *          diagonal follows from one more pass down; correlated errors add what their common factors leave
 *          (correlated-solver.ts). Exact for normal errors whose covariance W is.
 * Paths    for any distribution: reconcile sample paths (`pathCount`), then read quantiles off them here.
 * Moved    both trust W, which comes from errors in sample and takes group and key for less alike than they are: on weekly
 *          retail data their 95 % bands cover 83 to 87 % of the groups and half of the totals (keys taken as independent:
 *          11 % of the totals). A node's own calibrated band, stretched to where reconciliation moved its forecast, covers
 *          93 to 96 % and 89 % of the totals there, at 2 to 5 % more width. It is the one to show.
 * Source   Wickramasuriya, Athanasopoulos and Hyndman (2019), equation 11; Panagiotelis, Gamakumara, Athanasopoulos and Hyndman
 *          (2023), European J. of Operational Research 306(2), 693-706.
 */
import { normalQuantile, sortedQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { Interval } from '../contract/contract.ts';
import { correlatedSolver } from './correlated-solver.ts';
import { leastSquaresSolver } from './least-squares.ts';
import { errorsOf, type ReconcileMethod } from './reconcile.ts';
import type { Structure } from './structure.ts';

/**
 * Error variance of each node's reconciled forecast, nodes x horizon, from a method that knows the variances ('variance' or
 * 'shrink'). Only for trees. O(nodes) a bucket, with correlated errors O(nodes x history buckets^2).
 */
export function reconciledVariances(
  structure: Structure,
  method: ReconcileMethod,
  horizon: number,
): Float64Array {
  assert(structure.tree !== undefined, 'exact variances need a tree; elsewhere reconcile sample paths');
  assert(method.kind === 'variance' || method.kind === 'shrink', 'the method knows the error variances');
  const { nodeCount } = structure;
  const errors = errorsOf({ structure, method }, horizon);
  const solver = leastSquaresSolver(structure);
  const free = new Uint8Array(nodeCount);
  const nothing = new Float64Array(nodeCount);
  const result = new Float64Array(nodeCount * horizon);
  let column = new Float64Array(nodeCount);
  for (let bucket = 0; bucket < horizon; bucket++) {
    if (bucket === 0 || !errors.constant) {
      const diagonal = errors.diagonal(bucket);
      column = new Float64Array(nodeCount);
      solver.variances!(nothing, diagonal, free, column);
      if (errors.factorCount > 0) {
        const factors = errors.factors(bucket);
        correlatedSolver(solver, diagonal, factors, errors.factorCount, free).addVariance(column);
      }
    }
    for (let node = 0; node < nodeCount; node++) result[node * horizon + bucket] = column[node];
  }
  return result;
}

/** Central normal intervals of `level` percent around values of the same shape; not below `least` where that is told. */
export function normalBands(
  values: Float64Array,
  variances: Float64Array,
  level: number,
  least = -Infinity,
): Interval {
  assert(values.length === variances.length, 'values and variances have the same shape');
  const z = normalQuantile((1 + level / 100) / 2);
  const limit = (sign: number): Float64Array =>
    values.map((value, i) => Math.max(least, value + sign * z * Math.sqrt(variances[i])));
  return { lower: limit(-1), upper: limit(1) };
}

/**
 * Each node's own limits, stretched by what reconciliation moved its forecast: from `base` to `values`, towards the side it
 * went. All blocks have the same shape; no limit is below `least`.
 */
export function movedBands(
  base: Float64Array,
  values: Float64Array,
  own: Interval,
  least = -Infinity,
): Interval {
  assert(base.length === values.length, 'base forecasts and values have the same shape');
  const stretched = (limits: Float64Array, towards: (a: number, b: number) => number): Float64Array =>
    limits.map((limit, i) => {
      const move = Number.isFinite(base[i]) ? values[i] - base[i] : 0;
      return Math.max(least, limit + towards(0, move));
    });
  return { lower: stretched(own.lower, Math.min), upper: stretched(own.upper, Math.max) };
}

/** Quantiles of paths (rows x paths x horizon, row-major), rows x horizon for each probability. */
export function pathQuantiles(
  paths: Float64Array,
  pathCount: number,
  horizon: number,
  probabilities: readonly number[],
): Float64Array[] {
  const size = pathCount * horizon;
  assert(pathCount > 0 && (size === 0 || paths.length % size === 0), 'paths are rows x paths x horizon');
  const rowCount = size === 0 ? 0 : paths.length / size;
  const results = probabilities.map(() => new Float64Array(rowCount * horizon));
  const sample = new Float64Array(pathCount);
  for (let row = 0; row < rowCount; row++) {
    for (let step = 0; step < horizon; step++) {
      for (let path = 0; path < pathCount; path++) sample[path] = paths[row * size + path * horizon + step];
      sample.sort();
      probabilities.forEach((probability, i) => {
        results[i][row * horizon + step] = sortedQuantile(sample, probability);
      });
    }
  }
  return results;
}
