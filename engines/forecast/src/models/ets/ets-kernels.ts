/**
 * One pass of exponential smoothing over a history: the inner loop of every ETS fit.
 *
 * State     `state[0]` level, `state[1]` trend, `state[2 + phase]` seasonal index of phase t mod m: a ring, so a
 *           step touches one index whatever the length of the season. The pass reads and overwrites it.
 * Output    `fitted[t]`: the forecast of history[t] from what came before; the sum of squared errors is returned. `relative`, where it
 *           is given, is added to.
 * Recursion that of Hyndman's ets C code. The states move alike under additive and multiplicative errors: the kind
 *           of error enters the likelihood alone. No trend is beta = 0 with a trend state of 0.
 * Form      with b the forecast without season and g its damped trend, one bucket on
 *             b <- (b + phi g) + (alpha + phi beta) e      g <- phi g + phi beta e
 *           which is the same recursion with three dependent operations a bucket in place of five: a pass costs what its
 *           chain costs. An error of 0 leaves the line exactly as it was.
 * Cost      O(n) time, no allocation; the seasonal divisions are off the critical path.
 * Source    Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, table 2.1.
 */
import type { EtsParameters, EtsSeason } from './ets-spec.ts';

/**
 * What the likelihood of a multiplicative error needs from a pass: the sum of ((y - f) / f)^2, and the sum of ln |f| as that of
 * `logForecasts` and ln |product|. The product of the forecasts is gathered and its logarithm taken only when it leaves the safe
 * range, which spares one logarithm a step.
 */
export type RelativeSums = { squares: number; logForecasts: number; product: number };

/** One bucket. Within the pass it costs little: the pass waits for its own chain meanwhile. */
function addRelative(sums: RelativeSums, actual: number, forecast: number): void {
  const ratio = actual / forecast - 1;
  sums.squares += ratio * ratio;
  sums.product *= forecast;
  const size = Math.abs(sums.product);
  if (size > 1e150 || size < 1e-150) {
    sums.logForecasts += Math.log(size);
    sums.product = 1;
  }
}

export function etsPass(
  season: EtsSeason,
  history: Float64Array,
  period: number,
  parameters: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
  relative: RelativeSums | undefined,
): number {
  if (season === 'N') return plainPass(history, parameters, state, fitted, relative);
  if (season === 'A') return additivePass(history, period, parameters, state, fitted, relative);
  return multiplicativePass(history, period, parameters, state, fitted, relative);
}

function plainPass(
  history: Float64Array,
  { alpha, beta, phi }: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
  relative: RelativeSums | undefined,
): number {
  const count = history.length;
  const ofBase = alpha + phi * beta;
  const ofTrend = phi * beta;
  let level = state[0];
  let trend = state[1];
  let dampedTrend = phi * trend;
  let base = level + dampedTrend;
  let squares = 0;
  for (let t = 0; t < count; t++) {
    const error = history[t] - base;
    if (relative !== undefined) addRelative(relative, history[t], base);
    fitted[t] = base;
    squares += error * error;
    level = base + alpha * error;
    trend = dampedTrend + beta * error;
    const damped = phi * dampedTrend;
    base = base + damped + ofBase * error;
    dampedTrend = damped + ofTrend * error;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}

function additivePass(
  history: Float64Array,
  period: number,
  { alpha, beta, gamma, phi }: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
  relative: RelativeSums | undefined,
): number {
  const count = history.length;
  const ofBase = alpha + phi * beta;
  const ofTrend = phi * beta;
  let level = state[0];
  let trend = state[1];
  let dampedTrend = phi * trend;
  let base = level + dampedTrend;
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < count; t++) {
    const index = state[slot];
    const error = history[t] - index - base;
    if (relative !== undefined) addRelative(relative, history[t], base + index);
    fitted[t] = base + index;
    squares += error * error;
    state[slot] = index + gamma * error;
    slot = slot === lastSlot ? 2 : slot + 1;
    level = base + alpha * error;
    trend = dampedTrend + beta * error;
    const damped = phi * dampedTrend;
    base = base + damped + ofBase * error;
    dampedTrend = damped + ofTrend * error;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}

function multiplicativePass(
  history: Float64Array,
  period: number,
  { alpha, beta, gamma, phi }: EtsParameters,
  state: Float64Array,
  fitted: Float64Array,
  relative: RelativeSums | undefined,
): number {
  const count = history.length;
  const ofBase = alpha + phi * beta;
  const ofTrend = phi * beta;
  let level = state[0];
  let trend = state[1];
  let dampedTrend = phi * trend;
  let base = level + dampedTrend;
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < count; t++) {
    const index = state[slot];
    const actual = history[t];
    const forecast = base * index;
    const error = actual - forecast;
    const baseError = actual / index - base;
    if (relative !== undefined) addRelative(relative, actual, forecast);
    fitted[t] = forecast;
    squares += error * error;
    state[slot] = index + gamma * (actual / base - index);
    slot = slot === lastSlot ? 2 : slot + 1;
    level = base + alpha * baseError;
    trend = dampedTrend + beta * baseError;
    const damped = phi * dampedTrend;
    base = base + damped + ofBase * baseError;
    dampedTrend = damped + ofTrend * baseError;
  }
  state[0] = level;
  state[1] = trend;
  return squares;
}
