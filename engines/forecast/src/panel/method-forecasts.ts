/**
 * What each of several methods says of a history: what weights are learnt for.
 *
 * They are the members of the standard combination, two plainer ones that win where there is nothing to model, and the trimmed
 * mean of the members, which is what all keys get where nobody knows better.
 * Cost  about 1.5 ms for 60 months, where the members' forecasts are not known yet.
 */
import { fewSeasonsDefinition } from '../choice/borrowed-season.ts';
import { hasFewSeasons } from '../choice/choice.ts';
import type { MethodMeans, ModelDefinition } from '../contract/contract.ts';
import { defineModel } from '../contract/define-model.ts';
import { cesDefinition } from '../models/ces/ces.ts';
import { mstlDefinition } from '../models/decomposition/mstl.ts';
import { etsAverageDefinition } from '../models/ets/ets-average.ts';
import { movingAverageDefinition, naiveDefinition, seasonalNaiveDefinition } from '../models/naive.ts';
import { dynamicThetaDefinition } from '../models/theta/dynamic-theta.ts';
import { thetaDefinition } from '../models/theta/theta.ts';

const MEMBERS: readonly ModelDefinition[] = [
  dynamicThetaDefinition,
  etsAverageDefinition,
  cesDefinition,
  thetaDefinition,
  mstlDefinition,
];

/** In a planner's words, in the order of `methodForecasts`. */
export const METHOD_NAMES = [
  'dynamic Theta',
  'the ETS family',
  'complex smoothing',
  'Theta',
  'STL',
  'the level of the last season',
  'the same bucket a season before',
  'the trimmed mean',
] as const;

export const METHOD_COUNT = METHOD_NAMES.length;

/**
 * METHOD_COUNT x `steps`, row-major, in the unit of the history, which is complete and finite. `known` is what some of them
 * say, by the ids of their models.
 */
export function methodForecasts(
  history: Float64Array,
  season: number,
  steps: number,
  known?: MethodMeans,
): Float64Array {
  const forecasts = new Float64Array(METHOD_COUNT * steps);
  const few = hasFewSeasons(history.length, season);
  const level = movingAverageDefinition(season > 1 ? season : 3);
  const plain = season > 1 ? seasonalNaiveDefinition : naiveDefinition;
  const fitted = (definition: ModelDefinition): Float64Array =>
    defineModel(definition).fit(history, { season }).mean(steps);
  const ofMember = (member: ModelDefinition): Float64Array =>
    known?.get(member.id) ?? fitted(few ? fewSeasonsDefinition(member, member) : member);
  [...MEMBERS.map(ofMember), fitted(level), fitted(plain)].forEach((mean, method) =>
    forecasts.set(mean, method * steps),
  );
  writeTrimmedMean(forecasts, steps);
  return forecasts;
}

/** Of the members in each step, without the lowest and the highest. */
function writeTrimmedMean(forecasts: Float64Array, steps: number): void {
  for (let step = 0; step < steps; step++) {
    const said = MEMBERS.map((_, member) => forecasts[member * steps + step]).sort((a, b) => a - b);
    const heard = said.slice(1, -1);
    forecasts[(METHOD_COUNT - 1) * steps + step] = heard.reduce(
      (sum, value) => sum + value / heard.length,
      0,
    );
  }
}
