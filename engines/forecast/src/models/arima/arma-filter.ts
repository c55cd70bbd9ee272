/**
 * The exact filter of a stationary ARMA process: one-step errors of one or more columns, their variances, and the state
 * after the last bucket.
 *
 * The state has r = max(p, q + 1) entries. Its covariance is never formed: between two buckets it changes by a matrix of
 * rank one, so that a bucket takes O(r) instead of the Kalman filter's O(r^2) (Chandrasekhar recursions). Once the
 * variance is down to that of the innovations, only the terms of the polynomials are left.
 * Source  Morf, Sidhu and Kailath (1974), IEEE Trans. Automatic Control 19(4), 315-323; Mélard (1984), Applied Statistics
 *         33(1), 104-114 (AS 197). The state is that of Harvey (1989), Forecasting, Structural Time Series Models and the
 *         Kalman Filter, section 3.3.
 */
import type { LagPolynomial } from './lag-polynomial.ts';
import { startGain, type StartWorkspace } from './arma-start.ts';

export type FilterWorkspace = {
  readonly gain: Float64Array;
  readonly change: Float64Array;
  /** columns x r. */
  readonly state: Float64Array;
  readonly start: StartWorkspace;
  /** After a pass: variance of the next bucket's error, and the weight of `change` in what it changes by. */
  variance: number;
  weight: number;
  /** Standard deviation of each bucket's error in units of the innovations'; 1 once the filter has settled. */
  readonly deviations: Float64Array;
};

/** `conditional` takes what lies before the first bucket for zero: the conditional sum of squares, for a quick search. */
export type FilterMode = 'exact' | 'conditional';

// Below this excess over the innovation variance the filter has settled.
const SETTLED = 1e-12;
// The variance never falls below that of the innovations, 1, but by rounding; far below, the arithmetic has failed.
const LEAST_VARIANCE = 0.5;
// The product of variances is taken to its logarithm before it overflows.
const LARGE_PRODUCT = 1e200;

/**
 * Writes the errors over their standard deviations in units of the innovations' to `errors` (columns x count), and returns
 * the logarithm of the determinant: the sum of the logarithms of the variances. NaN where the process is not stationary
 * or too near to it for the arithmetic. The state of each column is left ready for the next bucket.
 */
export function filterArma(
  ar: LagPolynomial,
  ma: LagPolynomial,
  data: Float64Array,
  columns: number,
  count: number,
  errors: Float64Array,
  workspace: FilterWorkspace,
  mode: FilterMode,
): number {
  const { gain, change, state, start, deviations } = workspace;
  const width = Math.max(ar.degree, ma.degree + 1);
  if (mode === 'conditional') {
    deviations.fill(1);
    conditionalErrors(ar, ma, data, columns, count, errors);
    return 0;
  }
  let variance = startGain(ar, ma, gain, start);
  if (!(variance >= 1 - SETTLED) || !(variance < Infinity)) return Number.NaN;
  for (let i = 0; i < width; i++) change[i] = gain[i];
  for (let i = 0; i < columns * width; i++) state[i] = 0;
  let weight = -1 / variance;
  let product = 1;
  let logs = 0;
  let t = 0;
  for (; t < count; t++) {
    if (t >= width && variance - 1 < SETTLED) break;
    product *= variance;
    if (product > LARGE_PRODUCT) {
      logs += Math.log(product);
      product = 1;
    }
    const deviation = Math.sqrt(variance);
    deviations[t] = deviation;
    for (let column = 1; column < columns; column++) {
      const at = column * width;
      const predicted = state[at];
      const error = data[column * count + t] - predicted;
      errors[column * count + t] = error / deviation;
      moveState(state, at, width, gain, error / variance, predicted, ar);
    }
    const predicted = state[0];
    const error = data[t] - predicted;
    errors[t] = error / deviation;
    const first = change[0];
    const next = variance + weight * first * first;
    if (!(next > LEAST_VARIANCE)) return Number.NaN;
    moveAll(state, gain, change, width, error / variance, weight * first, first / variance);
    for (let k = 0; k < ar.termCount; k++) {
      const at = ar.lags[k] - 1;
      const added = ar.terms[k] * first;
      state[at] += ar.terms[k] * predicted;
      gain[at] += weight * first * added;
      change[at] += added;
    }
    weight *= variance / next;
    variance = next;
  }
  workspace.variance = variance;
  workspace.weight = weight;
  if (t < count) {
    deviations.fill(1, t);
    settledErrors(ar, ma, data, columns, count, t, errors);
    for (let column = 0; column < columns; column++)
      settledState(ar, ma, data, column, count, errors, state, width);
  }
  return logs + Math.log(product);
}

/**
 * Variances of the next buckets' forecasts from the end of the history, in units of the innovations': what each innovation
 * to come does to the buckets after it, its variance and its gain being those of the filter as it goes on. The differenced
 * series' effects are added up by `by` to those of the series. Leaves the workspace as it is. O(horizon^2).
 */
export function futureVariances(
  ar: LagPolynomial,
  by: LagPolynomial,
  workspace: FilterWorkspace,
  width: number,
  horizon: number,
): Float64Array {
  const gain = workspace.gain.slice();
  const change = workspace.change.slice();
  const idle = new Float64Array(width);
  const total = new Float64Array(horizon);
  const path = new Float64Array(horizon + width + 1);
  let { variance, weight } = workspace;
  for (let step = 0; step < horizon; step++) {
    // The path holds the effect of one innovation on its own bucket and those after it.
    const left = horizon - step;
    path.fill(0);
    path[0] = 1;
    for (let i = 0; i < width; i++) path[i + 1] = gain[i] / variance;
    for (let j = 1; j < left; j++)
      for (let k = 0; k < ar.termCount; k++)
        path[Math.min(j + ar.lags[k], path.length - 1)] += ar.terms[k] * path[j];
    for (let j = 0; j < left; j++) {
      for (let k = 0; k < by.termCount && by.lags[k] <= j; k++) path[j] += by.terms[k] * path[j - by.lags[k]];
      total[step + j] += variance * path[j] * path[j];
    }
    const first = change[0];
    const next = variance + weight * first * first;
    moveAll(idle, gain, change, width, 0, weight * first, first / variance);
    for (let k = 0; k < ar.termCount; k++) {
      gain[ar.lags[k] - 1] += weight * first * ar.terms[k] * first;
      change[ar.lags[k] - 1] += ar.terms[k] * first;
    }
    weight *= variance / next;
    variance = next;
  }
  return total;
}

/** state <- T state + gain x surprise, T shifting by one and adding the autoregressive terms of the first entry. */
function moveState(
  state: Float64Array,
  at: number,
  width: number,
  gain: Float64Array,
  surprise: number,
  predicted: number,
  ar: LagPolynomial,
): void {
  const last = width - 1;
  for (let i = 0; i < last; i++) state[at + i] = state[at + i + 1] + gain[i] * surprise;
  state[at + last] = gain[last] * surprise;
  for (let k = 0; k < ar.termCount; k++) state[at + ar.lags[k] - 1] += ar.terms[k] * predicted;
}

/**
 * The same for the first column, and for the gain and its change in the same sweep: the gain takes up what `change` becomes,
 * the change loses what the gain already explains; all from the values before. The autoregressive terms come after.
 */
function moveAll(
  state: Float64Array,
  gain: Float64Array,
  change: Float64Array,
  width: number,
  surprise: number,
  taken: number,
  lost: number,
): void {
  const last = width - 1;
  for (let i = 0; i < last; i++) {
    const before = gain[i];
    const moved = change[i + 1];
    state[i] = state[i + 1] + before * surprise;
    gain[i] = before + taken * moved;
    change[i] = moved - lost * before;
  }
  state[last] = gain[last] * surprise;
  change[last] = -lost * gain[last];
}

/**
 * Errors once all autoregressive lags are known; those before count as zero, and the others stand for them too, so that the
 * sums of squares of models with different lags can be compared.
 */
function conditionalErrors(
  ar: LagPolynomial,
  ma: LagPolynomial,
  data: Float64Array,
  columns: number,
  count: number,
  errors: Float64Array,
): void {
  const from = Math.min(ar.degree, count - 1);
  for (let column = 0; column < columns; column++)
    for (let t = 0; t < from; t++) errors[column * count + t] = 0;
  settledErrors(ar, ma, data, columns, count, from, errors);
}

/** Errors from bucket `from` on by the polynomials alone; what lies before bucket 0 counts as zero. */
function settledErrors(
  ar: LagPolynomial,
  ma: LagPolynomial,
  data: Float64Array,
  columns: number,
  count: number,
  from: number,
  errors: Float64Array,
): void {
  const arTerms = ar.termCount;
  const maTerms = ma.termCount;
  for (let column = 0; column < columns; column++) {
    const at = column * count;
    for (let t = from; t < count; t++) {
      let error = data[at + t];
      for (let k = 0; k < arTerms && ar.lags[k] <= t; k++) error -= ar.terms[k] * data[at + t - ar.lags[k]];
      for (let k = 0; k < maTerms && ma.lags[k] <= t; k++) error -= ma.terms[k] * errors[at + t - ma.lags[k]];
      errors[at + t] = error;
    }
  }
}

/** The state after the last bucket, from the values and errors before it: entry i is what they give to the bucket i + 1 on. */
function settledState(
  ar: LagPolynomial,
  ma: LagPolynomial,
  data: Float64Array,
  column: number,
  count: number,
  errors: Float64Array,
  state: Float64Array,
  width: number,
): void {
  const at = column * width;
  const end = (column + 1) * count;
  for (let i = 0; i < width; i++) {
    let sum = 0;
    for (let k = 0; k < ar.termCount; k++) {
      const back = ar.lags[k] - i;
      if (back > 0 && back <= count) sum += ar.terms[k] * data[end - back];
    }
    for (let k = 0; k < ma.termCount; k++) {
      const back = ma.lags[k] - i;
      if (back > 0 && back <= count) sum += ma.terms[k] * errors[end - back];
    }
    state[at + i] = sum;
  }
}
