/**
 * Forecasts that add up: groups and keys are forecast each on their own, which disagrees, and are then moved as little as
 * their accuracy allows until every group is the sum of its keys. Groups are smoother and see season and trend
 * better, keys know what is their own; the result is on average better than either (see the methods' sources).
 *
 * Input    base forecasts, nodes x horizon, row-major; NaN in a group's row: it has no forecast of its own and takes its sum.
 * Methods  'bottom-up'   the leaves as they are.
 *          'structural'  least squares with the number of leaves as variance: no history needed (WLS_s).
 *          'variance'    with the variances of the base forecasts' errors (WLS_v).
 *          'shrink'      with their shrunken covariance (MinT): the best where a history of errors is there.
 * Locks    values that a planner holds fast, leaf or group; all else adapts. They are met exactly.
 * Laws     result is coherent; coherent base forecasts without locks are not changed; S P S = S, so unbiased stays unbiased.
 * Source   Wickramasuriya, Athanasopoulos and Hyndman (2019), J. of the American Statistical Association 114(526), 804-819;
 *          Athanasopoulos, Hyndman, Kourentzes and Petropoulos (2017), European J. of Operational Research 262(1), 60-74.
 * Cost     O(nodes) a bucket on trees with independent errors; see the solvers for others.
 */
import type { Issue } from '@planwright/units';
import { assert } from '@planwright/units';
import { counted } from '../explanation/spoken-number.ts';
import { type CorrelatedSolver, correlatedSolver } from './correlated-solver.ts';
import {
  columnOf,
  type ErrorModel,
  independentErrors,
  shrunkenErrors,
  structuralErrors,
} from './error-model.ts';
import { leastSquaresSolver } from './least-squares.ts';
import { solveNonNegative } from './non-negative.ts';
import { type Structure, sumUp } from './structure.ts';

export type ReconcileMethod =
  | { readonly kind: 'bottom-up' }
  | { readonly kind: 'structural' }
  /** One variance per node, or nodes x horizon. */
  | { readonly kind: 'variance'; readonly variances: Float64Array }
  /** One-step errors, nodes x history buckets, NaN where unknown; variances as above where they are known per step. */
  | { readonly kind: 'shrink'; readonly residuals: Float64Array; readonly variances?: Float64Array };

export type ReconcileInput = {
  readonly structure: Structure;
  /** nodes x horizon, row-major. Leaves are finite; NaN in a group: no forecast of its own. */
  readonly base: Float64Array;
  readonly method: ReconcileMethod;
  /** No leaf below 0, so no group either; false unless told. */
  readonly nonNegative?: boolean;
  /** nodes x horizon: the value that a node is held at, NaN where it is free. */
  readonly locks?: Float64Array;
  /**
   * Sample paths of each node; 1 unless told. `base` and the result then are nodes x paths x horizon. Reconciling every path
   * gives paths of a coherent distribution (Panagiotelis et al. 2023, European J. of Operational Research 306(2), 693-706).
   */
  readonly pathCount?: number;
};

export type Reconciled = {
  /** nodes x horizon, row-major, coherent. */
  readonly values: Float64Array;
  readonly issues: readonly Issue[];
};

export function reconcile(input: ReconcileInput): Reconciled {
  const { structure, base, locks, pathCount = 1 } = input;
  const { nodeCount } = structure;
  const width = widthOf(base, nodeCount);
  const horizon = pathCount === 0 ? 0 : width / pathCount;
  assert(Number.isInteger(horizon), 'base forecasts are nodes x paths x horizon');
  assert(locks === undefined || locks.length === nodeCount * horizon, 'locks are nodes x horizon');
  const values = new Float64Array(base.length);
  const solverOf = bucketSolvers(structure, errorsOf(input, horizon));
  const column = new Float64Array(nodeCount);
  const slope = new Float64Array(structure.leafCount);
  let conflicts = 0;
  let unfinished = 0;
  for (let bucket = 0; bucket < horizon; bucket++) {
    const { locked, fixed } = locksOf(locks, nodeCount, horizon, bucket);
    for (let path = 0; path < pathCount; path++) {
      const index = path * horizon + bucket;
      const own = baseColumn(base, structure, width, index);
      const solverFor = (held: Uint8Array): CorrelatedSolver => solverOf(bucket, own.missing, held);
      if (input.nonNegative !== true) solverFor(locked).solve(own.values, fixed, column, slope);
      else if (!solveNonNegative(solverFor, own.values, fixed, locked, column, slope)) unfinished += 1;
      sumUp(structure, column);
      conflicts += settleLocks(locked, fixed, column);
      for (let node = 0; node < nodeCount; node++) values[node * width + index] = column[node];
    }
  }
  return { values, issues: issuesOf(conflicts, unfinished) };
}

function widthOf(base: Float64Array, nodeCount: number): number {
  const width = nodeCount === 0 ? 0 : base.length / nodeCount;
  assert(Number.isInteger(width), 'base forecasts have a row for each node');
  return width;
}

export function errorsOf(
  { structure, method }: Pick<ReconcileInput, 'structure' | 'method'>,
  horizon: number,
): ErrorModel {
  const { nodeCount, leafCount } = structure;
  switch (method.kind) {
    case 'bottom-up': {
      const variances = new Float64Array(nodeCount).fill(Infinity).fill(1, 0, leafCount);
      return independentErrors(variances, nodeCount, horizon);
    }
    case 'structural':
      return structuralErrors(structure);
    case 'variance':
      return independentErrors(method.variances, nodeCount, horizon);
    case 'shrink':
      return shrunkenErrors(method.residuals, nodeCount, horizon, method.variances);
  }
}

/** A solver per bucket, set of locks and set of missing forecasts; the last one is kept, as buckets mostly share theirs. */
function bucketSolvers(
  structure: Structure,
  errors: ErrorModel,
): (bucket: number, missing: readonly number[], locked: Uint8Array) => CorrelatedSolver {
  const solver = leastSquaresSolver(structure);
  let kept: { readonly name: string; readonly solver: CorrelatedSolver } | undefined;
  return (bucket, missing, locked) => {
    const name = `${errors.constant ? 0 : bucket}|${missing.join()}|${locked.reduce((list, is, node) => (is === 1 ? `${list},${node}` : list), '')}`;
    if (kept?.name === name) return kept.solver;
    const diagonal = errors.diagonal(bucket).slice();
    const factors = errors.factors(bucket);
    for (const node of missing) {
      diagonal[node] = Infinity;
      for (let k = 0; k < errors.factorCount; k++) factors[k * diagonal.length + node] = 0;
    }
    const found = correlatedSolver(solver, diagonal, factors, errors.factorCount, locked.slice());
    kept = { name, solver: found };
    return found;
  };
}

/** One column of the base forecasts, with 0 at the groups that have none, and which these are. */
function baseColumn(
  base: Float64Array,
  { nodeCount, leafCount }: Structure,
  width: number,
  index: number,
): { values: Float64Array; missing: number[] } {
  const values = columnOf(base, nodeCount, width, index);
  const missing: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (Number.isFinite(values[node])) continue;
    assert(node >= leafCount, 'every leaf has a base forecast');
    missing.push(node);
    values[node] = 0;
  }
  return { values, missing };
}

function locksOf(locks: Float64Array | undefined, nodeCount: number, horizon: number, bucket: number) {
  const locked = new Uint8Array(nodeCount);
  const fixed =
    locks === undefined ? new Float64Array(nodeCount) : columnOf(locks, nodeCount, horizon, bucket);
  if (locks === undefined) return { locked, fixed };
  for (let node = 0; node < nodeCount; node++) {
    if (Number.isFinite(fixed[node])) locked[node] = 1;
    else fixed[node] = 0;
  }
  return { locked, fixed };
}

const LOCK_SLACK = 1e-8;

/** Puts locked values in place of sums that meet them up to rounding; counts those that do not. */
function settleLocks(locked: Uint8Array, fixed: Float64Array, column: Float64Array): number {
  let largest = 0;
  for (const value of column) largest = Math.max(largest, Math.abs(value));
  let conflicts = 0;
  for (let node = 0; node < column.length; node++) {
    if (locked[node] === 0) continue;
    if (Math.abs(column[node] - fixed[node]) <= LOCK_SLACK * largest) column[node] = fixed[node];
    else conflicts += 1;
  }
  return conflicts;
}

function issuesOf(conflicts: number, unfinished: number): Issue[] {
  const issues: Issue[] = [];
  if (conflicts > 0) {
    issues.push({
      severity: 'error',
      code: 'LOCKS_CONFLICT',
      message: `${counted(conflicts, 'locked value')} cannot hold together with the locks above or below them; sums of the lower ones are kept.`,
      advice: 'Release a lock, or leave one node under each locked group free.',
    });
  }
  if (unfinished > 0) {
    issues.push({
      severity: 'warning',
      code: 'NOT_OPTIMAL',
      message: `In ${counted(unfinished, 'bucket')} values below 0 were cut off before the closest coherent values were found.`,
      advice: 'Check base forecasts that are far below 0.',
    });
  }
  return issues;
}
