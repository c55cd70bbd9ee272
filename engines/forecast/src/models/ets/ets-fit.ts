/** Maximum likelihood for one ETS model: a search over one to four smoothing parameters. */
import { minimise } from '@planwright/numerics';
import { type InitialStates, writeInitialState } from './ets-initial.ts';
import { etsPass, type RelativeSums } from './ets-kernels.ts';
import { type EtsParameters, type EtsSpec, smoothingCount, stateCount } from './ets-spec.ts';

export type EtsFit = {
  readonly spec: EtsSpec;
  readonly parameters: EtsParameters;
  /** As in R: -n/2 ln(sum of squares), less sum ln |f| for multiplicative errors. */
  readonly logLikelihood: number;
  /** Infinity where the model is not believable for this history. */
  readonly aicc: number;
  readonly initial: InitialStates;
};

/** Buffers for the passes over one history; a fit of all models shares them. */
export type EtsWorkspace = {
  readonly state: Float64Array;
  readonly fitted: Float64Array;
  readonly sums: RelativeSums;
};

export const etsWorkspace = (count: number, period: number): EtsWorkspace => ({
  state: new Float64Array(2 + period),
  fitted: new Float64Array(count),
  sums: { squares: 0, logForecasts: 0, product: 1 },
});

/** Log-likelihood of given parameters and initial states; leaves the final state, the one-step forecasts and the squares in `workspace`. */
export function etsLogLikelihood(
  history: Float64Array,
  period: number,
  spec: EtsSpec,
  parameters: EtsParameters,
  workspace: EtsWorkspace,
): number {
  const { state, fitted, sums } = workspace;
  const half = history.length / 2;
  if (spec.error === 'A') {
    sums.squares = etsPass(spec.season, history, period, parameters, state, fitted, undefined);
    return -half * finiteLog(sums.squares);
  }
  sums.squares = 0;
  sums.logForecasts = 0;
  sums.product = 1;
  etsPass(spec.season, history, period, parameters, state, fitted, sums);
  return -half * finiteLog(sums.squares) - (sums.logForecasts + Math.log(Math.abs(sums.product)));
}

/** A perfect fit has no squares left; its likelihood is then very large instead of infinite. */
const finiteLog = (squares: number): number => Math.log(squares === 0 ? Number.MIN_VALUE : squares);

// The search runs over alpha, beta / alpha, gamma / (1 - alpha) and phi, so that the usual region
// 0 < beta < alpha, 0 < gamma < 1 - alpha is a box. The limits are R's.
const LOWER = { alpha: 1e-4, beta: 1e-4, gamma: 1e-4, phi: 0.8 };
const UPPER = { alpha: 0.9999, beta: 0.9999, gamma: 0.9999, phi: 0.98 };
const STEP = { alpha: 0.25, beta: 0.15, gamma: 0.15, phi: -0.05 };
const TOLERANCE = 2e-3; // In units of log-likelihood: far below what changes a choice or a forecast.
const MAX_EVALUATIONS = 160;

type Slots = { readonly beta: number; readonly gamma: number; readonly phi: number; readonly count: number };

function slotsOf(spec: EtsSpec): Slots {
  const beta = spec.trend === 'N' ? -1 : 1;
  const gamma = spec.season === 'N' ? -1 : spec.trend === 'N' ? 1 : 2;
  const phi = spec.trend === 'Ad' ? smoothingCount(spec) - 1 : -1;
  return { beta, gamma, phi, count: smoothingCount(spec) };
}

type MutableParameters = { alpha: number; beta: number; gamma: number; phi: number };

function readPoint(point: Float64Array, slots: Slots, into: MutableParameters): void {
  into.alpha = point[0];
  into.beta = slots.beta < 0 ? 0 : point[slots.beta] * point[0];
  into.gamma = slots.gamma < 0 ? 0 : point[slots.gamma] * (1 - point[0]);
  into.phi = slots.phi < 0 ? 1 : point[slots.phi];
}

function startPoint(from: EtsParameters, slots: Slots): Float64Array {
  const point = new Float64Array(slots.count);
  point[0] = from.alpha;
  if (slots.beta >= 0) point[slots.beta] = from.beta / from.alpha;
  if (slots.gamma >= 0) point[slots.gamma] = from.gamma / (1 - from.alpha);
  if (slots.phi >= 0) point[slots.phi] = from.phi;
  return point;
}

function edges(slots: Slots, of: MutableParameters): Float64Array {
  const edge = new Float64Array(slots.count);
  edge[0] = of.alpha;
  if (slots.beta >= 0) edge[slots.beta] = of.beta;
  if (slots.gamma >= 0) edge[slots.gamma] = of.gamma;
  if (slots.phi >= 0) edge[slots.phi] = of.phi;
  return edge;
}

const COLD_START: EtsParameters = { alpha: 0.3, beta: 0.03, gamma: 0.07, phi: 0.95 };

/** Fits one model. `from` is where the search starts; a warm start searches half as wide. */
export function fitEts(
  history: Float64Array,
  period: number,
  spec: EtsSpec,
  initial: InitialStates,
  workspace: EtsWorkspace,
  from: EtsParameters = COLD_START,
): EtsFit {
  const slots = slotsOf(spec);
  const parameters: MutableParameters = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  const objective = (point: Float64Array): number => {
    readPoint(point, slots, parameters);
    writeInitialState(initial, spec.trend, workspace.state);
    return -etsLogLikelihood(history, period, spec, parameters, workspace);
  };
  const step = edges(slots, STEP);
  if (from !== COLD_START) for (let i = 0; i < step.length; i++) step[i] *= 0.5;
  const search = {
    lower: edges(slots, LOWER),
    upper: edges(slots, UPPER),
    step,
    maxEvaluations: MAX_EVALUATIONS,
    tolerance: TOLERANCE,
  };
  const found = minimise(objective, startPoint(from, slots), search);
  readPoint(found.point, slots, parameters);
  const meanRelativeSquare = (): number => {
    objective(found.point);
    return workspace.sums.squares / history.length;
  };
  const believable =
    found.value < Infinity && (spec.error === 'A' || meanRelativeSquare() < LARGEST_RELATIVE);
  return {
    spec,
    parameters: { ...parameters },
    logLikelihood: -found.value,
    aicc: believable
      ? correctedAic(-found.value, parameterCount(spec, period) + 1, history.length)
      : Infinity,
    initial,
  };
}

// Multiplicative errors as large as the forecast itself would often mean negative demand, which such a model denies.
const LARGEST_RELATIVE = 1;

/** Smoothing parameters and initial states; sigma is not counted. */
export const parameterCount = (spec: EtsSpec, period: number): number =>
  smoothingCount(spec) + stateCount(spec, period);

/** Akaike's criterion corrected for small samples; Infinity where there are too few buckets for the model. */
function correctedAic(logLikelihood: number, estimated: number, count: number): number {
  const room = count - estimated - 1;
  if (room <= 0 || Number.isNaN(logLikelihood)) return Infinity;
  return -2 * logLikelihood + 2 * estimated + (2 * estimated * (estimated + 1)) / room;
}
