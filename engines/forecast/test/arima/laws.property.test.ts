import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arima, arimaModel, drift, naive, seasonalNaive } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { splitCoefficients } from '../../src/models/arima/arima-order.ts';
import { searchArima } from '../../src/models/arima/arima-search.ts';
import { differenced, differencing } from '../../src/models/arima/lag-polynomial.ts';
import { rootsBeyond, stationaryCoefficients } from '../../src/models/arima/stationarity.ts';

const ORDER = { p: 0, d: 0, q: 0, P: 0, D: 0, Q: 0, season: 1, constant: false };
const NOTHING = { names: [], columns: [] };

function walk(seed: number, count: number): Float64Array {
  const stream = randomStream(seed, 'walk');
  let level = 100;
  return Float64Array.from({ length: count }, (_, t) => {
    level += stream.normal();
    return level + 5 * Math.sin((2 * Math.PI * t) / 12) + stream.normal();
  });
}

const expectClose = (left: Float64Array, right: Float64Array, tolerance: number): void => {
  expect(left.length).toBe(right.length);
  left.forEach((value, i) => expect(Math.abs(value - right[i])).toBeLessThanOrEqual(tolerance));
};

describe('models with a plain name', () => {
  const series = walk(1, 90);

  test('ARIMA(0,1,0) is naive', () => {
    const fitted = arimaModel({ ...ORDER, d: 1 }).fit(series, { season: 1 });
    expect(fitted.mean(6)).toEqual(naive.fit(series, { season: 1 }).mean(6));
    expectClose(fitted.fitted.subarray(1), series.subarray(0, 89), 1e-9);
  });

  test('ARIMA(0,1,0) with drift is the drift method', () => {
    const fitted = arimaModel({ ...ORDER, d: 1, constant: true }).fit(series, { season: 1 });
    expectClose(fitted.mean(6), drift.fit(series, { season: 1 }).mean(6), 1e-9);
    expect(fitted.parameters.drift).toBeCloseTo((series[89] - series[0]) / 89, 9);
  });

  test('ARIMA(0,0,0)(0,1,0)[12] is the seasonal naive method', () => {
    const fitted = arimaModel({ ...ORDER, D: 1, season: 12 }).fit(series, { season: 12 });
    expectClose(fitted.mean(15), seasonalNaive.fit(series, { season: 12 }).mean(15), 1e-9);
  });

  test('ARIMA(0,0,0) with mean is the mean, its variance the sample’s', () => {
    const fitted = arimaModel({ ...ORDER, constant: true }).fit(series, { season: 1 });
    const mean = series.reduce((sum, value) => sum + value, 0) / 90;
    const squares = series.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(fitted.mean(1)[0]).toBeCloseTo(mean, 9);
    expect(fitted.parameters.sigma).toBeCloseTo(Math.sqrt(squares / 89), 6);
  });

  test('ARIMA(0,1,1) is simple exponential smoothing with alpha = 1 + ma1', () => {
    const long = walk(2, 400);
    const fitted = arimaModel({ ...ORDER, d: 1, q: 1 }).fit(long, { season: 1 });
    const alpha = 1 + fitted.parameters.ma1;
    let level = long[0];
    for (const value of long) level += alpha * (value - level);
    expect(alpha).toBeGreaterThan(0.05);
    fitted.mean(5).forEach((value) => expect(value).toBeCloseTo(level, 6));
    // Its variance grows by alpha^2 sigma^2 a step.
    const spread = fitted.quantile(3, 0.975).map((value, step) => value - fitted.mean(3)[step]);
    expect(spread[2] ** 2 / spread[0] ** 2).toBeCloseTo(1 + 2 * alpha * alpha, 9);
  });

  test('AR(1) returns to its mean by its coefficient', () => {
    const fitted = arimaModel({ ...ORDER, p: 1, constant: true }).fit(series, { season: 1 });
    const { ar1, mean } = fitted.parameters;
    fitted.mean(4).forEach((value, step) => {
      expect(value).toBeCloseTo(mean + (series[89] - mean) * ar1 ** (step + 1), 8);
    });
  });
});

test('differences are undone exactly: the future has the differences that were forecast', () => {
  fc.assert(
    fc.property(fc.nat(2), fc.nat(1), fc.constantFrom(3, 7, 12), fc.nat(99), (d, D, season, seed) => {
      const order = { ...ORDER, p: 1, q: 1, d, D, season };
      const series = walk(seed, 80);
      const fitted = arimaModel(order).fit(series, { season });
      const joined = Float64Array.from([...series, ...fitted.mean(9)]);
      const by = differencing(order);
      const future = differenced(joined, by).subarray(80 - by.degree);
      // An ARMA(1,1) forecast decays by its coefficient from the second step on.
      for (let step = 2; step < 9; step++)
        expect(Math.abs(future[step] - fitted.parameters.ar1 * future[step - 1])).toBeLessThan(1e-8);
    }),
    { seed: 2, numRuns: 25 },
  );
});

test('the forecast of the next bucket is what the fit says of it once it has come', () => {
  fc.assert(
    fc.property(
      fc.nat(99),
      fc.constantFrom(1, 4, 12),
      fc.constantFrom(30, 70, 300),
      (seed, season, count) => {
        const series = walk(seed, count + 1);
        const fitted = arima.fit(series.subarray(0, count), { season });
        const later = fitted.refit(series, 'states');
        expect(Math.abs(later.fitted[count] - fitted.mean(1)[0])).toBeLessThan(1e-7);
      },
    ),
    { seed: 3, numRuns: 25 },
  );
});

test('every choice is stationary and invertible', () => {
  fc.assert(
    fc.property(
      fc.nat(999),
      fc.integer({ min: 4, max: 90 }),
      fc.constantFrom(1, 4, 12),
      (seed, count, season) => {
        const fit = searchArima(walk(seed, count), season, NOTHING);
        const { ar, ma, seasonalAr, seasonalMa } = splitCoefficients(fit.coefficients, fit.order);
        const sides = [ar, ma.map((value) => -value), seasonalAr, seasonalMa.map((value) => -value)];
        for (const side of sides) expect(rootsBeyond(side, 1.0099)).toBe(true);
      },
    ),
    { seed: 4, numRuns: 40 },
  );
});

test('any free numbers give stationary coefficients', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -2.5, max: 2.5, noNaN: true }), { maxLength: 6 }),
      fc.constantFrom(1, -1),
      (numbers, sign) => {
        const free = Float64Array.from(numbers);
        const coefficients = new Float64Array(free.length);
        stationaryCoefficients(free, 0, free.length, sign, coefficients, 0, 1);
        expect(
          rootsBeyond(
            coefficients.map((value) => sign * value),
            1,
          ),
        ).toBe(true);
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

test('a season that never changes is averaged over all years, not repeated from the last', () => {
  const stream = randomStream(7, 'fixed season');
  const season = Float64Array.from({ length: 12 }, () => 20 * stream.normal());
  let squares = 0;
  for (let round = 0; round < 10; round++) {
    const series = Float64Array.from({ length: 120 }, (_, t) => 100 + season[t % 12] + 4 * stream.normal());
    const mean = arima.fit(series, { season: 12 }).mean(12);
    mean.forEach((value, step) => (squares += (value - 100 - season[step]) ** 2 / 120));
  }
  // The last season alone would be off by 4, the mean of ten by 1.3.
  expect(Math.sqrt(squares)).toBeLessThan(2);
});

test('a polynomial with a known root is judged by it', () => {
  // 1 - 0.5 z has its root at 2; (1 - 0.5 z)(1 - 0.8 z) at 2 and 1.25.
  expect(rootsBeyond(Float64Array.of(0.5), 1.99)).toBe(true);
  expect(rootsBeyond(Float64Array.of(0.5), 2.01)).toBe(false);
  expect(rootsBeyond(Float64Array.of(1.3, -0.4), 1.24)).toBe(true);
  expect(rootsBeyond(Float64Array.of(1.3, -0.4), 1.26)).toBe(false);
});
