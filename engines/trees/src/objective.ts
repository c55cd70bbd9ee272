/**
 * What a model minimises: losses with their first and second derivatives by the score.
 *
 *   l2        (score - y)^2 / 2         reported as the mean squared error
 *   l1        |score - y|               leaf values are medians of residuals
 *   quantile  pinball loss at a level   leaf values are quantiles of residuals
 *   poisson   exp(score) - y score      log link
 *   tweedie   variance ~ mean^power, 1 < power < 2; log link
 *
 * Scores stand on the link scale. Poisson's second derivative is raised by e^0.7, which keeps a Newton step from
 * overshooting where the mean is still far too low.
 *
 * Source  Friedman (2001), Annals of Statistics 29(5), 1189-1232; Koenker and Bassett (1978), Econometrica 46, 33-50;
 *         Yang, Qian and Zou (2018), J. of Business and Economic Statistics 36(3), 456-470 (Tweedie); the 0.7 is the
 *         max_delta_step of XGBoost and LightGBM.
 */
import { assert } from '@planwright/units';
import { weightedQuantile } from './weighted-quantile.ts';

export type Objective =
  | { readonly kind: 'l2' }
  | { readonly kind: 'l1' }
  | { readonly kind: 'quantile'; readonly level: number }
  | { readonly kind: 'poisson' }
  | { readonly kind: 'tweedie'; readonly power: number };

const POISSON_CAUTION = Math.exp(0.7);
// e^700 is still finite.
const SCORE_MAX = 700;
// The log of a mean that is nought: small against any quantity, and finite.
const SCORE_MIN = -30;

/** True where the score is the logarithm of the prediction. */
export function hasLogLink(objective: Objective): boolean {
  return objective.kind === 'poisson' || objective.kind === 'tweedie';
}

/** The quantile that the leaves of an L1 or quantile model estimate; undefined where leaves take a Newton step. */
export function leafQuantile(objective: Objective): number | undefined {
  if (objective.kind === 'l1') return 0.5;
  return objective.kind === 'quantile' ? objective.level : undefined;
}

/** Stops on a target or parameter that the objective is not defined for. */
export function assertObjective(objective: Objective, target: Float64Array): void {
  if (objective.kind === 'quantile') {
    assert(objective.level > 0 && objective.level < 1, `level is between 0 and 1, not ${objective.level}`);
  }
  if (objective.kind === 'tweedie') {
    assert(objective.power > 1 && objective.power < 2, `power is between 1 and 2, not ${objective.power}`);
  }
  const lowest = hasLogLink(objective) ? 0 : -Infinity;
  for (let row = 0; row < target.length; row++) {
    assert(Number.isFinite(target[row]), `target of row ${row} is a finite number, not ${target[row]}`);
    assert(
      target[row] >= lowest,
      `target of row ${row} is not negative under ${objective.kind}: ${target[row]}`,
    );
  }
}

/** Prediction on the scale of the target. */
export function response(objective: Objective, score: number): number {
  return hasLogLink(objective) ? Math.exp(Math.min(score, SCORE_MAX)) : score;
}

/** The best constant score over the given rows; 0 without rows or weight. */
export function baseScore(
  objective: Objective,
  target: Float64Array,
  weights: Float64Array | undefined,
  rows: Uint32Array,
): number {
  const level = leafQuantile(objective);
  if (level !== undefined) {
    const values = Float64Array.from(rows, (row) => target[row]);
    const shares = weights === undefined ? undefined : Float64Array.from(rows, (row) => weights[row]);
    const constant = weightedQuantile(values, shares, level);
    return Number.isNaN(constant) ? 0 : constant;
  }
  let mean = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    if (weight > 0) mean += (weight / total) * (target[row] - mean);
  }
  if (total === 0) return 0;
  return hasLogLink(objective) ? Math.max(SCORE_MIN, Math.log(mean)) : mean;
}

/**
 * Writes the derivatives of every row. `hessians` is empty where every second derivative is 1: l2, l1 and quantile
 * without weights.
 */
export function deriveInto(
  objective: Objective,
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array | undefined,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  if (objective.kind === 'l2') {
    for (let row = 0; row < scores.length; row++) gradients[row] = scores[row] - target[row];
  } else if (objective.kind === 'poisson') {
    for (let row = 0; row < scores.length; row++) {
      const mean = Math.exp(Math.min(scores[row], SCORE_MAX));
      gradients[row] = mean - target[row];
      hessians[row] = mean * POISSON_CAUTION;
    }
  } else if (objective.kind === 'tweedie') {
    const { power } = objective;
    for (let row = 0; row < scores.length; row++) {
      const score = Math.min(scores[row], SCORE_MAX);
      const pull = target[row] * Math.exp((1 - power) * score);
      const push = Math.exp((2 - power) * score);
      gradients[row] = push - pull;
      hessians[row] = (power - 1) * pull + (2 - power) * push;
    }
  } else {
    const level = objective.kind === 'l1' ? 0.5 : objective.level;
    for (let row = 0; row < scores.length; row++) {
      gradients[row] = scores[row] >= target[row] ? 1 - level : -level;
    }
  }
  if (weights === undefined) return;
  const ownHessian = hasLogLink(objective);
  for (let row = 0; row < scores.length; row++) {
    gradients[row] *= weights[row];
    hessians[row] = ownHessian ? hessians[row] * weights[row] : weights[row];
  }
}

/** Mean loss over the given rows, weighted; 0 without rows or weight. */
export function meanLoss(
  objective: Objective,
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array | undefined,
  rows: Uint32Array,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const weight = weights === undefined ? 1 : weights[row];
    sum += weight * lossOf(objective, scores[row], target[row]);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

function lossOf(objective: Objective, score: number, actual: number): number {
  const error = score - actual;
  switch (objective.kind) {
    case 'l2':
      return error * error;
    case 'l1':
      return Math.abs(error);
    case 'quantile':
      return error >= 0 ? (1 - objective.level) * error : -objective.level * error;
    case 'poisson':
      return Math.exp(Math.min(score, SCORE_MAX)) - actual * score;
    case 'tweedie': {
      const { power } = objective;
      const bounded = Math.min(score, SCORE_MAX);
      const pull = (actual * Math.exp((1 - power) * bounded)) / (1 - power);
      return Math.exp((2 - power) * bounded) / (2 - power) - pull;
    }
  }
}
