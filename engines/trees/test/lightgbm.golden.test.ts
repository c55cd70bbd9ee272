/**
 * Training losses of LightGBM 4.7.0 (its C library on one thread) on the same 10,000 rows: 50 trees of 31 leaves, learning rate
 * 0.1, 255 bins, min_data_in_leaf 20, min_data_in_bin 1, defaults otherwise. Bins and ties differ a little, so the losses
 * agree within a hundredth and not to the last digit; of the two log links, whose losses have a large constant part,
 * within a few thousandths.
 */
import { describe, expect, test } from 'vitest';
import { binTable, type FeatureTable, type Objective, trainTrees } from '@planwright/trees';
import { friedman } from './generated-tables.ts';

type Reference = { readonly objective: Objective; readonly loss: number; readonly tolerance: number };

const { table, target } = friedman(10_000, 8, 81);
const positive = target.map((y) => Math.fround(Math.max(0, y)));

/** Every seventh value is missing by chance, and half of the high ones because they are high. */
const holed: FeatureTable = {
  ...table,
  values: table.values.map((value, i) => (i % 7 === 0 || (value > 0.9 && i % 2 === 0) ? Number.NaN : value)),
};

function lossAfterTraining(features: FeatureTable, objective: Objective): number {
  let found = Number.NaN;
  trainTrees(binTable(features), positive, {
    objective,
    treeCount: 50,
    leafCount: 31,
    learningRate: 0.1,
    seed: 1,
    onTree: (_, loss) => {
      found = loss;
      return true;
    },
  });
  return found;
}

describe('all values observed', () => {
  test.each<Reference>([
    { objective: { kind: 'l2' }, loss: 1.0949003344478356, tolerance: 0.011 },
    { objective: { kind: 'l1' }, loss: 0.8812471836024021, tolerance: 0.0088 },
    { objective: { kind: 'quantile', level: 0.9 }, loss: 0.2593642554318573, tolerance: 0.0026 },
    { objective: { kind: 'poisson' }, loss: -24.863543750268473, tolerance: 0.003 },
    { objective: { kind: 'tweedie', power: 1.5 }, loss: 14.958153260076054, tolerance: 0.001 },
  ])('$objective.kind', ({ objective, loss, tolerance }) => {
    expect(Math.abs(lossAfterTraining(table, objective) - loss)).toBeLessThan(tolerance);
  });
});

describe('some values missing', () => {
  test.each<Reference>([
    { objective: { kind: 'l2' }, loss: 4.640708791270707, tolerance: 0.046 },
    { objective: { kind: 'poisson' }, loss: -24.72410251765653, tolerance: 0.003 },
  ])('$objective.kind', ({ objective, loss, tolerance }) => {
    expect(Math.abs(lossAfterTraining(holed, objective) - loss)).toBeLessThan(tolerance);
  });
});
