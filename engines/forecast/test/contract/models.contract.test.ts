import { randomStream } from '@planwright/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ETS_SPECS,
  etsModel,
  FORECAST_MODELS,
  movingAverage,
  type Component,
  type Fitted,
  type ForecastModel,
} from '@planwright/forecast';
import { AWKWARD_SERIES } from './series.ts';

const SEASONS = [1, 4, 12, 52];
const HORIZON = 15;
const LEVELS = [50, 80, 95, 99];

const models: ForecastModel[] = [...FORECAST_MODELS, movingAverage(1), ...ETS_SPECS.map(etsModel)];

function expectFinite(values: Float64Array, length: number): void {
  expect(values.length).toBe(length);
  expect(values.every(Number.isFinite)).toBe(true);
}

/** The promises of the contract that can be checked on any one fit. */
function expectSound(fitted: Fitted, series: Float64Array): void {
  const mean = fitted.mean(HORIZON);
  expectFinite(mean, HORIZON);
  expect(fitted.mean(3)).toEqual(mean.slice(0, 3));
  expect(fitted.mean(0).length).toBe(0);
  let inner: { lower: Float64Array; upper: Float64Array } = {
    lower: fitted.quantile(HORIZON, 0.5),
    upper: fitted.quantile(HORIZON, 0.5),
  };
  for (const level of LEVELS) {
    const outer = fitted.interval(HORIZON, level);
    expectFinite(outer.lower, HORIZON);
    expectFinite(outer.upper, HORIZON);
    for (let h = 0; h < HORIZON; h++) {
      const slack = 1e-9 * Math.max(Math.abs(inner.lower[h]), Math.abs(inner.upper[h]));
      expect(outer.lower[h]).toBeLessThanOrEqual(inner.lower[h] + slack);
      expect(outer.upper[h]).toBeGreaterThanOrEqual(inner.upper[h] - slack);
    }
    inner = outer;
  }
  expect(fitted.fitted.length).toBe(series.length);
  expect(fitted.residuals.length).toBe(series.length);
  fitted.residuals.forEach((residual, t) => {
    const known = Number.isFinite(series[t]) && Number.isFinite(fitted.fitted[t]);
    expect(Number.isFinite(residual)).toBe(known);
  });
  expectParts(fitted, mean);
  expect(fitted.label).not.toBe('');
  expect(fitted.description).toMatch(/^[A-Z].*\.$/);
  expect(Object.values(fitted.parameters).every(Number.isFinite)).toBe(true);
}

/** Components are finite where the forecast is, and add up to it. */
function expectParts(fitted: Fitted, mean: Float64Array): void {
  const parts = fitted.components(HORIZON);
  expect(new Set(parts.map((part) => part.name)).size).toBe(parts.length);
  const expectSum = (total: Float64Array, side: (part: Component) => Float64Array): void =>
    total.forEach((value, index) => {
      const values = parts.map((part) => side(part)[index]);
      if (Number.isNaN(value)) return expect(values.every(Number.isNaN)).toBe(true);
      const largest = Math.max(Math.abs(value), ...values.map(Math.abs));
      // Near the largest number there is the sum of the parts need not exist.
      if (largest > 1e300) return;
      const sum = values.reduce((left, right) => left + right, 0);
      // Near the smallest number there is every part is rounded to a whole multiple of it.
      const rounding = Number.MIN_VALUE * parts.length;
      expect(Math.abs(sum - value)).toBeLessThanOrEqual(1e-9 * largest + rounding);
    });
  expectSum(mean, (part) => part.future);
  expectSum(fitted.fitted, (part) => part.history);
}

/** The share of paths below a quantile is its probability, within four standard errors; an atom counts on both sides. */
function expectMarginals(fitted: Fitted): void {
  const count = 1000;
  const paths = fitted.simulate(HORIZON, count, randomStream(11, 'marginals'));
  const width = fitted.interval(HORIZON, 99);
  for (const probability of [0.05, 0.3, 0.5, 0.8, 0.975]) {
    const limit = fitted.quantile(HORIZON, probability);
    const slack = 4 * Math.sqrt((probability * (1 - probability)) / count);
    for (let step = 0; step < HORIZON; step += 7) {
      const near = 0.004 * (width.upper[step] - width.lower[step]) + 1e-12 * Math.abs(limit[step]);
      let clearlyBelow = 0;
      let atMost = 0;
      for (let path = 0; path < count; path++) {
        const value = paths[path * HORIZON + step];
        if (value < limit[step] - near) clearlyBelow += 1 / count;
        if (value <= limit[step] + near) atMost += 1 / count;
      }
      expect(clearlyBelow).toBeLessThanOrEqual(probability + slack);
      expect(atMost).toBeGreaterThanOrEqual(probability - slack);
    }
  }
}

describe.each(models.map((model) => [model.id, model] as const))('%s', (_, model) => {
  test.each(Object.keys(AWKWARD_SERIES))('keeps its promises on: %s', (name) => {
    const series = AWKWARD_SERIES[name];
    for (const season of SEASONS) {
      const before = series.slice();
      const fitted = model.fit(series, { season });
      expectSound(fitted, series);
      expect(series).toEqual(before);
      const again = model.fit(series, { season });
      expect(again.mean(HORIZON)).toEqual(fitted.mean(HORIZON));
      expect(again.interval(HORIZON, 95)).toEqual(fitted.interval(HORIZON, 95));
    }
  });

  test('says so when there is no history, and forecasts 0', () => {
    for (const name of ['empty', 'all missing']) {
      const fitted = model.fit(AWKWARD_SERIES[name], { season: 12 });
      expect(fitted.issues.map((issue) => issue.code)).toContain('NO_HISTORY');
      expect(fitted.mean(2)).toEqual(new Float64Array(2));
    }
  });

  test('refits on any other history and stays sound', () => {
    for (const first of ['monthly', 'one value', 'intermittent', 'all missing'] as const) {
      for (const second of Object.values(AWKWARD_SERIES)) {
        for (const depth of ['states', 'parameters'] as const) {
          expectSound(model.fit(AWKWARD_SERIES[first], { season: 12 }).refit(second, depth), second);
        }
      }
    }
  });

  test('a refit of the states on the same history changes nothing', () => {
    const series = AWKWARD_SERIES['monthly'];
    const fitted = model.fit(series, { season: 12 });
    expect(fitted.refit(series, 'states').mean(HORIZON)).toEqual(fitted.mean(HORIZON));
  });

  test('draws possible futures that are finite and the same for the same seed', () => {
    for (const series of Object.values(AWKWARD_SERIES)) {
      const fitted = model.fit(series, { season: 12 });
      const paths = fitted.simulate(HORIZON, 6, randomStream(4, 'paths'));
      expectFinite(paths, 6 * HORIZON);
      expect(fitted.simulate(HORIZON, 6, randomStream(4, 'paths'))).toEqual(paths);
    }
    const fitted = model.fit(AWKWARD_SERIES['monthly'], { season: 12 });
    expect(fitted.simulate(0, 5, randomStream(4, 'none')).length).toBe(0);
    expect(fitted.simulate(5, 0, randomStream(4, 'none')).length).toBe(0);
    const shocks = Float64Array.from({ length: 12 }, (_, index) => index / 6 - 1);
    expect(fitted.simulate(4, 3, shocks)).toEqual(fitted.simulate(4, 3, shocks));
  });

  test.each(['monthly', 'intermittent', 'seasonal with zeros'])(
    'its futures are its quantiles: %s',
    (name) => {
      const fitted = model.fit(AWKWARD_SERIES[name], { season: 12 });
      expectMarginals(fitted);
    },
  );

  test('a constant series is forecast by its constant', () => {
    for (const name of ['constant', 'constant 0.1']) {
      const series = AWKWARD_SERIES[name];
      const level = series[0];
      const tolerance = /sba|survival/.test(model.id) ? 0.07 * level : 1e-9;
      for (const value of model.fit(series, { season: 12 }).mean(5))
        expect(Math.abs(value - level)).toBeLessThanOrEqual(tolerance);
    }
  });

  test('random histories keep the promises too', () => {
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
      { weight: 1, arbitrary: fc.double() },
    );
    const history = fc.array(value, { maxLength: 40 }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(history, fc.constantFrom(1, 4, 12), (series, season) => {
        expectSound(model.fit(series, { season }), series);
      }),
      { seed: 20, numRuns: 40 },
    );
  });
});
