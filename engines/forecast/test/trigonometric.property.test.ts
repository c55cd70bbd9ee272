import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trigonometric } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { harmonicRegression } from '../src/models/fourier/harmonic-regression.ts';
import { bestTrigonometric, modelAt, trigonometricStart } from '../src/models/fourier/trigonometric-fit.ts';
import { trigonometricPass, trigonometricPath } from '../src/models/fourier/trigonometric-kernels.ts';

const wave = (t: number, period: number, k: number): number => Math.sin((2 * Math.PI * k * t) / period);

function series(seed: number, count: number, shape: (t: number) => number, noise = 1): Float64Array {
  const random = randomStream(seed, 'trigonometric');
  return Float64Array.from({ length: count }, (_, t) => shape(t) + noise * random.normal());
}

test('the regression finds the waves that are there, in seasons that are no whole number of buckets', () => {
  const history = series(1, 420, (t) => 100 + 10 * wave(t, 52.18, 1) + 6 * wave(t, 52.18, 3));
  const [{ cosines, sines }] = harmonicRegression(history, [52.18]);
  expect(cosines.length).toBeGreaterThanOrEqual(3);
  expect(cosines.length).toBeLessThanOrEqual(5);
  expect(sines[0]).toBeCloseTo(10, 0);
  expect(sines[2]).toBeCloseTo(6, 0);
  expect(Math.abs(sines[1])).toBeLessThan(0.5);
  expect(Math.max(...cosines.map(Math.abs))).toBeLessThan(0.5);
});

test('a wandering level is no season', () => {
  const random = randomStream(2, 'walk');
  let level = 100;
  const walk = Float64Array.from({ length: 500 }, () => (level += random.normal()));
  const [{ cosines }] = harmonicRegression(walk, [52]);
  expect(cosines.length).toBeLessThanOrEqual(1);
});

test('a day of 24 hours and a week of 168 share waves without harm', () => {
  const shape = (t: number): number =>
    100 + 20 * wave(t, 24, 1) + 8 * wave(t, 24, 2) + 10 * wave(t, 168, 1) + 5 * wave(t, 168, 2);
  const history = series(3, 24 * 7 * 5, shape);
  const fitted = trigonometric.fit(history, { season: 24, seasons: [24, 168] });
  fitted
    .mean(168)
    .forEach((value, step) => expect(Math.abs(value - shape(history.length + step))).toBeLessThan(2.5));
  const names = fitted.components(5).map((part) => part.name);
  expect(names).toEqual(['level', 'trend', 'season 24', 'season 168']);
});

test('a week and a year of days are forecast a year ahead', () => {
  const shape = (t: number): number => 200 + 15 * wave(t, 7, 1) + 6 * wave(t, 7, 2) + 40 * wave(t, 365.25, 1);
  const history = series(4, 1200, shape, 4);
  const mean = trigonometric.fit(history, { season: 7, seasons: [7, 365.25] }).mean(365);
  const errors = mean.map((value, step) => Math.abs(value - shape(history.length + step)));
  expect(errors.reduce((sum, error) => sum + error, 0) / 365).toBeLessThan(6);
});

test('the path follows from the state alone: an error changes it by its impulse', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 60, max: 140 }), (seed, count) => {
      const history = series(seed, count, (t) => 50 + 0.1 * t + 8 * wave(t, 12, 1));
      const seasons = harmonicRegression(history, [12]);
      const fit = bestTrigonometric(history, seasons);
      const model = modelAt(fit.point, seasons, fit.damped, fit.autoregressive);
      const start = trigonometricStart(history, seasons, fit.damped);
      const pathOf = (values: Float64Array): Float64Array => {
        const state = start.slice();
        trigonometricPass(values, model, state, new Float64Array(count));
        return trigonometricPath(model, state, 10);
      };
      const shocked = history.slice();
      shocked[count - 1] += 2;
      const difference = pathOf(shocked).map((value, step) => value - pathOf(history)[step]);
      const impulse = Float64Array.of(model.alpha, model.beta, 1);
      const state = new Float64Array(start.length);
      state.set(impulse);
      model.gains.forEach((gain, k) => {
        state[3 + 2 * k] = gain;
        state[4 + 2 * k] = model.turnedGains[k];
      });
      const effect = trigonometricPath(model, state, 10);
      difference.forEach((value, step) => expect(value).toBeCloseTo(2 * effect[step], 6));
    }),
    { seed: 35, numRuns: 25 },
  );
});
