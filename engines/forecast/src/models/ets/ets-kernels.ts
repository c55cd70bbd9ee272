/**
 * One pass of exponential smoothing over a history: the inner loop of every ETS fit.
 *
 * State     `state[0]` level, `state[1]` trend, `state[2 + phase]` seasonal index of phase t mod m: a ring, so a
 *           step touches one index whatever the length of the season. The pass reads and overwrites it.
 * Output    `fitted[t]`: the forecast of history[t] from what came before; the sum of squared errors is returned.
 * Recursion that of Hyndman's ets C code. The states move alike under additive and multiplicative errors: the kind
 *           of error enters the likelihood alone. No trend is beta = 0 with a trend state of 0.
 * Cost      O(n) time, no allocation; the seasonal divisions are off the critical path.
 * Source    Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, table 2.1.
 */
import type { EtsParameters, EtsSeason } from './ets-spec.ts';

export function etsPass(
  season: EtsSeason,
  history: Float64Array,
  period: number,
  parameters: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  if (season === 'N') return plainPass(history, parameters, state, fitted);
  if (season === 'A') return additivePass(history, period, parameters, state, fitted);
  return multiplicativePass(history, period, parameters, state, fitted);
}

function plainPass(
  history: Float64Array,
  parameters: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const { alpha, beta, phi } = parameters;
  const count = history.length;
  let level = state[0];
  let trend = state[1];
  let squares = 0;
  for (let t = 0; t < count; t++) {
    const dampedTrend = phi * trend;
    const forecast = level + dampedTrend;
    const error = history[t] - forecast;
    fitted[t] = forecast;
    squares += error * error;
    level = forecast + alpha * error;
    trend = dampedTrend + beta * error;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}

function additivePass(
  history: Float64Array,
  period: number,
  parameters: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const { alpha, beta, gamma, phi } = parameters;
  const count = history.length;
  let level = state[0];
  let trend = state[1];
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < count; t++) {
    const dampedTrend = phi * trend;
    const base = level + dampedTrend;
    const index = state[slot];
    const forecast = base + index;
    const error = history[t] - index - base;
    fitted[t] = forecast;
    squares += error * error;
    level = base + alpha * error;
    trend = dampedTrend + beta * error;
    state[slot] = index + gamma * error;
    slot = slot === lastSlot ? 2 : slot + 1;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}

function multiplicativePass(
  history: Float64Array,
  period: number,
  parameters: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const { alpha, beta, gamma, phi } = parameters;
  const count = history.length;
  let level = state[0];
  let trend = state[1];
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < count; t++) {
    const dampedTrend = phi * trend;
    const base = level + dampedTrend;
    const index = state[slot];
    const actual = history[t];
    const forecast = base * index;
    const error = actual - forecast;
    const baseError = actual / index - base;
    fitted[t] = forecast;
    squares += error * error;
    level = base + alpha * baseError;
    trend = dampedTrend + beta * baseError;
    state[slot] = index + gamma * (actual / base - index);
    slot = slot === lastSlot ? 2 : slot + 1;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}

/** What the likelihood of a multiplicative error needs from a pass: the relative squares and the log of the forecasts. */
export type RelativeSums = { squares: number; logForecasts: number };

/**
 * Sums ((y - f) / f)^2 and ln |f| over a pass. The product of the forecasts is gathered and its logarithm
 * taken only when it leaves the safe range, which spares one logarithm a step.
 */
export function relativeSums(history: Float64Array, fitted: Float64Array, sums: RelativeSums): void {
  let squares = 0;
  let logForecasts = 0;
  let product = 1;
  for (let t = 0; t < history.length; t++) {
    const forecast = fitted[t];
    const ratio = history[t] / forecast - 1;
    squares += ratio * ratio;
    product *= forecast;
    const size = Math.abs(product);
    if (size > 1e150 || size < 1e-150) {
      logForecasts += Math.log(size);
      product = 1;
    }
  }
  sums.squares = squares;
  sums.logForecasts = logForecasts + Math.log(Math.abs(product));
}
