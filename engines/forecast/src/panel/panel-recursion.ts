/**
 * Recursive forecasts of a forest that has learnt the next bucket only: each bucket is forecast from the history and what was
 * forecast before it. Beside forests that forecast every step from the history alone (direct), its errors are others: it has
 * many more origins to learn the next bucket from, and carries a season on from bucket to bucket.
 *
 * Cost      for each key and step the features of one row, about 15 us, and one walk through the trees.
 * Source    Ben Taieb et al. (2012), Expert Systems with Applications 39(8), 7067-7083, on the two strategies; the winners of M5
 *           took the mean of both: Makridakis et al. (2022), Int. J. of Forecasting 38(4), 1346-1364.
 */
import { predictTrees, type TreeModel } from '@planwright/trees';
import { type FeatureLayout, levelAt, plainNames, writeRows } from './panel-features.ts';
import type { Origin } from './panel-rows.ts';
import type { Panel } from './panel.ts';

/** What the forest saw and said: one row a step, origin by origin. */
export type RecursiveForecasts = {
  /** In the unit of the history; 0 once a whole season of forecasts is 0. */
  readonly forecast: Float64Array;
  /** Column-major as in a feature table, the columns before the local forecasts. */
  readonly values: Float32Array;
  /** What each forecast was made in units of. */
  readonly level: Float64Array;
};

/** Forecasts the steps of every origin; `forest` gives the next bucket over the level at that time. */
export function recursiveForecasts(
  layout: FeatureLayout,
  panel: Panel,
  forest: TreeModel,
  origins: readonly Origin[],
): RecursiveForecasts {
  const columns = layout.plainCount;
  const names = plainNames(layout);
  const total = origins.reduce((sum, { steps }) => sum + steps, 0);
  const values = new Float32Array(total * columns);
  const level = new Float64Array(total);
  const forecast = new Float64Array(total);
  let from = 0;
  const walks = origins.map(({ owner, length, steps }) => {
    const history = new Float64Array(length + steps);
    history.set(owner.history.subarray(0, length));
    const first = from;
    from += steps;
    return { owner, history, length, steps, first };
  });
  const longest = walks.reduce((most, { steps }) => Math.max(most, steps), 0);
  for (let step = 0; step < longest; step++) {
    const going = walks.filter(({ steps }) => steps > step);
    const rowCount = going.length;
    const slice = new Float32Array(rowCount * columns);
    going.forEach(({ owner, history, length, first }, row) => {
      const seen = history.subarray(0, length + step);
      level[first + step] = levelAt(seen, layout.season);
      writeRows(layout, panel, owner, seen, undefined, 1, { values: slice, rowCount }, row);
    });
    const ratios = predictTrees(forest, { rowCount, names, values: slice, categorical: layout.categorical });
    going.forEach(({ history, length, first }, row) => {
      const at = first + step;
      for (let column = 0; column < columns; column++)
        values[column * total + at] = slice[column * rowCount + row];
      forecast[at] = level[at] > 0 ? ratios[row] * level[at] : 0;
      history[length + step] = forecast[at];
    });
  }
  return { forecast, values, level };
}
