/**
 * Fix and optimise: all setups of a plan are held but those of some buckets, or of some items, and the solver finds the
 * best plan of that neighbourhood; then those of the next, until a whole round brings nothing or the time is up. Each
 * neighbourhood is small enough to be searched to its end, and no step makes the plan worse.
 *
 * Source    Helber and Sahling (2010), International Journal of Production Economics 123(2), 247-256.
 */
import {
  type LotPlan,
  lotPlanOf,
  type LotSizingProgram,
  lotSizingStart,
  withSetupsHeld,
} from '@planwright/supply';
import type { Solver } from './solver.ts';

export type ImproveOptions = {
  /** For all rounds together. */
  readonly timeLimitSeconds: number;
  readonly signal?: AbortSignal;
};

/** Buckets of a window, and how far it moves on; items that are free together. */
const WINDOW_BUCKETS = 5;
const WINDOW_STEP = 3;
const ITEMS_AT_ONCE = 2;
/** A neighbourhood that is not done in this share of the time is left where it is. */
const STEP_SHARE = 0.2;
const GAP_RATIO = 0.0005;

/** A plan that costs no more than `plan`, which keeps all rows of the program. */
export async function improveLots(
  solver: Solver,
  drafted: LotSizingProgram,
  plan: LotPlan,
  { timeLimitSeconds, signal }: ImproveOptions,
): Promise<LotPlan> {
  const endsAt = performance.now() + timeLimitSeconds * 1000;
  let best = plan;
  let isBetter = true;
  while (isBetter) {
    isBetter = false;
    for (const isFree of neighbourhoods(drafted)) {
      const left = (endsAt - performance.now()) / 1000;
      if (left <= 0 || signal?.aborted === true) return best;
      const solution = await solver.solve(withSetupsHeld(drafted, best, isFree), {
        timeLimitSeconds: Math.min(left, Math.max(0.5, STEP_SHARE * timeLimitSeconds)),
        gapRatio: GAP_RATIO,
        start: lotSizingStart(drafted, best),
        ...(signal && { signal }),
      });
      if (solution.columnValues.length === 0) continue;
      const found = lotPlanOf(drafted, solution.columnValues);
      if (found.cost >= best.cost * (1 - 1e-9)) continue;
      best = found;
      isBetter = true;
    }
  }
  return best;
}

type IsFree = (item: number, bucket: number) => boolean;

function neighbourhoods({ problem }: LotSizingProgram): IsFree[] {
  const free: IsFree[] = [];
  for (let first = 0; first < Math.max(1, problem.bucketCount - WINDOW_STEP + 1); first += WINDOW_STEP) {
    free.push((_, bucket) => bucket >= first && bucket < first + WINDOW_BUCKETS);
  }
  for (let first = 0; first < problem.itemCount; first += ITEMS_AT_ONCE) {
    free.push((item) => item >= first && item < first + ITEMS_AT_ONCE);
  }
  return free;
}
