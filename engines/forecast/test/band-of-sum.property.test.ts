import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOfSum } from '@planwright/forecast';

const size = fc.double({ min: 0, max: 1000, noNaN: true });
const buckets = fc.array(fc.tuple(size, size, size), { minLength: 1, maxLength: 24 });

test('lies within the sums of the limits, around the sum of the means; one bucket keeps its own', () => {
  fc.assert(
    fc.property(buckets, fc.nat(23), fc.nat(23), (rows, a, b) => {
      const mean = Float64Array.from(rows, ([middle]) => middle);
      const band = {
        lower: Float64Array.from(rows, ([middle, below]) => middle - below),
        upper: Float64Array.from(rows, ([middle, , above]) => middle + above),
      };
      const from = Math.min(a, b) % rows.length;
      const to = Math.min(rows.length, Math.max(from, Math.max(a, b)) + 1);
      const sum = bandOfSum(mean, band, from, to);
      const of = (values: Float64Array): number =>
        values.subarray(from, to).reduce((total, value) => total + value, 0);
      const slack = 1e-6 * (1 + of(band.upper) - of(band.lower));
      expect(sum.mean).toBe(of(mean));
      expect(sum.lower).toBeLessThanOrEqual(sum.mean);
      expect(sum.upper).toBeGreaterThanOrEqual(sum.mean);
      expect(sum.lower).toBeGreaterThanOrEqual(of(band.lower) - slack);
      expect(sum.upper).toBeLessThanOrEqual(of(band.upper) + slack);
      const own = bandOfSum(mean, band, from, from + 1);
      expect(own.mean).toBeCloseTo(mean[from], 6);
      expect(own.lower).toBeCloseTo(band.lower[from], 6);
      expect(own.upper).toBeCloseTo(band.upper[from], 6);
    }),
    { seed: 71, numRuns: 500 },
  );
});

test('errors of equal bands are independent, those of a random walk add up', () => {
  const mean = new Float64Array(4).fill(10);
  const of = (width: (step: number) => number) => ({
    lower: mean.map((value, step) => value - width(step)),
    upper: mean.map((value, step) => value + width(step)),
  });
  expect(
    bandOfSum(
      mean,
      of(() => 2),
      0,
      4,
    ).upper,
  ).toBeCloseTo(40 + 2 * Math.sqrt(4), 9);
  // Var(e1 + (e1 + e2) + ...) = (16 + 9 + 4 + 1) times that of one step.
  expect(
    bandOfSum(
      mean,
      of((step) => 2 * Math.sqrt(step + 1)),
      0,
      4,
    ).upper,
  ).toBeCloseTo(40 + 2 * Math.sqrt(30), 9);
});
