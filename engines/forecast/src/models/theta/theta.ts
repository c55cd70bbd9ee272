/**
 * The classical Theta method: the mean of a straight line and of exponential smoothing on the doubled deviations
 * from it, which is simple smoothing with half the line's slope as drift.
 *
 * Input     a complete history of three or more buckets.
 * Season    removed by a classical multiplicative decomposition where the 90 % autocorrelation test finds one,
 *           as in the M4 competition; additive where a value is not positive.
 * Smoothing the initial level enters the one-step errors linearly, so least squares gives it in closed form for
 *           every alpha, and the search has one dimension.
 * Cost      about 12 passes of 3 ns a bucket, and the decomposition.
 * Source    Assimakopoulos and Nikolopoulos (2000), Int. J. of Forecasting 16(4), 521-530; Hyndman and Billah (2003),
 *           ibid. 19(2), 287-290, for the smoothing-with-drift form, its mean and its variance, as in R's thetaf().
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import { bestSmoothing, concentratedSmoothing, type Smoothing } from './simple-smoothing.ts';
import { levelTrendSeason } from '../decomposition/parts.ts';
import {
  type Deseasonalised,
  deseasonalise,
  isSeasonal,
  seasonalFigure,
  seasonFactor,
  withoutSeason,
  withSeason,
} from '../../seasonality.ts';

/** Slope of the least-squares line through the history. */
function lineSlope(history: Float64Array): number {
  const count = history.length;
  const middle = (count - 1) / 2;
  let weighted = 0;
  for (let t = 0; t < count; t++) weighted += (t - middle) * history[t];
  return weighted / ((count * (count * count - 1)) / 12);
}

// An array of its own for every series costs as much as a pass of smoothing; who asks for parts has them made anew.
let room = new Float64Array(256);
let view = room;

function roomFor(count: number): Float64Array {
  if (room.length < count) room = new Float64Array(2 * count);
  if (view.length !== count || view.buffer !== room.buffer) view = room.subarray(0, count);
  return view;
}

/** The model; with `alpha` given nothing is searched for. */
export function thetaCore(history: Float64Array, period: number, alpha?: number): Core {
  const count = history.length;
  const seasonal = isSeasonal(history, period);
  const taken = (room?: Float64Array): Deseasonalised =>
    seasonal ? deseasonalise(history, period, seasonalFigure, room) : withoutSeason(history);
  const season = taken(roomFor(count));
  // Without season, and in the room that the next series gets: not to be kept.
  const { plain, kind } = season;
  const smoothing = alpha === undefined ? bestSmoothing(plain) : concentratedSmoothing(plain, alpha);
  const drift = lineSlope(plain) / 2;
  const level = smoothing.lastLevel;
  const sigma = Math.sqrt(smoothing.squares / Math.max(1, count - 2));
  // The smoothed level lags a trending series by this many steps of drift.
  const lag = (1 - (1 - smoothing.alpha) ** count) / smoothing.alpha;
  const plainMean = (horizon: number): Float64Array => {
    const mean = new Float64Array(horizon);
    for (let step = 0; step < horizon; step++) mean[step] = level + drift * (step + lag);
    return mean;
  };
  const mean = (horizon: number): Float64Array => withSeason(plainMean(horizon), count, season);
  const deviation = (horizon: number): Float64Array => {
    const deviations = new Float64Array(horizon);
    const growth = smoothing.alpha * smoothing.alpha;
    for (let step = 0; step < horizon; step++)
      deviations[step] = sigma * Math.sqrt(step * growth + 1) * seasonFactor(season, count + step);
    return deviations;
  };
  return {
    label: kind === undefined ? 'Theta' : `Theta (${kind} season)`,
    description: `Halves the long-run trend and follows the recent level${kind === undefined ? '' : ', on deseasonalised history'}.`,
    parameters: () => ({ alpha: smoothing.alpha, initialLevel: smoothing.initialLevel, drift }),
    hasFiniteParameters: () => Number.isFinite(smoothing.alpha + smoothing.initialLevel + drift),
    fitted: () => {
      const fitted = new Float64Array(count);
      trace(taken().plain, smoothing, drift, undefined, fitted);
      return withSeason(fitted, 0, season);
    },
    ...normalErrors(mean, deviation),
    components: (horizon) => {
      const levels = new Float64Array(count);
      const plainFit = new Float64Array(count);
      trace(taken().plain, smoothing, drift, levels, plainFit);
      return levelTrendSeason(levels, plainFit, level, plainMean(horizon), season);
    },
    refit: (other, depth: RefitDepth) =>
      thetaCore(other, period, depth === 'states' ? smoothing.alpha : undefined),
  };
}

/** Levels before each bucket, if asked for, and one-step forecasts, both without season. */
function trace(
  plain: Float64Array,
  { alpha, initialLevel }: Smoothing,
  drift: number,
  levels: Float64Array | undefined,
  fitted: Float64Array,
): void {
  const perDecay = drift / alpha;
  const keep = 1 - alpha;
  let level = initialLevel;
  let decay = 1;
  for (let t = 0; t < plain.length; t++) {
    if (levels !== undefined) levels[t] = level;
    fitted[t] = level + perDecay * (1 - decay);
    level = keep * level + alpha * plain[t];
    decay *= keep;
  }
}

export const thetaDefinition: ModelDefinition = {
  id: 'theta',
  gaps: 'fill',
  minimumLength: () => 3,
  fit: (history, { season }) => thetaCore(history, season),
};
