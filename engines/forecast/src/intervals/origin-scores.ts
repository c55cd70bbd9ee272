/** How large a forecast's errors were at past origins, over what its bands said of them. */
import type { Core } from '../contract/contract.ts';
import type { Correction } from './correction.ts';
import { deviationOf } from './normal-errors.ts';

const LARGEST_SCORE = 3;
const FEWEST_BEFORE = 6;
const LEAST_SHARE_BEFORE = 0.35;

/** Sums of squared scores (error over promised standard deviation) and their number, per horizon. */
export type OriginScores = { readonly squares: Float64Array; readonly counts: Int32Array };

/** Scores of the fitted model, its states moved to each origin. */
export function originScores(
  core: Core,
  history: Float64Array,
  period: number,
  horizon: number,
  correction: Correction,
): OriginScores {
  const squares = new Float64Array(horizon);
  const counts = new Int32Array(horizon);
  for (const origin of originsOf(history.length, period, correction)) {
    const past = core.refit(history.subarray(0, origin), 'states');
    const span = Math.min(horizon, history.length - origin);
    const mean = past.mean(span);
    const deviation = deviationOf(past, span);
    for (let step = 0; step < span; step++) {
      if (!(deviation[step] > 0)) continue;
      const score = (history[origin + step] - mean[step]) / deviation[step];
      squares[step] += score * score;
      counts[step] += 1;
    }
  }
  return { squares, counts };
}

/** The newest first. */
function originsOf(count: number, period: number, correction: Correction): number[] {
  const { origins, newestOrigin, originStep, seasonsBefore } = correction;
  const earliest = Math.max(
    seasonsBefore * period + 2,
    FEWEST_BEFORE,
    Math.floor(LEAST_SHARE_BEFORE * count),
  );
  const newest = count - newestOrigin;
  return Array.from({ length: origins }, (_, i) => newest - i * originStep).filter(
    (origin) => origin >= earliest,
  );
}

/** What the width of one step is multiplied by, from the scores of the horizons around it. */
export function growth({ squares, counts }: OriginScores, step: number, correction: Correction): number {
  const { neighbours, priorScores, leastGrowth, largestGrowth } = correction;
  const first = Math.floor(step / neighbours);
  const last = Math.min(counts.length - 1, Math.ceil((step + 1) * neighbours) - 1);
  let sum = 0;
  let count = 0;
  for (let near = first; near <= last; near++) {
    sum += squares[near];
    count += counts[near];
  }
  if (count === 0) return 1;
  const meanSquare = Math.min(sum / count, LARGEST_SCORE * LARGEST_SCORE);
  const shrunk = (priorScores + count * meanSquare) / (priorScores + count);
  return Math.min(largestGrowth, Math.max(leastGrowth, Math.sqrt(shrunk)));
}
