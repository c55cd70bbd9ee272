/**
 * The launch curve that several items share: sales of bucket t of item i are level_i x curve_t x season, and the curve
 * averages 1 over the horizon.
 *
 * Input    histories from the launch bucket on, in any unit, season still in them; NaN is not observed, and a history may end
 *          before the horizon does.
 * Method   levels and curve in turn until they settle (as iterative proportional fitting does, which is maximum likelihood for
 *          counts), the curve as the weighted mean of what each history is of its own level, so that a big seller counts
 *          no more than its weight. Where no history reaches, the curve stays at the mean of its last three buckets.
 * Smooth   the curve is drawn towards its own moving mean over five buckets, and that towards a flat line, as far as its
 *          noise suggests (James-Stein, as Miller and Williams 2003 do with seasons): what all share stays, what happened to one goes.
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
  /**
   * Variance of each bucket's demand about level x curve, over the squared level, free of season; NaN where it cannot be
   * told. Bucket 0 varies most where some items start at once and others slowly.
   */
  readonly noise: Float64Array;
  /** Share of the observed buckets in which an item sold nothing, 0 to 1. */
  readonly emptyShare: number;
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
  const noise = new Float64Array(horizon).fill(Number.NaN);
  if (reached === 0) return { curve, kind: 'flat', levels, noise, emptyShare: 0, reached };

  settle(plain, histories, curve, levels, reached);
  let kind: LaunchCurve['kind'] = 'like items';
  if (effectiveCount(histories.map(({ weight }) => weight)) < FEWEST_FOR_OWN_CURVE) {
    const bass = fittedBass(curve.subarray(0, reached));
    kind = bass === undefined ? 'flat' : 'Bass';
    curve.set(bass === undefined ? new Float64Array(horizon).fill(1) : bassSales(bass, horizon));
    normalise(curve);
    for (let i = 0; i < plain.length; i++) levels[i] = levelOf(plain[i], curve);
  }
  writeNoise(plain, histories, { curve, kind, levels }, noise);
  if (kind === 'like items') {
    drawTogether(curve, noise, effectiveCount(histories.map(({ weight }) => weight)), reached);
    for (let i = 0; i < plain.length; i++) levels[i] = levelOf(plain[i], curve);
    writeNoise(plain, histories, { curve, kind, levels }, noise);
  }
  return { curve, kind, levels, noise, emptyShare: emptyShareOf(plain, histories), reached };
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

const SMOOTHING = 2;

/**
 * Draws the reached part of the curve towards its moving mean (whose window shrinks towards either end), and that towards
 * a flat line, each as far as its noise suggests.
 */
function drawTogether(curve: Float64Array, noise: Float64Array, count: number, reached: number): void {
  const smooth = curve.slice();
  let strength = 0;
  let ofSmooth = 0;
  let noiseRough = 0;
  let noiseSmooth = 0;
  for (let t = 0; t < reached; t++) {
    const half = Math.min(SMOOTHING, t, reached - 1 - t);
    let sum = 0;
    for (let s = t - half; s <= t + half; s++) sum += curve[s];
    const width = 2 * half + 1;
    smooth[t] = sum / width;
    strength += (curve[t] - smooth[t]) ** 2;
    ofSmooth += (smooth[t] - 1) ** 2;
    const ofBucket = Number.isFinite(noise[t]) ? noise[t] / count : 0;
    // The window holds the bucket itself, so less than its whole noise is in the difference.
    noiseRough += ofBucket * (1 - 1 / width);
    noiseSmooth += ofBucket / width;
  }
  const kept = strength > 0 ? Math.max(0, 1 - noiseRough / strength) : 0;
  const keptSmooth = ofSmooth > 0 ? Math.max(0, 1 - noiseSmooth / ofSmooth) : 0;
  // Shares of numbers that are not negative, so that rounding makes none of a bucket without demand negative.
  for (let t = 0; t < reached; t++)
    curve[t] = 1 - keptSmooth + keptSmooth * ((1 - kept) * smooth[t] + kept * curve[t]);
  extend(curve, reached);
  normalise(curve);
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

/** Buckets on either side that a bucket's noise is pooled with. */
const NEIGHBOURS = 1;
/** Cells of all buckets together that join those of a bucket, so that a few quiet ones promise nothing. */
const CELLS_BEFORE = 15;

/**
 * Squared deviations of each history from its own level x curve, over that level; those of a bucket and its neighbours joined
 * by some of all buckets (in proportion to the curve, as counts vary), with the fitted parameters made good.
 */
function writeNoise(
  plain: readonly Float64Array[],
  histories: readonly LaunchHistory[],
  { curve, kind, levels }: Pick<LaunchCurve, 'curve' | 'kind' | 'levels'>,
  noise: Float64Array,
): void {
  const horizon = curve.length;
  const squares = new Float64Array(horizon);
  const weights = new Float64Array(horizon);
  const used = histories.filter(({ weight }, i) => weight > 0 && levels[i] > 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  let cells = 0;
  for (let i = 0; i < plain.length; i++) {
    if (!(levels[i] > 0)) continue;
    const weight = (histories[i].weight * used.length) / total;
    for (let t = 0; t < horizon; t++) {
      if (!Number.isFinite(plain[i][t])) continue;
      squares[t] += weight * (plain[i][t] / levels[i] - curve[t]) ** 2;
      weights[t] += weight;
      if (weight > 0) cells += 1;
    }
  }
  const ofCurve = kind === 'like items' ? horizon - 1 : kind === 'Bass' ? 2 : 0;
  const freedom = cells - used.length - ofCurve;
  if (!(freedom > 0)) return;
  const madeGood = cells / freedom;
  const pooled = (madeGood * sumOf(squares)) / sumOf(weights);
  for (let t = 0; t < horizon; t++) {
    let near = 0;
    let nearWeights = 0;
    for (let s = Math.max(0, t - NEIGHBOURS); s <= Math.min(horizon - 1, t + NEIGHBOURS); s++) {
      near += madeGood * squares[s];
      nearWeights += weights[s];
    }
    noise[t] = (near + CELLS_BEFORE * pooled * curve[t]) / (nearWeights + CELLS_BEFORE);
  }
}

function emptyShareOf(plain: readonly Float64Array[], histories: readonly LaunchHistory[]): number {
  let empty = 0;
  let all = 0;
  plain.forEach((values, i) => {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      all += histories[i].weight;
      if (value === 0) empty += histories[i].weight;
    }
  });
  return all > 0 ? empty / all : 0;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
