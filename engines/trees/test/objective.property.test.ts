import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binTable, type Objective, predictTrees, trainTrees } from '@planwright/trees';
import { randomStream } from '@planwright/numerics';
import { baseScore, deriveInto, meanLoss } from '../src/objective.ts';
import { weightedQuantile } from '../src/weighted-quantile.ts';
import { friedman, uniformTable } from './generated-tables.ts';

const first = Uint32Array.of(0);

describe('objectives', () => {
  const smooth = fc.oneof(
    fc.constant<Objective>({ kind: 'l2' }),
    fc.constant<Objective>({ kind: 'poisson' }),
    fc.double({ min: 1.05, max: 1.95, noNaN: true }).map((power): Objective => ({ kind: 'tweedie', power })),
  );

  test('have the derivatives of their losses', () => {
    const score = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(smooth, score, fc.integer({ min: 0, max: 40 }), (objective, at, actual) => {
        const target = Float64Array.of(actual);
        const step = 1e-4;
        const loss = (s: number): number => meanLoss(objective, Float64Array.of(s), target, undefined, first);
        // The squared error is derived as (score - y)^2 / 2 and reported whole.
        const half = objective.kind === 'l2' ? 0.5 : 1;
        const slope = (half * (loss(at + step) - loss(at - step))) / (2 * step);
        const bend = (half * (loss(at + step) - 2 * loss(at) + loss(at - step))) / step ** 2;
        const gradients = new Float64Array(1);
        const hessians = Float64Array.of(1);
        deriveInto(objective, Float64Array.of(at), target, undefined, gradients, hessians);
        const caution = objective.kind === 'poisson' ? Math.exp(0.7) : 1;
        const size = 1 + Math.abs(loss(at)) + Math.abs(slope);
        expect(Math.abs(gradients[0] - slope)).toBeLessThan(1e-5 * size);
        expect(Math.abs(hessians[0] / caution - bend)).toBeLessThan(1e-4 * size + 1e-3 * Math.abs(bend));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test('start from the best constant', () => {
    const level = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const any = fc.oneof(
      smooth,
      fc.constant<Objective>({ kind: 'l1' }),
      level.map((share): Objective => ({ kind: 'quantile', level: share })),
    );
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(any, values, fc.constantFrom(-0.3, -0.01, 0.01, 0.3), (objective, pairs, move) => {
        const target = Float64Array.from(pairs, ([y]) => y);
        fc.pre(target.some((y) => y > 0));
        const weights = Float64Array.from(pairs, ([, w]) => w);
        const rows = Uint32Array.from(pairs.keys());
        const best = baseScore(objective, target, weights, rows);
        const lossAt = (s: number): number =>
          meanLoss(objective, new Float64Array(target.length).fill(s), target, weights, rows);
        expect(lossAt(best)).toBeLessThanOrEqual(lossAt(best + move) + 1e-9);
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  test('quantiles by selection are quantiles by weights of one', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 19 }), (list, twentieths) => {
        const level = twentieths / 20;
        const ones = new Float64Array(list.length).fill(1);
        const sorted = list.slice().sort((a, b) => a - b);
        const wanted = (list.length * twentieths) / 20;
        const expected = Number.isInteger(wanted)
          ? (sorted[wanted - 1] + sorted[wanted]) / 2
          : sorted[Math.ceil(wanted) - 1];
        expect(weightedQuantile(Float64Array.from(list), undefined, level)).toBe(expected);
        expect(weightedQuantile(Float64Array.from(list), ones, level)).toBe(expected);
      }),
      { seed: 43, numRuns: 300 },
    );
  });
});

describe('trained models', () => {
  const options = { treeCount: 60, leafCount: 15, learningRate: 0.1, seed: 1 };

  test('of a quantile have that share of new rows below them', () => {
    const { table, target } = friedman(6000, 5, 44);
    const fresh = friedman(6000, 5, 45);
    for (const level of [0.1, 0.5, 0.9]) {
      const model = trainTrees(binTable(table), target, {
        ...options,
        objective: { kind: 'quantile', level },
      });
      const predictions = predictTrees(model, fresh.table);
      const below = fresh.target.filter((y, r) => y <= predictions[r]).length / 6000;
      expect(Math.abs(below - level)).toBeLessThan(0.04);
    }
  });

  test('with a log link are positive and right on the mean', () => {
    const table = uniformTable(4000, 4, 46);
    const random = randomStream(46, 'counts');
    const counts = Float64Array.from(table.values.subarray(0, 4000), (x) => random.poisson(0.2 + 3 * x * x));
    // The logarithm is Poisson's own link, so that sums balance; Tweedie weighs the errors by mu^(1 - power).
    const objectives = [
      { objective: { kind: 'poisson' }, tolerance: 0.005 },
      { objective: { kind: 'tweedie', power: 1.3 }, tolerance: 0.03 },
    ] as const;
    for (const { objective, tolerance } of objectives) {
      const predictions = predictTrees(trainTrees(binTable(table), counts, { ...options, objective }), table);
      expect(predictions.every((p) => p > 0)).toBe(true);
      const total = (values: Float64Array): number => values.reduce((sum, y) => sum + y, 0);
      expect(Math.abs(total(predictions) / total(counts) - 1)).toBeLessThan(tolerance);
      const high = predictions.filter((_, r) => table.values[r] > 0.9);
      expect(total(high) / high.length).toBeGreaterThan(2.3);
    }
  });
});
