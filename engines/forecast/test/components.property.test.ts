import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dampedTrend,
  drift,
  dynamicTheta,
  etsAverage,
  ETS_SPECS,
  etsModel,
  holt,
  theta,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const HORIZON = 24;

/** Positive months with level, trend and season. */
const months = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = randomStream(seed, 'components');
  const slope = 4 * random.uniform() - 1;
  const swing = 0.4 * random.uniform();
  return Float64Array.from(
    { length: 72 },
    (_, t) => (200 + slope * t) * (1 + swing * Math.sin(t / 1.91)) * (1 + 0.04 * random.normal()),
  );
});

const models = [...ETS_SPECS.map(etsModel), etsAverage, theta, dynamicTheta, holt, dampedTrend, drift];

test('parts add up, the level of the future stands still, and names are those of the contract', () => {
  fc.assert(
    fc.property(months, fc.constantFrom(...models), (series, model) => {
      const fitted = model.fit(series, { season: 12 });
      const parts = fitted.components(HORIZON);
      const mean = fitted.mean(HORIZON);
      expect(parts[0].name).toBe('level');
      for (const { name } of parts) expect(['level', 'trend', 'season']).toContain(name);
      expect(new Set(parts[0].future).size).toBe(1);
      mean.forEach((value, step) => {
        const sum = parts.reduce((total, part) => total + part.future[step], 0);
        expect(Math.abs(sum - value)).toBeLessThan(1e-9 * Math.abs(value));
      });
    }),
    { seed: 23, numRuns: 60 },
  );
});

test('a linear trend grows by the same step every bucket, a damped one by less and less', () => {
  fc.assert(
    fc.property(months, (series) => {
      const trendOf = (model: typeof holt): Float64Array =>
        model
          .fit(series, { season: 1 })
          .components(HORIZON)
          .find((part) => part.name === 'trend')!.future;
      const linear = trendOf(holt);
      const damped = trendOf(dampedTrend);
      for (let step = 1; step < HORIZON; step++) {
        expect(linear[step] - linear[step - 1]).toBeCloseTo(linear[0], 6);
        expect(Math.abs(damped[step])).toBeGreaterThanOrEqual(Math.abs(damped[step - 1]));
      }
      expect(Math.abs(damped[HORIZON - 1])).toBeLessThanOrEqual(Math.abs(HORIZON * damped[0]));
    }),
    { seed: 24, numRuns: 30 },
  );
});

test('a season in proportion to the level is told in units: the same phase adds more where the level is higher', () => {
  const series = Float64Array.from({ length: 72 }, (_, t) => (100 + 2 * t) * (t % 12 === 11 ? 1.5 : 1));
  const fitted = etsModel({ error: 'M', trend: 'A', season: 'M' }).fit(series, { season: 12 });
  const season = fitted.components(24).find((part) => part.name === 'season')!;
  expect(season.future[11]).toBeGreaterThan(80);
  expect(season.future[23]).toBeGreaterThan(season.future[11] + 5);
});
