/**
 * A model of deseasonalised demand with a season that the history is too short to show: taken out before the fit, put back
 * into the forecast.
 *
 * `figure` is an index per phase, phase 0 being the first bucket of the history, averaging 1. The model within sees no season.
 */
import { type FewSeasons, figureOfFewSeasons } from '../seasonality.ts';
import { deviationOf, normalErrors } from '../intervals/normal-errors.ts';
import { hasFiniteParameters } from '../contract/finite-parameters.ts';
import type { Component, Core, MethodMeans, ModelDefinition } from '../contract/contract.ts';

/** A season found elsewhere, such as in the group of an item. */
export type BorrowedSeason = {
  /** Index per place in the season, averaging 1, all above 0. */
  readonly figure: Float64Array;
  /** Place of bucket 0 of the series. */
  readonly firstPosition: number;
  /** Where it comes from, as in 'the season of its group'. */
  readonly from: string;
};

/** The figure from the bucket `start` of the series on. */
export const figureFrom = ({ figure, firstPosition }: BorrowedSeason, start: number): Float64Array =>
  figure.map((_, phase) => figure[(firstPosition + start + phase) % figure.length]);

export function seasonedDefinition(inner: ModelDefinition, figure: Float64Array): ModelDefinition {
  return {
    ...inner,
    id: `${inner.id}-seasoned`,
    minimumLength: () => inner.minimumLength(1),
    fit: (history, options) =>
      seasonedCore(
        inner.fit(withoutFigure(history, figure), { ...options, season: 1 }),
        history.length,
        figure,
      ),
  };
}

/**
 * The model without a season on a history of two to three seasons, whose season is found first: too few for the tests and
 * decompositions of the models themselves, which would take it for a trend. `borrowed` is what it is drawn towards. Where no season can
 * be told, `otherwise` is fitted.
 */
export function fewSeasonsDefinition(
  inner: ModelDefinition,
  otherwise: ModelDefinition,
  borrowed?: Float64Array,
): ModelDefinition {
  return {
    ...inner,
    id: `${inner.id}-few-seasons`,
    minimumLength: () => inner.minimumLength(1),
    fit: (history, options) => {
      const { season } = options;
      const found = figureOfFewSeasons(history, season, borrowed);
      if (found === undefined || found.isSteady) return otherwise.fit(history, options);
      // With new parameters the season is found anew.
      const around = (core: Core, count: number, its: FewSeasons): Core => ({
        ...widened(seasonedCore(core, count, its.figure, 'own'), count, its),
        // What they would say alone leans on no other season.
        methods:
          borrowed === undefined && core.methods ? seasonedMethods(core, count, its.figure) : undefined,
        refit: (other, depth) => {
          const next = (depth === 'states' ? undefined : figureOfFewSeasons(other, season, borrowed)) ?? its;
          return around(core.refit(withoutFigure(other, next.figure), depth), other.length, next);
        },
      });
      return around(
        inner.fit(withoutFigure(history, found.figure), { ...options, season: 1 }),
        history.length,
        found,
      );
    },
  };
}

/** The same with what is not known of the season in its bands: errors of independent origin add up as squares. */
function widened(core: Core, count: number, { figure, deviation: ofIndex }: FewSeasons): Core {
  const deviation = (horizon: number): Float64Array => {
    const mean = core.mean(horizon);
    return deviationOf(core, horizon).map((own, step) =>
      Math.hypot(own, (ofIndex * mean[step]) / figure[(count + step) % figure.length]),
    );
  };
  return { ...core, ...normalErrors(core.mean, deviation) };
}

const withoutFigure = (history: Float64Array, figure: Float64Array): Float64Array =>
  history.map((value, t) => value / figure[t % figure.length]);

function seasonedCore(
  core: Core,
  count: number,
  figure: Float64Array,
  whose: 'own' | 'borrowed' = 'borrowed',
): Core {
  const index = (t: number): number => figure[t % figure.length];
  const future = (values: Float64Array): Float64Array =>
    values.map((value, step) => value * index(count + step));
  return {
    label: `${core.label} with ${whose === 'own' ? 'its' : 'a borrowed'} season`,
    description: core.description,
    parameters: core.parameters,
    hasFiniteParameters: () => hasFiniteParameters(core),
    fitted: () => core.fitted().map((value, t) => value * index(t)),
    ...normalErrors(
      (horizon) => future(core.mean(horizon)),
      (horizon) => future(deviationOf(core, horizon)),
    ),
    components: (horizon) => [
      ...(core.components?.(horizon) ?? [
        { name: 'level', history: core.fitted(), future: core.mean(horizon) },
      ]),
      seasonPart(core, count, horizon, index),
    ],
    refit: (other, depth) =>
      seasonedCore(core.refit(withoutFigure(other, figure), depth), other.length, figure),
  };
}

const seasonedMethods =
  ({ methods }: Core, count: number, figure: Float64Array) =>
  (horizon: number): MethodMeans => {
    const means = methods!(horizon);
    for (const mean of means.values())
      for (let step = 0; step < horizon; step++) mean[step] *= figure[(count + step) % figure.length];
    return means;
  };

/** What the borrowed season adds to the model within. */
const seasonPart = (core: Core, count: number, horizon: number, index: (t: number) => number): Component => ({
  name: 'season',
  history: core.fitted().map((value, t) => value * (index(t) - 1)),
  future: core.mean(horizon).map((value, step) => value * (index(count + step) - 1)),
});
