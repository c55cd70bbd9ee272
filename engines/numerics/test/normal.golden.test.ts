import { describe, expect, test } from 'vitest';
import { logFactorial, normalCdf, normalQuantile } from '@planwright/numerics';

// R 4.2 pnorm, qnorm and lgamma print these digits; Abramowitz and Stegun (1964) table 26.1 agrees to 15.
const CDF = [
  [0, 0.5],
  [1, 0.841344746068543],
  [1.96, 0.97500210485178],
  [-2.5, 0.00620966532577613],
  [-6, 9.86587645037698e-10],
  [-10, 7.61985302416052e-24],
] as const;
const QUANTILE = [
  [0.975, 1.959963984540054],
  [0.9, 1.2815515655446004],
  [0.5, 0],
  [0.001, -3.090232306167813],
  [1e-10, -6.361340902404056],
  [1e-100, -21.273453560366],
] as const;

describe('normal distribution', () => {
  test.each(CDF)('cdf(%d)', (x, expected) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(1e-9);
  });
  test.each(QUANTILE)('quantile(%d)', (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThan(1e-9);
  });
  test('the quantile undoes the cdf', () => {
    for (let x = -5; x <= 5; x += 0.01) expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-9);
  });
  test('edges', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(-0.1)).toBeNaN();
    expect(normalCdf(50)).toBe(1);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
  test('ln n! agrees with the sum of logarithms across the change of method', () => {
    let sum = 0;
    for (let n = 1; n <= 200; n++) {
      sum += Math.log(n);
      expect(Math.abs(logFactorial(n) - sum)).toBeLessThan(1e-11);
    }
    expect(logFactorial(0)).toBe(0);
  });
});
