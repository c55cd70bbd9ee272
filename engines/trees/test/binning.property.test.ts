import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binTable } from '@planwright/trees';
import { tableOf, uniformTable } from './generated-tables.ts';

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -20, max: 20 }) },
  { weight: 5, arbitrary: fc.float({ noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, -0) },
);

describe('binTable', () => {
  test('keeps the order of values, puts missing ones apart and uses no more bins than allowed', () => {
    const values = fc.array(value, { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 12 }), (list, maxBins) => {
        const table = tableOf(
          ['x'],
          list.map((x) => [x]),
        );
        const { bins, edges, valueBinCounts } = binTable(table, { maxBins });
        expect(valueBinCounts[0]).toBeLessThanOrEqual(maxBins);
        expect(edges[0].length).toBe(valueBinCounts[0] - 1);
        const rows = [...bins.keys()].filter((r) => !Number.isNaN(table.values[r]));
        expect([...bins.keys()].filter((r) => bins[r] === 0)).toEqual(
          [...bins.keys()].filter((r) => Number.isNaN(table.values[r])),
        );
        const sorted = rows.sort((a, b) => table.values[a] - table.values[b]);
        const distinct = new Set(rows.map((r) => table.values[r])).size;
        expect(new Set(rows.map((r) => bins[r])).size).toBeLessThanOrEqual(distinct);
        // Few enough values: each has a bin of its own.
        expect(distinct > maxBins || new Set(rows.map((r) => bins[r])).size === distinct).toBe(true);
        for (let i = 1; i < sorted.length; i++) {
          expect(bins[sorted[i]]).toBeGreaterThanOrEqual(bins[sorted[i - 1]]);
        }
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  test('fills bins evenly, and gives a value that fills a bin alone its own', () => {
    const { values } = uniformTable(20_000, 1, 52);
    const even = binTable({ rowCount: 20_000, names: ['x'], values }, { maxBins: 50 });
    const sizes = new Int32Array(51);
    for (const bin of even.bins) sizes[bin] += 1;
    expect(Math.max(...sizes.subarray(1))).toBeLessThan(440);
    expect(Math.min(...sizes.subarray(1))).toBeGreaterThan(360);
    const half = values.map((x, i) => (i % 2 === 0 ? 0.5 : x));
    const heavy = binTable({ rowCount: 20_000, names: ['x'], values: half }, { maxBins: 50 });
    const ofHalf = heavy.bins[0];
    expect(half.filter((x, i) => heavy.bins[i] === ofHalf && x !== 0.5).length).toBeLessThan(20);
    expect(heavy.valueBinCounts[0]).toBeGreaterThan(45);
    const ofOthers = new Int32Array(heavy.valueBinCounts[0] + 1);
    for (const bin of heavy.bins) ofOthers[bin] += 1;
    // Only the bin before the heavy value may be cut short.
    const isFull = ofOthers.subarray(1).map((size, i) => (i + 2 === ofHalf || size > 100 ? 1 : 0));
    expect(isFull.every((full) => full === 1)).toBe(true);
  });

  test('finds nearly the same quantiles from a sample', () => {
    const table = uniformTable(50_000, 1, 53);
    const { bins } = binTable(table, { maxBins: 10, sampleRows: 5000 });
    const sizes = new Int32Array(11);
    for (const bin of bins) sizes[bin] += 1;
    for (let bin = 1; bin <= 10; bin++) expect(Math.abs(sizes[bin] - 5000)).toBeLessThan(700);
  });

  test('gives bins to the most frequent categories; rarer ones count as missing', () => {
    const codes = [5, 5, 5, 9, 9, 2, 7, 7, 7, 7, Number.NaN];
    const { bins, valueBinCounts } = binTable(
      tableOf(
        ['c'],
        codes.map((c) => [c]),
        [0],
      ),
      { maxBins: 3 },
    );
    expect(valueBinCounts[0]).toBe(3);
    expect([...bins]).toEqual([1, 1, 1, 3, 3, 0, 2, 2, 2, 2, 0]);
  });
});
