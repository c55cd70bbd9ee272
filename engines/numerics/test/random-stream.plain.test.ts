import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';

const draws = (seed: number, key: string, count: number): number[] => {
  const stream = randomStream(seed, key);
  return Array.from({ length: count }, () => stream.uniform());
};

function moments(count: number, draw: () => number): { mean: number; variance: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 1; i <= count; i++) {
    const value = draw();
    const delta = value - mean;
    mean += delta / i;
    squares += delta * (value - mean);
  }
  return { mean, variance: squares / (count - 1) };
}

describe('randomStream', () => {
  test('repeats itself and depends on seed and key alone', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (seed, key) => {
        const first = draws(seed, key, 8);
        draws(seed, `${key}!`, 3);
        expect(draws(seed, key, 8)).toEqual(first);
        expect(draws(seed, `${key}!`, 8)).not.toEqual(first);
        expect(draws(seed === 0 ? 1 : -seed, key, 8)).not.toEqual(first);
        for (const value of first) expect(value >= 0 && value < 1).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test('keeps its numbers from release to release', () => {
    const stream = randomStream(42, 'item-1');
    const pinned = [
      stream.uniform(),
      stream.normal(),
      stream.integer(1000),
      stream.poisson(3),
      stream.poisson(300),
    ];
    expect(pinned).toMatchInlineSnapshot(`
      [
        0.028853005014901068,
        -0.7688984410779457,
        251,
        2,
        310,
      ]
    `);
  });

  test('gives 200,000 keys 200,000 different streams', () => {
    const firsts = new Set<number>();
    for (let i = 0; i < 200_000; i++) firsts.add(randomStream(7, `key-${i}`).uniform());
    expect(firsts.size).toBe(200_000);
  });

  test('fills the unit interval evenly, across keys as within one', () => {
    const CELLS = 100;
    const DRAWS = 200_000;
    const within = randomStream(3, 'one');
    for (const draw of [() => within.uniform(), (i: number) => randomStream(3, `k${i}`).uniform()]) {
      const counts = new Float64Array(CELLS);
      for (let i = 0; i < DRAWS; i++) counts[Math.floor(draw(i) * CELLS)] += 1;
      const expected = DRAWS / CELLS;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(148.2); // the 99.9 % point at 99 degrees of freedom
    }
  });

  test('normals have mean 0 and variance 1', () => {
    const stream = randomStream(11, 'normal');
    const { mean, variance } = moments(200_000, () => stream.normal());
    expect(Math.abs(mean)).toBeLessThan(0.008);
    expect(Math.abs(variance - 1)).toBeLessThan(0.012);
  });

  test.each([0.3, 4, 9.99, 10, 45, 1000])('Poisson counts of mean %d have mean and variance %d', (target) => {
    const stream = randomStream(5, 'poisson');
    const { mean, variance } = moments(100_000, () => stream.poisson(target));
    expect(Math.abs(mean - target)).toBeLessThan(4 * Math.sqrt(target / 100_000));
    expect(Math.abs(variance / target - 1)).toBeLessThan(0.03);
  });

  test('integers stay below their bound and reach every value', () => {
    const stream = randomStream(5, 'dice');
    const seen = new Set(Array.from({ length: 500 }, () => stream.integer(6)));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stream.integer(1)).toBe(0);
    expect(stream.poisson(0)).toBe(0);
    expect(() => stream.integer(0)).toThrow('max');
  });
});
