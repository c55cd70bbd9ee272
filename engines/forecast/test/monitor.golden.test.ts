import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { coverageDrift } from '../src/sensing/coverage-drift.ts';
import { cusum } from '../src/sensing/cusum.ts';
import { monitor } from '../src/sensing/monitor.ts';
import { refitPlan } from '../src/sensing/refit-plan.ts';
import { triggLimit, triggSignal } from '../src/sensing/tracking-signal.ts';

const at = (...values: number[]): Float64Array => Float64Array.from(values);

// Montgomery, Introduction to Statistical Quality Control, table 9.1: mean 10 for 20 samples, 11 for the last ten;
// deviation 1. Table 9.2: the upper sum first exceeds 5 at sample 29 with 5.28, after 7 samples above 0.
const MONTGOMERY = Float64Array.from(
  (
    '9.45 7.99 9.29 11.66 12.16 10.18 8.04 11.46 9.20 10.34 9.03 11.47 10.51 9.40 10.08 ' +
    '9.37 10.62 10.31 8.52 10.84 10.90 9.33 12.29 11.50 10.60 11.08 10.38 11.62 11.31 10.52'
  ).split(' '),
  Number,
);

describe('cusum', () => {
  test('agrees with the tabular cusum of Montgomery', () => {
    const { high, low, highSince } = cusum(MONTGOMERY.map((x) => x - 10));
    expect(high.findIndex((sum) => sum > 5)).toBe(28);
    expect(high[28]).toBeCloseTo(5.28, 9);
    expect(28 - highSince[28] + 1).toBe(7);
    expect(Math.max(...low)).toBeLessThan(5);
    expect([low[0], low[1], high[3], high[4]].map((sum) => Number(sum.toFixed(2)))).toEqual([
      0.05, 1.56, 1.16, 2.82,
    ]);
  });

  test('is the same upside down', () => {
    const scores = MONTGOMERY.map((x) => x - 10);
    expect(cusum(scores.map((z) => -z)).low).toEqual(cusum(scores).high);
  });
});

describe('triggSignal', () => {
  // By hand, alpha = 0.2, errors 10, -5, 20: M starts at 35/3. After 10: E = 2, M = 11.333; after -5: E = 0.6,
  // M = 10.0667; after 20: E = 4.48, M = 12.0533.
  test('agrees with a worked example', () => {
    const signal = triggSignal(at(10, -5, Number.NaN, 20), 0.2);
    const expected = [2 / 11.333333333, 0.6 / 10.066666667, 0.6 / 10.066666667, 4.48 / 12.053333333];
    signal.forEach((value, t) => expect(value).toBeCloseTo(expected[t], 8));
  });

  test('tends to 1 for demand that always comes in above, and lies between -1 and 1', () => {
    expect(triggSignal(new Float64Array(80).fill(3), 0.1)[79]).toBeGreaterThan(0.99);
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { maxLength: 50, size: 'max' }),
        (errors) => {
          for (const value of triggSignal(Float64Array.from(errors), 0.1))
            expect(Math.abs(value)).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 75, numRuns: 100 },
    );
  });

  test('strays by chance about as far as its limit says', () => {
    const random = randomStream(4, 'trigg');
    const signal = triggSignal(
      Float64Array.from({ length: 20_000 }, () => random.normal()),
      0.1,
    );
    const beyond = signal.filter((value) => Math.abs(value) > triggLimit(0.1, 2)).length / signal.length;
    expect(beyond).toBeGreaterThan(0.02);
    expect(beyond).toBeLessThan(0.07);
  });
});

// P(X <= 5) for X ~ B(10, 0.8) is 0.0327934976; P(X >= 10) is 0.8^10.
test('coverageDrift counts inside and gives the binomial tails', () => {
  const zero = new Float64Array(10);
  const result = coverageDrift(
    at(0, 0, 0, 0, 0, 9, 9, 9, 9, 9),
    zero,
    zero.map(() => 1),
    0.8,
  );
  expect([result.inside, result.count]).toEqual([5, 10]);
  expect(result.tooFew).toBeCloseTo(0.0327934976, 9);
  expect(coverageDrift(zero, zero, zero, 0.8).tooMany).toBeCloseTo(0.8 ** 10, 12);
});

describe('monitor', () => {
  const watched = (actual: Float64Array): ReturnType<typeof monitor> =>
    monitor({
      actual,
      forecast: new Float64Array(actual.length).fill(100),
      lower: new Float64Array(actual.length).fill(100 - 12.8155),
      upper: new Float64Array(actual.length).fill(100 + 12.8155),
    });
  const noise = (key: string, count: number, size = 10): Float64Array => {
    const random = randomStream(6, key);
    return Float64Array.from({ length: count }, () => 100 + size * random.normal());
  };

  test('rarely alarms on noise, and finds a shift by two deviations, and its start, within six buckets', () => {
    let falseAlarms = 0;
    let found = 0;
    let placed = 0;
    for (let key = 0; key < 200; key++) {
      const quiet = noise(`quiet ${key}`, 36);
      falseAlarms += watched(quiet).broke ? 1 : 0;
      const { broke, what, since } = watched(quiet.map((y, t) => (t < 30 ? y : y - 20)));
      const right = broke && what === 'demand below';
      found += right ? 1 : 0;
      placed += right && Math.abs(since - 30) <= 3 ? 1 : 0;
    }
    expect(falseAlarms / 200).toBeLessThan(0.1);
    expect(found / 200).toBeGreaterThan(0.9);
    expect(placed / found).toBeGreaterThan(0.75);
  });

  test('says what broke', () => {
    expect(watched(noise('narrow', 30, 30)).what).toBe('band too narrow');
    const above = watched(noise('above', 30).map((y, t) => (t < 20 ? y : y + 25)));
    expect(above.what).toBe('demand above');
    expect(above.reason).toMatch(/^For \d+ buckets? demand has come in above the forecast/);
    expect(watched(new Float64Array())).toMatchObject({ broke: false, what: 'nothing', signal: 0 });
  });

  test('does not take one outlier for a shift', () => {
    const spike = noise('spike', 30);
    spike[27] = 5000;
    expect(watched(spike).broke).toBe(false);
  });
});

test('refitPlan refits what broke and what is old, and nothing else', () => {
  const fine = { broke: false, reason: 'fine' };
  const plan = refitPlan([fine, { broke: true, reason: 'It broke.' }, fine, fine], at(3, 3, 12, Infinity));
  expect(plan.depths).toEqual(['states', 'parameters', 'parameters', 'parameters']);
  expect(plan.fullCount).toBe(3);
  expect(plan.reasons[1]).toBe('It broke.');
  expect(plan.reasons[2]).toContain('12 buckets old');
});
