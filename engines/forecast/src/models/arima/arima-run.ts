/** A fitted ARIMA model on one history: one-step forecasts, and the future by its own recursion. */
import type { ArimaFit } from './arima-fit.ts';
import { futureVariances } from './arma-filter.ts';
import { armaWorkspace, runFilter } from './arma-likelihood.ts';
import type { Explanation } from '../regression/explanation.ts';
import { differenced, differencing, type LagPolynomial } from './lag-polynomial.ts';

export type ArimaRun = {
  /** What the regressors do in each bucket of the history and after it, one array per regressor. */
  readonly effects: readonly Float64Array[];
  /** One-step forecasts; NaN for the buckets that the differences use up. */
  readonly fitted: Float64Array;
  /** Standard deviation of the innovations, with the degrees of freedom of the coefficients taken off. */
  readonly sigma: number;
  /** The series without its regressors in the next `horizon` buckets. */
  path(horizon: number): Float64Array;
  /** Standard deviations of the same. */
  deviations(horizon: number): Float64Array;
};

/** One pass over the history with all coefficients as they are. */
export function runArima(history: Float64Array, explanation: Explanation, fit: ArimaFit): ArimaRun {
  const { order, coefficients, constant } = fit;
  const by = differencing(order);
  const effects = explanation.columns.map((column, index) =>
    column.map((value) => value * fit.effects[index]),
  );
  const plain = history.slice();
  for (const effect of effects) for (let t = 0; t < plain.length; t++) plain[t] -= effect[t];
  const values = differenced(plain, by);
  for (let t = 0; t < values.length; t++) values[t] -= constant;
  const data = { values, count: values.length, regressors: 0 };
  const workspace = armaWorkspace(order, data);
  runFilter(coefficients, order, data, workspace, 'exact');
  const { errors, filter } = workspace;
  const fitted = new Float64Array(history.length).fill(Number.NaN);
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    squares += errors[t] * errors[t];
    fitted[t + by.degree] = history[t + by.degree] - errors[t] * filter.deviations[t];
  }
  const sigma = Math.sqrt(squares / Math.max(1, values.length - fit.estimated));
  return {
    effects,
    fitted,
    sigma,
    path: (horizon) => pathFrom(plain, by, workspace.ar, filter.state, constant, horizon),
    deviations: (horizon) =>
      futureVariances(workspace.ar, by, filter, filter.gain.length, horizon).map(
        (variance) => sigma * Math.sqrt(variance),
      ),
  };
}

/** The differenced series runs on from its state, and the differences are undone on the way. */
function pathFrom(
  plain: Float64Array,
  by: LagPolynomial,
  ar: LagPolynomial,
  stateAtEnd: Float64Array,
  constant: number,
  horizon: number,
): Float64Array {
  const state = stateAtEnd.slice();
  const known = plain.slice(plain.length - by.degree);
  const path = new Float64Array(by.degree + horizon);
  path.set(known);
  for (let step = 0; step < horizon; step++) {
    const moved = state[0];
    let value = moved + constant;
    for (let k = 0; k < by.termCount; k++) value += by.terms[k] * path[by.degree + step - by.lags[k]];
    path[by.degree + step] = value;
    state.copyWithin(0, 1);
    state[state.length - 1] = 0;
    for (let k = 0; k < ar.termCount; k++) state[ar.lags[k] - 1] += ar.terms[k] * moved;
  }
  return path.slice(by.degree);
}
