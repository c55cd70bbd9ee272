/**
 * Complex exponential smoothing: level and trend in one complex number instead of two states, so that no line has to be
 * drawn between histories with a trend and without. Four models, by how a season joins in: not at all, as the whole (simple),
 * as an index (partial), as a second complex number (full); the lowest AICc wins.
 *
 * Input     a complete history of four or more buckets; seasonal models need more than two seasons.
 * Variance  sigma^2 (1 + c_1^2 + ... + c_(h-1)^2), c_j the effect of one error on the forecast j steps later.
 * Cost      about 400 passes of 4 ns a bucket for all four models.
 * Source    Svetunkov, Kourentzes and Ord (2022), Naval Research Logistics 69(8), 1108-1123, as R's smooth::auto.ces().
 * Differs   from R in how starting values are found and counted (see ces-fit.ts).
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { rememberedByHorizon } from '../../intervals/by-horizon.ts';
import { normalErrors } from '../../intervals/normal-errors.ts';
import { cesFreedomUsed, type CesFit, cesStart, fitCes } from './ces-fit.ts';
import { cesImpulse, cesPass, cesPath, type CesSeason } from './ces-kernels.ts';

function candidates(count: number, period: number): readonly CesSeason[] {
  return period >= 2 && count > 2 * period + 1 ? ['none', 'partial', 'simple', 'full'] : ['none'];
}

function autoCes(history: Float64Array, period: number): CesFit {
  const fits = candidates(history.length, period).map((season) => fitCes(history, period, season));
  return fits.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best));
}

function cesCore(history: Float64Array, period: number, fit: CesFit): Core {
  const { season, parameters } = fit;
  const count = history.length;
  const state = cesStart(history, period, season);
  const fitted = new Float64Array(count);
  const squares = cesPass(season, history, period, parameters, state, fitted);
  const sigma = Math.sqrt(squares / Math.max(1, count / 2, count - cesFreedomUsed(season, period)));
  const path = rememberedByHorizon((horizon) => cesPath(season, parameters, period, count, state, horizon));
  const mean = (horizon: number): Float64Array => {
    const { level, season: ofSeason } = path(horizon);
    return level.map((value, step) => value + ofSeason[step]);
  };
  const deviation = rememberedByHorizon((horizon): Float64Array => {
    const impulse = cesImpulse(season, parameters, period, (count + period - 1) % period);
    const effect = cesPath(season, parameters, period, count, impulse, horizon);
    let sum = 1;
    return effect.level.map((_, step) => {
      if (step > 0) sum += (effect.level[step - 1] + effect.season[step - 1]) ** 2;
      return sigma * Math.sqrt(sum);
    });
  });
  return {
    label: `CES(${season})`,
    description: `Follows level and trend as one complex number, with ${SEASON_WORDS[season]}.`,
    parameters: () => ({
      a0: parameters.a0,
      a1: parameters.a1,
      ...(season === 'partial' || season === 'full' ? { b0: parameters.b0 } : {}),
      ...(season === 'full' ? { b1: parameters.b1 } : {}),
    }),
    fitted: () => fitted,
    ...normalErrors(mean, deviation),
    refit: (other, depth) => refitCes(other, period, fit, depth),
  };
}

/** Keeps the model; 'parameters' searches on from the old optimum. */
function refitCes(history: Float64Array, period: number, fit: CesFit, depth: RefitDepth): Core {
  if (!candidates(history.length, period).includes(fit.season))
    return cesCore(history, period, autoCes(history, period));
  const next = depth === 'states' ? fit : fitCes(history, period, fit.season, fit.parameters);
  return cesCore(history, period, next);
}

const SEASON_WORDS: Readonly<Record<CesSeason, string>> = {
  none: 'no season',
  simple: 'each season following the one before',
  partial: 'a season that adds to it',
  full: 'a season that may grow with it',
};

export const cesDefinition: ModelDefinition = {
  id: 'ces',
  calibrated: true,
  gaps: 'fill',
  minimumLength: () => 4,
  fit: (history, { season }) => cesCore(history, season, autoCes(history, season)),
};
