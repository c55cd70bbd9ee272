/**
 * Makes intervals cover what they promise. A model's own interval assumes that its parameters are true and that
 * errors are normal; measured on M1, M4 and NN3 such 95 % intervals cover 85 to 92 %. Four corrections:
 *
 * Origins   the fitted model, or the part of it whose bands it has, is run to each of some past origins and forecasts from
 *           there. By the errors over the width promised, at a horizon and its neighbours and drawn towards 1, the interval
 *           grows, or with long seasons shrinks. This is split conformal scaling, per horizon, with a root mean square in place
 *           of an order statistic, because ten origins have no 95 % quantile worth the name.
 * Learning  parameters are estimates: the variance grows, the more the fewer buckets there are.
 * Limit     no interval is wider than WALK_LIMIT times that of a random walk with the steps of the history. Variances of
 *           models with multiplicative errors grow exponentially with the horizon, and on short, restless
 *           histories into the absurd; a random walk is what is left of a series when nothing about it is known. With a short
 *           season its steps are wide because it is, so that repeating the last season, whose errors grow from one season to the
 *           next, sets a second limit.
 * Tails     errors have the tails of Student's t rather than the normal's.
 *
 * How much of each, by season: correction.ts. test/coverage.golden.test.ts prints what bands hold.
 *
 * Source    Vovk, Gammerman and Shafer (2005) for conformal prediction; Stankeviciute, Alaa and van der Schaar (2021),
 *           NeurIPS, for one score per horizon.
 */
import { normalQuantile } from '@planwright/numerics';
import type { Core } from '../contract/contract.ts';
import { type Correction, correctionFor } from './correction.ts';
import { rememberedByHorizon } from './by-horizon.ts';
import { growth, type OriginScores, originScores } from './origin-scores.ts';
import { deviationOf } from './normal-errors.ts';

const WALK_LIMIT = 2.5;

/** A core whose bands are those of a part of it, such as of the members of a combination that have a say in the width. */
export type PartlyBandedCore = Core & { readonly banded?: Core };

/** The core with calibrated quantiles. Its refit is the plain core's: whoever refits calibrates anew. */
export function calibratedCore(core: PartlyBandedCore, history: Float64Array, period: number): Core {
  const correction = correctionFor(period);
  const judged = correction.ofWhole ? core : (core.banded ?? core);
  let scores: OriginScores | undefined;
  const corrected = rememberedByHorizon((horizon) => {
    if (scores === undefined || scores.counts.length < horizon)
      scores = originScores(judged, history, period, horizon, correction);
    const known = scores;
    const deviation = deviationOf(core, horizon).map(
      (own, step) => own * learningFactor(step, history.length, correction) * growth(known, step, correction),
    );
    return {
      mean: core.mean(horizon),
      deviation,
      widest: widestDeviation(history, period, horizon, correction),
    };
  });
  const quantile = (horizon: number, probability: number): Float64Array => {
    const { mean, deviation, widest } = corrected(horizon);
    const z = normalQuantile(probability);
    const tail = z * tailFactor(z, correction);
    return mean.map((value, step) => {
      const limit = Math.abs(z) * widest[step];
      return value + Math.min(limit, Math.max(-limit, tail * deviation[step]));
    });
  };
  return { ...core, deviation: undefined, quantile };
}

const learningFactor = (step: number, count: number, { learnt, learntPerStep }: Correction): number =>
  Math.sqrt(1 + (learntPerStep * (step + 1) + learnt) / count);

/** Of each step: the largest deviation that is believed. */
function widestDeviation(
  history: Float64Array,
  period: number,
  horizon: number,
  { seasonWalkLimit }: Correction,
): Float64Array {
  const walk = WALK_LIMIT * rootMeanSquareStep(history, 1);
  const seasonWalk =
    seasonWalkLimit === Infinity ? Infinity : seasonWalkLimit * rootMeanSquareStep(history, period);
  return Float64Array.from({ length: horizon }, (_, step) =>
    Math.min(walk * Math.sqrt(step + 1), seasonWalk * Math.sqrt(Math.floor(step / period) + 1)),
  );
}

/** Of the changes from bucket to bucket, or from season to season; infinite where too few are there to see. */
function rootMeanSquareStep(history: Float64Array, lag: number): number {
  let squares = 0;
  for (let t = lag; t < history.length; t++) squares += (history[t] - history[t - lag]) ** 2;
  const count = history.length - lag;
  return count < Math.max(2, lag) ? Infinity : Math.sqrt(squares / count);
}

/** Ratio of the t to the normal quantile (Cornish-Fisher), rising with |z|, so that intervals stay nested. */
function tailFactor(z: number, { tailFreedom, tailScale }: Correction): number {
  const square = z * z;
  const first = (square + 1) / (4 * tailFreedom);
  const second = (5 * square * square + 16 * square + 3) / (96 * tailFreedom * tailFreedom);
  return tailScale * (1 + first + second);
}
