import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildUnitTable, convertQuantity, unitRatio } from '@planwright/units';

describe('conversion', () => {
  const { table, issues } = buildUnitTable([
    { from: 'KG', to: 'G', factor: 1000 },
    { from: 'T', to: 'KG', factor: 1000 },
    { from: 'BOX', to: 'EA', factor: 12, item: 'tea' },
    { from: 'PAL', to: 'BOX', factor: 40, item: 'tea' },
    { from: 'BOX', to: 'EA', factor: 6, item: 'wine' },
    { from: 'EA', to: 'G', factor: 250, item: 'tea' },
  ]);

  test('follows chains of rows in both directions', () => {
    expect(issues).toEqual([]);
    expect(unitRatio(table, 'T', 'G')).toBe(1_000_000);
    expect(unitRatio(table, 'G', 'KG')).toBeCloseTo(0.001, 15);
    expect(convertQuantity(table, { value: 2, unit: 'PAL' }, 'EA', 'tea')).toEqual({
      value: 960,
      unit: 'EA',
    });
    expect(unitRatio(table, 'PAL', 'KG', 'tea')).toBeCloseTo(120, 9);
  });

  test("never borrows another item's pack size", () => {
    expect(unitRatio(table, 'BOX', 'EA', 'tea')).toBe(12);
    expect(unitRatio(table, 'BOX', 'EA', 'wine')).toBe(6);
    expect(unitRatio(table, 'BOX', 'EA', 'coffee')).toBeNaN();
    expect(unitRatio(table, 'BOX', 'EA')).toBeNaN();
  });

  test('a unit is itself, known or not', () => expect(unitRatio(table, 'XYZ', 'XYZ')).toBe(1));
});

test("an item's own rows are preferred to general ones, alone and inside a chain", () => {
  const { table } = buildUnitTable([
    { from: 'BOX', to: 'EA', factor: 10 },
    { from: 'PAL', to: 'BOX', factor: 40 },
    { from: 'BOX', to: 'EA', factor: 12, item: 'tea' },
    { from: 'BOX', to: 'BAG', factor: 3, item: 'rice' },
    { from: 'BAG', to: 'EA', factor: 2, item: 'rice' },
  ]);
  expect(unitRatio(table, 'BOX', 'EA')).toBe(10);
  expect(unitRatio(table, 'BOX', 'EA', 'tea')).toBe(12);
  expect(unitRatio(table, 'PAL', 'EA', 'tea')).toBe(480);
  expect(unitRatio(table, 'BOX', 'EA', 'rice')).toBe(6); // Its own longer chain, not the general short one.
  expect(unitRatio(table, 'PAL', 'EA', 'salt')).toBe(400);
});

test('bad rows are named and left out', () => {
  const { table, issues } = buildUnitTable([
    { from: 'KG', to: 'G', factor: 1000 },
    { from: 'G', to: 'KG', factor: 1000 },
    { from: 'BOX', to: 'EA', factor: 0 },
    { from: 'M', to: 'CM', factor: Number.NaN },
  ]);
  expect(issues.map((issue) => [issue.code, issue.row])).toEqual([
    ['UNIT_FACTOR_CONTRADICTS', 2],
    ['UNIT_FACTOR_NOT_POSITIVE', 3],
    ['UNIT_FACTOR_NOT_POSITIVE', 4],
  ]);
  expect(unitRatio(table, 'KG', 'G')).toBe(1000);
});

test('there and back is the same amount', () => {
  const factors = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(factors, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (chain, value) => {
      const { table } = buildUnitTable(
        chain.map((factor, i) => ({ from: `u${i}`, to: `u${i + 1}`, factor })),
      );
      const there = convertQuantity(table, { value, unit: 'u0' }, `u${chain.length}`);
      expect(convertQuantity(table, there, 'u0').value).toBeCloseTo(value, 4);
    }),
    { seed: 20_261 },
  );
});
