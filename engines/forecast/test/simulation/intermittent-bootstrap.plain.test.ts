import { randomStream } from '@planwright/numerics';
import { describe, expect, test } from 'vitest';
import { intermittentBootstrap, leadTimeDemand } from '@planwright/forecast';

/** Demand in runs: four buckets with, eight without. */
const runs = Float64Array.from({ length: 120 }, (_, t) => (t % 12 < 4 ? 20 + (t % 3) : 0));

describe('bootstrap of intermittent demand', () => {
  const block = intermittentBootstrap(runs, 6, 8000, randomStream(2, 'bootstrap'));

  test('its runs are as long as those of the past', () => {
    let stays = 0;
    let busy = 0;
    for (let path = 0; path < block.count; path++) {
      for (let step = 1; step < 6; step++) {
        if (block.paths[path * 6 + step - 1] === 0) continue;
        busy += 1;
        if (block.paths[path * 6 + step] > 0) stays += 1;
      }
    }
    expect(Math.abs(stays / busy - 31 / 42)).toBeLessThan(0.03);
  });

  test('sizes are near those seen, whole, and not only those seen', () => {
    const sizes = block.paths.filter((value) => value > 0);
    expect(sizes.every(Number.isInteger)).toBe(true);
    expect(sizes.some((size) => size > 22)).toBe(true);
    const average = sizes.reduce((sum, size) => sum + size / sizes.length, 0);
    expect(Math.abs(average - 21.25)).toBeLessThan(0.2);
  });

  test('runs make demand over a lead time less certain than independent buckets would', () => {
    const all = leadTimeDemand(block, { length: 6 });
    let independent = 0;
    for (let first = 0; first < 6; first++)
      independent += leadTimeDemand(block, { first, length: 1 }).variance;
    expect(all.variance).toBeGreaterThan(1.5 * independent);
  });

  test('without demand it is 0, in small units it stays in them', () => {
    expect(intermittentBootstrap(new Float64Array(5), 3, 2, randomStream(1, 'x')).paths).toEqual(
      new Float64Array(6),
    );
    const small = Float64Array.of(0, 0.25, 0, 0, 0.5, Number.NaN, 0);
    const drawn = intermittentBootstrap(small, 20, 50, randomStream(1, 'y')).paths;
    expect(drawn.every((value) => Number.isInteger(value / 0.25))).toBe(true);
  });
});
