/**
 * MSTL: several seasons taken out one after the other by STL, and the rest forecast by exponential smoothing.
 *
 * Input     a complete history; seasons from `options.seasons`, else the one `season`. Lengths are rounded to whole
 *           buckets (52.18 weeks to 52: the seasonal window follows the slow drift of phase that this costs). A season
 *           that is not contained twice in the history is left out.
 * Method    each season in turn, shortest first, is estimated by STL from the history without the others; twice over.
 *           Windows of 7, 11, 15 ... seasons, so that longer ones change more slowly.
 * Strength  a season counts as far as it rises above the noise: each is taken out and put back in the proportion
 *           max(0, 1 - var(remainder) / var(season + remainder)), from 0 for chance to 1 for clockwork.
 * Forecast  the last figure of every season repeated, plus the ETS average without season of what is left.
 * Cost      two decompositions a season, 1 ms each at 2,600 buckets, and a family of plain ETS fits.
 * Source    Bandara, Hyndman and Bergmeir (2021), arXiv:2107.13462. Strength: Wang, Smith and Hyndman (2006), Data Mining
 *           and Knowledge Discovery 13(3), 335-364. STL: see stl.ts.
 * Differs   from R's mstl() in the proportion, in windows that are 4 shorter, and in that no Box-Cox transform is offered.
 *           Measured against R's choices, OWA: M4 weekly 0.759 instead of 0.897, M1 monthly 0.891 (0.930), M4 quarterly
 *           0.856 (0.865), M4 hourly 0.613 (0.594).
 */
import type { Component, Core, FitOptions, ModelDefinition } from '../../contract/contract.ts';
import { hasFiniteParameters } from '../../contract/finite-parameters.ts';
import { etsAverageDefinition } from '../ets/ets-average.ts';
import { deviationOf, normalErrors } from '../../intervals/normal-errors.ts';
import { variance } from '@planwright/numerics';
import { stl } from './stl.ts';

const ITERATIONS = 2;
const FIRST_WINDOW = 7;
const WINDOW_STEP = 4;

export type MultipleSeasons = {
  /** Whole buckets, ascending. */
  readonly periods: readonly number[];
  /** One array a season, as long as the history. */
  readonly seasons: readonly Float64Array[];
  /** How far each rises above the noise, 0 to 1. */
  readonly strengths: Float64Array;
  /** The history without the seasons. */
  readonly adjusted: Float64Array;
};

/** Season lengths that a history can tell: whole, at least 2, contained twice, ascending, each once. */
export function usablePeriods({ season, seasons }: FitOptions, count: number): number[] {
  const whole = (seasons ?? [season]).map(Math.round).filter((period) => period >= 2 && 2 * period <= count);
  return [...new Set(whole)].sort((a, b) => a - b);
}

/** Takes the seasons of these lengths (see `usablePeriods`) out of a history. */
export function mstl(history: Float64Array, periods: readonly number[]): MultipleSeasons {
  const adjusted = history.slice();
  const seasons = periods.map(() => new Float64Array(history.length));
  const strengths = new Float64Array(periods.length);
  for (let iteration = 0; iteration < (periods.length > 1 ? ITERATIONS : 1); iteration++) {
    periods.forEach((period, i) => {
      const season = seasons[i];
      for (let t = 0; t < adjusted.length; t++) adjusted[t] += season[t];
      const found = stl(adjusted, { period, seasonWindow: FIRST_WINDOW + WINDOW_STEP * i });
      season.set(found.season);
      strengths[i] = strengthOf(found.season, found.remainder);
      for (let t = 0; t < adjusted.length; t++) adjusted[t] -= season[t];
    });
  }
  return { periods, seasons, strengths, adjusted };
}

function strengthOf(season: Float64Array, remainder: Float64Array): number {
  const both = season.map((value, t) => value + remainder[t]);
  const spread = variance(both);
  return spread > 0 ? Math.max(0, 1 - variance(remainder) / spread) : 0;
}

/** The seasons in proportion to their strength, and the history without that much of them. */
function inProportion(
  history: Float64Array,
  { periods, seasons, strengths }: MultipleSeasons,
): MultipleSeasons {
  const kept = seasons.map((season, i) => season.map((value) => strengths[i] * value));
  const adjusted = history.map((value, t) => kept.reduce((rest, season) => rest - season[t], value));
  return { periods, seasons: kept, strengths, adjusted };
}

/** The last `period` values of a season, repeated. */
function repeated(season: Float64Array, period: number, horizon: number): Float64Array {
  const first = season.length - period;
  const future = new Float64Array(horizon);
  for (let step = 0; step < horizon; step++) future[step] = season[first + (step % period)];
  return future;
}

function plus(values: Float64Array, added: readonly Float64Array[]): Float64Array {
  for (const part of added) for (let i = 0; i < values.length; i++) values[i] += part[i];
  return values;
}

function mstlCore(
  history: Float64Array,
  options: FitOptions,
  innerOf: (adjusted: Float64Array) => Core,
): Core {
  const whole = mstl(history, usablePeriods(options, history.length));
  const { periods, seasons, strengths, adjusted } = inProportion(history, whole);
  const inner = innerOf(adjusted);
  const seasonsAhead = (horizon: number): Float64Array[] =>
    seasons.map((season, i) => repeated(season, periods[i], horizon));
  const words = periods.length === 0 ? 'no season' : `seasons of ${periods.join(' and ')} buckets`;
  const name = (period: number): string => (periods.length === 1 ? 'season' : `season ${period}`);
  return {
    label: `MSTL(${periods.join(',')}) + ${inner.label}`,
    description: `Takes out ${words} as far as they stand out from noise, smooths the rest, and puts the last seasons back.`,
    parameters: () => ({
      ...inner.parameters(),
      ...Object.fromEntries(periods.map((period, i) => [`strength of season ${period}`, strengths[i]])),
    }),
    hasFiniteParameters: () => hasFiniteParameters(inner) && strengths.every(Number.isFinite),
    fitted: () => plus(inner.fitted().slice(), seasons),
    ...normalErrors(
      (horizon) => plus(inner.mean(horizon), seasonsAhead(horizon)),
      (horizon) => deviationOf(inner, horizon),
    ),
    components: (horizon) => [
      ...innerParts(inner, horizon),
      ...seasons.map((season, i) => ({
        name: name(periods[i]),
        history: season.slice(),
        future: repeated(season, periods[i], horizon),
      })),
    ],
    refit: (other, depth) => mstlCore(other, options, (rest) => inner.refit(rest, depth)),
  };
}

const innerParts = (inner: Core, horizon: number): readonly Component[] =>
  inner.components?.(horizon) ?? [{ name: 'level', history: inner.fitted(), future: inner.mean(horizon) }];

export const mstlDefinition: ModelDefinition = {
  id: 'mstl',
  gaps: 'fill',
  minimumLength: () => 4,
  calibrated: true,
  fit: (history, options) =>
    mstlCore(history, options, (adjusted) => etsAverageDefinition.fit(adjusted, { season: 1 })),
};
