import { randomStream, variance } from '@planwright/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { naive, simulateFamily } from '@planwright/forecast';
import { correlatedErrors } from '../../src/hierarchy/correlated-errors.ts';
import { familyShocks } from '../../src/simulation/family.ts';

/** Keys whose errors share a factor, with weight `together` (0 to 1). */
function errorsOf(keyCount: number, bucketCount: number, together: number): Float64Array {
  const stream = randomStream(9, `${keyCount}-${bucketCount}-${together}`);
  const shared = Float64Array.from({ length: bucketCount }, () => stream.normal());
  return Float64Array.from(
    { length: keyCount * bucketCount },
    (_, i) => Math.sqrt(together) * shared[i % bucketCount] + Math.sqrt(1 - together) * stream.normal(),
  );
}

describe('shrunken correlation', () => {
  test('its share of independence is the dense formula of hts (shrink.estim) ', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 3, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (keys, buckets, together) => {
          const { standard, shrinkage } = correlatedErrors(errorsOf(keys, buckets, together), keys);
          const x = (key: number, t: number): number => standard[key * buckets + t];
          let uncertainty = 0;
          let squares = 0;
          for (let i = 0; i < keys; i++) {
            for (let j = 0; j < keys; j++) {
              if (i === j) continue;
              const products = Array.from({ length: buckets }, (_, t) => x(i, t) * x(j, t));
              const sum = products.reduce((a, b) => a + b, 0);
              const ofSquares = products.reduce((a, b) => a + b * b, 0);
              uncertainty += (ofSquares - (sum * sum) / buckets) / (buckets * (buckets - 1));
              squares += (sum / buckets) ** 2;
            }
          }
          expect(shrinkage).toBeCloseTo(Math.min(1, Math.max(1e-3, uncertainty / squares)), 9);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  test('falls with the length of the history where keys move together, and is 1 where nothing is known', () => {
    const short = correlatedErrors(errorsOf(8, 12, 0.5), 8).shrinkage;
    const long = correlatedErrors(errorsOf(8, 400, 0.5), 8).shrinkage;
    expect(long).toBeLessThan(short);
    expect(correlatedErrors(new Float64Array(20), 4).shrinkage).toBe(1);
    expect(correlatedErrors(new Float64Array(0), 0).rowCount).toBe(0);
  });
});

describe('futures of a family', () => {
  test('shocks have variance 1 and the shrunken correlation', () => {
    const errors = correlatedErrors(errorsOf(3, 60, 0.6), 3);
    const draws = 20_000;
    const shocks = familyShocks(errors, draws, 2);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j <= i; j++) {
        let sample = 0;
        for (let d = 0; d < draws; d++) sample += (shocks[i * draws + d] * shocks[j * draws + d]) / draws;
        let dense = i === j ? errors.shrinkage : 0;
        for (let t = 0; t < 60; t++)
          dense += ((1 - errors.shrinkage) * errors.standard[i * 60 + t] * errors.standard[j * 60 + t]) / 60;
        expect(Math.abs(sample - dense)).toBeLessThan(0.03);
      }
    }
  });

  test('the sum of keys that move together varies far more than that of independent ones', () => {
    const spreadOfTotal = (together: number): number => {
      const errors = errorsOf(10, 80, together);
      const fitteds = Array.from({ length: 10 }, (_, key) =>
        naive.fit(errors.slice(key * 80, (key + 1) * 80), { season: 1 }),
      );
      const count = 2000;
      const paths = simulateFamily({ fitteds, horizon: 2, count, seed: 4 });
      const totals = Float64Array.from({ length: count }, (_, path) => {
        let total = 0;
        for (let key = 0; key < 10; key++) total += paths[(key * count + path) * 2];
        return total;
      });
      let alone = 0;
      for (const fitted of fitteds) {
        const { lower, upper } = fitted.interval(1, 95);
        alone += ((upper[0] - lower[0]) / 3.919927969) ** 2;
      }
      return variance(totals) / alone;
    };
    expect(spreadOfTotal(0)).toBeGreaterThan(0.7);
    expect(spreadOfTotal(0)).toBeLessThan(1.5);
    expect(spreadOfTotal(0.7)).toBeGreaterThan(5);
  });

  test('no key, no path and keys of different age are fine', () => {
    expect(simulateFamily({ fitteds: [], horizon: 3, count: 2, seed: 1 }).length).toBe(0);
    const fitteds = [
      naive.fit(Float64Array.of(1, 3, 2, 5), { season: 1 }),
      naive.fit(Float64Array.of(4), { season: 1 }),
    ];
    expect(simulateFamily({ fitteds, horizon: 3, count: 0, seed: 1 }).length).toBe(0);
    const paths = simulateFamily({ fitteds, horizon: 3, count: 2, seed: 1 });
    expect(paths.length).toBe(12);
    expect(paths.every(Number.isFinite)).toBe(true);
  });
});
