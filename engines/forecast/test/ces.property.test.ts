import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ces } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { cesStart, fitCes } from '../src/models/ces/ces-fit.ts';
import { cesImpulse, cesPass, cesPath, type CesSeason } from '../src/models/ces/ces-kernels.ts';

const SEASONS: readonly CesSeason[] = ['none', 'partial', 'simple', 'full'];

function seasonal(seed: number, count: number, period: number): Float64Array {
  const random = randomStream(seed, 'ces');
  return Float64Array.from(
    { length: count },
    (_, t) => 100 + 0.5 * t + 20 * Math.sin((2 * Math.PI * t) / period) + 3 * random.normal(),
  );
}

test('with an imaginary part of 1 it is simple smoothing with alpha = a0 - 1', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.nat(1e6), (alpha, seed) => {
      const history = seasonal(seed, 50, 7);
      const state = cesStart(history, 1, 'none');
      let level = state[0];
      const fitted = new Float64Array(50);
      cesPass('none', history, 1, { a0: 1 + alpha, a1: 1, b0: 0, b1: 0 }, state, fitted);
      history.forEach((value, t) => {
        expect(fitted[t]).toBeCloseTo(level, 8);
        level += alpha * (value - level);
      });
    }),
    { seed: 31, numRuns: 40 },
  );
});

test('the effect of an error is what the forecast changes when the last value changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SEASONS),
      fc.integer({ min: 25, max: 60 }),
      fc.nat(1e6),
      (season, count, seed) => {
        const history = seasonal(seed, count, 6);
        const { parameters } = fitCes(history, 6, season);
        const forecastOf = (values: Float64Array) => {
          const state = cesStart(history, 6, season); // The start must not move with the last value.
          cesPass(season, values, 6, parameters, state, new Float64Array(count));
          return cesPath(season, parameters, 6, count, state, 15);
        };
        const shocked = history.slice();
        shocked[count - 1] += 1;
        const before = forecastOf(history);
        const after = forecastOf(shocked);
        const effect = cesPath(
          season,
          parameters,
          6,
          count,
          cesImpulse(season, parameters, 6, (count - 1) % 6),
          15,
        );
        for (let step = 0; step < 15; step++) {
          expect(after.level[step] - before.level[step]).toBeCloseTo(effect.level[step], 6);
          expect(after.season[step] - before.season[step]).toBeCloseTo(effect.season[step], 6);
        }
      },
    ),
    { seed: 32, numRuns: 60 },
  );
});

test('a strong season is found, and most noise is left without one', () => {
  const labels = Array.from(
    { length: 20 },
    (_, seed) => ces.fit(seasonal(seed, 72, 12), { season: 12 }).label,
  );
  expect(labels.filter((label) => label !== 'CES(none)').length).toBe(20);
  const random = randomStream(4, 'ces-noise');
  const plain = Array.from({ length: 20 }, () =>
    Float64Array.from({ length: 72 }, () => 100 + random.normal()),
  );
  const invented = plain.filter((series) => ces.fit(series, { season: 12 }).label !== 'CES(none)');
  expect(invented.length).toBeLessThanOrEqual(6);
});
