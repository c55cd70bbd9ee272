/**
 * How good a forecast was. NaN means not defined for these values (a WAPE without any demand, say), never 0.
 *
 * WAPE      sum |A - F| / sum |A|.
 * MAPE      mean of |A - F| / |A| over A other than 0; `mapeDropped` counts the zeros left out.
 * sMAPE     mean of 2 |A - F| / (|A| + |F|), 0 where both are 0: 0 to 2, as M3 and M4 but not in percent.
 * MASE      mean |A - F| over the in-sample mean absolute error of the seasonal naive forecast (Hyndman and Koehler 2006).
 * RMSSE     root of the mean squared error over the in-sample mean squared error of the naive forecast, counted from the
 *           first demand on (M5, Makridakis et al. 2022).
 * bias      (sum F - sum A) / sum |A|: plus is over-forecast, minus is under-forecast.
 * tracking  sum (A - F) / mean |A - F|: the usual alarm is beyond plus or minus 4. Here plus is demand above forecast.
 */
import { assert } from '@planwright/units';

export type Accuracy = {
  /** Pairs compared: actuals that were observed. */
  readonly count: number;
  readonly wape: number;
  readonly mape: number;
  readonly mapeDropped: number;
  readonly smape: number;
  readonly mase: number;
  readonly rmsse: number;
  readonly bias: number;
  readonly trackingSignal: number;
};

/** In-sample errors of the naive forecasts: the yardsticks of MASE and RMSSE. */
export type AccuracyScale = { readonly meanAbsolute: number; readonly meanSquare: number };

/** NaN where the history is too short or never changes. */
export function accuracyScale(history: Float64Array, season: number): AccuracyScale {
  return {
    meanAbsolute: naiveError(history, season, 0, Math.abs),
    meanSquare: naiveError(history, 1, firstDemand(history), square),
  };
}

const square = (value: number): number => value * value;

function firstDemand(history: Float64Array): number {
  const first = history.findIndex((value) => Number.isFinite(value) && value !== 0);
  return Math.max(0, first);
}

function naiveError(
  history: Float64Array,
  lag: number,
  start: number,
  size: (error: number) => number,
): number {
  let sum = 0;
  let count = 0;
  for (let t = start + lag; t < history.length; t++) {
    const change = history[t] - history[t - lag];
    if (!Number.isFinite(change)) continue;
    sum += size(change);
    count += 1;
  }
  return sum > 0 ? sum / count : Number.NaN;
}

/** Compares pair by pair; an actual that is NaN is left out. */
export function accuracyOf(actual: Float64Array, forecast: Float64Array, scale: AccuracyScale): Accuracy {
  assert(actual.length === forecast.length, 'actual and forecast have the same length');
  let count = 0;
  let absolute = 0;
  let squares = 0;
  let signed = 0;
  let demand = 0;
  let relative = 0;
  let dropped = 0;
  let symmetric = 0;
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i];
    const f = forecast[i];
    if (!Number.isFinite(a)) continue;
    const error = Math.abs(f - a);
    count += 1;
    absolute += error;
    squares += error * error;
    signed += f - a;
    demand += Math.abs(a);
    if (a === 0) dropped += 1;
    else relative += error / Math.abs(a);
    if (error > 0) symmetric += (2 * error) / (Math.abs(a) + Math.abs(f));
  }
  return {
    count,
    wape: share(absolute, demand),
    mape: share(relative, count - dropped),
    mapeDropped: dropped,
    smape: share(symmetric, count),
    mase: share(absolute / count, scale.meanAbsolute),
    rmsse: Math.sqrt(share(squares / count, scale.meanSquare)),
    bias: share(signed, demand),
    trackingSignal: absolute === 0 && count > 0 ? 0 : share(-signed * count, absolute),
  };
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);

/** Mean pinball (quantile) loss of a forecast of the quantile `probability`, in the unit of demand. */
export function pinballLoss(
  actual: Float64Array,
  quantileForecast: Float64Array,
  probability: number,
): number {
  assert(actual.length === quantileForecast.length, 'actual and forecast have the same length');
  let loss = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    const miss = actual[i] - quantileForecast[i];
    if (!Number.isFinite(miss)) continue;
    loss += miss >= 0 ? probability * miss : (probability - 1) * miss;
    count += 1;
  }
  return share(loss, count);
}

/** Share of the observed actuals within the limits, limits included. */
export function coverageOf(actual: Float64Array, lower: Float64Array, upper: Float64Array): number {
  let inside = 0;
  let count = 0;
  for (let i = 0; i < actual.length; i++) {
    if (!Number.isFinite(actual[i])) continue;
    count += 1;
    if (actual[i] >= lower[i] && actual[i] <= upper[i]) inside += 1;
  }
  return share(inside, count);
}
