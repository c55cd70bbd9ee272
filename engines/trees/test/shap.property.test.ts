import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binTable, contributions, type FeatureTable, trainTrees, type TreeModel } from '@planwright/trees';
import { nextNode, scoreTrees } from '../src/predict.ts';
import { friedman, tableOf } from './generated-tables.ts';

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const data = fc.integer({ min: 2, max: 4 }).chain((featureCount) =>
  fc
    .array(
      fc.tuple(
        fc.array(cell, { minLength: featureCount, maxLength: featureCount }),
        fc.integer({ min: 0, max: 20 }),
      ),
      { minLength: 4, maxLength: 40 },
    )
    .map((rows) => ({
      table: tableOf(
        Array.from({ length: featureCount }, (_, i) => `f${i}`),
        rows.map(([x]) => x),
      ),
      target: Float64Array.from(rows, ([, y]) => y),
    })),
);

/** Expected score of a row when only the features in `known` (one bit each) are known, by the definition. */
function expectation(model: TreeModel, row: readonly number[], known: number): number {
  const { nodes } = model;
  const below = (root: number, node: number): number => {
    const feature = nodes.feature[node];
    if (feature < 0) return nodes.value[node];
    if ((known >> feature) & 1) return below(root, root + nextNode(nodes, node, row[feature]));
    const left = root + nodes.left[node];
    const right = root + nodes.right[node];
    return (
      (nodes.cover[left] * below(root, left) + nodes.cover[right] * below(root, right)) / nodes.cover[node]
    );
  };
  return [...model.treeStarts.subarray(0, -1)].reduce(
    (sum, root) => sum + below(root, root),
    model.baseScore,
  );
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Shapley values by all subsets: Shapley (1953). */
function shapley(model: TreeModel, row: readonly number[]): number[] {
  const count = row.length;
  return row.map((_, feature) => {
    let value = 0;
    for (let set = 0; set < 1 << count; set++) {
      if ((set >> feature) & 1) continue;
      const size = [...row.keys()].filter((i) => (set >> i) & 1).length;
      const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
      value += weight * (expectation(model, row, set | (1 << feature)) - expectation(model, row, set));
    }
    return value;
  });
}

const rowAt = (table: FeatureTable, row: number): number[] =>
  table.names.map((_, i) => table.values[i * table.rowCount + row]);

describe('contributions', () => {
  test('are the Shapley values by all subsets, on small trees', () => {
    fc.assert(
      fc.property(data, fc.integer({ min: 2, max: 9 }), ({ table, target }, leafCount) => {
        const model = trainTrees(binTable(table), target, {
          objective: { kind: 'l2' },
          treeCount: 3,
          leafCount,
          learningRate: 0.7,
          minimumRowsInLeaf: 1,
          seed: 2,
        });
        const width = table.names.length + 1;
        const found = contributions(model, table);
        for (let row = 0; row < Math.min(table.rowCount, 6); row++) {
          const values = rowAt(table, row);
          const wanted = [...shapley(model, values), expectation(model, values, 0)];
          wanted.forEach((value, i) => {
            expect(Math.abs(found[row * width + i] - value)).toBeLessThan(1e-9);
          });
        }
      }),
      { seed: 21, numRuns: 120 },
    );
  });

  test('of a row add up to its score on the link scale', () => {
    const { table, target } = friedman(800, 8, 22);
    const positive = target.map((y) => Math.max(0, y));
    for (const objective of [{ kind: 'l2' }, { kind: 'tweedie', power: 1.5 }, { kind: 'l1' }] as const) {
      const model = trainTrees(binTable(table), positive, {
        objective,
        treeCount: 30,
        leafCount: 31,
        learningRate: 0.2,
        rowShare: 0.8,
        seed: 1,
      });
      const found = contributions(model, table);
      scoreTrees(model, table).forEach((score, row) => {
        let sum = 0;
        for (let i = 0; i < 9; i++) sum += found[row * 9 + i];
        expect(Math.abs(sum - score)).toBeLessThan(1e-10);
      });
    }
  });
});
