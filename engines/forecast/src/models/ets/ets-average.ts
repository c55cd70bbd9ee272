/**
 * The ETS family averaged instead of one model chosen: which of several near-equal models has the lowest AICc is
 * chance, and their mean does not jump when one value more comes in.
 *
 * Weights   exp(-(AICc - lowest AICc) / 8): flatter than the Akaike weights' / 2, which measured better on M1, M4
 *           yearly, quarterly and monthly, and NN3 alike. Models below LEAST_WEIGHT of the best one's are left out.
 * Spread    the variance is that of the mixture: the members' own plus their disagreement.
 * Source    Kolassa (2011), Int. J. of Forecasting 27(2), 238-251, for combining ETS by Akaike weights.
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { fitEtsFamily } from './ets.ts';
import { type EtsFit, type EtsWorkspace, etsWorkspace, fitEts } from './ets-fit.ts';
import { type InitialStates, initialStates } from './ets-initial.ts';
import { etsParts, weightedParts } from './ets-parts.ts';
import { type EtsRun, runEts } from './ets-run.ts';
import { etsLabel, type EtsSeason, isPositive, suits } from './ets-spec.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';

const WEIGHT_SCALE = 8;
const LEAST_WEIGHT = 0.03;

type Member = { readonly fit: EtsFit; readonly weight: number };

function etsAverageCore(history: Float64Array, period: number): Core {
  const fits = fitEtsFamily(history, period, etsWorkspace(history.length, period));
  return averageCore(history, period, weighted(fits));
}

/** Members in order of weight; the weights sum to 1. */
function weighted(fits: readonly EtsFit[]): Member[] {
  const lowest = fits.reduce((least, fit) => Math.min(least, fit.aicc), Infinity);
  const relative = fits.map((fit) => ({
    fit,
    weight: fit.aicc === lowest ? 1 : Math.exp((lowest - fit.aicc) / WEIGHT_SCALE),
  }));
  const kept = relative.filter(({ weight }) => weight >= LEAST_WEIGHT).sort((a, b) => b.weight - a.weight);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ fit, weight }) => ({ fit, weight: weight / total }));
}

function averageCore(history: Float64Array, period: number, members: readonly Member[]): Core {
  const workspace = etsWorkspace(history.length, period);
  const runs = members.map(({ fit }) => runEts(history, period, fit, workspace));
  const mixture = rememberedByHorizon((horizon) => mixtureOf(members, runs, horizon));
  const best = members[0];
  const label = etsLabel(best.fit.spec);
  return {
    label: members.length === 1 ? label : `${label} and ${members.length - 1} more`,
    description: describe(members),
    parameters: () =>
      Object.fromEntries(members.map(({ fit, weight }) => [`weight of ${etsLabel(fit.spec)}`, weight])),
    hasFiniteParameters: () => members.every(({ weight }) => Number.isFinite(weight)),
    fitted: () => averageFit(history, period, members, workspace),
    ...normalErrors(
      (horizon) => mixture(horizon).mean.slice(),
      (horizon) => mixture(horizon).deviation,
    ),
    components: (horizon) =>
      weightedParts(
        members.map(({ fit, weight }) => ({ weight, parts: etsParts(history, period, fit, horizon) })),
      ),
    refit: (other, depth) => refitAverage(other, period, members, depth),
  };
}

/** Weighted one-step forecasts. Runs the members again: only the outermost caller wants them. */
function averageFit(
  history: Float64Array,
  period: number,
  members: readonly Member[],
  workspace: EtsWorkspace,
): Float64Array {
  const fitted = new Float64Array(history.length);
  for (const { fit, weight } of members) {
    runEts(history, period, fit, workspace);
    for (let t = 0; t < fitted.length; t++) fitted[t] += weight * workspace.fitted[t];
  }
  return fitted;
}

function mixtureOf(members: readonly Member[], runs: readonly EtsRun[], horizon: number) {
  const mean = new Float64Array(horizon);
  const variance = new Float64Array(horizon);
  const paths = runs.map((run) => run.path(horizon));
  paths.forEach((path, i) => {
    for (let step = 0; step < horizon; step++) mean[step] += members[i].weight * path.mean[step];
  });
  paths.forEach((path, i) => {
    const own = runs[i].deviations(path);
    for (let step = 0; step < horizon; step++) {
      const apart = path.mean[step] - mean[step];
      variance[step] += members[i].weight * (own[step] * own[step] + apart * apart);
    }
  });
  return { mean, deviation: variance.map(Math.sqrt) };
}

/** The same models again; 'parameters' also weighs them anew. */
function refitAverage(
  history: Float64Array,
  period: number,
  members: readonly Member[],
  depth: RefitDepth,
): Core {
  const positive = isPositive(history);
  if (!members.every(({ fit }) => suits(fit.spec, history.length, period, positive)))
    return etsAverageCore(history, period);
  const starts = new Map<EtsSeason, InitialStates>();
  const startOf = (season: EtsSeason): InitialStates => {
    const initial = starts.get(season) ?? initialStates(history, period, season);
    starts.set(season, initial);
    return initial;
  };
  if (depth === 'states') {
    const moved = members.map(({ fit, weight }) => ({
      fit: { ...fit, initial: startOf(fit.spec.season) },
      weight,
    }));
    return averageCore(history, period, moved);
  }
  const workspace = etsWorkspace(history.length, period);
  const refitted = members.map(({ fit }) =>
    fitEts(history, period, fit.spec, startOf(fit.spec.season), workspace, fit.parameters),
  );
  const judged = refitted.filter((fit) => fit.aicc < Infinity);
  return judged.length > 0 ? averageCore(history, period, weighted(judged)) : etsAverageCore(history, period);
}

function describe(members: readonly Member[]): string {
  if (members.length === 1)
    return 'Smooths level, trend and season with the one model of its family that fits.';
  const share = Math.round(100 * members[0].weight);
  return `Averages ${members.length} exponential smoothing models by how well they fit, the best of them with ${share} %.`;
}

export const etsAverageDefinition: ModelDefinition = {
  id: 'ets-average',
  gaps: 'fill',
  minimumLength: () => 4,
  fit: (history, { season }) => etsAverageCore(history, season),
};
