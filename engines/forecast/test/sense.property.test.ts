import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { learntBookingCurve } from '../src/sensing/booking-curve.ts';
import { sense } from '../src/sensing/sense.ts';

const BUCKETS = 6;
const quantity = fc.oneof(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.integer({ min: 0, max: 100_000 }));
const column = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc.array(value, { minLength: BUCKETS, maxLength: BUCKETS }).map((values) => Float64Array.from(values));
const maybe = fc.oneof(quantity, fc.constant(0), fc.constant(Number.NaN));

const curve = fc
  .tuple(
    fc.array(quantity, { maxLength: 12, size: 'max' }),
    fc.array(fc.double({ min: 0, max: 1.2, noNaN: true })),
  )
  .map(([final, shares]) =>
    learntBookingCurve({
      final: Float64Array.from(final),
      booked: Float64Array.from(final.flatMap((size) => [size, ...shares.map((share) => share * size)])),
    }),
  );

const input = fc.record(
  {
    baseline: column(quantity),
    width: column(quantity),
    ordered: column(maybe),
    daysToEnd: fc
      .array(fc.integer({ min: 0, max: 40 }), { minLength: BUCKETS, maxLength: BUCKETS })
      .map((days) => Int32Array.from(days)),
    bookingCurve: curve,
    errors: fc
      .array(fc.oneof(fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.constant(Number.NaN)), {
        maxLength: 30,
        size: 'max',
      })
      .map((values) => Float64Array.from(values)),
  },
  { requiredKeys: ['baseline', 'width'] },
);

describe('sense', () => {
  test('is finite, inside its band, not below what is ordered, and its change is the sum of its causes', () => {
    fc.assert(
      fc.property(input, ({ width, ...given }) => {
        const { baseline } = given;
        const lower = baseline.map((value, t) => Math.max(0, value - width[t]));
        const upper = baseline.map((value, t) => value + width[t]);
        const result = sense({ ...given, lower, upper });
        for (let t = 0; t < BUCKETS; t++) {
          const scale = 1e-9 * (1 + result.upper[t]);
          expect(result.lower[t]).toBeGreaterThanOrEqual(0);
          expect(result.sensed[t]).toBeGreaterThanOrEqual(result.lower[t]);
          expect(result.upper[t]).toBeGreaterThanOrEqual(result.sensed[t]);
          expect(result.upper[t]).toBeLessThan(Infinity);
          expect(result.upper[t] - result.lower[t]).toBeLessThanOrEqual(upper[t] - lower[t] + scale);
          const parts = result.fromErrors[t] + result.fromOrders[t];
          expect(Math.abs(parts - result.change[t])).toBeLessThanOrEqual(scale);
          const share = given.bookingCurve?.share[given.daysToEnd?.[t] ?? -1] ?? 0;
          const known = given.daysToEnd !== undefined && share <= 1 ? given.ordered?.[t] || 0 : 0;
          expect(result.sensed[t]).toBeGreaterThanOrEqual(known);
        }
        for (const reason of result.reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
      }),
      { seed: 71, numRuns: 400 },
    );
  });

  test('leaves the baseline alone where nothing is known', () => {
    const baseline = Float64Array.of(10, 20);
    const result = sense({ baseline, lower: Float64Array.of(5, 9), upper: Float64Array.of(15, 31) });
    expect(result.sensed).toEqual(baseline);
    expect(result.noticeable).toBe(false);
    expect(result.reasons).toEqual(['Orders and latest demand agree with the forecast, so it stays.']);
  });

  // By hand: half is known ten days before the end, give or take 20 % of demand (learnt from three buckets: booked 60, 50, 40
  // of 100, so estimates 120, 100, 80; variance 0.04, with a quarter of weight on 0.09 x 0.5: 0.04125). 75 are
  // ordered, so the order book says 150 with variance 0.04125 x 150^2 = 928.125; the baseline says 100 with deviation 20
  // (an 80 % band of 1.2816 deviations on either side), variance 400; weight 400 / 1328.125.
  test('weighs order book and baseline by their variances, as computed by hand, and says why', () => {
    const bookingCurve = learntBookingCurve({
      final: Float64Array.of(100, 100, 100),
      booked: Float64Array.of(100, 60, 100, 50, 100, 40),
    });
    expect(bookingCurve.share).toEqual(Float64Array.of(1, 0.5));
    const half = 20 * 1.2815515655446004;
    const result = sense({
      baseline: Float64Array.of(100),
      lower: Float64Array.of(100 - half),
      upper: Float64Array.of(100 + half),
      ordered: Float64Array.of(75),
      daysToEnd: Int32Array.of(1),
      bookingCurve,
      bucketNames: ['July 2025'],
      unit: 'pieces',
    });
    const weight = 400 / 1328.125;
    expect(result.orderWeight[0]).toBeCloseTo(weight, 12);
    expect(result.sensed[0]).toBeCloseTo(100 + 50 * weight, 9);
    expect(result.upper[0] - result.sensed[0]).toBeCloseTo(half * Math.sqrt(1 - weight), 9);
    expect(result.reasons).toEqual([
      'July 2025: 75 pieces are ordered with 1 day to go, when usually 50 % are, which points to 150 pieces, ' +
        'so it moves from 100 pieces to 115 pieces.',
    ]);
  });

  // By hand: of a group half is known; the key's own books of 60, 70 and 80 of 100 point to 120, 140 and 160, off by 20, 40
  // and 60: mean square 0.56 / 3 with Bessel's 3 / 2 is 0.28, three quarters of it and a quarter of 0.09 x 0.5.
  test('takes a share that is told, and learns the error of its own buckets against it', () => {
    const { share, errorRatio } = learntBookingCurve({
      final: Float64Array.of(100, 100, 100),
      booked: Float64Array.of(60, 70, 80),
      share: Float64Array.of(0.5),
    });
    expect(share).toEqual(Float64Array.of(0.5));
    expect(errorRatio[0]).toBeCloseTo(Math.sqrt(0.75 * 0.28 + 0.25 * 0.09 * 0.5), 12);
  });

  test('believes the order book alone once everything is known', () => {
    const bookingCurve = learntBookingCurve({
      final: Float64Array.of(5, 7, 9),
      booked: Float64Array.of(5, 7, 9),
    });
    const result = sense({
      baseline: Float64Array.of(100),
      lower: Float64Array.of(50),
      upper: Float64Array.of(150),
      ordered: Float64Array.of(0),
      daysToEnd: Int32Array.of(0),
      bookingCurve,
    });
    expect(result.sensed[0]).toBe(0);
  });
});

/** Weeks of orders: a level that wanders, each order known some days before the week ends; a forecast that sees only the past. */
function orderBooks(keyCount: number, weeks: number): { before: number; after: number; held: number } {
  let before = 0;
  let after = 0;
  let demand = 0;
  let held = 0;
  let judged = 0;
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(8, `book ${key}`);
    const final = new Float64Array(weeks);
    const booked = new Float64Array(weeks * 7);
    const forecast = new Float64Array(weeks);
    let level = 50 + 100 * random.uniform();
    let smoothed = level;
    for (let week = 0; week < weeks; week++) {
      forecast[week] = smoothed;
      level = Math.max(5, level * Math.exp(0.25 * random.normal()));
      for (let day = 6; day >= 0; day--) {
        final[week] += random.poisson(level / 7);
        booked[week * 7 + day] = final[week];
      }
      smoothed += 0.3 * (final[week] - smoothed);
    }
    for (let week = 30; week < weeks; week++) {
      const past = final.subarray(0, week);
      const errors = past.map((y, t) => y - forecast[t]);
      const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / week);
      const { sensed, lower, upper } = sense({
        baseline: Float64Array.of(forecast[week]),
        lower: Float64Array.of(Math.max(0, forecast[week] - 1.28 * deviation)),
        upper: Float64Array.of(forecast[week] + 1.28 * deviation),
        ordered: Float64Array.of(booked[week * 7 + 4]),
        daysToEnd: Int32Array.of(4),
        bookingCurve: learntBookingCurve({ final: past, booked: booked.subarray(0, week * 7) }),
        errors,
      });
      before += Math.abs(forecast[week] - final[week]);
      after += Math.abs(sensed[0] - final[week]);
      demand += final[week];
      held += final[week] >= lower[0] && final[week] <= upper[0] ? 1 : 0;
      judged += 1;
    }
  }
  return { before: before / demand, after: after / demand, held: held / judged };
}

test('on simulated order books, sensing on the third day more than halves the error of the week', () => {
  const { before, after, held } = orderBooks(40, 50);
  expect(after).toBeLessThan(0.5 * before);
  expect(held).toBeGreaterThan(0.7);
  expect(held).toBeLessThan(0.95);
});

test('without orders, errors that last are carried on, and errors that do not are left alone', () => {
  const improved = (persistence: number): number => {
    let [before, after] = [0, 0];
    for (let key = 0; key < 60; key++) {
      const random = randomStream(8, `errors ${key}`);
      const errors = new Float64Array(40);
      for (let t = 1; t < 40; t++) errors[t] = persistence * errors[t - 1] + 10 * random.normal();
      for (let t = 24; t < 40; t++) {
        const { sensed } = sense({
          baseline: Float64Array.of(100),
          lower: Float64Array.of(85),
          upper: Float64Array.of(115),
          errors: errors.subarray(0, t),
        });
        before += Math.abs(errors[t]);
        after += Math.abs(100 + errors[t] - sensed[0]);
      }
    }
    return 1 - after / before;
  };
  expect(improved(0.7)).toBeGreaterThan(0.15);
  expect(improved(0)).toBeGreaterThan(-0.02);
});
