/**
 * Least squares for exponential smoothing with trigonometric seasons: level, damped trend, autoregressive errors, and two
 * gains for each season. Waves start where the harmonic regression puts them, level and trend at the first buckets without
 * the waves, so only the smoothing parameters are searched for, two to eleven of them.
 *
 * Bounds    0 < beta < alpha; the gains of a season share half an error between its harmonics, which keeps errors fading.
 * Choice    with and without autoregression, then with and without trend, by AICc.
 */
import { minimise } from '@planwright/numerics';
import { initialStates } from '../ets/ets-initial.ts';
import { aiccOf, type Harmonics } from './harmonic-regression.ts';
import { FIRST_HARMONIC, type TrigonometricModel, trigonometricPass } from './trigonometric-kernels.ts';

export type TrigonometricFit = {
  readonly damped: boolean;
  readonly autoregressive: boolean;
  /** As searched for: alpha, then beta / alpha and phi, then rho, then two gains for each season with harmonics. */
  readonly point: Float64Array;
  readonly aicc: number;
};

const MAX_EVALUATIONS = 160;
const TOLERANCE = 1e-3; // Of n ln(squares), which is twice the log-likelihood.
const GAIN_SHARE = 0.5;
const TURNED_SHARE = 0.25;

/** Wave and turned wave at bucket 0 are the cosine and sine coefficients of the regression. */
export function trigonometricStart(
  history: Float64Array,
  seasons: readonly Harmonics[],
  damped: boolean,
): Float64Array {
  const harmonics = seasons.reduce((sum, { cosines }) => sum + cosines.length, 0);
  const state = new Float64Array(FIRST_HARMONIC + 2 * harmonics);
  const plain = history.slice();
  let at = FIRST_HARMONIC;
  for (const { period, cosines, sines } of seasons) {
    for (let k = 0; k < cosines.length; k++, at += 2) {
      state[at] = cosines[k];
      state[at + 1] = sines[k];
      const step = (2 * Math.PI * (k + 1)) / period;
      for (let t = 0; t < plain.length; t++)
        plain[t] -= cosines[k] * Math.cos(step * t) + sines[k] * Math.sin(step * t);
    }
  }
  const { flatLevel, level, trend } = initialStates(plain, 1, 'N');
  state[0] = damped ? level : flatLevel;
  state[1] = damped ? trend : 0;
  return state;
}

/** The model that a point of the search stands for. */
export function modelAt(
  point: Float64Array,
  seasons: readonly Harmonics[],
  damped: boolean,
  autoregressive: boolean,
): TrigonometricModel {
  const harmonics = seasons.reduce((sum, { cosines }) => sum + cosines.length, 0);
  const [cosines, sines, gains, turnedGains] = Array.from({ length: 4 }, () => new Float64Array(harmonics));
  let at = 0;
  for (const { period, cosines: own } of seasons) {
    for (let k = 1; k <= own.length; k++, at++) {
      cosines[at] = Math.cos((2 * Math.PI * k) / period);
      sines[at] = Math.sin((2 * Math.PI * k) / period);
    }
  }
  const smoothing = smoothingAt(point, damped, autoregressive);
  writeGains(point, seasons, damped, autoregressive, gains, turnedGains);
  return { ...smoothing, cosines, sines, gains, turnedGains };
}

function smoothingAt(point: Float64Array, damped: boolean, autoregressive: boolean) {
  return {
    alpha: point[0],
    beta: damped ? point[0] * point[1] : 0,
    phi: damped ? point[2] : 1,
    rho: autoregressive ? point[damped ? 3 : 1] : 0,
  };
}

function writeGains(
  point: Float64Array,
  seasons: readonly Harmonics[],
  damped: boolean,
  autoregressive: boolean,
  gains: Float64Array,
  turnedGains: Float64Array,
): void {
  let from = 1 + (damped ? 2 : 0) + (autoregressive ? 1 : 0);
  let at = 0;
  for (const { cosines } of seasons) {
    if (cosines.length === 0) continue;
    for (let k = 0; k < cosines.length; k++, at++) {
      gains[at] = point[from] / cosines.length;
      turnedGains[at] = point[from + 1] / cosines.length;
    }
    from += 2;
  }
}

/** Fits one of the four models. `from` is where the search starts, if the model was fitted before. */
export function fitTrigonometric(
  history: Float64Array,
  seasons: readonly Harmonics[],
  damped: boolean,
  autoregressive: boolean,
  from?: Float64Array,
): TrigonometricFit {
  const start = trigonometricStart(history, seasons, damped);
  const state = new Float64Array(start.length);
  const fitted = new Float64Array(history.length);
  const { lower, upper, step, cold } = boundsOf(seasons, damped, autoregressive);
  const kept = modelAt(cold, seasons, damped, autoregressive);
  const objective = (point: Float64Array): number => {
    writeGains(point, seasons, damped, autoregressive, kept.gains, kept.turnedGains);
    const model = { ...kept, ...smoothingAt(point, damped, autoregressive) };
    state.set(start);
    const squares = trigonometricPass(history, model, state, fitted);
    return history.length * Math.log(squares + Number.MIN_VALUE);
  };
  const search = { lower, upper, step, maxEvaluations: MAX_EVALUATIONS, tolerance: TOLERANCE };
  const found = minimise(objective, from ?? cold, search);
  const squares = Math.exp(found.value / history.length);
  return {
    damped,
    autoregressive,
    point: found.point,
    aicc: aiccOf(squares, found.point.length + (damped ? 3 : 2), history.length),
  };
}

function boundsOf(seasons: readonly Harmonics[], damped: boolean, autoregressive: boolean) {
  const seasonal = seasons.filter(({ cosines }) => cosines.length > 0);
  const rows: (readonly [number, number, number, number])[] = [[1e-4, 0.9999, 0.2, 0.3]];
  if (damped) rows.push([1e-4, 0.9999, 0.1, 0.05], [0.8, 0.98, -0.03, 0.95]);
  if (autoregressive) rows.push([-0.6, 0.9, 0.2, 0.1]);
  for (let i = 0; i < seasonal.length; i++)
    rows.push([0, GAIN_SHARE, 0.05, 0.02], [-TURNED_SHARE, TURNED_SHARE, 0.03, 0]);
  const column = (index: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[index]);
  return { lower: column(0), upper: column(1), step: column(2), cold: column(3) };
}

/** The best by AICc: with or without autoregression, and the better of these with a trend or without. */
export function bestTrigonometric(history: Float64Array, seasons: readonly Harmonics[]): TrigonometricFit {
  const better = (a: TrigonometricFit, b: TrigonometricFit): TrigonometricFit => (b.aicc < a.aicc ? b : a);
  const level = better(
    fitTrigonometric(history, seasons, false, false),
    fitTrigonometric(history, seasons, false, true),
  );
  return better(level, fitTrigonometric(history, seasons, true, level.autoregressive));
}
