import { describe, expect, test } from 'vitest';
import { binTable, contributions, type Objective, predictTrees, trainTrees } from '@planwright/trees';
import { tableOf } from './generated-tables.ts';

const OBJECTIVES: readonly Objective[] = [
  { kind: 'l2' },
  { kind: 'l1' },
  { kind: 'quantile', level: 0.9 },
  { kind: 'poisson' },
  { kind: 'tweedie', power: 1.5 },
];
const options = { treeCount: 5, leafCount: 4, learningRate: 0.5, minimumRowsInLeaf: 1, seed: 1 };

describe.each(OBJECTIVES)('$kind', (objective) => {
  const train = (rows: readonly (readonly number[])[], target: readonly number[], columns = ['a', 'b']) => {
    const table = tableOf(columns, rows);
    const model = trainTrees(binTable(table), Float64Array.from(target), { ...options, objective });
    expect(contributions(model, table).every(Number.isFinite)).toBe(true);
    return predictTrees(model, table);
  };

  test('of no rows predicts a constant', () => {
    expect([...train([], [])]).toEqual([]);
    const model = trainTrees(binTable(tableOf(['a'], [])), new Float64Array(0), { ...options, objective });
    expect(predictTrees(model, tableOf(['a'], [[1], [Number.NaN]])).every(Number.isFinite)).toBe(true);
  });

  test('of one row predicts it', () => expect(train([[1, 2]], [7])[0]).toBeCloseTo(7, 9));

  test('of no features predicts the base score', () => {
    const values = train([[], [], []], [3, 3, 3], []);
    values.forEach((value) => expect(value).toBeCloseTo(3, 9));
  });

  test('of missing values alone predicts a constant', () => {
    const holes = Array.from({ length: 8 }, () => [Number.NaN, Number.NaN]);
    expect(new Set(train(holes, [1, 2, 3, 4, 5, 6, 7, 8])).size).toBe(1);
  });

  test('of a constant target predicts it and splits nothing', () => {
    const table = tableOf(
      ['a'],
      Array.from({ length: 50 }, (_, i) => [i]),
    );
    for (const constant of [0, 0.1, 12.3, 1e9]) {
      const model = trainTrees(binTable(table), new Float64Array(50).fill(constant), {
        ...options,
        objective,
      });
      expect(model.nodes.feature.every((feature) => feature < 0)).toBe(true);
      predictTrees(model, table).forEach((p) =>
        expect(Math.abs(p - constant)).toBeLessThan(1e-9 * (1 + constant)),
      );
    }
  });

  test('of huge and tiny targets and infinite features stays finite', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      i % 4 === 0 ? Infinity : i,
      i % 3 === 0 ? -Infinity : -i,
    ]);
    for (const size of [1e300, 1e100, 1e-300]) {
      const values = train(
        rows,
        rows.map((_, i) => (i % 7) * size),
      );
      expect(values.every(Number.isFinite)).toBe(true);
    }
    const mixed = train(
      rows,
      rows.map((_, i) => (i % 2 === 0 ? 1e12 : 1e-12)),
    );
    expect(mixed.every(Number.isFinite)).toBe(true);
  });

  test('refuses a target that is not a number, with its row', () => {
    expect(() =>
      train(
        [
          [1, 2],
          [2, 3],
        ],
        [1, Number.NaN],
      ),
    ).toThrow(/target of row 1 is a finite number, not NaN/);
    expect(() => train([[1, 2]], [Infinity])).toThrow(/row 0 is a finite number/);
  });
});

test.each([{ kind: 'poisson' }, { kind: 'tweedie', power: 1.1 }] as const)(
  '$kind does not leap past a single huge value',
  (objective) => {
    const table = tableOf(
      ['a'],
      Array.from({ length: 2000 }, (_, i) => [i]),
    );
    const target = new Float64Array(2000);
    target[1999] = 1e6;
    const model = trainTrees(binTable(table), target, { ...options, objective });
    const predictions = predictTrees(model, table);
    expect(Math.max(...predictions)).toBeLessThan(2e7);
    expect(predictions[1999]).toBeGreaterThan(500);
  },
);

test('log links refuse negative targets', () => {
  const binned = binTable(tableOf(['a'], [[1], [2]]));
  const train = () =>
    trainTrees(binned, Float64Array.of(1, -2), { ...options, objective: { kind: 'poisson' } });
  expect(train).toThrow(/target of row 1 is not negative under poisson: -2/);
});

test('tables and options that do not fit are refused', () => {
  const table = tableOf(['a', 'b'], [[1, 2]]);
  expect(() => binTable({ ...table, rowCount: 2 })).toThrow(/2 columns of 2 rows/);
  expect(() => binTable(tableOf(['a'], [[0.5]], [0]))).toThrow(/category codes of a are whole numbers/);
  const binned = binTable(table);
  const l2 = { ...options, objective: { kind: 'l2' } as const };
  expect(() => trainTrees(binned, Float64Array.of(1, 2), l2)).toThrow(/target has 1 rows, not 2/);
  expect(() => trainTrees(binned, Float64Array.of(1), { ...l2, learningRate: 0 })).toThrow(/learningRate/);
  expect(() => trainTrees(binned, Float64Array.of(1), { ...l2, weights: Float64Array.of(-1) })).toThrow(
    /weights/,
  );
  const model = trainTrees(binned, Float64Array.of(1), l2);
  expect(() => predictTrees(model, tableOf(['b', 'a'], [[1, 2]]))).toThrow(/features a, b, not b, a/);
});
