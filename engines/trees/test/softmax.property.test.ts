import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { binTable, decodeTrees, encodeTrees, softmaxWeights, trainSoftmax } from '@planwright/trees';
import { rowsOf, tableOf } from './generated-tables.ts';

const METHODS = 3;
const sample = fc
  .array(
    fc.record({
      x: fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 9 })),
      losses: fc.tuple(
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
      ),
    }),
    { minLength: 2, maxLength: 50 },
  )
  .map((rows) => ({
    table: tableOf(
      ['a', 'b'],
      rows.map(({ x }) => x),
    ),
    losses: Float64Array.from(rows.flatMap(({ losses }) => losses)),
  }));
const options = { treeCount: 10, leafCount: 4, learningRate: 0.3, minimumRowsInLeaf: 2 };

const expectedLoss = (weights: Float64Array, losses: Float64Array): number =>
  weights.reduce((sum, weight, i) => sum + weight * losses[i], 0);

describe('trainSoftmax', () => {
  test('weights are shares, whatever the losses', () => {
    fc.assert(
      fc.property(sample, fc.constantFrom(1e-9, 1, 1e6), ({ table, losses }, factor) => {
        const scaled = losses.map((loss) => factor * loss);
        const weights = softmaxWeights(trainSoftmax(binTable(table), scaled, METHODS, options), table);
        for (let row = 0; row < table.rowCount; row++) {
          const own = weights.subarray(row * METHODS, (row + 1) * METHODS);
          expect(own.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
          expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the expected loss of the training rows is not above that of equal weights', () => {
    fc.assert(
      fc.property(sample, ({ table, losses }) => {
        const weights = softmaxWeights(trainSoftmax(binTable(table), losses, METHODS, options), table);
        const equal = losses.reduce((sum, loss) => sum + loss, 0) / METHODS;
        expect(expectedLoss(weights, losses)).toBeLessThanOrEqual(equal * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  test('methods in another order have the same weights in that order', () => {
    // Of four methods and losses in eighths every sum of the first round is exact, so that no order of sums shows.
    const eighths = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.array(fc.nat(40), { minLength: 4, maxLength: 4 })),
      {
        minLength: 4,
        maxLength: 40,
      },
    );
    const one = { ...options, treeCount: 1, l2Penalty: 1 };
    fc.assert(
      fc.property(eighths, (rows) => {
        const table = tableOf(
          ['a'],
          rows.map(([x]) => [x]),
        );
        const losses = Float64Array.from(rows.flatMap(([, own]) => own.map((loss) => loss / 8)));
        const next = (i: number): number => i - (i % 4) + ((i + 1) % 4);
        const turned = losses.map((_, i) => losses[next(i)]);
        const weights = softmaxWeights(trainSoftmax(binTable(table), losses, 4, one), table);
        const others = softmaxWeights(trainSoftmax(binTable(table), turned, 4, one), table);
        others.forEach((weight, i) => expect(weight).toBeCloseTo(weights[next(i)], 12));
      }),
      { numRuns: 100 },
    );
  });

  test('rows in another order teach the same, and bytes bring the forests back', () => {
    const random = randomStream(1, 'softmax rows');
    const rows = Array.from({ length: 200 }, () => [random.uniform(), random.uniform()]);
    const table = tableOf(['a', 'b'], rows);
    const losses = Float64Array.from(
      rows.flatMap(([a, b]) => [a + 0.1 * b, 1 - a, 0.6 + 0.1 * random.uniform()]),
    );
    const order = rows.map((_, row) => row).sort((a, b) => ((a * 37) % 200) - ((b * 37) % 200));
    const turned = Float64Array.from(
      order.flatMap((row) => [...losses.subarray(row * METHODS, (row + 1) * METHODS)]),
    );
    const forests = trainSoftmax(binTable(table), losses, METHODS, options);
    const again = trainSoftmax(binTable(rowsOf(table, order)), turned, METHODS, options);
    const weights = softmaxWeights(forests, table);
    softmaxWeights(again, table).forEach((weight, i) => expect(weight).toBeCloseTo(weights[i], 9));
    const decoded = forests.map((forest) => decodeTrees(encodeTrees(forest)));
    expect(softmaxWeights(decoded, table)).toEqual(weights);
  });

  test('learns which method is best where a feature decides it', () => {
    const random = randomStream(2, 'softmax best');
    const make = (count: number) => {
      const rows = Array.from({ length: count }, () => [random.uniform(), random.uniform()]);
      const losses = rows.flatMap(([a]) => [a < 0.4 ? 0.5 : 1.2, a < 0.4 ? 1.2 : 0.5, 1]);
      return { table: tableOf(['a', 'b'], rows), losses: Float64Array.from(losses) };
    };
    const known = make(300);
    const unseen = make(300);
    const forests = trainSoftmax(binTable(known.table), known.losses, METHODS, {
      treeCount: 80,
      leafCount: 4,
      learningRate: 0.3,
    });
    const loss = expectedLoss(softmaxWeights(forests, unseen.table), unseen.losses) / 300;
    expect(loss).toBeLessThan(0.58);
  });

  test('refuses losses that are not there, below 0 or not numbers', () => {
    const binned = binTable(tableOf(['a'], [[1], [2]]));
    expect(() => trainSoftmax(binned, new Float64Array(3), 2, options)).toThrow('2 x 2');
    expect(() => trainSoftmax(binned, Float64Array.of(1, -1, 1, 1), 2, options)).toThrow('not negative');
    expect(() => trainSoftmax(binned, Float64Array.of(1, Number.NaN, 1, 1), 2, options)).toThrow('finite');
  });
});
