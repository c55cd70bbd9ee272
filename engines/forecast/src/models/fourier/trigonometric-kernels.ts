/**
 * One pass of exponential smoothing with trigonometric seasons over a history.
 *
 * State     `state[0]` level l, `state[1]` trend b, `state[2]` autoregressive error d; then a pair for each harmonic: its
 *           wave s at the bucket that comes next, and the wave a quarter turn on, s*.
 * Recursion forecast = l + phi b + sum of s + rho d; with error e and u = rho d + e:
 *             l <- l + phi b + alpha u        b <- phi b + beta u        d <- u
 *             s <- s cos w + s* sin w + g1 u  s* <- -s sin w + s* cos w + g2 u, w = 2 pi k / m, g1 and g2 of the season.
 * Cost      O(n x harmonics) time, no allocation.
 * Source    De Livera, Hyndman and Snyder (2011), equations 5 to 7 (TBATS without its Box-Cox transform, errors AR(1)).
 */

export type TrigonometricModel = {
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
  readonly rho: number;
  /** Per harmonic: cosine and sine of its step, and how much of an error it takes up. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  readonly gains: Float64Array;
  readonly turnedGains: Float64Array;
};

export const FIRST_HARMONIC = 3;

/** Leaves the final state in `state` and the one-step forecasts in `fitted`; returns the squared errors. */
export function trigonometricPass(
  history: Float64Array,
  model: TrigonometricModel,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const { alpha, beta, phi, rho, cosines, sines, gains, turnedGains } = model;
  const harmonics = cosines.length;
  let level = state[0];
  let trend = state[1];
  let carried = state[2];
  let squares = 0;
  for (let t = 0; t < history.length; t++) {
    let season = 0;
    for (let k = 0; k < harmonics; k++) season += state[FIRST_HARMONIC + 2 * k];
    const base = level + phi * trend;
    const forecast = base + season + rho * carried;
    const error = history[t] - forecast;
    fitted[t] = forecast;
    squares += error * error;
    carried = rho * carried + error;
    level = base + alpha * carried;
    trend = phi * trend + beta * carried;
    for (let k = 0; k < harmonics; k++) {
      const at = FIRST_HARMONIC + 2 * k;
      const wave = state[at];
      const turned = state[at + 1];
      state[at] = wave * cosines[k] + turned * sines[k] + gains[k] * carried;
      state[at + 1] = turned * cosines[k] - wave * sines[k] + turnedGains[k] * carried;
    }
  }
  state[0] = level;
  state[1] = trend;
  state[2] = carried;
  return squares;
}

/** The parts of the next forecast, read off a state: level, trend and errors, then the sum of each season's waves. */
export function stateParts(
  state: Float64Array,
  { phi, rho }: TrigonometricModel,
  harmonicCounts: readonly number[],
  into: Float64Array,
): void {
  into[0] = state[0];
  into[1] = phi * state[1];
  into[2] = rho * state[2];
  let at = FIRST_HARMONIC;
  for (let season = 0; season < harmonicCounts.length; season++) {
    let sum = 0;
    for (let k = 0; k < harmonicCounts[season]; k++, at += 2) sum += state[at];
    into[FIRST_HARMONIC + season] = sum;
  }
}

/** The sum of all parts of the forecasts from a state, step by step; overwrites the state. */
export function trigonometricPath(
  model: TrigonometricModel,
  state: Float64Array,
  horizon: number,
): Float64Array {
  const path = new Float64Array(horizon);
  const one = new Float64Array(1);
  const value = new Float64Array(1);
  for (let step = 0; step < horizon; step++) {
    // A pass over a value equal to its own forecast moves the state on without an error.
    value[0] = forecastOf(model, state);
    trigonometricPass(value, model, state, one);
    path[step] = value[0];
  }
  return path;
}

function forecastOf({ phi, rho, cosines }: TrigonometricModel, state: Float64Array): number {
  let season = 0;
  for (let k = 0; k < cosines.length; k++) season += state[FIRST_HARMONIC + 2 * k];
  return state[0] + phi * state[1] + season + rho * state[2];
}
