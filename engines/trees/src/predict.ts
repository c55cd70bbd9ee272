/**
 * Predictions of a model for new rows.
 *
 * Rows are taken in blocks and laid out row by row first, so that the trees read a row from the nearest cache.
 * Cost  see tree-walk.ts.
 */
import { assert } from '@planwright/units';
import { binOfCode } from './binning.ts';
import { assertTable, type FeatureTable } from './feature-table.ts';
import { response } from './objective.ts';
import { WORDS_PER_SET } from './split.ts';
import type { TreeModel } from './tree-model.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { addTrees, walkOf } from './tree-walk.ts';

const BLOCK_ROWS = 512;

/** Prediction of each row on the scale of the target. The table has the model's features, in the same order. */
export function predictTrees(model: TreeModel, table: FeatureTable): Float64Array {
  const scores = scoreTrees(model, table);
  for (let row = 0; row < scores.length; row++) scores[row] = response(model.objective, scores[row]);
  return scores;
}

/** Score of each row on the link scale. */
export function scoreTrees(model: TreeModel, table: FeatureTable): Float64Array {
  assertFits(model, table);
  const featureCount = model.names.length;
  const scores = new Float64Array(table.rowCount).fill(model.baseScore);
  const walk = walkOf(model);
  const block = new Float32Array(Math.min(BLOCK_ROWS, table.rowCount) * featureCount);
  for (let start = 0; start < table.rowCount; start += BLOCK_ROWS) {
    const end = Math.min(table.rowCount, start + BLOCK_ROWS);
    layOutRows(model, table, start, end, block);
    addTrees(walk, block, featureCount, end - start, scores, start);
  }
  return scores;
}

/** Stops on a table with other features than the model's. */
export function assertFits(model: TreeModel, table: FeatureTable): void {
  assertTable(table);
  const wanted = model.names.join(', ');
  assert(
    table.names.length === model.names.length && table.names.every((name, i) => name === model.names[i]),
    `the table has the model's features ${wanted}, not ${table.names.join(', ')}`,
  );
}

/** Copies rows [start, end) to `block`, row by row. Category codes become their bins, unknown ones NaN. */
export function layOutRows(
  model: TreeModel,
  table: FeatureTable,
  start: number,
  end: number,
  block: Float32Array,
): void {
  const featureCount = model.names.length;
  for (let feature = 0; feature < featureCount; feature++) {
    const column = feature * table.rowCount;
    const categoryBins = model.categoryBins[feature];
    for (let row = start; row < end; row++) {
      const value = table.values[column + row];
      block[(row - start) * featureCount + feature] =
        categoryBins === undefined ? value : knownBin(binOfCode(value, categoryBins));
    }
  }
}

const knownBin = (bin: number): number => (bin === 0 ? Number.NaN : bin);

/** Child, counted from the tree's root, that a laid-out value goes to. */
export function nextNode(nodes: TreeNodes, node: number, value: number): number {
  const { threshold, missingLeft, left, right, categorySet, categories } = nodes;
  // Only NaN differs from itself.
  if (value !== value) return missingLeft[node] === 1 ? left[node] : right[node];
  const set = categorySet[node];
  if (set < 0) return value <= threshold[node] ? left[node] : right[node];
  const isIn = (categories[set * WORDS_PER_SET + (value >>> 5)] >>> (value & 31)) & 1;
  return isIn === 1 ? left[node] : right[node];
}
