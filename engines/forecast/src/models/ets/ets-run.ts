/** A fitted ETS model run over a history: its final state, and what follows from it. */
import { type EtsFit, type EtsWorkspace, etsLogLikelihood, parameterCount } from './ets-fit.ts';
import { writeInitialState } from './ets-initial.ts';
import type { EtsSpec } from './ets-spec.ts';
import { etsDeviations } from './ets-variance.ts';

/** Mean per future step, and the same without a multiplicative season: one array where there is none. */
type EtsPath = { readonly mean: Float64Array; readonly base: Float64Array };

export type EtsRun = {
  readonly logLikelihood: number;
  path(horizon: number): EtsPath;
  /** Standard deviation of the forecast error per step of a path. */
  deviations(path: EtsPath): Float64Array;
};

/** One pass; leaves the one-step forecasts in `workspace.fitted`. */
export function runEts(history: Float64Array, period: number, fit: EtsFit, workspace: EtsWorkspace): EtsRun {
  const { spec, parameters, initial } = fit;
  writeInitialState(initial, spec.trend, workspace.state);
  const logLikelihood = etsLogLikelihood(history, period, spec, parameters, workspace);
  const state = workspace.state.slice(0, 2 + period);
  // Relative where errors are; with the estimated parameters and states taken off the degrees of freedom.
  const variance = workspace.sums.squares / Math.max(1, history.length - parameterCount(spec, period));
  const count = history.length;
  return {
    logLikelihood,
    path: (horizon) => pathFrom(spec, parameters.phi, period, count, state, horizon),
    deviations: (path) => etsDeviations(spec, parameters, period, path.mean, path.base, variance),
  };
}

function pathFrom(
  spec: EtsSpec,
  phi: number,
  period: number,
  count: number,
  state: Float64Array,
  horizon: number,
): EtsPath {
  const base = new Float64Array(horizon);
  const mean = spec.season === 'M' ? new Float64Array(horizon) : base;
  let damping = 0;
  let power = 1;
  let slot = 2 + (count % period);
  for (let step = 0; step < horizon; step++) {
    power *= phi;
    damping += power;
    const level = state[0] + damping * state[1];
    base[step] = spec.season === 'A' ? level + state[slot] : level;
    if (spec.season === 'M') mean[step] = level * state[slot];
    slot = slot === period + 1 ? 2 : slot + 1;
  }
  return { mean, base };
}
