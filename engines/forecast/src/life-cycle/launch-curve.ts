/**
 * The launch curve that several items share: sales of bucket t of item i are level_i x curve_t x season, and the curve
 * averages 1 over the horizon.
 *
 * Input    histories from the launch bucket on, in any unit, season still in them; NaN is not observed, and a history may end
 *          before the horizon does.
 * Method   levels and curve in turn until they settle (as iterative proportional fitting does, which is maximum likelihood for
 *          counts), the curve as the weighted mean of what each history is of its own level, so that a big seller counts
 *          no more than its weight. Where no history reaches, the curve stays at the mean of its last three buckets.
 * Bass     a mean of one or two histories would repeat their noise as if it were a curve; then the Bass curve nearest
 *          to that mean takes its place.
 * Cost     O(items x horizon x rounds).
 */
import { bassSales, fittedBass } from './bass.ts';

export type LaunchHistory = {
  /** Demand per bucket from the launch on. */
  readonly history: Float64Array;
  /** 0 or more; only proportions count. */
  readonly weight: number;
  /** Position in the season of the launch bucket, 0 to season - 1. */
  readonly launchPhase: number;
};

export type LaunchCurve = {
  /** Averages 1. */
  readonly curve: Float64Array;
  readonly kind: 'like items' | 'Bass' | 'flat';
  /** Demand per bucket of each history over the horizon, without season; NaN where nothing was observed. */
  readonly levels: Float64Array;
  /** Variance of demand over its mean, about the curve, in the unit of demand; NaN where it cannot be told. */
  readonly dispersion: number;
  /** Buckets that at least one history reaches. */
  readonly reached: number;
};

/** Fewer than this many equally weighted histories do not make a curve of their own. */
const FEWEST_FOR_OWN_CURVE = 2.5;
const ROUNDS = 30;
const SETTLED = 1e-9;
const TAIL = 3;
const SMALLEST_INDEX = 0.05;

/** `figure` holds one factor per phase of the season (averaging 1); all 1 for no season. */
export function launchCurve(
  histories: readonly LaunchHistory[],
  horizon: number,
  figure: Float64Array,
): LaunchCurve {
  const plain = histories.map(({ history, launchPhase }) =>
    withoutSeason(history, launchPhase, horizon, figure),
  );
  const levels = new Float64Array(histories.length).fill(Number.NaN);
  const curve = new Float64Array(horizon).fill(1);
  const reached = plain.reduce((most, values) => Math.max(most, lastObserved(values) + 1), 0);
  if (reached === 0) return { curve, kind: 'flat', levels, dispersion: Number.NaN, reached };

  settle(plain, histories, curve, levels, reached);
  let kind: LaunchCurve['kind'] = 'like items';
  if (effectiveCount(histories.map(({ weight }) => weight)) < FEWEST_FOR_OWN_CURVE) {
    const bass = fittedBass(curve.subarray(0, reached));
    kind = bass === undefined ? 'flat' : 'Bass';
    curve.set(bass === undefined ? new Float64Array(horizon).fill(1) : bassSales(bass, horizon));
    normalise(curve);
    for (let i = 0; i < plain.length; i++) levels[i] = levelOf(plain[i], curve);
  }
  const dispersion = dispersionOf(plain, histories, curve, levels, kind);
  return { curve, kind, levels, dispersion, reached };
}

/** How many equal weights spread as much (Kish). */
export function effectiveCount(weights: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

function withoutSeason(
  history: Float64Array,
  phase: number,
  horizon: number,
  figure: Float64Array,
): Float64Array {
  const plain = new Float64Array(horizon).fill(Number.NaN);
  for (let t = 0; t < Math.min(horizon, history.length); t++)
    plain[t] = Math.max(0, history[t]) / Math.max(SMALLEST_INDEX, figure[(phase + t) % figure.length]);
  return plain;
}

function lastObserved(values: Float64Array): number {
  let last = values.length - 1;
  while (last >= 0 && !Number.isFinite(values[last])) last -= 1;
  return last;
}

/** Alternates levels and curve; leaves both with the curve averaging 1. */
function settle(
  plain: readonly Float64Array[],
  histories: readonly LaunchHistory[],
  curve: Float64Array,
  levels: Float64Array,
  reached: number,
): void {
  const before = new Float64Array(curve.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < plain.length; i++) levels[i] = levelOf(plain[i], curve);
    before.set(curve);
    for (let t = 0; t < reached; t++) {
      let sum = 0;
      let weights = 0;
      for (let i = 0; i < plain.length; i++) {
        if (!Number.isFinite(plain[i][t]) || !(levels[i] > 0)) continue;
        sum += (histories[i].weight * plain[i][t]) / levels[i];
        weights += histories[i].weight;
      }
      if (weights > 0) curve[t] = sum / weights;
    }
    extend(curve, reached);
    normalise(curve);
    let moved = 0;
    for (let t = 0; t < curve.length; t++) moved = Math.max(moved, Math.abs(curve[t] - before[t]));
    if (moved < SETTLED) break;
  }
  for (let i = 0; i < plain.length; i++) levels[i] = levelOf(plain[i], curve);
}

function extend(curve: Float64Array, reached: number): void {
  const from = Math.max(0, reached - TAIL);
  let sum = 0;
  for (let t = from; t < reached; t++) sum += curve[t];
  curve.fill(sum / (reached - from), reached);
}

function normalise(curve: Float64Array): void {
  let sum = 0;
  for (const value of curve) sum += value;
  if (!(sum > 0)) curve.fill(1);
  else for (let t = 0; t < curve.length; t++) curve[t] *= curve.length / sum;
}

/** Observed demand over what the curve gives in the same buckets. */
function levelOf(values: Float64Array, curve: Float64Array): number {
  let demand = 0;
  let expected = 0;
  for (let t = 0; t < values.length; t++) {
    if (!Number.isFinite(values[t])) continue;
    demand += values[t];
    expected += curve[t];
  }
  return expected > 0 ? demand / expected : Number.NaN;
}

/** Mean of squared deviations over what was expected, with the fitted parameters taken off the number of buckets. */
function dispersionOf(
  plain: readonly Float64Array[],
  histories: readonly LaunchHistory[],
  curve: Float64Array,
  levels: Float64Array,
  kind: LaunchCurve['kind'],
): number {
  let squares = 0;
  let weights = 0;
  let cells = 0;
  let items = 0;
  for (let i = 0; i < plain.length; i++) {
    if (!(levels[i] > 0) || !(histories[i].weight > 0)) continue;
    items += 1;
    for (let t = 0; t < curve.length; t++) {
      const expected = levels[i] * curve[t];
      if (!Number.isFinite(plain[i][t]) || !(expected > 0)) continue;
      squares += (histories[i].weight * (plain[i][t] - expected) ** 2) / expected;
      weights += histories[i].weight;
      cells += 1;
    }
  }
  const ofCurve = kind === 'like items' ? curve.length - 1 : kind === 'Bass' ? 2 : 0;
  const freedom = cells - items - ofCurve;
  if (!(weights > 0)) return Number.NaN;
  return freedom > 0 ? ((squares / weights) * cells) / freedom : Number.NaN;
}
