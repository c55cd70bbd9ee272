import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracyRows,
  backtest,
  compareMethods,
  croston,
  dynamicTheta,
  forecastValueAdded,
  naive,
  seasonalNaive,
  stepErrors,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 10_000 }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const history = fc.array(value, { maxLength: 40, size: 'max' }).map((values) => Float64Array.from(values));
const sum = (values: Float64Array): number => values.reduce((total, y) => total + y, 0);
const SETTING = { season: 4, horizon: 5, origins: 6, model: dynamicTheta };

describe('backtest', () => {
  test('gives rows whose sums are the accuracy of the whole', () => {
    fc.assert(
      fc.property(history, (series) => {
        const result = backtest(series, SETTING);
        const rows = accuracyRows(result);
        expect(rows.actual.length).toBe(result.accuracy.count);
        const demand = sum(rows.actual);
        fc.pre(demand > 1e-6);
        const { wape, bias } = result.accuracy;
        expect(Math.abs(sum(rows.absoluteError) / demand - wape)).toBeLessThanOrEqual(1e-9 * (1 + wape));
        const ofSums = (sum(rows.forecast) - demand) / demand;
        expect(Math.abs(ofSums - bias)).toBeLessThanOrEqual(1e-9 * (1 + wape));
        rows.origin.forEach((origin, row) =>
          expect(rows.actual[row]).toBe(series[origin + rows.lag[row] - 1]),
        );
      }),
      { seed: 61, numRuns: 400 },
    );
  });

  test('judges bands by lag, and their mean is that of the whole where every lag is as long', () => {
    const random = randomStream(2, 'lags');
    const series = Float64Array.from({ length: 60 }, (_, t) => 100 + 20 * (t % 4) + 5 * random.normal());
    const result = backtest(series, SETTING);
    for (const { coverage, pinball, coverageByLag, pinballByLag } of result.levels) {
      expect(sum(coverageByLag) / 5).toBeCloseTo(coverage, 12);
      expect(sum(pinballByLag) / 5).toBeCloseTo(pinball, 12);
    }
  });

  test('keeps a fit for as many origins as it is told, and moves its states alone between', () => {
    const random = randomStream(3, 'kept');
    const series = Float64Array.from({ length: 40 }, (_, t) => 100 + 20 * (t % 4) + 5 * random.normal());
    const options = { ...SETTING, horizon: 2, nonNegative: false };
    const every = backtest(series, options);
    expect(backtest(series, { ...options, refitEvery: 1 })).toEqual(every);
    const kept = backtest(series, { ...options, refitEvery: 6 });
    const first = dynamicTheta.fit(series.subarray(0, kept.origins[0]), { season: 4 });
    kept.origins.forEach((origin, row) => {
      const expected = first.refit(series.subarray(0, origin), 'states').mean(2);
      expect(kept.forecast.slice(2 * row, 2 * row + 2)).toEqual(expected);
    });
    expect(kept.forecast).not.toEqual(every.forecast);
  });

  test('has the seasonal naive forecast beside it', () => {
    const series = Float64Array.from({ length: 30 }, (_, t) => 7 * (t % 4) + t);
    const plain = backtest(series, { ...SETTING, model: seasonalNaive });
    expect(plain.naive).toEqual(plain.forecast);
    expect(plain.method).toBe('Seasonal naive');
    // Where last season was not observed, the one before stands in.
    series[25] = Number.NaN;
    const { naive: holes, origins, horizon } = backtest(series, { ...SETTING, horizon: 1, origins: 1 });
    expect([origins[0], horizon, holes[0]]).toEqual([29, 1, 7 + 21]);
  });
});

describe('compareMethods', () => {
  const models = [naive, seasonalNaive, dynamicTheta, croston];
  const options = { season: 4, horizon: 4, origins: 6, models };

  test('ranks every method once, the closest first, with a sentence each', () => {
    fc.assert(
      fc.property(history, (series) => {
        const { methods, judged, sentence } = compareMethods(series, options);
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(methods.length).toBe(judged > 0 ? models.length : 0);
        expect(new Set(methods.map(({ modelId }) => modelId)).size).toBe(methods.length);
        methods.forEach((method, place) => {
          expect(method.rank).toBe(place + 1);
          expect(method.sentence).toMatch(/^[A-Z].*\.$/);
        });
      }),
      { seed: 62, numRuns: 200 },
    );
  });

  test('puts a seasonal method first where the season is all there is', () => {
    const random = randomStream(2, 'seasonal');
    const series = Float64Array.from({ length: 48 }, (_, t) => 100 + 80 * (t % 4) + 3 * random.normal());
    const { methods, rankedBy, sentence } = compareMethods(series, options);
    expect(sentence).toContain(`${methods[0].method} was closest over 24 forecasts, `);
    expect(rankedBy).toBe('absolute error');
    expect(['dynamic-theta', 'seasonal-naive']).toContain(methods[0].modelId);
    const worst = methods.find(({ modelId }) => modelId === 'naive')!;
    expect(worst.valueAddedRatio).toBeLessThan(-1);
    expect(worst.sentence).toContain('further off than repeating last season');
  });

  test('does not let a forecast of zero win where most buckets are empty', () => {
    const series = Float64Array.from({ length: 48 }, (_, t) => (t % 3 === 0 ? 9 : 0));
    expect(compareMethods(series, { ...options, season: 1 }).rankedBy).toBe('squared error');
    expect(compareMethods(series, { ...options, season: 1 }).methods[0].modelId).toBe('croston');
  });

  test('says that a short history cannot be judged', () => {
    expect(compareMethods(Float64Array.of(1, 2, 3), options)).toEqual({
      methods: [],
      rankedBy: 'absolute error',
      judged: 0,
      sentence: 'The history is too short to compare methods on it.',
    });
  });
});

describe('forecastValueAdded', () => {
  // By hand, two groups of two rows: actuals 100, 100 | 50, 150.
  test('climbs the stairs as computed by hand', () => {
    const { demand, errors } = stepErrors({
      actual: Float64Array.of(100, 100, 50, 150, Number.NaN),
      steps: [
        { step: 'naive', forecast: Float64Array.of(80, 120, 100, 100, 1) },
        { step: 'baseline', forecast: Float64Array.of(90, 110, 60, 150, 1) },
        { step: 'adjusted', forecast: Float64Array.of(95, 130, 60, 150, 1) },
      ],
      group: Int32Array.of(0, 0, 1, 1, 1),
      groupCount: 3,
    });
    expect(demand).toEqual(Float64Array.of(200, 200, 0));
    const [first, baseline, adjusted] = forecastValueAdded(demand, errors);
    expect(first.wape).toEqual(Float64Array.of(0.2, 0.5, Number.NaN));
    expect(baseline.wape).toEqual(Float64Array.of(0.1, 0.05, Number.NaN));
    expect(baseline.addedToPrevious[1]).toBeCloseTo(0.45, 12);
    expect(adjusted.addedToPrevious[0]).toBeCloseTo(0.1 - 0.175, 12);
    expect(adjusted.addedToFirst[0]).toBeCloseTo(0.025, 12);
    expect(adjusted.bias[0]).toBeCloseTo(0.125, 12);
    expect(adjusted.improvedShare).toEqual(Float64Array.of(0.5, Number.NaN, Number.NaN));
  });

  test('adds up: the steps between sum to the whole, and groups can be joined before or after', () => {
    const rows = fc.array(fc.tuple(value, value, value, fc.integer({ min: 0, max: 2 })), {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    });
    fc.assert(
      fc.property(rows, (given) => {
        const column = (index: 0 | 1 | 2): Float64Array =>
          Float64Array.from(given, (row) => (index === 0 ? row[0] : row[index] || 0));
        const steps = [1, 2].map((index) => ({ step: `step ${index}`, forecast: column(index as 1 | 2) }));
        const of = (groups: number): ReturnType<typeof stepErrors> =>
          stepErrors({
            actual: column(0),
            steps: [...steps, steps[0]],
            group: Int32Array.from(given, (row) => (groups === 1 ? 0 : row[3])),
            groupCount: groups,
          });
        const [whole, parts] = [of(1), of(3)];
        whole.errors.forEach((step, index) => {
          expect(sum(parts.errors[index].absoluteError)).toBeCloseTo(step.absoluteError[0], 6);
          expect(sum(parts.errors[index].signedError)).toBeCloseTo(step.signedError[0], 6);
        });
        fc.pre(whole.demand[0] > 1e-6);
        const stairs = forecastValueAdded(whole.demand, whole.errors);
        const climbed = stairs.reduce((total, { addedToPrevious }) => total + addedToPrevious[0], 0);
        const scale = 1 + stairs[0].wape[0] + stairs[1].wape[0];
        expect(Math.abs(climbed - stairs[2].addedToFirst[0]) / scale).toBeLessThan(1e-9);
      }),
      { seed: 63, numRuns: 150 },
    );
  });
});
