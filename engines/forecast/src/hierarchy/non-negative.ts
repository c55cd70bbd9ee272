/**
 * Reconciled values of which no leaf is below 0, as the exact optimum and not by cutting off afterwards, which would
 * leave the groups too high.
 *
 * Method   block principal pivoting: leaves that come out negative are held at 0, leaves held at 0 whose release would lower the
 *          sum of squares are released, all at once while that makes progress, then one by one, which cannot cycle. It ends
 *          where neither is left: these are the Kuhn-Tucker conditions of the one minimum.
 * Source   Wickramasuriya, Turlach and Hyndman (2020), Statistics and Computing 30, 1167-1182; the exchange rule of
 *          Kim and Park (2011), SIAM J. on Scientific Computing 33(6), 3261-3281.
 * Cost     a solution per exchange, usually fewer than ten.
 */
import type { CorrelatedSolver } from './correlated-solver.ts';

const PATIENCE = 3;
const MOST_EXCHANGES = 200;
const SLACK = 1e-10;

/**
 * Solves one column in place with leaves at 0 or more. `locked` holds the planner's locks and is left as it was; locked
 * leaves keep their value whatever its sign. `solverFor` gives a solver for a set of locks. Returns whether it ended.
 */
export function solveNonNegative(
  solverFor: (locked: Uint8Array) => CorrelatedSolver,
  base: Float64Array,
  fixed: Float64Array,
  locked: Uint8Array,
  values: Float64Array,
  slope: Float64Array,
): boolean {
  const leafCount = slope.length;
  const held = locked.slice();
  const targets = fixed.slice();
  let fewest = leafCount + 1;
  let patience = PATIENCE;
  for (let exchange = 0; exchange < MOST_EXCHANGES; exchange++) {
    solverFor(held).solve(base, targets, values, slope);
    const wrong = wrongLeaves(base, locked, held, values, slope);
    if (wrong.length === 0) return cutOff(locked, values, slope.length, true);
    if (wrong.length < fewest) {
      fewest = wrong.length;
      patience = PATIENCE;
    } else {
      patience -= 1;
    }
    for (const leaf of patience >= 0 ? wrong : wrong.slice(-1)) {
      held[leaf] = 1 - held[leaf];
      targets[leaf] = 0;
    }
  }
  return cutOff(locked, values, leafCount, false);
}

/** Takes away what rounding, or an unfinished search, leaves below 0. */
function cutOff(locked: Uint8Array, values: Float64Array, leafCount: number, ended: boolean): boolean {
  for (let leaf = 0; leaf < leafCount; leaf++) {
    if (locked[leaf] === 0) values[leaf] = Math.max(0, values[leaf]);
  }
  return ended;
}

/** Leaves that are below 0, or held at 0 against their slope. */
function wrongLeaves(
  base: Float64Array,
  locked: Uint8Array,
  held: Uint8Array,
  values: Float64Array,
  slope: Float64Array,
): number[] {
  let largest = 0;
  let steepest = 0;
  for (let leaf = 0; leaf < slope.length; leaf++) {
    largest = Math.max(largest, Math.abs(base[leaf]));
    steepest = Math.max(steepest, Math.abs(slope[leaf]));
  }
  const wrong: number[] = [];
  for (let leaf = 0; leaf < slope.length; leaf++) {
    if (locked[leaf] === 1) continue;
    const isWrong = held[leaf] === 1 ? slope[leaf] < -SLACK * steepest : values[leaf] < -SLACK * largest;
    if (isWrong) wrong.push(leaf);
  }
  return wrong;
}
