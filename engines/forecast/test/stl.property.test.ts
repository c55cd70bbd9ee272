import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stl } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { twiceMedianLikeR } from '../src/models/decomposition/partial-sort.ts';

const cases = fc.record({
  period: fc.integer({ min: 2, max: 13 }),
  seasons: fc.integer({ min: 2, max: 8 }),
  extra: fc.integer({ min: 0, max: 12 }),
  window: fc.constantFrom<'periodic' | number>('periodic', 7, 11),
  robust: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

test('the parts add up, are finite, and weights lie between 0 and 1', () => {
  fc.assert(
    fc.property(cases, ({ period, seasons, extra, window, robust, seed }) => {
      const noise = randomStream(seed, 'stl');
      const series = Float64Array.from(
        { length: period * seasons + extra },
        (_, t) => t + 10 * (t % period) + 3 * noise.normal(),
      );
      const parts = stl(series, { period, seasonWindow: window, robust });
      series.forEach((value, t) => {
        expect(parts.season[t] + parts.trend[t] + parts.remainder[t]).toBeCloseTo(value, 8);
        expect(parts.weights[t]).toBeGreaterThanOrEqual(0);
        expect(parts.weights[t]).toBeLessThanOrEqual(1);
      });
      const lag = window === 'periodic' ? period : 0;
      for (let t = lag; t < series.length; t++) expect(parts.season[t]).toBe(parts.season[t - lag]);
    }),
    { seed: 21, numRuns: 100 },
  );
});

test('a fixed season on a level is taken apart exactly', () => {
  const figure = [3, -1, 4, -6];
  const series = Float64Array.from({ length: 40 }, (_, t) => 100 + figure[t % 4]);
  const { season, trend, remainder } = stl(series, { period: 4 });
  figure.forEach((index, phase) => expect(season[phase]).toBeCloseTo(index, 6));
  trend.forEach((value) => expect(value).toBeCloseTo(100, 6));
  remainder.forEach((value) => expect(value).toBeCloseTo(0, 6));
});

test('a robust decomposition gives an outlier no weight, and keeps it out of trend and season', () => {
  const noise = randomStream(3, 'stl-outlier');
  const clean = Float64Array.from({ length: 96 }, (_, t) => 50 + 10 * Math.sin(t / 1.91) + noise.normal());
  const series = clean.map((value, t) => (t === 40 ? value + 500 : value));
  const robust = stl(series, { period: 12, robust: true });
  const plain = stl(series, { period: 12 });
  expect(robust.weights[40]).toBe(0);
  expect(robust.remainder[40]).toBeGreaterThan(490);
  expect(plain.remainder[40]).toBeLessThan(460);
});

test('the partial sort finds the true median of an odd count', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 80 }), (values) => {
      const odd = values.length % 2 === 1 ? values : values.slice(1);
      const sorted = odd.toSorted((a, b) => a - b);
      expect(twiceMedianLikeR(Float64Array.from(odd))).toBe(2 * sorted[(odd.length - 1) / 2]);
    }),
    { seed: 22, numRuns: 300 },
  );
});
