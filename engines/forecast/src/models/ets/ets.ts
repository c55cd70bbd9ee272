/**
 * Exponential smoothing in state space form (ETS): one model, or the best of the 15 by AICc.
 *
 * Input     a complete history, oldest first, of at least `minimumLength` buckets.
 * Choice    every admissible model is fitted by maximum likelihood over its smoothing parameters, from initial
 *           states read off the start of the history, and the lowest AICc wins. Models that cannot win are left out:
 *           multiplicative ones unless every value is positive, seasonal ones without two whole seasons or without
 *           any sign of one, plain ones where the season is beyond doubt.
 * Cost      about 700 passes of 3 to 6 ns a bucket.
 * Source    Hyndman, Koehler, Ord and Snyder (2008); Hyndman and Khandakar (2008), J. of Statistical Software 27(3).
 * Differs   from R's ets() in that the initial states are not optimised.
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { etsWorkspace, fitEts, parameterCount, type EtsFit, type EtsWorkspace } from './ets-fit.ts';
import { type InitialStates, initialStates } from './ets-initial.ts';
import { etsParts } from './ets-parts.ts';
import { runEts } from './ets-run.ts';
import { ETS_SPECS, etsLabel, type EtsSeason, type EtsSpec, isPositive, suits } from './ets-spec.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import { seasonalStrength } from '../../seasonality.ts';

// Below the first the seasonal models never win on AICc in practice, above the second they always do.
const SEASON_IMPOSSIBLE = 0.5;
const SEASON_CERTAIN = 4;

/** The model with the lowest AICc. */
function autoEtsCore(history: Float64Array, period: number): Core {
  const workspace = etsWorkspace(history.length, period);
  return etsCore(history, period, bestFit(fitEtsFamily(history, period, workspace)), workspace);
}

/** One given model, fitted. */
function fitEtsCore(history: Float64Array, period: number, spec: EtsSpec): Core {
  const workspace = etsWorkspace(history.length, period);
  const fit = fitEts(history, period, spec, initialStates(history, period, spec.season), workspace);
  return etsCore(history, period, fit, workspace);
}

/** Every candidate model, fitted; at least ETS(A,N,N). */
export function fitEtsFamily(history: Float64Array, period: number, workspace: EtsWorkspace): EtsFit[] {
  const positive = isPositive(history);
  const fits: EtsFit[] = [];
  for (const season of candidateSeasons(history, period)) {
    if (season === 'M' && !positive) continue;
    const initial = initialStates(history, period, season);
    fits.push(...fitSeason(history, period, season, initial, positive, workspace));
  }
  const judged = fits.filter((fit) => fit.aicc < Infinity);
  if (judged.length > 0) return judged;
  return [fitEts(history, period, PLAINEST, initialStates(history, period, 'N'), workspace)];
}

const PLAINEST: EtsSpec = { error: 'A', trend: 'N', season: 'N' };

const bestFit = (fits: readonly EtsFit[]): EtsFit =>
  fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));

function fitSeason(
  history: Float64Array,
  period: number,
  season: EtsSeason,
  initial: InitialStates,
  positive: boolean,
  workspace: EtsWorkspace,
): EtsFit[] {
  const fits: EtsFit[] = [];
  for (const spec of ETS_SPECS) {
    if (spec.season !== season) continue;
    if (spec.error === 'M' && !positive) continue;
    if (history.length - parameterCount(spec, period) - 2 <= 0) continue;
    // A multiplicative error moves the optimum little: its search starts where that of the additive one ended.
    const sibling = fits.at(-1);
    const warm = sibling?.spec.trend === spec.trend ? sibling.parameters : undefined;
    fits.push(fitEts(history, period, spec, initial, workspace, warm));
  }
  return fits;
}

function candidateSeasons(history: Float64Array, period: number): readonly EtsSeason[] {
  if (period < 2 || history.length < 2 * period) return ['N'];
  const strength = seasonalStrength(history, period);
  // Under three seasons the test says nothing.
  if (history.length >= 3 * period && strength < SEASON_IMPOSSIBLE) return ['N'];
  return strength > SEASON_CERTAIN ? ['A', 'M'] : ['N', 'A', 'M'];
}

/** A fit as a model; `refit` is how it goes on with another history. */
export function etsCore(
  history: Float64Array,
  period: number,
  fit: EtsFit,
  workspace: EtsWorkspace,
  refit: Core['refit'] = (other, depth) => refitEts(other, period, fit, depth),
): Core {
  const { spec, parameters } = fit;
  const run = runEts(history, period, fit, workspace);
  const forecast = rememberedByHorizon((horizon) => {
    const path = run.path(horizon);
    return { mean: path.mean, deviation: run.deviations(path) };
  });
  const { fitted } = workspace; // This core's alone from here on.
  return {
    label: etsLabel(spec),
    description: describe(spec),
    parameters: () => ({ ...used(spec, parameters), logLikelihood: run.logLikelihood }),
    fitted: () => fitted,
    ...normalErrors(
      (horizon) => forecast(horizon).mean.slice(),
      (horizon) => forecast(horizon).deviation,
    ),
    components: (horizon) => etsParts(history, period, fit, horizon),
    refit,
  };
}

/** Keeps the model; 'parameters' searches on from the old optimum, 'states' only runs over the new history. */
function refitEts(history: Float64Array, period: number, fit: EtsFit, depth: RefitDepth): Core {
  if (!suits(fit.spec, history.length, period, isPositive(history))) return autoEtsCore(history, period);
  const workspace = etsWorkspace(history.length, period);
  const initial = initialStates(history, period, fit.spec.season);
  const next =
    depth === 'states'
      ? { ...fit, initial }
      : fitEts(history, period, fit.spec, initial, workspace, fit.parameters);
  return etsCore(history, period, next, workspace);
}

function used(spec: EtsSpec, parameters: { alpha: number; beta: number; gamma: number; phi: number }) {
  return {
    alpha: parameters.alpha,
    ...(spec.trend === 'N' ? {} : { beta: parameters.beta }),
    ...(spec.season === 'N' ? {} : { gamma: parameters.gamma }),
    ...(spec.trend === 'Ad' ? { phi: parameters.phi } : {}),
  };
}

const TREND_WORDS = { N: 'no trend', A: 'a trend', Ad: 'a trend that flattens' };
const SEASON_WORDS = { N: 'no season', A: 'a season that adds to it', M: 'a season in proportion to it' };

function describe(spec: EtsSpec): string {
  return `Smooths the level, with ${TREND_WORDS[spec.trend]} and ${SEASON_WORDS[spec.season]}, giving recent buckets more weight.`;
}

/** Automatic choice among all 15 models. */
export const autoEtsDefinition: ModelDefinition = {
  id: 'ets',
  gaps: 'fill',
  minimumLength: () => 4,
  fit: (history, { season }) => autoEtsCore(history, season),
};

/** One model of the family, such as { error: 'A', trend: 'Ad', season: 'N' }. */
export const etsDefinition = (spec: EtsSpec): ModelDefinition => ({
  id: etsLabel(spec),
  positiveOnly: spec.error === 'M' || spec.season === 'M',
  gaps: 'fill',
  minimumLength: (season) => (spec.season === 'N' ? 4 : Math.max(4, 2 * season)),
  fit: (history, { season }) => fitEtsCore(history, season, spec),
});
