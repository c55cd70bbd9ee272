/**
 * Automatic ARIMA: autoregressive integrated moving averages with a season, or a regression whose errors are such a process.
 *
 * Input     a complete history of 4 or more buckets, and, if given, regressors that go on over the horizon.
 * Choice    see arima-search.ts; likelihood, see arma-likelihood.ts and arma-filter.ts.
 * Spread    normal, as the filter goes on beyond the history; the coefficients count as known.
 * Cost      a few hundred passes of O(n r), r the largest lag of the multiplied polynomials.
 * Source    Box and Jenkins (1970), Time Series Analysis; Hyndman and Khandakar (2008), J. of Statistical Software 27(3).
 * Differs   from R's arima() in that the series is differenced first, where R gives the first buckets a very wide start: the
 *           log-likelihoods agree to a few thousandths.
 */
import type { Component, Core, FitOptions, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import {
  entryAt,
  explainedParts,
  type Explanation,
  explanationOf,
  remainingPart,
} from '../regression/explanation.ts';
import type { ArimaFit } from './arima-fit.ts';
import { arimaLabel, type ArimaOrder, splitCoefficients } from './arima-order.ts';
import { runArima } from './arima-run.ts';
import { bucketsNeeded, givenArima, refittedArima, searchArima } from './arima-search.ts';

/** The core of a fitted model on a history it may or may not have been fitted on. */
function arimaCore(
  history: Float64Array,
  options: FitOptions,
  explanation: Explanation,
  fit: ArimaFit,
): Core {
  const run = runArima(history, explanation, fit);
  const path = rememberedByHorizon(run.path);
  const deviations = rememberedByHorizon(run.deviations);
  const mean = (horizon: number): Float64Array => {
    const values = path(horizon).slice();
    for (const effect of run.effects)
      for (let step = 0; step < horizon; step++) values[step] += entryAt(effect, history.length + step);
    return values;
  };
  return {
    label: arimaLabel(fit.order, explanation.names.length > 0),
    description: describe(fit, explanation),
    parameters: () => parametersOf(fit, explanation, run.sigma),
    fitted: () => run.fitted.slice(),
    ...normalErrors(mean, deviations),
    components: (horizon): readonly Component[] => {
      const parts = explainedParts(explanation, run.effects, run.fitted, horizon);
      return [remainingPart('level', parts, run.fitted, mean(horizon)), ...parts];
    },
    refit: (other, depth) => refitted(other, options, fit, depth),
  };
}

function fitted(history: Float64Array, options: FitOptions): Core {
  const explanation = explanationOf(options.regressors, history.length);
  return arimaCore(history, options, explanation, searchArima(history, options.season, explanation));
}

function refitted(history: Float64Array, options: FitOptions, from: ArimaFit, depth: RefitDepth): Core {
  if (history.length < bucketsNeeded(from.order)) return fitted(history, options);
  const explanation = explanationOf(options.regressors, history.length);
  const fit = depth === 'states' ? from : refittedArima(history, explanation, from);
  // On the edge of what is stationary the orders no longer suit the history.
  if (fit.criterion === Infinity && from.criterion < Infinity) return fitted(history, options);
  return arimaCore(history, options, explanation, fit);
}

function parametersOf(fit: ArimaFit, { names }: Explanation, sigma: number): Record<string, number> {
  const { order } = fit;
  const { ar, ma, seasonalAr, seasonalMa } = splitCoefficients(fit.coefficients, order);
  const parameters: Record<string, number> = {};
  ar.forEach((value, i) => (parameters[`ar${i + 1}`] = value));
  ma.forEach((value, i) => (parameters[`ma${i + 1}`] = value));
  seasonalAr.forEach((value, i) => (parameters[`sar${i + 1}`] = value));
  seasonalMa.forEach((value, i) => (parameters[`sma${i + 1}`] = value));
  if (order.constant && order.d + order.D === 0) parameters.mean = fit.constant;
  // Per bucket: a seasonal difference holds the drift of a whole season.
  if (order.constant && order.d + order.D > 0)
    parameters.drift = fit.constant / (order.D > 0 ? order.season : 1);
  names.forEach((name, i) => (parameters[`effect of ${name}`] = fit.effects[i]));
  parameters.sigma = sigma;
  return parameters;
}

function describe({ order }: ArimaFit, { names }: Explanation): string {
  const { d, D, constant } = order;
  const change =
    d + D === 0
      ? 'the level'
      : D === 0
        ? 'the change from bucket to bucket'
        : 'the change from season to season';
  const drift = constant && d + D > 0 ? ', which drifts steadily' : '';
  const explained = names.length > 0 ? ` after taking out what ${names.length} known influences explain` : '';
  return `Forecasts ${change}${drift} from recent values and recent errors${explained}.`;
}

export const arimaDefinition: ModelDefinition = {
  id: 'arima',
  gaps: 'fill',
  minimumLength: () => 4,
  explained: true,
  fit: fitted,
};

/** One ARIMA model of given orders. The season is the order's own, whatever the options say. */
export const arimaOrderDefinition = (order: ArimaOrder): ModelDefinition => ({
  id: arimaLabel(order),
  gaps: 'fill',
  minimumLength: () => bucketsNeeded(order),
  explained: true,
  fit: (history, options) => {
    const explanation = explanationOf(options.regressors, history.length);
    return arimaCore(history, options, explanation, givenArima(history, explanation, order));
  },
});
