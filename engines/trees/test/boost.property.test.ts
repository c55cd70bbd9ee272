import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { binTable, encodeTrees, type Objective, predictTrees, trainTrees } from '@planwright/trees';
import { leafOfBins } from '../src/tree-nodes.ts';
import { friedman, rowsOf, tableOf } from './generated-tables.ts';

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const row = fc.record({
  x: fc.tuple(cell, cell, fc.integer({ min: 0, max: 7 })),
  y: fc.oneof(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.integer({ min: 0, max: 10_000 })),
  weight: fc.integer({ min: 0, max: 3 }),
});
const sample = fc.array(row, { minLength: 2, maxLength: 60 }).map((rows) => ({
  table: tableOf(
    ['a', 'b', 'c'],
    rows.map(({ x }) => x),
    [2],
  ),
  target: Float64Array.from(rows, ({ y }) => y),
  weights: Float64Array.from(rows, ({ weight }) => weight),
}));
const objective = fc.constantFrom<Objective>(
  { kind: 'l2' },
  { kind: 'l1' },
  { kind: 'quantile', level: 0.8 },
  { kind: 'poisson' },
  { kind: 'tweedie', power: 1.4 },
);
const isClose = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) < 1e-9 * (1 + Math.abs(a));
const basic = { treeCount: 8, leafCount: 6, learningRate: 0.5, minimumRowsInLeaf: 2, seed: 1 };

describe('trainTrees', () => {
  test('never raises the squared, absolute or pinball loss of the training rows', () => {
    const withoutLink = objective.filter(({ kind }) => kind === 'l2' || kind === 'l1' || kind === 'quantile');
    fc.assert(
      fc.property(sample, withoutLink, fc.double({ min: 0.05, max: 1, noNaN: true }), (data, kind, rate) => {
        const losses: number[] = [];
        const onTree = (_: number, loss: number): boolean => losses.push(loss) > 0;
        const options = { ...basic, objective: kind, learningRate: rate, weights: data.weights, onTree };
        trainTrees(binTable(data.table), data.target, options);
        expect(losses).toHaveLength(8);
        losses.slice(1).forEach((loss, tree) => {
          expect(loss).toBeLessThanOrEqual(losses[tree] * (1 + 1e-9) + 1e-9);
        });
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test('predicts the same from bins as from values', () => {
    fc.assert(
      fc.property(sample, objective, fc.integer({ min: 2, max: 8 }), (data, kind, maxBins) => {
        const binned = binTable(data.table, { maxBins });
        const model = trainTrees(binned, data.target, { ...basic, objective: kind });
        const hasLog = kind.kind === 'poisson' || kind.kind === 'tweedie';
        predictTrees(model, data.table).forEach((prediction, r) => {
          let score = model.baseScore;
          for (const root of model.treeStarts.subarray(0, -1)) {
            score += model.nodes.value[leafOfBins(model.nodes, root, binned.bins, binned.rowCount, r)];
          }
          expect(prediction).toBe(hasLog ? Math.exp(score) : score);
        });
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test('gives the same bytes for the same input and seed, and other trees for another seed', () => {
    const { table, target } = friedman(400, 6, 3);
    const binned = binTable(table);
    const train = (seed: number) => {
      const options = {
        ...basic,
        objective: { kind: 'l2' } as const,
        rowShare: 0.6,
        featureShare: 0.5,
        seed,
      };
      return encodeTrees(trainTrees(binned, target, options));
    };
    expect(train(7)).toEqual(train(7));
    expect(train(7)).not.toEqual(train(8));
  });

  test('moves with the unit, exactly for powers of two', () => {
    const withoutLink = objective.filter(({ kind }) => kind === 'l2' || kind === 'l1' || kind === 'quantile');
    fc.assert(
      fc.property(sample, withoutLink, fc.integer({ min: -300, max: 300 }), (data, kind, exponent) => {
        const binned = binTable(data.table);
        const options = { ...basic, objective: kind };
        // Rounded to whole numbers: tiny ones would leave the range in which scaling is exact.
        const whole = data.target.map(Math.round);
        const plain = predictTrees(trainTrees(binned, whole, options), data.table);
        const unit = 2 ** exponent;
        const moved = predictTrees(
          trainTrees(
            binned,
            whole.map((y) => y * unit),
            options,
          ),
          data.table,
        );
        plain.forEach((value, r) => expect(moved[r]).toBe(value * unit));
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test('does not care in which order the rows come', () => {
    const { table, target } = friedman(600, 5, 5);
    const random = randomStream(5, 'order');
    const order = Array.from({ length: 600 }, (_, i) => ({ i, at: random.uniform() }))
      .sort((a, b) => a.at - b.at)
      .map(({ i }) => i);
    const options = { ...basic, objective: { kind: 'l2' } as const, treeCount: 20, leafCount: 12 };
    const plain = predictTrees(trainTrees(binTable(table), target, options), table);
    const shuffled = rowsOf(table, order);
    const shuffledTarget = Float64Array.from(order, (i) => target[i]);
    const moved = predictTrees(trainTrees(binTable(shuffled), shuffledTarget, options), table);
    plain.forEach((value, r) => expect(Math.abs(moved[r] - value)).toBeLessThan(1e-9));
  });

  test('takes a weight of k for k equal rows', () => {
    fc.assert(
      fc.property(sample, objective, ({ table, target, weights }, kind) => {
        const kept = [...weights.keys()].filter((r) => weights[r] > 0);
        const repeated = kept.flatMap((r) => Array<number>(weights[r]).fill(r));
        const numeric = { ...table, categorical: [] };
        const [weighted, counted] = [kept, repeated].map((rows) => {
          let loss = Number.NaN;
          const { nodes } = trainTrees(
            binTable(rowsOf(numeric, rows)),
            Float64Array.from(rows, (r) => target[r]),
            {
              ...basic,
              objective: kind,
              treeCount: 1,
              leafCount: 2,
              // Rows are counted, whatever they weigh: both tables may cut everywhere.
              minimumRowsInLeaf: 1,
              ...(rows === kept ? { weights: Float64Array.from(rows, (r) => weights[r]) } : {}),
              onTree: (_, value) => {
                loss = value;
                return true;
              },
            },
          );
          return { loss, gain: nodes.gain[0] };
        });
        // Of derivatives that are only signs, several cuts have the same gain and not the same loss: rounding takes one.
        const sameLoss =
          kind.kind === 'l1' || kind.kind === 'quantile' || isClose(weighted.loss, counted.loss);
        expect(isClose(weighted.gain, counted.gain) && sameLoss).toBe(true);
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  test('stops early at the best tree, and when told to', () => {
    const { table, target } = friedman(800, 6, 6);
    const binned = binTable(table);
    const rows = Uint32Array.from({ length: 200 }, (_, i) => 4 * i);
    const losses: number[] = [];
    const model = trainTrees(binned, target, {
      ...basic,
      objective: { kind: 'l2' },
      treeCount: 500,
      leafCount: 31,
      validation: { rows, patience: 5 },
      onTree: (_, loss) => losses.push(loss) > 0,
    });
    const kept = model.treeStarts.length - 1;
    expect(losses.length).toBe(kept + 5);
    expect(Math.min(...losses)).toBe(losses[kept - 1]);
    const predictions = predictTrees(model, rowsOf(table, [...rows]));
    const squares = predictions.reduce((sum, p, i) => sum + (p - target[rows[i]]) ** 2, 0);
    expect(squares / rows.length).toBeCloseTo(losses[kept - 1], 9);
    const stopped = trainTrees(binned, target, {
      ...basic,
      objective: { kind: 'l2' },
      onTree: (tree) => tree < 2,
    });
    expect(stopped.treeStarts.length - 1).toBe(3);
  });

  test('keeps leaves and depth within their limits', () => {
    const { table, target } = friedman(500, 5, 8);
    const options = { ...basic, objective: { kind: 'l2' } as const, leafCount: 20, minimumRowsInLeaf: 15 };
    const { nodes, treeStarts } = trainTrees(binTable(table), target, { ...options, maxDepth: 3 });
    for (let tree = 0; tree + 1 < treeStarts.length; tree++) {
      expect(treeStarts[tree + 1] - treeStarts[tree]).toBeLessThanOrEqual(15);
    }
    nodes.cover.forEach((cover) => expect(cover).toBeGreaterThanOrEqual(15));
    const free = trainTrees(binTable(table), target, options);
    expect(free.treeStarts[1]).toBe(39);
  });
});
