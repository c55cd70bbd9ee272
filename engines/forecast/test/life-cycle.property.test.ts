import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { gammaQuantile } from '../src/life-cycle/level-belief.ts';
import { lastTimeBuy } from '../src/life-cycle/last-time-buy.ts';
import { lifeStage } from '../src/life-cycle/life-stage.ts';
import { phaseOut } from '../src/life-cycle/phase-out.ts';
import { succession } from '../src/life-cycle/succession.ts';

const demand = fc.oneof(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.integer({ min: 0, max: 100_000 }));
const numbers = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(demand, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('succession', () => {
  const input = fc.record({
    predecessor: numbers(14),
    successor: numbers(14),
    switchBucket: fc.integer({ min: -3, max: 20 }),
    conversionRatio: fc.double({ min: 0.1, max: 10, noNaN: true }),
    rampBuckets: fc.integer({ min: 1, max: 8 }),
    cannibalisationShare: share,
    predecessorForecast: numbers(6),
  });

  test('conserves volume times conversion, in the past and in the future', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { conversionRatio: c, predecessor, successor, predecessorForecast } = given;
        const result = succession(given);
        for (let t = 0; t < 14; t++) {
          const whole = successor[t] + c * predecessor[t];
          const parts = result.successorHistory[t] + c * result.predecessorHistory[t];
          expect(Math.abs(parts - whole)).toBeLessThanOrEqual(1e-9 * (1 + whole));
          expect(result.predecessorHistory[t]).toBeGreaterThanOrEqual(0);
          expect(result.successorHistory[t]).toBeGreaterThanOrEqual(successor[t]);
        }
        for (let t = 0; t < 6; t++) {
          const parts = result.gained[t] + c * result.remaining[t];
          expect(Math.abs(parts - c * predecessorForecast[t])).toBeLessThanOrEqual(1e-9 * (1 + parts));
          expect(result.remaining[t]).toBeGreaterThanOrEqual(0);
          expect(result.movedShare[t]).toBeGreaterThanOrEqual(result.movedShare[Math.max(0, t - 1)]);
        }
      }),
      { seed: 51, numRuns: 200 },
    );
  });

  test('gives the successor the whole level that the two had together', () => {
    // 100 a bucket of which 80 % move over 4 buckets from bucket 6 on, each for 2 of the successor.
    const moved = (t: number): number => 0.8 * Math.min(1, Math.max(0, (t - 5) / 4));
    const result = succession({
      predecessor: Float64Array.from({ length: 12 }, (_, t) => 100 * (1 - moved(t))),
      successor: Float64Array.from({ length: 12 }, (_, t) => 200 * moved(t)),
      switchBucket: 6,
      conversionRatio: 2,
      rampBuckets: 4,
      cannibalisationShare: 0.8,
      predecessorForecast: Float64Array.of(100, 100),
    });
    for (const value of result.successorHistory) expect(value).toBeCloseTo(160, 9);
    for (const value of result.predecessorHistory) expect(value).toBeCloseTo(20, 9);
    expect([...result.remaining, ...result.gained]).toEqual(
      [20, 20, 160, 160].map((value) => expect.closeTo(value, 9)),
    );
  });
});

describe('phaseOut', () => {
  test('asks for nothing after the last bucket, never for more than before, and counts what is lost', () => {
    fc.assert(
      fc.property(numbers(9), fc.integer({ min: -1, max: 12 }), share, (forecast, lastBucket, decay) => {
        const result = phaseOut({ forecast, lastBucket, decay, firstFading: 2 });
        result.forecast.forEach((value, t) => {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(forecast[t]);
        });
        expect(sum(result.forecast.subarray(lastBucket + 1))).toBe(0);
        const untouched = Math.min(2, lastBucket + 1);
        expect(result.forecast.subarray(0, untouched)).toEqual(forecast.subarray(0, untouched));
        expect(Math.abs(sum(result.forecast) + result.lost - sum(forecast))).toBeLessThan(1e-6);
      }),
      { seed: 52, numRuns: 100 },
    );
  });
});

describe('lastTimeBuy', () => {
  // Newsvendor by hand: totals 1..10 are equally likely; a unit short costs 4, one left over 1, so the fractile is 0.8 and 8
  // suffice in 8 of 10 cases; 3 are there.
  test('buys the fractile of all demand to come, less what is there', () => {
    const values = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0 : (i + 1) / 2));
    const result = lastTimeBuy({
      demand: { kind: 'paths', values, pathCount: 10 },
      aim: { costShort: 4, costLeft: 1 },
      onHand: 2,
      onOrder: 1,
      unit: 'pieces',
    });
    expect(result.serviceRatio).toBeCloseTo(0.8, 12);
    expect([result.demandQuantile, result.quantity, result.expectedDemand]).toEqual([8, 5, 5.5]);
    expect(result.sentence).toBe(
      'Expect 5.5 pieces until the end of life; 8 pieces suffice in 80 % of cases. 3 pieces are there or on order, so buy 5 pieces.',
    );
  });

  // Four buckets of mean 100 and deviation 20 with errors that do not go together: total 400, deviation 40, nearly normal.
  test('adds up bands with the correlation of their errors', () => {
    const z90 = 1.2815515655446004;
    const of = (errorCorrelation: number): number =>
      lastTimeBuy({
        demand: {
          kind: 'band',
          mean: new Float64Array(4).fill(100),
          upper: new Float64Array(4).fill(100 + 20 * z90),
          probability: 0.9,
          errorCorrelation,
        },
        aim: { serviceRatio: 0.9 },
        onHand: 0,
      }).quantity;
    expect(of(0)).toBeCloseTo(400 + 40 * z90, -0.5);
    expect(of(1)).toBeCloseTo(400 + 80 * z90, -1);
  });

  test('is never negative, whole in lots, and grows with the service asked for', () => {
    fc.assert(
      fc.property(numbers(12), demand, share, share, (values, onHand, a, b) => {
        const ratios = [Math.min(a, b), Math.max(a, b)].map((ratio) => 0.01 + 0.98 * ratio);
        const [low, high] = ratios.map((serviceRatio) =>
          lastTimeBuy({
            demand: { kind: 'paths', values, pathCount: 4 },
            aim: { serviceRatio },
            onHand,
            lotSize: 12,
          }),
        );
        expect(low.quantity).toBeGreaterThanOrEqual(0);
        expect(low.quantity % 12).toBe(0);
        expect(high.quantity).toBeGreaterThanOrEqual(low.quantity);
        expect(low.quantity + onHand).toBeGreaterThanOrEqual(low.demandQuantile - 1e-6);
      }),
      { seed: 53, numRuns: 150 },
    );
  });
});

// Quantiles of the gamma distribution from R's qgamma(p, shape, scale = 1 / shape).
test('gamma quantiles are within a fiftieth of the exact ones', () => {
  const exact: readonly (readonly [number, number, number])[] = [
    [1, 0.9, -Math.log(0.1)], // The exponential distribution, in closed form.
    [1, 0.5, Math.log(2)],
    [10, 0.5, 0.966871461],
    [10, 0.9, 1.420599139],
    [10, 0.1, 0.622130462],
  ];
  for (const [shape, probability, expected] of exact)
    expect(Math.abs(gammaQuantile(1, 1 / shape, probability) / expected - 1)).toBeLessThan(0.02);
});

describe('lifeStage', () => {
  const noisy = (count: number, level: (t: number) => number): Float64Array => {
    const random = randomStream(5, 'stages');
    return Float64Array.from({ length: count }, (_, t) => level(t) * (1 + 0.05 * random.normal()));
  };

  test('tells launch, growth, mature, decline and end apart', () => {
    const stage = (series: Float64Array): string => lifeStage(series, 12).stage;
    expect(stage(new Float64Array(20))).toBe('not launched');
    expect(stage(noisy(30, (t) => (t < 26 ? 0 : 50)))).toBe('launch');
    expect(stage(noisy(36, (t) => 50 * 1.04 ** t))).toBe('growth');
    expect(stage(noisy(36, () => 50))).toBe('mature');
    expect(stage(noisy(36, (t) => 50 * 0.96 ** t))).toBe('decline');
    expect(stage(noisy(36, (t) => (t < 28 ? 50 : 0)))).toBe('ended');
  });

  test('does not take the pause of an intermittent item for its end', () => {
    const rare = Float64Array.from({ length: 40 }, (_, t) => (t % 5 === 0 ? 3 : 0));
    expect(lifeStage(rare, 12).stage).toBe('mature');
    expect(lifeStage(rare, 12).lastBucket).toBe(35);
  });

  test('never fails, and places first and last demand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(demand, fc.constant(0), fc.constant(Number.NaN)), { maxLength: 40, size: 'max' }),
        fc.constantFrom(1, 4, 12),
        (values, season) => {
          const { launchBucket, lastBucket, sentence } = lifeStage(Float64Array.from(values), season);
          expect(launchBucket).toBe(values.findIndex((value) => value > 0));
          expect(lastBucket).toBe(values.findLastIndex((value) => value > 0));
          expect(sentence).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { seed: 54, numRuns: 200 },
    );
  });
});
