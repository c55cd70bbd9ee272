/**
 * Training losses of LightGBM 4.7.0 (its C library on one thread) on the same 10,000 rows: 50 trees of 31 leaves, learning rate
 * 0.1, 255 bins, min_data_in_leaf 20, min_data_in_bin 1, defaults otherwise. Bins and ties differ a little, so the losses
 * agree within a hundredth and not to the last digit; of the two log links, whose losses have a large constant part,
 * within a few thousandths.
 */
import { expect, test } from 'vitest';
import { binTable, type Objective, trainTrees } from '@planwright/trees';
import { friedman } from './generated-tables.ts';

const { table, target } = friedman(10_000, 8, 81);
const binned = binTable(table);
const positive = target.map((y) => Math.fround(Math.max(0, y)));

const REFERENCE: readonly { objective: Objective; loss: number; tolerance: number }[] = [
  { objective: { kind: 'l2' }, loss: 1.0949003344478356, tolerance: 0.011 },
  { objective: { kind: 'l1' }, loss: 0.8812471836024021, tolerance: 0.0088 },
  { objective: { kind: 'quantile', level: 0.9 }, loss: 0.2593642554318573, tolerance: 0.0026 },
  { objective: { kind: 'poisson' }, loss: -24.863543750268473, tolerance: 0.003 },
  { objective: { kind: 'tweedie', power: 1.5 }, loss: 14.958153260076054, tolerance: 0.001 },
];

test.each(REFERENCE)('$objective.kind', ({ objective, loss, tolerance }) => {
  let found = Number.NaN;
  trainTrees(binned, positive, {
    objective,
    treeCount: 50,
    leafCount: 31,
    learningRate: 0.1,
    seed: 1,
    onTree: (_, after) => {
      found = after;
      return true;
    },
  });
  expect(Math.abs(found - loss)).toBeLessThan(tolerance);
});
