import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priorities } from '../src/segmentation/priority.ts';
import { segmentation } from '../src/segmentation/segmentation.ts';

const at = (...values: number[]): Float64Array => Float64Array.from(values);
const sum = (values: Iterable<number>): number => [...values].reduce((total, y) => total + y, 0);
const amount = fc.oneof(
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.constant(0),
);
const keys = fc
  .array(fc.tuple(amount, fc.oneof(amount, fc.constant(Number.NaN)), amount, amount), {
    maxLength: 40,
    size: 'max',
  })
  .map((rows) => ({
    value: Float64Array.from(rows, ([value]) => value),
    absoluteError: Float64Array.from(rows, ([, error]) => error),
    naiveError: Float64Array.from(rows, ([, , naive]) => naive),
    demand: Float64Array.from(rows, ([, , , demand]) => demand),
  }));

describe('segmentation', () => {
  test('puts every key in one cell, and the cells add up', () => {
    fc.assert(
      fc.property(keys, (input) => {
        const { cells, valueClass, errorClass } = segmentation(input);
        const total = sum(input.value);
        expect(cells.length).toBe(12);
        expect(sum(cells.map(({ count }) => count))).toBe(input.value.length);
        expect(sum(cells.map(({ value }) => value))).toBeCloseTo(total, 3);
        expect(sum(cells.map(({ valueShare }) => valueShare))).toBeCloseTo(total > 0 ? 1 : 0, 9);
        input.demand.forEach((demand, key) => {
          const judged = demand > 0 && Number.isFinite(input.absoluteError[key]);
          expect(errorClass[key] === 'new').toBe(!judged);
        });
        for (const { policy } of cells) expect(policy.sentence).toMatch(/^[A-Z].*\.$/);
        const ofA = input.value.filter((_, key) => valueClass[key] === 'A');
        // A reaches its limit, and would not without its least valuable key; nobody outside is worth more.
        expect(sum(ofA)).toBeGreaterThanOrEqual(0.8 * total * (1 - 1e-12));
        expect(sum(ofA) - Math.min(...ofA, 0)).toBeLessThanOrEqual(total * (1 + 1e-12));
        const others = input.value.filter((_, key) => valueClass[key] !== 'A');
        expect(Math.max(0, ...others)).toBeLessThanOrEqual(Math.min(Infinity, ...ofA));
      }),
      { seed: 91, numRuns: 200 },
    );
  });

  // By hand: 100 in all; 60 + 15 = 75 fall short of 80, so the next 10 are A too; 85 + 10 reach 95 as B.
  test('agrees with a Pareto table by hand, and with errors by hand', () => {
    const result = segmentation({
      value: at(10, 60, 5, 15, 10, 0),
      absoluteError: at(20, 10, 51, 50, 5, 1),
      naiveError: at(40, 20, 34, 50, 10, 0),
      demand: at(100, 100, 100, 100, 0, 100),
      demandClass: ['smooth', 'smooth', 'lumpy', 'erratic', 'smooth', 'new'],
    });
    expect(result.valueClass).toEqual(['A', 'A', 'C', 'A', 'B', 'C']);
    expect(result.errorClass).toEqual(['X', 'X', 'Z', 'Y', 'new', 'new']);
    const cell = (name: string): (typeof result.cells)[number] =>
      result.cells.find(({ valueClass, errorClass }) => valueClass + errorClass === name)!;
    expect(cell('AX')).toMatchObject({ count: 2, value: 70, valueShare: 0.7 });
    expect(cell('AX').wape).toBeCloseTo(0.15, 12);
    expect(cell('AX').valueAddedRatio).toBeCloseTo(0.5, 12);
    expect(cell('CZ').valueAddedRatio).toBeCloseTo(-0.5, 12);
    expect(cell('CZ').policy.action).toBe('automate');
    expect(cell('Bnew').wape).toBeNaN();
  });
});

describe('priorities', () => {
  test('orders keys by the value expected to be wrong; shares sum to 1', () => {
    fc.assert(
      fc.property(keys, (input) => {
        const { order, expectedError, share, sentence } = priorities(input);
        expect([...order].sort((a, b) => a - b)).toEqual([...input.value.keys()]);
        for (let i = 1; i < order.length; i++)
          expect(expectedError[order[i]]).toBeLessThanOrEqual(expectedError[order[i - 1]]);
        expect(sum(share)).toBeCloseTo(sum(expectedError) > 0 ? 1 : 0, 9);
        expect(sentence).toMatch(/\.$/);
      }),
      { seed: 92, numRuns: 150 },
    );
  });

  test('says how few keys make half of it; a key without back-test is as wrong as the others', () => {
    const result = priorities({
      value: at(100, 1000, 10),
      absoluteError: at(50, 10, 0),
      demand: at(100, 100, 0),
    });
    expect([...result.order]).toEqual([1, 0, 2]);
    expect([...result.expectedError]).toEqual([50, 100, 3].map((error) => expect.closeTo(error, 9)));
    expect(result.sentence).toBe(
      '1 of 3 keys make 65 % of the value that is expected to be forecast wrongly.',
    );
  });
});
