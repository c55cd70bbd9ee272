/**
 * Gaussian likelihood of ARMA coefficients for a series with regressors, whose coefficients and innovation variance are
 * taken at their best (concentrated out): the regressors run through the same filter, and generalised least squares is
 * then ordinary least squares on the errors.
 */
import { cholesky, choleskySolve } from '@planwright/numerics';
import type { ArimaOrder } from './arima-order.ts';
import { filterArma, type FilterMode, type FilterWorkspace } from './arma-filter.ts';
import { startWorkspace } from './arma-start.ts';
import { lagPolynomial, type LagPolynomial, multiply } from './lag-polynomial.ts';

/** A stationary series and its regressors: `count` buckets each, the series first, then one column after the other. */
export type ArmaData = {
  readonly values: Float64Array;
  readonly count: number;
  readonly regressors: number;
};

/** Buffers for one order on one set of data, and the result of the evaluation made last. */
export type ArmaWorkspace = {
  readonly ar: LagPolynomial;
  readonly ma: LagPolynomial;
  readonly filter: FilterWorkspace;
  /** Errors over their deviations, columns x count. */
  readonly errors: Float64Array;
  readonly normal: Float64Array;
  /** Coefficients of the regressors. */
  readonly effects: Float64Array;
  /** Sum of squared standardised errors of the series less its regressors. */
  squares: number;
};

export function armaWorkspace(order: ArimaOrder, data: ArmaData): ArmaWorkspace {
  const { p, q, P, Q, season } = order;
  const arDegree = p + P * season;
  const maDegree = q + Q * season;
  const width = Math.max(arDegree, maDegree + 1);
  const columns = data.regressors + 1;
  return {
    ar: lagPolynomial(arDegree, (p + 1) * (P + 1) - 1),
    ma: lagPolynomial(maDegree, (q + 1) * (Q + 1) - 1),
    filter: {
      gain: new Float64Array(width),
      change: new Float64Array(width),
      state: new Float64Array(columns * width),
      start: startWorkspace(arDegree, maDegree),
      variance: 1,
      weight: 0,
      deviations: new Float64Array(data.count),
    },
    errors: new Float64Array(columns * data.count),
    normal: new Float64Array(data.regressors * data.regressors),
    effects: new Float64Array(data.regressors),
    squares: 0,
  };
}

/**
 * Log-likelihood of coefficients in the order ar, ma, seasonal ar, seasonal ma, with R's constants:
 * -n/2 (ln(2 pi squares / n) + 1) - ln(determinant) / 2. NaN where they are not stationary. A perfect fit has a very large
 * likelihood instead of an infinite one.
 */
export function armaLogLikelihood(
  coefficients: Float64Array,
  order: ArimaOrder,
  data: ArmaData,
  workspace: ArmaWorkspace,
  mode: FilterMode,
): number {
  const logDeterminant = runFilter(coefficients, order, data, workspace, mode);
  workspace.squares = leastSquares(data, workspace);
  const left = mode === 'exact' ? data.count : Math.max(1, data.count - workspace.ar.degree);
  const mean = workspace.squares / left;
  return -0.5 * (data.count * (Math.log(2 * Math.PI * Math.max(mean, LEAST_SQUARE)) + 1) + logDeterminant);
}

/** Of data in units of their own deviation: what is below this is rounding. */
const LEAST_SQUARE = 1e-26;

export function runFilter(
  coefficients: Float64Array,
  order: ArimaOrder,
  data: ArmaData,
  workspace: ArmaWorkspace,
  mode: FilterMode,
): number {
  const { p, q, P, Q, season } = order;
  const { ar, ma, errors, filter } = workspace;
  multiply(ar, coefficients, 0, p, p + q, P, season, 1);
  multiply(ma, coefficients, p, q, p + q + P, Q, season, -1);
  return filterArma(ar, ma, data.values, data.regressors + 1, data.count, errors, filter, mode);
}

/** Regresses the errors of the series on those of the regressors; leaves the coefficients, returns the squares left. */
function leastSquares({ count, regressors }: ArmaData, workspace: ArmaWorkspace): number {
  const { errors, normal, effects } = workspace;
  for (let i = 0; i < regressors; i++) {
    effects[i] = product(errors, (i + 1) * count, 0, count);
    for (let j = 0; j <= i; j++)
      normal[i * regressors + j] = product(errors, (i + 1) * count, (j + 1) * count, count);
  }
  cholesky(normal, regressors);
  choleskySolve(normal, regressors, effects);
  if (regressors === 0) return product(errors, 0, 0, count);
  let squares = 0;
  for (let t = 0; t < count; t++) {
    let error = errors[t];
    for (let i = 0; i < regressors; i++) error -= effects[i] * errors[(i + 1) * count + t];
    squares += error * error;
  }
  return squares;
}

function product(values: Float64Array, left: number, right: number, count: number): number {
  let sum = 0;
  for (let t = 0; t < count; t++) sum += values[left + t] * values[right + t];
  return sum;
}
