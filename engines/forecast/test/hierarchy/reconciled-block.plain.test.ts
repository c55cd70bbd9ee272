import { randomStream } from '@planwright/numerics';
import { makeBlock, makeHierarchy, rollUp } from '@planwright/series';
import { describe, expect, test } from 'vitest';
import { forecastBlock, reconciledBlock, treeStructure } from '@planwright/forecast';

const BUCKETS = 48;
const HORIZON = 6;
const stream = randomStream(12, 'block');
const keys = makeBlock(
  4,
  BUCKETS,
  Float64Array.from({ length: 4 * BUCKETS }, (_, i) => {
    const key = Math.floor(i / BUCKETS);
    const season = 1 + 0.4 * Math.sin((2 * Math.PI * (i % BUCKETS)) / 12);
    return Math.max(0, Math.round((3 + 10 * key) * season + (2 + key) * stream.normal()));
  }),
);
const hierarchy = makeHierarchy([4, 4, 5, 5, 6, 6, -1])!;

describe('a reconciled block', () => {
  const all = rollUp(keys, hierarchy);
  const base = forecastBlock({
    values: all.values,
    keyCount: all.keyCount,
    bucketCount: BUCKETS,
    season: 12,
    horizon: HORIZON,
    backtestOrigins: 0,
  });
  const structure = treeStructure(hierarchy, keys.keyCount);

  test('adds up, near the forecasts it was made from, inside its bands', () => {
    const block = reconciledBlock(structure, base);
    expect(block.issues).toEqual([]);
    const mean = makeBlock(4, HORIZON, block.mean.slice(0, 4 * HORIZON));
    rollUp(mean, hierarchy).values.forEach((value, i) => expect(block.mean[i]).toBeCloseTo(value, 9));
    block.mean.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(block.lo80[i]);
      expect(value).toBeLessThanOrEqual(block.hi80[i]);
      expect(block.lo95[i]).toBeLessThanOrEqual(block.lo80[i]);
      expect(block.hi95[i]).toBeGreaterThanOrEqual(block.hi80[i]);
      expect(block.lo95[i]).toBeGreaterThanOrEqual(0);
    });
    const total = 6 * HORIZON;
    expect(Math.abs(block.mean[total] / base.mean[total] - 1)).toBeLessThan(0.1);
  });

  test('a locked total is met by its keys and has no band', () => {
    const locks = new Float64Array(7 * HORIZON).fill(Number.NaN);
    locks[6 * HORIZON + 2] = 200;
    const block = reconciledBlock(structure, base, { locks });
    const sum = [0, 1, 2, 3].reduce((total, key) => total + block.mean[key * HORIZON + 2], 0);
    expect(block.mean[6 * HORIZON + 2]).toBe(200);
    expect(sum).toBeCloseTo(200, 9);
    expect([block.lo95[6 * HORIZON + 2], block.hi95[6 * HORIZON + 2]]).toEqual([200, 200]);
    expect(block.hi95[6 * HORIZON + 1]).toBeGreaterThan(block.lo95[6 * HORIZON + 1]);
  });
});
