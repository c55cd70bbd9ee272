import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mstl as mstlModel } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { mstl, usablePeriods } from '../src/models/decomposition/mstl.ts';

/** Days with a week of size `week` and a year of size `year`. */
function days(seed: number, count: number, week: number, year: number): Float64Array {
  const random = randomStream(seed, 'mstl');
  return Float64Array.from(
    { length: count },
    (_, t) =>
      200 +
      0.02 * t +
      week * [1, 0, 0, 0, 0.5, -1, -0.5][t % 7] +
      year * Math.sin((2 * Math.PI * t) / 365) +
      random.normal(),
  );
}

test('seasons and the rest add up to the history', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 60, max: 900 }), (seed, count) => {
      const history = days(seed, count, 20, 30);
      const periods = usablePeriods({ season: 7, seasons: [7, 365.25] }, count);
      expect(periods).toEqual(count >= 730 ? [7, 365] : [7]);
      const { seasons, adjusted } = mstl(history, periods);
      history.forEach((value, t) => {
        const sum = seasons.reduce((total, season) => total + season[t], adjusted[t]);
        expect(Math.abs(sum - value)).toBeLessThan(1e-9 * Math.abs(value));
      });
    }),
    { seed: 33, numRuns: 20 },
  );
});

test('a week and a year are told apart, named, and repeated', () => {
  const count = 3 * 365;
  const fitted = mstlModel.fit(days(1, count, 20, 30), { season: 7, seasons: [7, 365.25] });
  const parts = fitted.components(28);
  expect(parts.map((part) => part.name)).toEqual(expect.arrayContaining(['level', 'season 7', 'season 365']));
  const week = parts.find((part) => part.name === 'season 7')!.future;
  const size = Math.max(...week) - Math.min(...week);
  expect(size).toBeGreaterThan(36);
  expect(size).toBeLessThan(44);
  for (let step = 7; step < 28; step++) expect(week[step]).toBe(week[step - 7]);
  const mean = fitted.mean(28);
  const truth = days(1, count + 28, 20, 30).subarray(count);
  truth.forEach((value, step) => expect(Math.abs(mean[step] - value)).toBeLessThan(8));
});

test('lengths are rounded, sorted, each once, and left out where the history is too short', () => {
  expect(usablePeriods({ season: 52, seasons: [52.18] }, 120)).toEqual([52]);
  expect(usablePeriods({ season: 24, seasons: [168, 24, 24.2] }, 400)).toEqual([24, 168]);
  expect(usablePeriods({ season: 12 }, 23)).toEqual([]);
  expect(usablePeriods({ season: 1 }, 100)).toEqual([]);
});

test('clockwork is kept whole, noise is given nearly no season', () => {
  const clockwork = days(5, 280, 20, 0);
  expect(mstl(clockwork, [7]).strengths[0]).toBeGreaterThan(0.97);
  const random = randomStream(6, 'mstl-noise');
  const noise = Float64Array.from({ length: 280 }, () => 100 + 10 * random.normal());
  const share = mstl(noise, [7]).strengths[0];
  expect(share).toBeLessThan(0.35);
  const future = mstlModel
    .fit(noise, { season: 7 })
    .components(7)
    .find((part) => part.name === 'season')!.future;
  expect(Math.max(...future.map(Math.abs))).toBeLessThan(5);
});
