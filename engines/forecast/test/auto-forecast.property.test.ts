import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  autoForecast,
  autoModel,
  backtest,
  demandProfile,
  forecastBlock,
  seasonalNaive,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const value = fc.oneof(
  // Doubles are drawn evenly over their exponents, so that most are all but 0; quantities of ordinary size are whole.
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 1000 }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1e5, noNaN: true }) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const history = fc.array(value, { maxLength: 60 }).map((values) => Float64Array.from(values));
const season = fc.constantFrom(1, 4, 12);

const monthly = (count: number, shape: (t: number) => number, key = 'noise'): Float64Array => {
  const noise = randomStream(9, key);
  return Float64Array.from({ length: count }, (_, t) => shape(t) + noise.normal());
};

describe('autoForecast', () => {
  test('is finite, ordered, never negative for demand that never was, and explained', () => {
    fc.assert(
      fc.property(history, season, fc.integer({ min: 0, max: 20 }), (series, m, horizon) => {
        const forecast = autoForecast(series, { season: m, horizon });
        expect(forecast.mean.length).toBe(horizon);
        const [at80, at95] = forecast.intervals;
        for (let h = 0; h < horizon; h++) {
          const ladder = [0, at95.lower[h], at80.lower[h], at80.upper[h], at95.upper[h], Number.MAX_VALUE];
          for (let i = 1; i < ladder.length; i++)
            expect(ladder[i]).toBeGreaterThanOrEqual(ladder[i - 1] - 1e-9 * ladder[i - 1]);
          expect(forecast.mean[h]).toBeGreaterThanOrEqual(0);
        }
        expect(forecast.explanation).toMatch(/^[A-Z].*\.$/);
        expect(forecast.fitted.length).toBe(series.length);
      }),
      { seed: 31, numRuns: 600 },
    );
  });

  test('is at most twice as unsure of a season as who repeats the last one', () => {
    const [z, seasonLength, horizon] = [1.959963984540054, 12, 30];
    const quantity = fc.integer({ min: 1, max: 1000 });
    const level = fc.array(quantity, { minLength: seasonLength, maxLength: seasonLength });
    const noise = fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: 48, maxLength: 72 });
    fc.assert(
      fc.property(
        level,
        noise,
        fc.constantFrom('fast' as const, 'standard' as const),
        (levels, noises, tier) => {
          const series = Float64Array.from(noises, (factor, t) => levels[t % seasonLength] * factor);
          let squares = 0;
          for (let t = seasonLength; t < series.length; t++)
            squares += (series[t] - series[t - seasonLength]) ** 2;
          const naive = z * Math.sqrt(squares / (series.length - seasonLength));
          const { mean, intervals } = autoForecast(series, {
            season: seasonLength,
            horizon,
            tier,
            levels: [95],
          });
          mean.forEach((value, step) => {
            const most = 2 * naive * Math.sqrt(Math.floor(step / seasonLength) + 1);
            expect(intervals[0].upper[step] - value).toBeLessThanOrEqual(most * (1 + 1e-9));
          });
        },
      ),
      { seed: 53, numRuns: 100 },
    );
  });

  test('moves with the unit: a thousand times the demand is a thousand times the forecast', () => {
    fc.assert(
      fc.property(history, season, (series, m) => {
        const plain = autoForecast(series, { season: m, horizon: 6 });
        const scaled = autoForecast(
          series.map((y) => y * 1024),
          { season: m, horizon: 6 },
        );
        expect(scaled.demandClass).toBe(plain.demandClass);
        plain.mean.forEach((mean, h) => {
          expect(Math.abs(scaled.mean[h] - 1024 * mean)).toBeLessThanOrEqual(
            1e-3 * Math.max(1, Math.abs(1024 * mean)),
          );
        });
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  test('goes on by the method of a shorter history, and says what it would have said had it been fitted there', () => {
    const series = monthly(48, (t) => 100 + t + 30 * Math.sin((2 * Math.PI * t) / 12));
    const options = { season: 12, horizon: 6, tier: 'fast' as const };
    const kept = autoForecast(series, { ...options, fittedUntil: 42 });
    const refitted = autoModel('fast').fit(series.subarray(0, 42), { season: 12 }).refit(series, 'states');
    expect(kept.mean).toEqual(refitted.mean(6));
    expect(kept.fitted).toHaveLength(48);
    expect(kept.method).toBe(refitted.label);
    expect(kept.mean).not.toEqual(autoForecast(series, options).mean);
    expect(autoForecast(series, { ...options, fittedUntil: 48 }).mean).toEqual(
      autoForecast(series, options).mean,
    );
    expect(() => autoForecast(series, { ...options, fittedUntil: 49 })).toThrow('lies in the history');
  });

  test('goes on by whatever was fitted on whatever came before, with numbers that can be used', () => {
    fc.assert(
      fc.property(history, season, fc.nat(59), (series, m, at) => {
        fc.pre(series.length > 0);
        const fittedUntil = 1 + (at % series.length);
        const { mean, intervals, fitted } = autoForecast(series, { season: m, horizon: 4, fittedUntil });
        expect(fitted.length).toBe(series.length);
        for (const row of [mean, ...intervals.flatMap(({ lower, upper }) => [lower, upper])])
          expect(row.every(Number.isFinite)).toBe(true);
      }),
      { seed: 34, numRuns: 150 },
    );
  });

  test('finds trend and season', () => {
    const series = monthly(60, (t) => 200 + 2 * t + 40 * Math.sin((2 * Math.PI * t) / 12));
    const { mean, demandClass } = autoForecast(series, { season: 12, horizon: 12 });
    expect(demandClass).toBe('smooth');
    mean.forEach((forecast, h) => {
      const truth = 200 + 2 * (60 + h) + 40 * Math.sin((2 * Math.PI * (60 + h)) / 12);
      expect(Math.abs(forecast - truth)).toBeLessThan(0.05 * truth);
    });
  });

  test('negative demand is left negative, and clamped where the caller asks for it', () => {
    const series = monthly(40, () => -20);
    expect(autoForecast(series, { season: 1, horizon: 3 }).mean[0]).toBeLessThan(-15);
    expect([...autoForecast(series, { season: 1, horizon: 3, nonNegative: true }).mean]).toEqual([0, 0, 0]);
  });

  test('every tier says what it is: for one series alone, best is standard', () => {
    const series = monthly(60, (t) => 200 + 2 * t);
    const standard = autoForecast(series, { season: 12, horizon: 6, tier: 'standard' });
    const best = autoForecast(series, { season: 12, horizon: 6, tier: 'best' });
    expect(best.mean).toEqual(standard.mean);
    expect(best.intervals).toEqual(standard.intervals);
    expect(best.explanation).toBe(standard.explanation);
    expect(autoForecast(series, { season: 12, horizon: 6, tier: 'fast' }).method).toMatch(/^Theta/);
  });
});

describe('demandProfile', () => {
  const classOf = (values: readonly number[], m = 12) =>
    demandProfile(Float64Array.from(values), m).demandClass;
  const repeat = (count: number, at: (t: number) => number): number[] =>
    Array.from({ length: count }, (_, t) => at(t));

  test.each([
    ['none', repeat(20, () => 0)],
    ['none', []],
    ['short', [5, 6, 7]],
    ['new', [...repeat(30, () => 0), 5, 6, 7, 6, 5]],
    ['dying', [...repeat(30, (t) => 10 + (t % 3)), ...repeat(8, () => 0)]],
    ['smooth', repeat(40, (t) => 10 + (t % 3))],
    ['erratic', repeat(40, (t) => (t % 5 === 0 ? 100 : 5 + (t % 3)))],
    ['intermittent', repeat(40, (t) => (t % 3 === 0 ? 10 : 0))],
    ['lumpy', repeat(42, (t) => (t % 3 === 0 ? (t % 2 === 0 ? 100 : 3) : 0))],
  ] as const)('%s', (expected, values) => expect(classOf(values)).toBe(expected));

  test('an ice-cream seller who closes in winter is not dying in spring', () => {
    const series = repeat(56, (t) => (t % 12 < 6 ? 100 + t : 0));
    const profile = demandProfile(Float64Array.from(series.slice(0, 58)), 12);
    expect(profile.seasonalGaps).toBe(true);
    const { mean } = autoForecast(Float64Array.from(series), { season: 12, horizon: 12 });
    expect(mean[0]).toBeLessThan(30);
    expect(mean[6]).toBeGreaterThan(60);
  });

  test('empty buckets before a launch are no history', () => {
    const series = Float64Array.from([...repeat(30, () => 0), ...repeat(24, (t) => 50 + (t % 4))]);
    expect(demandProfile(series, 12).start).toBe(30);
    expect(autoForecast(series, { season: 12, horizon: 3 }).mean[0]).toBeGreaterThan(45);
  });
});

describe('backtest', () => {
  test('sees nothing of what it is judged by', () => {
    const calm = monthly(50, (t) => 100 + t);
    const shaken = calm.map((y, t) => (t >= 40 ? 10 * y : y));
    const options = { season: 12, horizon: 6, origins: 5 };
    const before = backtest(calm, options);
    const after = backtest(shaken, options);
    expect([...before.origins]).toEqual([40, 41, 42, 43, 44]);
    // Only the first origin has an untouched past.
    expect(after.forecast.slice(0, 6)).toEqual(before.forecast.slice(0, 6));
  });

  test('lays out actuals by origin and lag, and scores a perfect model perfectly', () => {
    const series = Float64Array.from({ length: 48 }, (_, t) => 10 + (t % 12));
    const result = backtest(series, { season: 12, horizon: 3, origins: 4, step: 2, model: seasonalNaive });
    expect([...result.origins]).toEqual([39, 41, 43, 45]);
    expect(result.actual.slice(3, 6)).toEqual(series.slice(41, 44));
    expect(result.accuracy.wape).toBe(0);
    expect(result.accuracyByLag.length).toBe(3);
    expect(result.levels.map((level) => level.coverage)).toEqual([1, 1]);
  });

  test('judges nothing where the history is too short', () => {
    const result = backtest(Float64Array.of(1, 2, 3), { season: 12, horizon: 2, origins: 3 });
    expect(result.origins.length).toBe(0);
    expect(result.accuracy.count).toBe(0);
    expect(result.accuracy.wape).toBeNaN();
  });
});

describe('forecastBlock', () => {
  const rows = [
    monthly(48, (t) => 100 + t, 'a'),
    Float64Array.from({ length: 48 }, (_, t) => (t % 5 === 0 ? 7 : 0)),
    new Float64Array(48).fill(Number.NaN),
    monthly(48, (t) => 300 + 50 * Math.sin((2 * Math.PI * t) / 12), 'b'),
  ];
  const blockOf = (keys: readonly Float64Array[]) => {
    const values = new Float64Array(keys.length * 48);
    keys.forEach((row, key) => values.set(row, key * 48));
    return forecastBlock({ values, keyCount: keys.length, bucketCount: 48, season: 12, horizon: 6 });
  };

  test("a key's numbers do not depend on its neighbours", () => {
    const whole = blockOf(rows);
    rows.forEach((row, key) => {
      const alone = blockOf([row]);
      for (const name of ['mean', 'lo80', 'hi80', 'lo95', 'hi95'] as const) {
        expect(whole[name].slice(key * 6, key * 6 + 6)).toEqual(alone[name]);
      }
      expect(whole.methods[key]).toBe(alone.methods[0]);
      expect(whole.accuracy.wape[key]).toEqual(alone.accuracy.wape[0]);
    });
  });

  test('agrees with autoForecast and names the keys with issues', () => {
    const block = blockOf(rows);
    const alone = autoForecast(rows[3], { season: 12, horizon: 6 });
    expect(block.mean.slice(18)).toEqual(alone.mean);
    expect(block.hi95.slice(18)).toEqual(alone.intervals[1].upper);
    expect(block.explanations[3]).toBe(alone.explanation);
    expect(block.issues.map(({ key, issue }) => [key, issue.code])).toEqual([[2, 'NO_HISTORY']]);
    expect(block.accuracy.wape[0]).toBeLessThan(0.05);
    expect(block.accuracy.wape[2]).toBeNaN();
    expect(block.demandClasses).toEqual(['smooth', 'intermittent', 'none', 'smooth']);
  });
});
