/**
 * Least squares for one complex exponential smoothing model: two to four parameters.
 *
 * Start     the level is the mean of the first seasons without their figure, its companion the level over 1.1 (as in R's
 *           smooth and statsforecast); the seasonal rings start with the classical figure, or, in the simple model, with the
 *           first season itself.
 * Search    only where past errors fade away (the discount matrix has both eigenvalues inside the unit circle).
 * Criterion AICc. The starting values are read off the history instead of being searched for, so each counts half a
 *           parameter. Counted whole, real seasons of monthly series are missed (OWA on M1 0.946 instead of 0.920); the price
 *           is a season seen in one of five histories of pure noise.
 */
import { minimise } from '@planwright/numerics';
import { seasonalFigure } from '../../seasonality.ts';
import { type CesParameters, cesPass, type CesSeason, cesStateSize } from './ces-kernels.ts';

export type CesFit = {
  readonly season: CesSeason;
  readonly parameters: CesParameters;
  readonly aicc: number;
};

const COMPANION = 1 / 1.1;
const LOWEST = 0.01;
const HIGHEST = { a0: 1.8, a1: 1.9, b0: 0.9 };
const START: CesParameters = { a0: 1.3, a1: 1, b0: 0.1, b1: 1 };
const MAX_EVALUATIONS = 150;
const TOLERANCE = 1e-3; // Of n ln(squares), which is twice the log-likelihood.
const STATE_WEIGHT = 0.5;

export function cesStart(history: Float64Array, period: number, season: CesSeason): Float64Array {
  const state = new Float64Array(cesStateSize(period));
  const figure = season === 'partial' || season === 'full';
  if (figure) state.set(seasonalFigure(history, period, 'additive'), 2);
  if (season === 'simple') state.set(history.subarray(0, period), 2);
  if (season === 'simple' || season === 'full')
    for (let phase = 0; phase < period; phase++) state[2 + period + phase] = COMPANION * state[2 + phase];
  if (season === 'simple') return state;
  const window = Math.min(history.length, Math.max(10, figure ? 2 * period : 0));
  let sum = 0;
  for (let t = 0; t < window; t++) sum += history[t] - (figure ? state[2 + (t % period)] : 0);
  state[0] = sum / window;
  state[1] = COMPANION * state[0];
  return state;
}

/** Whether past errors fade: the eigenvalues of the discount matrix lie inside the unit circle. */
function fades(a0: number, a1: number): boolean {
  const trace = 2 - 2 * a0 + a1;
  const determinant = (1 - a0 + a1) * (1 - a0) + (1 - a1) * (1 - a0 - a1);
  return Math.abs(determinant) < 1 && Math.abs(trace) < 1 + determinant;
}

const PARAMETER_COUNT = { none: 2, simple: 2, partial: 3, full: 4 };

const stateCount = (season: CesSeason, period: number): number =>
  ({ none: 2, simple: 2 * period, partial: 1 + period, full: 2 + 2 * period })[season];

function bounds(season: CesSeason) {
  const complex = season === 'full';
  const cut = (...values: number[]): Float64Array =>
    Float64Array.from(values).subarray(0, PARAMETER_COUNT[season]);
  return {
    lower: cut(LOWEST, LOWEST, complex ? LOWEST : 0, LOWEST),
    upper: cut(HIGHEST.a0, HIGHEST.a1, complex ? HIGHEST.a0 : HIGHEST.b0, HIGHEST.a1),
    step: cut(-0.2, -0.1, complex ? -0.2 : 0.1, -0.1),
    maxEvaluations: MAX_EVALUATIONS,
    tolerance: TOLERANCE,
  };
}

/** Parameters and starting values: what a fit takes off the degrees of freedom. */
export const cesFreedomUsed = (season: CesSeason, period: number): number =>
  PARAMETER_COUNT[season] + stateCount(season, period);

/** Fits one model; `from` is where the search starts. The history has more than one season for the seasonal models. */
export function fitCes(
  history: Float64Array,
  period: number,
  season: CesSeason,
  from: CesParameters = START,
): CesFit {
  const count = history.length;
  const start = cesStart(history, period, season);
  const state = new Float64Array(start.length);
  const fitted = new Float64Array(count);
  const parameters: CesParameters = { a0: 0, a1: 0, b0: 0, b1: 0 };
  const read = (point: Float64Array): void => {
    parameters.a0 = point[0];
    parameters.a1 = point[1];
    if (point.length > 2) parameters.b0 = point[2];
    if (point.length > 3) parameters.b1 = point[3];
  };
  const objective = (point: Float64Array): number => {
    read(point);
    if (!fades(point[0], point[1]) || (season === 'full' && !fades(point[2], point[3]))) return Infinity;
    state.set(start);
    return count * Math.log(cesPass(season, history, period, parameters, state, fitted) + Number.MIN_VALUE);
  };
  const b0 = season === 'full' && from === START ? START.a0 : from.b0;
  const point = Float64Array.of(from.a0, from.a1, b0, from.b1).subarray(0, PARAMETER_COUNT[season]);
  const found = minimise(objective, point, bounds(season));
  read(found.point);
  const estimated = PARAMETER_COUNT[season] + 1 + STATE_WEIGHT * stateCount(season, period);
  const room = count - estimated - 1;
  const penalty = room > 0 ? 2 * estimated + (2 * estimated * (estimated + 1)) / room : Infinity;
  return { season, parameters: { ...parameters }, aicc: found.value + penalty };
}
