/**
 * Finds the coherent values closest to base forecasts, column by column, for independent errors. Trees and other structures
 * have a solver each; what is built on them (correlated errors, values not below 0) is the same for both.
 */
import { sparseSolver } from './sparse-solver.ts';
import type { Structure } from './structure.ts';
import { treeSolver } from './tree-solver.ts';

/**
 * Arrays have one entry per node. The solver keeps working memory (one call at a time), and may keep what follows from
 * `variance` and `locked`: their caller passes other arrays where their content is another.
 */
export type LeastSquaresSolver = {
  /**
   * Writes the values with the least sum of (value - base)^2 / variance. A locked node keeps its base; a group with variance
   * Infinity has no base. `leafPrice` gets, per leaf, how fast that sum (halved) falls as the leaf rises, its own base aside.
   */
  solve(
    base: Float64Array,
    variance: Float64Array,
    locked: Uint8Array,
    values: Float64Array,
    leafPrice: Float64Array,
  ): void;
  /** Writes the variance of each node's solution, if the base forecasts have the given variances and are independent. */
  variances?(base: Float64Array, variance: Float64Array, locked: Uint8Array, result: Float64Array): void;
};

export const leastSquaresSolver = (structure: Structure): LeastSquaresSolver =>
  structure.tree === undefined ? sparseSolver(structure) : treeSolver(structure);
