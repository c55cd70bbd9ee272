/**
 * A model of deseasonalised demand with a season that the history is too short to show: taken out before the fit, put back
 * into the forecast.
 *
 * `figure` is an index per phase, phase 0 being the first bucket of the history, averaging 1. The model within sees no season.
 */
import type { Component, Core, ModelDefinition } from '../contract/contract.ts';

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

const withoutFigure = (history: Float64Array, figure: Float64Array): Float64Array =>
  history.map((value, t) => value / figure[t % figure.length]);

function seasonedCore(core: Core, count: number, figure: Float64Array): Core {
  const index = (t: number): number => figure[t % figure.length];
  const future = (values: Float64Array): Float64Array =>
    values.map((value, step) => value * index(count + step));
  return {
    label: `${core.label} with a borrowed season`,
    description: core.description,
    parameters: core.parameters,
    fitted: () => core.fitted().map((value, t) => value * index(t)),
    mean: (horizon) => future(core.mean(horizon)),
    quantile: (horizon, probability) => future(core.quantile(horizon, probability)),
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

/** What the borrowed season adds to the model within. */
const seasonPart = (core: Core, count: number, horizon: number, index: (t: number) => number): Component => ({
  name: 'season',
  history: core.fitted().map((value, t) => value * (index(t) - 1)),
  future: core.mean(horizon).map((value, step) => value * (index(count + step) - 1)),
});
