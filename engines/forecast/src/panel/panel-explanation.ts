/**
 * Why the panel model moved a forecast: what each topic adds, over the next buckets, in the units of the key.
 *
 * The contributions of both forests (TreeSHAP: exact, and adding up to the forecast) are summed by topic and weighed by
 * their shares. Costs about 2 ms a step: for a planner who asks, not for every key.
 * Source: Lundberg et al. (2020), Nature Machine Intelligence 2, 56-67.
 */
import { contributions, type TreeModel } from '@planwright/trees';
import { featureLayout } from './panel-features.ts';
import { isJudged, type PanelModel } from './panel-model.ts';
import { plainColumns, rowsOf } from './panel-rows.ts';
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
  if (model.forests === undefined || !isJudged(owner, panel.season)) return undefined;
  const layout = featureLayout(panel);
  const horizon = own.length;
  const rows = rowsOf(layout, panel, [{ owner, length: owner.history.length, steps: horizon }]);
  if (rows.origins.length === 0) return undefined;
  const { plain, correcting } = model.shares;
  const start = own.map((value) => (1 - plain - correcting) * value);
  const effects = new Map<string, Float64Array>();
  const addForest = (forest: TreeModel, table: typeof rows.table, share: number): void => {
    const columns = table.names.length + 1;
    const parts = contributions(forest, table);
    for (let step = 0; step < horizon; step++) {
      const unit = share * rows.level[step] * owner.scale;
      start[step] += unit * parts[step * columns + columns - 1];
      for (let column = 0; column < columns - 1; column++) {
        const { topic } = layout.features[column];
        const effect = effects.get(topic) ?? new Float64Array(horizon);
        effects.set(topic, effect);
        effect[step] += unit * parts[step * columns + column];
      }
    }
  };
  addForest(model.forests.plain, plainColumns(layout, rows.table), plain);
  addForest(model.forests.correcting, rows.table, correcting);
  for (let step = 0; step < horizon; step++) start[step] += correcting * rows.local[step] * owner.scale;
  const reasons = [...effects]
    .map(([topic, effect]) => ({ topic, effect }))
    .sort((a, b) => size(b.effect) - size(a.effect));
  return { reasons, start, sentence: sentenceOf(reasons) };
}

const size = (effect: Float64Array): number => effect.reduce((sum, value) => sum + Math.abs(value), 0);

function sentenceOf(reasons: readonly PanelReason[]): string {
  const named = reasons.slice(0, NAMED_TOPICS).map(({ topic, effect }) => {
    const mean = effect.reduce((sum, value) => sum + value, 0) / effect.length;
    return `${topic} (${mean < 0 ? '−' : '+'}${Math.abs(mean).toPrecision(2)} a bucket)`;
  });
  return `What counts most in the model across keys: ${named.join(', ')}.`;
}
