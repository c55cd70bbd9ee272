/**
 * Least squares with correlated errors  W = D + U U',  by way of the solver for independent ones.
 *
 * The errors are independent once the few numbers g behind U are known (errors = sqrt(D) e + U g with g standard normal), so
 * the solution is the independent solution of  f - U g  at the best g. That solution is linear in f, which leaves
 *   (I + U' D^-1 (U - R U)) g = U' D^-1 (f - y(f))
 * with y(f) the solution at g = 0 and R U what the solver makes of the columns of U with every lock at 0. For locks this is the
 * solution under equality constraints: a lock on one node also says something about nodes whose errors go with its own.
 *
 * Cost    once per set of locks: a solution per column of U and O(nodes x columns^2); then two solutions a column.
 * Source  the Woodbury identity on equation 9 of Wickramasuriya, Athanasopoulos and Hyndman (2019); same solution.
 */
import { cholesky, choleskySolve } from '@planwright/numerics';
import type { LeastSquaresSolver } from './least-squares.ts';

export type CorrelatedSolver = {
  /**
   * Writes the coherent values for base forecasts, where locked nodes take their entry of `fixed`. `slope` gets, per leaf, how
   * fast the (halved) least sum rises as the leaf rises: 0 where it is free.
   */
  solve(base: Float64Array, fixed: Float64Array, values: Float64Array, slope: Float64Array): void;
  /** Adds to each node's variance, as from `variances` of the solver for D alone, what U contributes. */
  addVariance(result: Float64Array): void;
};

/** For one bucket and one set of locks; `factors` is nodes x factorCount, column-major. */
export function correlatedSolver(
  solver: LeastSquaresSolver,
  diagonal: Float64Array,
  factors: Float64Array,
  factorCount: number,
  locked: Uint8Array,
): CorrelatedSolver {
  const nodeCount = diagonal.length;
  const price = new Float64Array(nodeCount);
  const column = (k: number): Float64Array => factors.subarray(k * nodeCount, (k + 1) * nodeCount);
  const reconciled = new Float64Array(factors.length);
  const unlocked = new Float64Array(nodeCount);
  for (let k = 0; k < factorCount; k++) {
    // A lock keeps its value whatever g is: its row of R U is 0.
    for (let node = 0; node < nodeCount; node++) unlocked[node] = locked[node] === 1 ? 0 : column(k)[node];
    solver.solve(unlocked, diagonal, locked, reconciled.subarray(k * nodeCount, (k + 1) * nodeCount), price);
  }
  const system = factoredSystem(diagonal, factors, reconciled, factorCount);
  const shifted = new Float64Array(nodeCount);
  const start = new Float64Array(nodeCount);
  const weights = new Float64Array(factorCount);
  const solveShifted = (fixed: Float64Array, values: Float64Array): void => {
    for (let node = 0; node < nodeCount; node++)
      start[node] = locked[node] === 1 ? fixed[node] : shifted[node];
    solver.solve(start, diagonal, locked, values, price);
  };
  const solve: CorrelatedSolver['solve'] = (base, fixed, values, slope) => {
    shifted.set(base);
    solveShifted(fixed, values);
    if (factorCount > 0) {
      for (let k = 0; k < factorCount; k++) {
        let sum = 0;
        const ofFactor = column(k);
        for (let node = 0; node < nodeCount; node++) {
          if (diagonal[node] !== Infinity)
            sum += (ofFactor[node] * (base[node] - values[node])) / diagonal[node];
        }
        weights[k] = sum;
      }
      choleskySolve(system, factorCount, weights);
      for (let k = 0; k < factorCount; k++) {
        const ofFactor = column(k);
        for (let node = 0; node < nodeCount; node++) shifted[node] -= weights[k] * ofFactor[node];
      }
      solveShifted(fixed, values);
    }
    for (let leaf = 0; leaf < slope.length; leaf++) {
      slope[leaf] = (values[leaf] - shifted[leaf]) / diagonal[leaf] - price[leaf];
    }
  };

  const addVariance = (result: Float64Array): void => {
    const row = new Float64Array(factorCount);
    for (let node = 0; node < nodeCount; node++) {
      for (let k = 0; k < factorCount; k++) row[k] = reconciled[k * nodeCount + node];
      const before = row.slice();
      choleskySolve(system, factorCount, row);
      for (let k = 0; k < factorCount; k++) result[node] += before[k] * row[k];
    }
  };
  return { solve, addVariance };
}

/** The Cholesky factor of  I + U' D^-1 (U - R U),  factorCount x factorCount. */
function factoredSystem(
  diagonal: Float64Array,
  factors: Float64Array,
  reconciled: Float64Array,
  factorCount: number,
): Float64Array {
  const nodeCount = diagonal.length;
  const system = new Float64Array(factorCount * factorCount);
  const weighted = new Float64Array(nodeCount);
  for (let k = 0; k < factorCount; k++) {
    for (let node = 0; node < nodeCount; node++) {
      weighted[node] = factors[k * nodeCount + node] / diagonal[node];
    }
    for (let other = 0; other <= k; other++) {
      let product = other === k ? 1 : 0;
      const first = other * nodeCount;
      for (let node = 0; node < nodeCount; node++) {
        product += weighted[node] * (factors[first + node] - reconciled[first + node]);
      }
      system[k * factorCount + other] = product;
      system[other * factorCount + k] = product;
    }
  }
  cholesky(system, factorCount);
  return system;
}
