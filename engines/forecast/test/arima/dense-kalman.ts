/**
 * The textbook Kalman filter of an ARIMA model with full matrices, slow and plain, to hold the fast likelihood to.
 * The undifferenced form starts the integrated states as R's arima() does: with a variance of a million.
 */
import type { ArimaOrder } from '../../src/models/arima/arima-order.ts';
import { differencing, type LagPolynomial } from '../../src/models/arima/lag-polynomial.ts';

type Matrix = number[][];

const zeros = (rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));

const product = (left: Matrix, right: Matrix): Matrix =>
  left.map((row) => right[0].map((_, j) => row.reduce((sum, value, k) => sum + value * right[k][j], 0)));

const transposed = (matrix: Matrix): Matrix => matrix[0].map((_, j) => matrix.map((row) => row[j]));

const plus = (left: Matrix, right: Matrix): Matrix =>
  left.map((row, i) => row.map((value, j) => value + right[i][j]));

/** The covariance that the state keeps for ever, by doubling: P <- P + A P A', A <- A A. */
function stationaryCovariance(transition: Matrix, noise: Matrix): Matrix {
  let covariance = noise;
  let power = transition;
  for (let round = 0; round < 40; round++) {
    covariance = plus(covariance, product(product(power, covariance), transposed(power)));
    power = product(power, power);
  }
  return covariance;
}

export type KalmanResult = { readonly logLikelihood: number; readonly errors: Float64Array };

/** Log-likelihood with the innovation variance at its best; `diffuse` of the differences or none (series differenced before). */
export function denseKalman(
  series: Float64Array,
  ar: LagPolynomial,
  ma: LagPolynomial,
  order: ArimaOrder,
  undifferenced: boolean,
): KalmanResult {
  const delta = undifferenced ? differencing(order).dense : new Float64Array(0);
  const width = Math.max(ar.degree, ma.degree + 1);
  const size = width + delta.length;
  const transition = zeros(size, size);
  for (let i = 0; i < ar.degree; i++) transition[i][0] = ar.dense[i];
  for (let i = 0; i + 1 < width; i++) transition[i][i + 1] = 1;
  const observed = Array.from({ length: size }, (_, i) => (i === 0 ? 1 : i >= width ? delta[i - width] : 0));
  if (delta.length > 0) {
    transition[width] = observed.slice();
    for (let i = 1; i < delta.length; i++) transition[width + i][width + i - 1] = 1;
  }
  const shock = Array.from({ length: size }, (_, i) => (i === 0 ? 1 : i <= ma.degree ? ma.dense[i - 1] : 0));
  const noise = shock.map((left) => shock.map((right) => left * right));
  const corner = (matrix: Matrix): Matrix => matrix.slice(0, width).map((row) => row.slice(0, width));
  const covariance0 = stationaryCovariance(corner(transition), corner(noise));
  const covariance = zeros(size, size);
  covariance0.forEach((row, i) => row.forEach((value, j) => (covariance[i][j] = value)));
  for (let i = width; i < size; i++) covariance[i][i] = 1e6;
  return filtered(series, transition, noise, observed, covariance, covariance0.length === size);
}

function filtered(
  series: Float64Array,
  transition: Matrix,
  noise: Matrix,
  observed: readonly number[],
  start: Matrix,
  proper: boolean,
): KalmanResult {
  let covariance = start;
  let state = observed.map(() => 0);
  const errors: number[] = [];
  let squares = 0;
  let logs = 0;
  let count = 0;
  for (const value of series) {
    const gain = covariance.map((row) => row.reduce((sum, entry, j) => sum + entry * observed[j], 0));
    const variance = gain.reduce((sum, entry, i) => sum + entry * observed[i], 0);
    const error = value - state.reduce((sum, entry, i) => sum + entry * observed[i], 0);
    // R's rule: what the wide start alone explains does not count.
    if (proper || variance < 1e4) {
      squares += (error * error) / variance;
      logs += Math.log(variance);
      count += 1;
    }
    errors.push(error);
    state = state.map((entry, i) => entry + (gain[i] * error) / variance);
    covariance = covariance.map((row, i) => row.map((entry, j) => entry - (gain[i] * gain[j]) / variance));
    state = transition.map((row) => row.reduce((sum, entry, j) => sum + entry * state[j], 0));
    covariance = plus(product(product(transition, covariance), transposed(transition)), noise);
  }
  const logLikelihood = -0.5 * (count * (Math.log((2 * Math.PI * squares) / count) + 1) + logs);
  return { logLikelihood, errors: Float64Array.from(errors) };
}
