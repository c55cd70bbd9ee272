import { betaLower, gammaLower, gammaQuantile, gammaUpper, logGamma } from '@planwright/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const relativeError = (value: number, truth: number): number => Math.abs(value / truth - 1);

describe('figures of scipy.special 1.17.1 (gammaln, gammainc, gammaincc, gammaincinv, betainc)', () => {
  test.each([
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [1234.5, 7550.550901077894],
  ])('logGamma(%d)', (x, expected) => expect(relativeError(logGamma(x), expected)).toBeLessThan(1e-14));

  test.each([
    [0.3, 2, 0.977974019172853],
    [10, 4, 0.008132242796933871],
    [900, 950, 0.9503058568950077],
  ])('gammaLower(%d, %d)', (a, x, expected) =>
    expect(relativeError(gammaLower(a, x), expected)).toBeLessThan(1e-12),
  );

  test('gammaUpper keeps its digits far out', () =>
    expect(relativeError(gammaUpper(5, 60), 5.060046065842555e-21)).toBeLessThan(1e-12));

  test.each([
    [2, 3, 0.4, 0.5247999999999999],
    [0.7, 30, 0.05, 0.8709401553001775],
    [49.5, 120, 0.35, 0.9480230441298877],
  ])('betaLower(%d, %d, %d)', (a, b, x, expected) =>
    expect(relativeError(betaLower(a, b, x), expected)).toBeLessThan(1e-11),
  );

  // The 95 % point of chi-squared with 10 degrees of freedom is 18.307 in every table.
  test('gammaQuantile gives the table of chi-squared', () =>
    expect(2 * gammaQuantile(5, 0.95)).toBeCloseTo(18.307038053275146, 10));
});

test('gammaQuantile inverts gammaLower, and rises with the probability', () => {
  const shapes = fc.double({ min: 0.05, max: 2000, noNaN: true });
  const probabilities = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });
  fc.assert(
    fc.property(shapes, probabilities, probabilities, (a, p, q) => {
      expect(gammaLower(a, gammaQuantile(a, p))).toBeCloseTo(p, 9);
      expect(gammaQuantile(a, Math.max(p, q))).toBeGreaterThanOrEqual(
        gammaQuantile(a, Math.min(p, q)) * (1 - 1e-12),
      );
    }),
  );
});

test('the incomplete functions have their limits', () => {
  expect([gammaLower(2, 0), gammaLower(2, Infinity), gammaUpper(2, -1)]).toEqual([0, 1, 1]);
  expect([betaLower(2, 3, 0), betaLower(2, 3, 1)]).toEqual([0, 1]);
  expect([gammaQuantile(2, 0), gammaQuantile(2, 1), gammaQuantile(2, 1.5)]).toEqual([
    0,
    Infinity,
    Number.NaN,
  ]);
});
