/**
 * One pass of complex exponential smoothing over a history: the inner loop of every CES fit.
 *
 * State     `state[0]` level l, `state[1]` its imaginary companion c (what recent errors tell of where the level goes);
 *           then two rings of one season each: `state[2 + phase]` and `state[2 + m + phase]`, t mod m being the phase. The
 *           partial model uses the first ring, as the seasonal index s; the simple and the full one both, as another l and c.
 * Recursion with error e and parameters a0 + i a1:
 *             l <- l - (1 - a1) c + (a0 - a1) e      c <- l + (1 - a0) c + (a0 + a1) e
 *           none: the forecast is l of the bucket before; simple: l of one season before; partial: l + s, and
 *           s <- s + b0 e; full: l + l of one season before, the latter by b0 + i b1.
 * Output    `fitted[t]`: the forecast of history[t]; the sum of squared errors is returned.
 * Source    Svetunkov, Kourentzes and Ord (2022), Naval Research Logistics 69(8), 1108-1123.
 */
export type CesSeason = 'none' | 'partial' | 'simple' | 'full';

/** a0, a1 of the level and b0, b1 of the season; what a model lacks is 0. */
export type CesParameters = { a0: number; a1: number; b0: number; b1: number };

export const cesStateSize = (period: number): number => 2 + 2 * period;

export function cesPass(
  season: CesSeason,
  history: Float64Array,
  period: number,
  parameters: CesParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  if (season === 'simple') return simplePass(history, period, parameters, state, fitted);
  if (season === 'full') return fullPass(history, period, parameters, state, fitted);
  if (season === 'partial') return partialPass(period, history, parameters, state, fitted);
  return plainPass(history, parameters, state, fitted);
}

function plainPass(
  history: Float64Array,
  { a0, a1 }: CesParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const ofReal = a0 - a1;
  const ofImaginary = a0 + a1;
  const back = 1 - a1;
  const keep = 1 - a0;
  let l = state[0];
  let c = state[1];
  let squares = 0;
  for (let t = 0; t < history.length; t++) {
    const error = history[t] - l;
    fitted[t] = l;
    squares += error * error;
    const before = l;
    l = before - back * c + ofReal * error;
    c = before + keep * c + ofImaginary * error;
  }
  state[0] = l;
  state[1] = c;
  return squares;
}

function partialPass(
  period: number,
  history: Float64Array,
  { a0, a1, b0 }: CesParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const ofReal = a0 - a1;
  const ofImaginary = a0 + a1;
  const back = 1 - a1;
  const keep = 1 - a0;
  let l = state[0];
  let c = state[1];
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < history.length; t++) {
    const index = state[slot];
    const forecast = l + index;
    const error = history[t] - forecast;
    fitted[t] = forecast;
    squares += error * error;
    state[slot] = index + b0 * error;
    const before = l;
    l = before - back * c + ofReal * error;
    c = before + keep * c + ofImaginary * error;
    slot = slot === lastSlot ? 2 : slot + 1;
  }
  state[0] = l;
  state[1] = c;
  return squares;
}

function simplePass(
  history: Float64Array,
  period: number,
  { a0, a1 }: CesParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const ofReal = a0 - a1;
  const ofImaginary = a0 + a1;
  const back = 1 - a1;
  const keep = 1 - a0;
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < history.length; t++) {
    const l = state[slot];
    const c = state[slot + period];
    const error = history[t] - l;
    fitted[t] = l;
    squares += error * error;
    state[slot] = l - back * c + ofReal * error;
    state[slot + period] = l + keep * c + ofImaginary * error;
    slot = slot === lastSlot ? 2 : slot + 1;
  }
  return squares;
}

function fullPass(
  history: Float64Array,
  period: number,
  { a0, a1, b0, b1 }: CesParameters,
  state: Float64Array,
  fitted: Float64Array,
): number {
  const ofReal = a0 - a1;
  const ofImaginary = a0 + a1;
  const back = 1 - a1;
  const keep = 1 - a0;
  const seasonOfReal = b0 - b1;
  const seasonOfImaginary = b0 + b1;
  const seasonBack = 1 - b1;
  const seasonKeep = 1 - b0;
  let l = state[0];
  let c = state[1];
  let squares = 0;
  let slot = 2;
  const lastSlot = period + 1;
  for (let t = 0; t < history.length; t++) {
    const seasonL = state[slot];
    const seasonC = state[slot + period];
    const forecast = l + seasonL;
    const error = history[t] - forecast;
    fitted[t] = forecast;
    squares += error * error;
    const before = l;
    l = before - back * c + ofReal * error;
    c = before + keep * c + ofImaginary * error;
    state[slot] = seasonL - seasonBack * seasonC + seasonOfReal * error;
    state[slot + period] = seasonL + seasonKeep * seasonC + seasonOfImaginary * error;
    slot = slot === lastSlot ? 2 : slot + 1;
  }
  state[0] = l;
  state[1] = c;
  return squares;
}

/** Forecasts from a state at the end of `count` buckets: the level's part in `level`, the season's in `season`. */
export function cesPath(
  kind: CesSeason,
  { a0, a1, b0, b1 }: CesParameters,
  period: number,
  count: number,
  from: Float64Array,
  horizon: number,
): { readonly level: Float64Array; readonly season: Float64Array } {
  const state = from.slice();
  const level = new Float64Array(horizon);
  const season = new Float64Array(horizon);
  const [ofReal, ofImaginary] = kind === 'simple' ? [a0, a1] : [b0, b1];
  for (let step = 0; step < horizon; step++) {
    const slot = 2 + ((count + step) % period);
    const before = state[0];
    if (kind !== 'simple') {
      level[step] = before;
      state[0] = before - (1 - a1) * state[1];
      state[1] = before + (1 - a0) * state[1];
    }
    if (kind === 'none') continue;
    season[step] = state[slot];
    if (kind === 'partial') continue;
    const imaginary = state[slot + period];
    state[slot] = season[step] - (1 - ofImaginary) * imaginary;
    state[slot + period] = season[step] + (1 - ofReal) * imaginary;
  }
  return { level, season };
}

/** The state one bucket after an error of 1 that met a state of 0, `phase` being the bucket's own. */
export function cesImpulse(
  kind: CesSeason,
  { a0, a1, b0, b1 }: CesParameters,
  period: number,
  phase: number,
): Float64Array {
  const state = new Float64Array(cesStateSize(period));
  if (kind !== 'simple') {
    state[0] = a0 - a1;
    state[1] = a0 + a1;
  }
  if (kind === 'partial') state[2 + phase] = b0;
  if (kind === 'full') {
    state[2 + phase] = b0 - b1;
    state[2 + period + phase] = b0 + b1;
  }
  if (kind === 'simple') {
    state[2 + phase] = a0 - a1;
    state[2 + period + phase] = a0 + a1;
  }
  return state;
}
