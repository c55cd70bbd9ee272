/**
 * Regression on a line, the waves of one or several seasons, and whatever is known of each bucket, over a level that moves.
 *
 * Input     a complete history of 4 or more buckets; seasons that need not be whole (365.25); regressors, any number of them.
 * Model     y_t = level_t + trend + season + effects + e_t, level_(t+1) = level_t + a e_t: as exponential smoothing, with a
 *           from 0 (a level for all times) to 1 (a random walk).
 * Estimate  ridge regression of what the smoothing misses of the history on what it misses of each column; a, the trend, and
 *           how far season and regressors are shrunk are chosen by AICc.
 * Spread    normal: the errors to come, and what is not known of the coefficients.
 * Cost      n k^2 / 2 for each a, and k^3 / 2 for each of some 400 ridge regressions, k columns.
 * Source    Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, chapters 5 and 9, for regressors
 *           in an innovations model; the shrinkage as in ridge.ts.
 */
import type { Component, Core, FitOptions, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import { explainedParts, type Explanation, explanationOf, remainingPart } from './explanation.ts';
import { designOf, designRows } from './regression-design.ts';
import { fitRegression, refittedRegression, type RegressionFit } from './regression-fit.ts';
import { quadraticForm } from './ridge.ts';

/** The columns' own part of rows of the design. */
function lineOf(rows: Float64Array, coefficients: Float64Array): Float64Array {
  const width = coefficients.length;
  const line = new Float64Array(rows.length / width);
  for (let t = 0; t < line.length; t++)
    for (let i = 0; i < width; i++) line[t] += coefficients[i] * rows[t * width + i];
  return line;
}

/** One-step forecasts, how far the level has moved from its start at the end, and the columns smoothed alike. */
function onHistory(history: Float64Array, { design, coefficients, choice, freedom }: RegressionFit) {
  const rows = designRows(design, 0, history.length);
  const fitted = lineOf(rows, coefficients);
  const width = coefficients.length;
  const levels = new Float64Array(width);
  let squares = 0;
  let shift = 0;
  for (let t = 0; t < history.length; t++) {
    fitted[t] += shift;
    // The start of the level is a coefficient, which every line contains; from then on it has moved by the shift.
    const error = history[t] - fitted[t];
    shift += choice.moved * error;
    squares += error * error;
    for (let i = 0; i < width; i++) levels[i] += choice.moved * (rows[t * width + i] - levels[i]);
  }
  const sigma = Math.sqrt(squares / Math.max(1, history.length - freedom));
  return { fitted, sigma, shift, levels };
}

/** Standard deviation of each step: errors since the end, and the coefficients' part of what smoothing misses of its row. */
function deviationsOf(
  { choice, lower }: RegressionFit,
  rows: Float64Array,
  levels: Float64Array,
  sigma: number,
): Float64Array {
  const width = levels.length;
  const row = new Float64Array(width);
  return Float64Array.from({ length: rows.length / width }, (_, step) => {
    for (let i = 0; i < width; i++) row[i] = rows[step * width + i] - levels[i];
    return sigma * Math.sqrt(1 + step * choice.moved * choice.moved + quadraticForm(lower, width, row));
  });
}

function regressionCore(
  history: Float64Array,
  options: FitOptions,
  explanation: Explanation,
  fit: RegressionFit,
): Core {
  const count = history.length;
  const { fitted, sigma, shift, levels } = onHistory(history, fit);
  const rowsAhead = rememberedByHorizon((horizon) => designRows(fit.design, count, count + horizon));
  const path = rememberedByHorizon((horizon) =>
    lineOf(rowsAhead(horizon), fit.coefficients).map((value) => value + shift),
  );
  const deviations = rememberedByHorizon((horizon) => deviationsOf(fit, rowsAhead(horizon), levels, sigma));
  return {
    label: labelOf(fit),
    description: describe(fit),
    parameters: () => parametersOf(fit, explanation, sigma),
    fitted: () => fitted.slice(),
    ...normalErrors((horizon) => path(horizon).slice(), deviations),
    components: (horizon) => partsOf(fit, explanation, fitted, path(horizon)),
    refit: (other, depth) => refitted(other, options, fit, depth),
  };
}

/** Trend and seasons as they are, regressors beside their usual value, and the level as it moves. */
function partsOf(
  fit: RegressionFit,
  explanation: Explanation,
  fitted: Float64Array,
  mean: Float64Array,
): Component[] {
  const { design, coefficients } = fit;
  const width = coefficients.length;
  const count = fitted.length;
  const rows = designRows(design, 0, count + mean.length);
  const own = new Map<string, Float64Array>();
  design.columns.forEach(({ kind, name }, index) => {
    if (kind === 'regressor' || coefficients[index + 1] === 0) return;
    const part = own.get(name) ?? new Float64Array(count + mean.length);
    for (let t = 0; t < part.length; t++) part[t] += coefficients[index + 1] * rows[t * width + index + 1];
    own.set(name, part);
  });
  const parts = [...own].map(
    ([name, part]): Component => ({
      name: explanation.names.includes(name) ? `other ${name}` : name,
      history: part.slice(0, count),
      future: part.slice(count),
    }),
  );
  const slopes = slopesOf(fit, explanation);
  const effects = explanation.columns.map((column, index) => column.map((value) => value * slopes[index]));
  parts.push(...explainedParts(explanation, effects, fitted, mean.length));
  return [remainingPart('level', parts, fitted, mean), ...parts];
}

/** What one unit of each regressor does; 0 for those left out. */
function slopesOf({ design, coefficients }: RegressionFit, { names }: Explanation): Float64Array {
  const slopes = new Float64Array(names.length);
  design.columns.forEach(({ regressor }, index) => {
    if (regressor >= 0) slopes[regressor] = coefficients[index + 1] / design.scales[index];
  });
  return slopes;
}

function parametersOf(fit: RegressionFit, explanation: Explanation, sigma: number): Record<string, number> {
  const { choice, coefficients, design } = fit;
  const parameters: Record<string, number> = { moved: choice.moved };
  if (choice.hasTrend) {
    const index = design.columns.findIndex((column) => column.kind === 'trend');
    if (index >= 0) parameters.trend = coefficients[index + 1] / design.scales[index];
  }
  slopesOf(fit, explanation).forEach((slope, i) => (parameters[`effect of ${explanation.names[i]}`] = slope));
  parameters.sigma = sigma;
  return parameters;
}

const kindsOf = ({ design, coefficients, choice }: RegressionFit): string[] => {
  const has = (kind: string): boolean =>
    design.columns.some((column, index) => column.kind === kind && coefficients[index + 1] !== 0);
  const kinds = [
    choice.hasTrend && has('trend') ? 'trend' : '',
    has('season') ? 'season' : '',
    has('regressor') ? 'regressors' : '',
  ];
  return kinds.filter((kind) => kind !== '');
};

function labelOf(fit: RegressionFit): string {
  const kinds = kindsOf(fit);
  return kinds.length === 0 ? 'Regression on the level' : `Regression on ${kinds.join(', ')}`;
}

function describe(fit: RegressionFit): string {
  const kinds = kindsOf(fit).map((kind) => (kind === 'regressors' ? 'what is known of each bucket' : kind));
  const parts = ['level', ...kinds];
  const listed = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
  const moved = Math.round(100 * fit.choice.moved);
  const ending = moved > 0 ? `; the level takes up ${moved} % of each error` : '';
  return `Adds up ${listed}${ending}.`;
}

/** Seasons that can be seen; those given, or the one. */
const seasonsOf = ({ season, seasons }: FitOptions): number[] =>
  (seasons ?? [season]).filter((length) => length >= 2);

function fitted(history: Float64Array, options: FitOptions): Core {
  const explanation = explanationOf(options.regressors, history.length);
  const design = designOf(history.length, seasonsOf(options), explanation);
  return regressionCore(history, options, explanation, fitRegression(history, design));
}

function refitted(history: Float64Array, options: FitOptions, from: RegressionFit, depth: RefitDepth): Core {
  const explanation = explanationOf(options.regressors, history.length);
  if (depth === 'states') return regressionCore(history, options, explanation, from);
  const design = designOf(history.length, seasonsOf(options), explanation);
  return regressionCore(history, options, explanation, refittedRegression(history, design, from.choice));
}

export const regressionDefinition: ModelDefinition = {
  id: 'regression',
  gaps: 'fill',
  minimumLength: () => 4,
  explained: true,
  fit: fitted,
};
