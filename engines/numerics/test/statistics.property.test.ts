import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autocorrelation, mean, median, quantile, variance } from '@planwright/numerics';

const sample = fc
  .array(fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 2,
    maxLength: 60,
  })
  .map((values) => Float64Array.from(values));

describe('statistics', () => {
  test('known values (R: mean, var, median, quantile type 7, acf)', () => {
    const x = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9);
    expect(mean(x)).toBe(5);
    expect(variance(x)).toBeCloseTo(32 / 7, 12);
    expect(median(x)).toBe(4.5);
    expect(quantile(x, 0.9)).toBeCloseTo(7.6, 12);
    expect(autocorrelation(Float64Array.of(1, 2, 3, 4, 5), 2)[1]).toBeCloseTo(0.4, 12);
    expect(mean(new Float64Array())).toBeNaN();
    expect(variance(Float64Array.of(1))).toBeNaN();
  });

  test('quantiles rise with probability and stay within the sample', () => {
    fc.assert(
      fc.property(
        sample,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, p, q) => {
          const low = quantile(x, Math.min(p, q));
          const high = quantile(x, Math.max(p, q));
          expect(low).toBeLessThanOrEqual(high + 1e-9);
          expect(low).toBeGreaterThanOrEqual(Math.min(...x));
          expect(high).toBeLessThanOrEqual(Math.max(...x));
        },
      ),
      { seed: 2 },
    );
  });

  test('autocorrelations lie between -1 and 1, and shifting or scaling leaves them alone', () => {
    fc.assert(
      fc.property(sample, (x) => {
        const before = autocorrelation(x, 5);
        for (const r of before) expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-9);
        if (variance(x) < 1e-3) return;
        const after = autocorrelation(
          x.map((value) => -2 * value),
          5,
        );
        before.forEach((r, lag) => expect(after[lag]).toBeCloseTo(r, 6));
      }),
      { seed: 3 },
    );
  });
});
