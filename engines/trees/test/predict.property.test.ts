import { randomStream } from '@planwright/numerics';
import { describe, expect, test } from 'vitest';
import { binTable } from '../src/binning.ts';
import { trainTrees } from '../src/boost.ts';
import { layOutRows, nextNode, scoreTrees } from '../src/predict.ts';
import type { FeatureTable } from '../src/feature-table.ts';
import type { TreeModel } from '../src/tree-model.ts';
import { rowsOf, uniformTable } from './generated-tables.ts';

const ROWS = 603;

/** Five numbers, some missing, an infinity among them, and a column of codes that the target depends on. */
function sample(): { table: FeatureTable; target: Float64Array } {
  const numbers = uniformTable(ROWS, 6, 8, 0.2);
  const random = randomStream(8, 'codes');
  for (let row = 0; row < ROWS; row++) numbers.values[5 * ROWS + row] = Math.floor(40 * random.uniform());
  numbers.values[3] = Infinity;
  numbers.values[ROWS + 5] = -Infinity;
  const target = Float64Array.from({ length: ROWS }, (_, row) => {
    const x = numbers.values[row];
    return (Number.isFinite(x) ? x : 2) + ((numbers.values[5 * ROWS + row] * 7) % 5) + 0.1 * random.normal();
  });
  return { table: { ...numbers, categorical: [5] }, target };
}

const { table, target } = sample();
const model = (treeCount: number, leafCount: number): TreeModel =>
  trainTrees(binTable(table), target, {
    objective: { kind: 'l2' },
    treeCount,
    leafCount,
    learningRate: 0.3,
    minimumRowsInLeaf: 2,
    seed: 3,
  });

/** One row through one tree after the other, branch by branch. */
function walked({ nodes, treeStarts, baseScore, names }: TreeModel, row: Float32Array): number {
  let score = baseScore;
  for (const root of treeStarts.subarray(0, -1)) {
    let node = root;
    while (nodes.feature[node] >= 0) node = root + nextNode(nodes, node, row[nodes.feature[node]]);
    score += nodes.value[node];
  }
  expect(row).toHaveLength(names.length);
  return score;
}

describe.each([
  [1, 2],
  [6, 31],
  [11, 8],
])('%d trees of %d leaves', (treeCount, leafCount) => {
  const trees = model(treeCount, leafCount);

  test.each([1, 2, 3, 4, 7, ROWS])('%d rows score as each does alone, to the last bit', (count) => {
    const part = rowsOf(
      table,
      Array.from({ length: count }, (_, row) => row),
    );
    // A code that was never seen.
    part.values[5 * count] = 99;
    const scores = scoreTrees(trees, part);
    const row = new Float32Array(6);
    scores.forEach((score, index) => {
      layOutRows(trees, part, index, index + 1, row);
      expect(score).toBe(walked(trees, row));
    });
  });
});

test('no tree and no row score as they should', () => {
  expect(scoreTrees(model(0, 2), rowsOf(table, [0]))).toEqual(Float64Array.of(model(0, 2).baseScore));
  expect(scoreTrees(model(2, 4), rowsOf(table, []))).toHaveLength(0);
});
