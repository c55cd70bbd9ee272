/**
 * Makes intervals cover what they promise. A model's own interval assumes that its parameters are true and that
 * errors are normal; measured on M1, M4 and NN3 such 95 % intervals cover 85 to 92 %. Four corrections:
 *
 * Origins   the fitted model, or the part of it whose bands it has, is run to each of the last origins and forecasts from
 *           there. Where its errors, over the width it promised, are larger than they should be at a horizon (pooled
 *           with its neighbours and drawn towards 1 by PRIOR_SCORES), the interval grows in that proportion. It never
 *           shrinks: these errors are in sample. This is split conformal scaling, per horizon, with a root mean square
 *           in place of an order statistic, because twenty origins have no 95 % quantile worth the name.
 * Learning  parameters are estimates: the variance grows by (6.4 h + 8) / n.
 * Limit     no interval is wider than WALK_LIMIT times that of a random walk with the steps of the history. Variances of
 *           models with multiplicative errors grow exponentially with the horizon, and on short, restless
 *           histories into the absurd; a random walk is what is left of a series when nothing about it is known.
 * Tails     errors have the tails of Student's t with 4 degrees of freedom rather than the normal's.
 *
 * Source    Vovk, Gammerman and Shafer (2005) for conformal prediction; Stankeviciute, Alaa and van der Schaar (2021),
 *           NeurIPS, for one score per horizon. The constants were chosen on the monthly series of M1 and the quarterly sample
 *           of M4; test/coverage.golden.test.ts prints the coverage of those and of sets that had no say.
 */
import { normalQuantile } from '@planwright/numerics';
import type { Core } from '../contract/contract.ts';

const MAX_ORIGINS = 7;
const ORIGIN_STEP = 3; // Errors of neighbouring origins say nearly the same.
const PRIOR_SCORES = 60;
const LARGEST_GROWTH = 1.4;
const LARGEST_SCORE = 3;
const NEIGHBOURS = 2.5; // Horizon h shares the scores of h / 2.5 to 2.5 h.
const TAIL_FREEDOM = 4;
const TAIL_SCALE = 0.633;
const LEARNT_PER_STEP = 6.4;
const LEARNT = 8;
const WALK_LIMIT = 2.5;
const SCORE_TAIL = 0.975;
const SCORE_Z = normalQuantile(SCORE_TAIL);

/** Sums of squared scores (error over promised standard deviation) and their number, per horizon. */
type Scores = { readonly squares: Float64Array; readonly counts: Int32Array };

/** A core whose bands are those of a part of it, such as of the members of a combination that have a say in the width. */
export type PartlyBandedCore = Core & { readonly banded?: Core };

/** The core with calibrated quantiles. Its refit is the plain core's: whoever refits calibrates anew. */
export function calibratedCore(core: PartlyBandedCore, history: Float64Array, period: number): Core {
  let cached: Scores | undefined;
  const quantile = (horizon: number, probability: number): Float64Array => {
    const plain = core.quantile(horizon, probability);
    if (cached === undefined || cached.counts.length < horizon)
      cached = originScores(core.banded ?? core, history, period, horizon);
    const mean = core.mean(horizon);
    const z = normalQuantile(probability);
    const tail = tailFactor(z);
    const walk = WALK_LIMIT * Math.abs(z) * rootMeanSquareStep(history);
    const scores = cached;
    return plain.map((value, step) => {
      const learning = Math.sqrt(1 + (LEARNT_PER_STEP * (step + 1) + LEARNT) / history.length);
      const distance = (value - mean[step]) * tail * learning * growth(scores, step);
      const limit = walk * Math.sqrt(step + 1);
      return mean[step] + Math.min(limit, Math.max(-limit, distance));
    });
  };
  return { ...core, quantile };
}

/** Of the changes from bucket to bucket; infinite where there is none to see. */
function rootMeanSquareStep(history: Float64Array): number {
  let squares = 0;
  for (let t = 1; t < history.length; t++) squares += (history[t] - history[t - 1]) ** 2;
  return history.length < 3 ? Infinity : Math.sqrt(squares / (history.length - 1));
}

/** Ratio of the t to the normal quantile (Cornish-Fisher), rising with |z|, so that intervals stay nested. */
function tailFactor(z: number): number {
  const square = z * z;
  const first = (square + 1) / (4 * TAIL_FREEDOM);
  const second = (5 * square * square + 16 * square + 3) / (96 * TAIL_FREEDOM * TAIL_FREEDOM);
  return TAIL_SCALE * (1 + first + second);
}

function originScores(core: Core, history: Float64Array, period: number, horizon: number): Scores {
  const squares = new Float64Array(horizon);
  const counts = new Int32Array(horizon);
  const count = history.length;
  const earliest = Math.max(2 * period + 2, 6, Math.floor(0.35 * count), count - MAX_ORIGINS * ORIGIN_STEP);
  for (let origin = count - 1; origin >= earliest; origin -= ORIGIN_STEP) {
    const past = core.refit(history.subarray(0, origin), 'states');
    const span = Math.min(horizon, count - origin);
    const mean = past.mean(span);
    const upper = past.quantile(span, SCORE_TAIL);
    for (let step = 0; step < span; step++) {
      const deviation = (upper[step] - mean[step]) / SCORE_Z;
      if (!(deviation > 0)) continue;
      const score = Math.abs(history[origin + step] - mean[step]) / deviation;
      squares[step] += score * score;
      counts[step] += 1;
    }
  }
  return { squares, counts };
}

/** Factor for one step, from the scores of the horizons around it. */
function growth(scores: Scores, step: number): number {
  const first = Math.floor(step / NEIGHBOURS);
  const last = Math.min(scores.counts.length - 1, Math.ceil((step + 1) * NEIGHBOURS) - 1);
  let squares = 0;
  let count = 0;
  for (let near = first; near <= last; near++) {
    squares += scores.squares[near];
    count += scores.counts[near];
  }
  if (count === 0) return 1;
  const meanSquare = Math.min(squares / count, LARGEST_SCORE * LARGEST_SCORE);
  const shrunk = (PRIOR_SCORES + count * meanSquare) / (PRIOR_SCORES + count);
  return Math.min(LARGEST_GROWTH, Math.max(1, Math.sqrt(shrunk)));
}
