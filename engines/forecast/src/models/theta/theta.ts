/**
 * The classical Theta method: the mean of a straight line and of exponential smoothing on the doubled deviations
 * from it, which is simple smoothing with half the line's slope as drift.
 *
 * Input     a complete history of three or more buckets.
 * Season    removed by a classical multiplicative decomposition where the 90 % autocorrelation test finds one,
 *           as in the M4 competition; additive where a value is not positive.
 * Smoothing the initial level enters the one-step errors linearly, so least squares gives it in closed form for
 *           every alpha, and the search has one dimension.
 * Cost      23 passes of 3 ns a bucket.
 * Source    Assimakopoulos and Nikolopoulos (2000), Int. J. of Forecasting 16(4), 521-530; Hyndman and Billah (2003),
 *           ibid. 19(2), 287-290, for the smoothing-with-drift form, its mean and its variance, as in R's thetaf().
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { normalQuantiles } from '../../intervals/normal-errors.ts';
import { bestSmoothing, concentratedSmoothing, type Smoothing } from './simple-smoothing.ts';
import {
  type Deseasonalised,
  deseasonalise,
  isSeasonal,
  seasonalFigure,
  withoutSeason,
} from '../../seasonality.ts';

/** Slope of the least-squares line through the history. */
function lineSlope(history: Float64Array): number {
  const count = history.length;
  const middle = (count - 1) / 2;
  let weighted = 0;
  for (let t = 0; t < count; t++) weighted += (t - middle) * history[t];
  return weighted / ((count * (count * count - 1)) / 12);
}

function thetaCore(history: Float64Array, period: number, alpha?: number): Core {
  const count = history.length;
  const season = isSeasonal(history, period)
    ? deseasonalise(history, period, seasonalFigure)
    : withoutSeason(history);
  const { plain, kind } = season;
  const smoothing = alpha === undefined ? bestSmoothing(plain) : concentratedSmoothing(plain, alpha);
  const drift = lineSlope(plain) / 2;
  const { fitted, level } = trace(season, smoothing, drift);
  const sigma = Math.sqrt(smoothing.squares / Math.max(1, count - 2));
  // The smoothed level lags a trending series by this many steps of drift.
  const lag = (1 - (1 - smoothing.alpha) ** count) / smoothing.alpha;
  const mean = (horizon: number): Float64Array =>
    Float64Array.from({ length: horizon }, (_, step) =>
      season.restore(level + drift * (step + lag), count + step),
    );
  const deviation = (horizon: number): Float64Array =>
    Float64Array.from(
      { length: horizon },
      (_, step) =>
        sigma * Math.sqrt(step * smoothing.alpha * smoothing.alpha + 1) * season.factor(count + step),
    );
  return {
    label: kind === undefined ? 'Theta' : `Theta (${kind} season)`,
    description: `Halves the long-run trend and follows the recent level${kind === undefined ? '' : ', on deseasonalised history'}.`,
    parameters: () => ({ alpha: smoothing.alpha, initialLevel: smoothing.initialLevel, drift }),
    fitted: () => fitted,
    mean,
    quantile: (horizon, probability) => normalQuantiles(mean(horizon), deviation(horizon), probability),
    refit: (other, depth: RefitDepth) =>
      thetaCore(other, period, depth === 'states' ? smoothing.alpha : undefined),
  };
}

/** One-step forecasts in the series' own season, and the final level. */
function trace(
  season: Deseasonalised,
  smoothing: Smoothing,
  drift: number,
): { readonly fitted: Float64Array; readonly level: number } {
  const { alpha, initialLevel } = smoothing;
  const { plain } = season;
  const fitted = new Float64Array(plain.length);
  let level = initialLevel;
  let decay = 1;
  for (let t = 0; t < plain.length; t++) {
    fitted[t] = season.restore(level + (drift * (1 - decay)) / alpha, t);
    level += alpha * (plain[t] - level);
    decay *= 1 - alpha;
  }
  return { fitted, level };
}

export const thetaDefinition: ModelDefinition = {
  id: 'theta',
  gaps: 'fill',
  minimumLength: () => 3,
  fit: (history, { season }) => thetaCore(history, season),
};
