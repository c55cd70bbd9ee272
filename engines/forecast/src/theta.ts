/**
 * The classical Theta method: the mean of a straight line and of exponential smoothing on the doubled deviations
 * from it, which is simple smoothing with half the line's slope as drift.
 *
 * Input     a complete history of three or more buckets.
 * Season    removed by a classical multiplicative decomposition where the 90 % autocorrelation test finds one,
 *           as in the M4 competition; additive where a value is not positive.
 * Smoothing the initial level enters the one-step errors linearly, so least squares gives it in closed form for
 *           every alpha, and the search has one dimension.
 * Cost      about 25 passes of 3 ns a bucket.
 * Source    Assimakopoulos and Nikolopoulos (2000), Int. J. of Forecasting 16(4), 521-530; Hyndman and Billah (2003),
 *           ibid. 19(2), 287-290, for the smoothing-with-drift form, its mean and its variance, as in R's thetaf().
 */
import type { Core, ModelDefinition, RefitDepth } from './contract.ts';
import { normalQuantiles } from './normal-errors.ts';
import { bestSmoothing, concentratedSmoothing, type Smoothing } from './simple-smoothing.ts';
import { isSeasonal, seasonalFigure, type SeasonKind } from './seasonality.ts';

/** Slope of the least-squares line through the history. */
export function lineSlope(history: Float64Array): number {
  const count = history.length;
  const middle = (count - 1) / 2;
  let weighted = 0;
  for (let t = 0; t < count; t++) weighted += (t - middle) * history[t];
  return weighted / ((count * (count * count - 1)) / 12);
}

type Season = { readonly kind: SeasonKind; readonly figure: Float64Array };

const SMALLEST_INDEX = 0.01;

function findSeason(history: Float64Array, period: number): Season | undefined {
  if (!isSeasonal(history, period)) return undefined;
  const kind = history.every((value) => value > 0) ? 'multiplicative' : 'additive';
  const figure = seasonalFigure(history, period, kind);
  if (kind === 'multiplicative' && figure.some((index) => index < SMALLEST_INDEX)) return undefined;
  return { kind, figure };
}

export function thetaCore(history: Float64Array, period: number, alpha?: number): Core {
  const count = history.length;
  const season = findSeason(history, period);
  const seasonOf = (t: number): number => (season === undefined ? 0 : season.figure[t % period]);
  const join = (value: number, t: number): number =>
    season === undefined ? value : season.kind === 'additive' ? value + seasonOf(t) : value * seasonOf(t);
  const plain =
    season === undefined
      ? history
      : history.map((value, t) => (season.kind === 'additive' ? value - seasonOf(t) : value / seasonOf(t)));

  const smoothing = alpha === undefined ? bestSmoothing(plain) : concentratedSmoothing(plain, alpha);
  const drift = lineSlope(plain) / 2;
  const { fitted, level } = trace(plain, smoothing, drift, join);
  const sigma = Math.sqrt(smoothing.squares / Math.max(1, count - 2));
  // The smoothed level lags a trending series by this many steps of drift.
  const lag = (1 - (1 - smoothing.alpha) ** count) / smoothing.alpha;
  const mean = (horizon: number): Float64Array =>
    Float64Array.from({ length: horizon }, (_, step) => join(level + drift * (step + lag), count + step));
  const deviation = (horizon: number): Float64Array =>
    Float64Array.from({ length: horizon }, (_, step) => {
      const ofLevel = sigma * Math.sqrt(step * smoothing.alpha * smoothing.alpha + 1);
      return season?.kind === 'multiplicative' ? ofLevel * seasonOf(count + step) : ofLevel;
    });
  return {
    label: season === undefined ? 'Theta' : `Theta (${season.kind} season)`,
    description: `Halves the long-run trend and follows the recent level${season === undefined ? '' : ', on deseasonalised history'}.`,
    parameters: { alpha: smoothing.alpha, initialLevel: smoothing.initialLevel, drift },
    fitted,
    mean,
    quantile: (horizon, probability) => normalQuantiles(mean(horizon), deviation(horizon), probability),
    refit: (other, depth: RefitDepth) =>
      thetaCore(other, period, depth === 'states' ? smoothing.alpha : undefined),
  };
}

/** One-step forecasts in the series' own season, and the final level. */
function trace(
  plain: Float64Array,
  smoothing: Smoothing,
  drift: number,
  join: (value: number, t: number) => number,
): { readonly fitted: Float64Array; readonly level: number } {
  const { alpha, initialLevel } = smoothing;
  const fitted = new Float64Array(plain.length);
  let level = initialLevel;
  let decay = 1;
  for (let t = 0; t < plain.length; t++) {
    fitted[t] = join(level + (drift * (1 - decay)) / alpha, t);
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
