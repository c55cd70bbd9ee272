import { randomStream } from '@planwright/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ETS_SPECS,
  etsModel,
  FORECAST_MODELS,
  movingAverage,
  type Fitted,
  type ForecastModel,
} from '@planwright/forecast';
import { brokenPromises, HORIZON, allFinite } from './broken-promises.ts';
import { AWKWARD_SERIES } from './series.ts';

const SEASONS = [1, 4, 12, 52];

const models: ForecastModel[] = [...FORECAST_MODELS, movingAverage(1), ...ETS_SPECS.map(etsModel)];

function expectSound(fitted: Fitted, series: Float64Array): void {
  expect(brokenPromises(fitted, series)).toEqual([]);
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
      const fitted = model.fit(AWKWARD_SERIES[first], { season: 12 });
      for (const second of Object.values(AWKWARD_SERIES)) {
        for (const depth of ['states', 'parameters'] as const) {
          expectSound(fitted.refit(second, depth), second);
        }
      }
      expectSound(fitted, AWKWARD_SERIES[first]);
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
      expect(allFinite(paths, 6 * HORIZON)).toBe(true);
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
      // Doubles are drawn evenly over their exponents, so that most are all but 0; quantities of ordinary size are whole.
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 1000 }) },
      { weight: 3, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
      { weight: 1, arbitrary: fc.double() },
    );
    const history = fc.array(value, { maxLength: 60 }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(history, fc.constantFrom(1, 4, 12), (series, season) => {
        expectSound(model.fit(series, { season }), series);
      }),
      { seed: 20, numRuns: 200 },
    );
  });
});
