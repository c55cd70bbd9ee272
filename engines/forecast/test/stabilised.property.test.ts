import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { stabilised } from '../src/sensing/stabilised.ts';

const BUCKETS = 8;
const numbers = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc.array(value, { minLength: BUCKETS, maxLength: BUCKETS }).map((values) => Float64Array.from(values));
const quantity = fc.oneof(fc.double({ min: 0, max: 1000, noNaN: true }), fc.integer({ min: 0, max: 1000 }));
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const given = fc.tuple(
  numbers(quantity),
  numbers(quantity),
  numbers(fc.double({ min: 0, max: 800, noNaN: true })),
);

describe('stabilised', () => {
  test('lies between old and new, and keeps the volume within its tolerance', () => {
    fc.assert(
      fc.property(given, ([previous, latest, deviation]) => {
        const { plan, heldBack } = stabilised(previous, latest, { deviation });
        for (let t = 0; t < BUCKETS; t++) {
          expect(plan[t]).toBeGreaterThanOrEqual(Math.min(previous[t], latest[t]) - 1e-9);
          expect(plan[t]).toBeLessThanOrEqual(Math.max(previous[t], latest[t]) + 1e-9);
          expect(plan[t] + heldBack[t]).toBeCloseTo(latest[t], 9);
        }
        expect(Math.abs(sum(latest) - sum(plan))).toBeLessThanOrEqual(0.02 * sum(latest) + 1e-6);
      }),
      { seed: 81, numRuns: 500 },
    );
  });

  test('lets what lasts pass within two cycles', () => {
    fc.assert(
      fc.property(given, ([previous, latest, deviation]) => {
        const first = stabilised(previous, latest, { deviation });
        const second = stabilised(first.plan, latest, { deviation, heldBack: first.heldBack });
        for (let t = 0; t < BUCKETS; t++)
          expect(Math.abs(second.heldBack[t])).toBeLessThanOrEqual(0.25 * deviation[t] + 1e-9);
      }),
      { seed: 82, numRuns: 500 },
    );
  });

  test('keeps numbers exactly where the change is noise, and passes them where it is not', () => {
    const previous = new Float64Array(BUCKETS).fill(100.1);
    const latest = previous.map((value, t) => value + (t % 2 === 0 ? 3.3 : -3.1));
    const quiet = stabilised(previous, latest, { deviation: new Float64Array(BUCKETS).fill(10) });
    expect(quiet.plan).toEqual(previous);
    expect(quiet.sentence).toContain('the plan stays');
    const loud = stabilised(previous, latest, { deviation: new Float64Array(BUCKETS).fill(1) });
    expect(loud.plan).toEqual(latest);
    expect(loud.sentence).toBe('8 of 8 buckets take the new forecast, and the sum rises by 0.8.');
  });

  test('takes the latest forecast for buckets that are new in the horizon', () => {
    const { plan } = stabilised(Float64Array.of(100, Number.NaN), Float64Array.of(101, 90), {
      deviation: Float64Array.of(10, 10),
    });
    expect(plan).toEqual(Float64Array.of(100, 90));
  });

  test('halves the churn of a smoothed forecast of a steady item, at the same error', () => {
    let [churn, calmChurn, error, calmError] = [0, 0, 0, 0];
    for (let key = 0; key < 60; key++) {
      const random = randomStream(5, `churn ${key}`);
      let level = 100;
      let plan: Float64Array = new Float64Array(12).fill(level);
      let plain = plan;
      let heldBack: Float64Array = new Float64Array(12);
      for (let cycle = 0; cycle < 36; cycle++) {
        const actual = 100 + 20 * random.normal();
        error += Math.abs(actual - plain[0]);
        calmError += Math.abs(actual - plan[0]);
        level += 0.2 * (actual - level);
        const latest = new Float64Array(12).fill(level);
        const deviation = new Float64Array(12).fill(21);
        const next = stabilised(plan, latest, { deviation, heldBack, volumeRatio: 0.05 });
        for (let t = 0; t < 12; t++) {
          churn += Math.abs(latest[t] - plain[t]);
          calmChurn += Math.abs(next.plan[t] - plan[t]);
        }
        plain = latest;
        plan = next.plan;
        heldBack = next.heldBack;
      }
    }
    expect(calmChurn).toBeLessThan(0.6 * churn);
    expect(calmError).toBeLessThan(1.01 * error);
  });
});
