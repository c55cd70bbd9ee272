/**
 * Why the panel model moved a forecast: what each topic adds, over the next buckets, in the units of the key.
 *
 * The contributions of all forests (TreeSHAP: exact, and adding up to the forecast) are summed by topic and weighed by
 * their shares. Costs about 2 ms a step: for a planner who asks, not for every key.
 * Source: Lundberg et al. (2020), Nature Machine Intelligence 2, 56-67.
 */
import { contributions, type FeatureTable, type TreeModel } from '@planwright/trees';
import { methodMoves } from './method-weights.ts';
import { featureLayout, plainNames } from './panel-features.ts';
import type { Forests } from './panel-forests.ts';
import { isJudged, type PanelModel } from './panel-model.ts';
import { recursiveForecasts } from './panel-recursion.ts';
import { levelled, type Origin, plainColumns, rowsOf } from './panel-rows.ts';
import { sumOfShares } from './panel-trial.ts';
import { type Panel, panelKey } from './panel.ts';

export type PanelReason = {
  /** In a planner's words, such as 'same buckets of earlier seasons', or the name of a regressor or attribute. */
  readonly topic: string;
  /** What it adds to the forecast of each bucket, in the unit of the series. */
  readonly effect: Float64Array;
};

export type PanelExplanation = {
  /** Largest first, by the sum of their sizes. */
  readonly reasons: readonly PanelReason[];
  /** What is left without them: the model's start and the share of the key's own forecast. Per bucket. */
  readonly start: Float64Array;
  readonly sentence: string;
};

const NAMED_TOPICS = 3;
const METHODS = 'methods weighted by the kind of series';

/**
 * What the panel model makes of one key: `start` plus all effects is the blended forecast of `forecastPanelModel` before
 * it is kept from falling below 0, given that `own` is the key's own forecast. Undefined where the model has no say.
 */
export function explainPanelForecast(
  model: PanelModel,
  panel: Panel,
  key: number,
  own: Float64Array,
): PanelExplanation | undefined {
  const owner = panelKey(panel, key);
  if (!isJudged(owner, panel.season) || (model.forests === undefined && model.methods === undefined))
    return undefined;
  const horizon = own.length;
  const [origin] = levelled([{ owner, length: owner.history.length, steps: horizon }], panel.season);
  if (origin === undefined) return undefined;
  const rest = 1 - sumOfShares(model.shares);
  const start = own.map((value) => rest * value);
  const effects = new Map<string, Float64Array>();
  const effectOf = (topic: string): Float64Array => {
    const effect = effects.get(topic) ?? new Float64Array(horizon);
    effects.set(topic, effect);
    return effect;
  };
  if (model.methods !== undefined) {
    const [moves] = methodMoves(model.methods, [origin], panel.season, (_, step) => own[step] / owner.scale);
    effectOf(METHODS).set(moves.map((move) => rest * move * owner.scale));
  }
  if (model.forests !== undefined) addForests(model, model.forests, panel, origin, start, effectOf);
  const reasons = [...effects]
    .map(([topic, effect]) => ({ topic, effect }))
    .sort((a, b) => size(b.effect) - size(a.effect));
  return { reasons, start, sentence: sentenceOf(reasons) };
}

/** Adds what the forests say to `start` and to the effects of the topics. */
function addForests(
  { shares }: PanelModel,
  forests: Forests,
  panel: Panel,
  origin: Origin,
  start: Float64Array,
  effectOf: (topic: string) => Float64Array,
): void {
  const layout = featureLayout(panel);
  const rows = rowsOf(layout, panel, [origin]);
  const { scale } = origin.owner;
  const horizon = start.length;
  const addForest = (forest: TreeModel, table: FeatureTable, level: Float64Array, share: number): void => {
    const columns = table.names.length + 1;
    const parts = contributions(forest, table);
    for (let step = 0; step < horizon; step++) {
      const unit = share * level[step] * scale;
      start[step] += unit * parts[step * columns + columns - 1];
      for (let column = 0; column < columns - 1; column++)
        effectOf(layout.features[column].topic)[step] += unit * parts[step * columns + column];
    }
  };
  addForest(forests.plain, plainColumns(layout, rows.table), rows.level, shares.plain);
  addForest(forests.correcting, rows.table, rows.level, shares.correcting);
  // Of each bucket what it was made of when its turn came, the forecasts before it among it.
  const { values, level } = recursiveForecasts(layout, panel, forests.recursive, rows.origins);
  const walked = { rowCount: horizon, names: plainNames(layout), values, categorical: layout.categorical };
  addForest(forests.recursive, walked, level, shares.recursive);
  for (let step = 0; step < horizon; step++) start[step] += shares.correcting * rows.local[step] * scale;
}

const size = (effect: Float64Array): number => effect.reduce((sum, value) => sum + Math.abs(value), 0);

function sentenceOf(reasons: readonly PanelReason[]): string {
  const named = reasons.slice(0, NAMED_TOPICS).map(({ topic, effect }) => {
    const mean = effect.reduce((sum, value) => sum + value, 0) / effect.length;
    return `${topic} (${mean < 0 ? '−' : '+'}${Math.abs(mean).toPrecision(2)} a bucket)`;
  });
  return `What counts most in the model across keys: ${named.join(', ')}.`;
}
