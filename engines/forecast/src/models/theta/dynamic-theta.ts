/**
 * The dynamic optimised Theta method: as Theta, but the weight of the long-run line (theta) is estimated, and the line
 * itself moves on with every bucket.
 *
 * Input     a complete history of four or more buckets.
 * Season    taken out by the shrunken seasonal figure wherever there are three whole seasons, without a test.
 * Recursion with level l, line A + B t and decay d = (1 - alpha)^(t-1), the forecast of bucket t is
 *             mu = l + (1 - 1 / theta) (d A + (1 - (1 - alpha) d) / alpha B)
 *           and then l <- alpha y + (1 - alpha) l, with A and B the least-squares line through all values so far.
 * Search    alpha and theta by least squares over one-step errors from the fourth bucket on; the level starts at the
 *           first value. Beyond the history each forecast is taken for the value itself.
 * Variance  of step h: sigma^2 (1 + c_1^2 + ... + c_(h-1)^2), c_j the effect of one error on the forecast j steps later,
 *           read off the recursion itself.
 * Source    Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), Int. J. of Forecasting 32(4), 1151-1161 (DOTM).
 * Differs   in that the initial level is not optimised and in the seasonal figure; both measured as no worse on M1 and M4.
 */
import { minimise } from '@planwright/numerics';
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { sharedRoom } from '../../contract/room.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import {
  deseasonalise,
  seasonFactor,
  shrunkSeasonalFigure,
  withoutSeason,
  withSeason,
} from '../../seasonality.ts';
import { levelTrendSeason } from '../decomposition/parts.ts';

type Parameters = { readonly alpha: number; readonly theta: number };

// Slots of the state: level, running mean, intercept and slope of the line, decay, buckets seen.
const LEVEL = 0;
const MEAN = 1;
const INTERCEPT = 2;
const SLOPE = 3;
const DECAY = 4;
const SEEN = 5;
const STATE_SIZE = 6;

const WARM_UP = 3;
const LOWER = Float64Array.of(0.05, 1);
const UPPER = Float64Array.of(0.99, 50);
const STEP = Float64Array.of(0.2, 2);
const COLD_START: Parameters = { alpha: 0.3, theta: 2 };

function predicted(state: Float64Array, alpha: number, theta: number): number {
  const ofSlope = (1 - (1 - alpha) * state[DECAY]) / alpha;
  return state[LEVEL] + (1 - 1 / theta) * (state[DECAY] * state[INTERCEPT] + ofSlope * state[SLOPE]);
}

function absorb(state: Float64Array, alpha: number, value: number): void {
  absorbLine(state, value);
  state[LEVEL] += alpha * (value - state[LEVEL]);
  state[DECAY] *= 1 - alpha;
}

/** The least-squares line with one value more. */
function absorbLine(state: Float64Array, value: number): void {
  const t = state[SEEN] + 1;
  const meanBefore = state[MEAN];
  const mean = meanBefore + (value - meanBefore) / t;
  const slope = t === 1 ? 0 : ((t - 2) * state[SLOPE] + (6 * (value - meanBefore)) / t) / (t + 1);
  state[SEEN] = t;
  state[MEAN] = mean;
  state[SLOPE] = slope;
  state[INTERCEPT] = mean - ((t + 1) / 2) * slope;
}

/** The line before each bucket, which no parameter moves: reckoned once for all trials of a search. */
type Lines = {
  readonly intercepts: Float64Array;
  readonly slopes: Float64Array;
  /** After the last bucket, with the level and the decay still to come. */
  readonly last: Float64Array;
};

const roomOfIntercepts = sharedRoom();
const roomOfSlopes = sharedRoom();

/** Lasts until the next series. */
function linesOf(plain: Float64Array): Lines {
  const count = plain.length;
  const intercepts = roomOfIntercepts(count);
  const slopes = roomOfSlopes(count);
  const last = new Float64Array(STATE_SIZE);
  for (let t = 0; t < count; t++) {
    intercepts[t] = last[INTERCEPT];
    slopes[t] = last[SLOPE];
    absorbLine(last, plain[t]);
  }
  return { intercepts, slopes, last };
}

/** Runs over the history; leaves the one-step forecasts, and level and decay in the state, and returns the squared errors. */
function pass(
  plain: Float64Array,
  { intercepts, slopes, last }: Lines,
  alpha: number,
  theta: number,
  fitted: Float64Array,
): number {
  const keep = 1 - alpha;
  const ofLine = 1 - 1 / theta;
  let level = plain[0];
  let decay = 1;
  let squares = 0;
  for (let t = 0; t < plain.length; t++) {
    const ofSlope = (1 - keep * decay) / alpha;
    const forecast = level + ofLine * (decay * intercepts[t] + ofSlope * slopes[t]);
    const error = plain[t] - forecast;
    fitted[t] = forecast;
    if (t >= WARM_UP) squares += error * error;
    level += alpha * (plain[t] - level);
    decay *= keep;
  }
  last[LEVEL] = level;
  last[DECAY] = decay;
  return squares;
}

/** Forecasts from a state; `shock` is added to the first value before it is absorbed. */
function pathFrom(
  from: Float64Array,
  { alpha, theta }: Parameters,
  horizon: number,
  shock: number,
): Float64Array {
  const state = from.slice();
  const path = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) {
    path[step] = predicted(state, alpha, theta);
    absorb(state, alpha, step === 0 ? path[step] + shock : path[step]);
  }
  return path;
}

function search(plain: Float64Array, lines: Lines, from: Parameters, fitted: Float64Array): Parameters {
  const objective = (point: Float64Array): number =>
    Math.log(pass(plain, lines, point[0], point[1], fitted) + Number.MIN_VALUE);
  const found = minimise(objective, Float64Array.of(from.alpha, from.theta), {
    lower: LOWER,
    upper: UPPER,
    step: STEP,
    maxEvaluations: 80,
    tolerance: 1e-4,
  });
  return { alpha: found.point[0], theta: found.point[1] };
}

/** The level before each bucket. */
function levelsOf(plain: Float64Array, alpha: number): Float64Array {
  const levels = new Float64Array(plain.length);
  let level = plain[0];
  for (let t = 0; t < plain.length; t++) {
    levels[t] = level;
    level += alpha * (plain[t] - level);
  }
  return levels;
}

function dynamicThetaCore(
  history: Float64Array,
  period: number,
  from = COLD_START,
  depth: RefitDepth = 'parameters',
): Core {
  const count = history.length;
  const seasonal = period > 1 && count >= 3 * period;
  const season = seasonal ? deseasonalise(history, period, shrunkSeasonalFigure) : withoutSeason(history);
  const { plain } = season;
  const lines = linesOf(plain);
  const state = lines.last;
  const fitted = new Float64Array(count);
  const parameters = depth === 'states' ? from : search(plain, lines, from, fitted);
  const squares = pass(plain, lines, parameters.alpha, parameters.theta, fitted);
  const sigma = Math.sqrt(squares / Math.max(1, count - WARM_UP - 2));
  const calmPath = rememberedByHorizon((horizon) => pathFrom(state, parameters, horizon, 0));
  const mean = (horizon: number): Float64Array => withSeason(calmPath(horizon).slice(), count, season);
  const deviation = rememberedByHorizon((horizon): Float64Array => {
    const calm = calmPath(horizon);
    const shocked = pathFrom(state, parameters, horizon, sigma);
    let variance = sigma * sigma;
    return calm.map((value, step) => {
      if (step > 0) variance += (shocked[step] - value) ** 2;
      return Math.sqrt(variance) * seasonFactor(season, count + step);
    });
  });
  return {
    label: season.kind === undefined ? 'Dynamic theta' : `Dynamic theta (${season.kind} season)`,
    description:
      'Follows the recent level and a share of the long-run trend, both moving on with every bucket.',
    parameters: () => ({ ...parameters }),
    fitted: () => withSeason(fitted.slice(), 0, season),
    ...normalErrors(mean, deviation),
    components: (horizon) =>
      levelTrendSeason(levelsOf(plain, parameters.alpha), fitted, state[LEVEL], calmPath(horizon), season),
    refit: (other, how) => dynamicThetaCore(other, period, parameters, how),
  };
}

export const dynamicThetaDefinition: ModelDefinition = {
  id: 'dynamic-theta',
  gaps: 'fill',
  minimumLength: () => 4,
  fit: (history, { season }) => dynamicThetaCore(history, season),
};
