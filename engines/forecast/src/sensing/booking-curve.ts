/**
 * The booking curve: which share of a bucket's final demand is known so many days before the bucket ends, and how far an
 * estimate from that share is off.
 *
 * Input    completed buckets: what was ordered for each, as known d days before its end, and the final demand.
 * Output   per day before the end the share (sum of booked over sum of final, so that small buckets do not decide) and the
 *          standard deviation of booked / share - final, over final.
 * Cost     O(buckets x days).
 * Source   Tan (2008), European J. of Operational Research 191(3), 834-848, for imperfect advance demand information; Kekre,
 *          Morton and Smunt (1990), Int. J. of Forecasting 6(1), 115-125, for partially known demand.
 */
import { assert } from '@planwright/units';

export type BookingHistory = {
  /** bucketCount x (lastDay + 1), row-major; column d is what was known d days before the end (0: at the end). */
  readonly booked: Float64Array;
  /** Final demand per bucket, 0 or more. */
  readonly final: Float64Array;
  /** Share per day where more buckets than these tell it, such as those of a whole group; learnt from these unless told. */
  readonly share?: Float64Array;
};

export type BookingCurve = {
  /** Entry d: share known d days before the end. */
  readonly share: Float64Array;
  /** Entry d: standard deviation of the estimate over the final demand; Infinity where nothing can be told. */
  readonly errorRatio: Float64Array;
  /** Buckets it was learnt from. */
  readonly bucketCount: number;
};

const FEWEST = 3;
/** Nothing is known exactly from a handful of buckets: errors count as if some had been this large. */
const ERROR_BEFORE = 0.3;
const BUCKETS_BEFORE = 1;

/** A curve that knows nothing below three buckets with demand: every share 0. */
export function learntBookingCurve({ booked, final, share: told }: BookingHistory): BookingCurve {
  const days = final.length > 0 ? booked.length / final.length : (told?.length ?? 0);
  assert(Number.isInteger(days), 'booked holds one row of days per bucket');
  assert(told === undefined || told.length === days, 'a told share has the days of the buckets');
  const share = new Float64Array(days);
  const errorRatio = new Float64Array(days).fill(Infinity);
  let bucketCount = 0;
  let total = 0;
  for (const value of final) {
    if (!(value > 0)) continue;
    bucketCount += 1;
    total += value;
  }
  if (bucketCount < FEWEST) return { share, errorRatio, bucketCount };
  for (let day = 0; day < days; day++) {
    let known = 0;
    for (let bucket = 0; bucket < final.length; bucket++)
      if (final[bucket] > 0) known += Math.max(0, booked[bucket * days + day]);
    share[day] = told === undefined ? known / total : told[day];
    if (share[day] > 0) errorRatio[day] = errorOf(booked, final, days, day, share[day]);
  }
  return { share, errorRatio, bucketCount };
}

function errorOf(
  booked: Float64Array,
  final: Float64Array,
  days: number,
  day: number,
  share: number,
): number {
  let errors = 0;
  let sizes = 0;
  let count = 0;
  for (let bucket = 0; bucket < final.length; bucket++) {
    if (!(final[bucket] > 0)) continue;
    errors += (Math.max(0, booked[bucket * days + day]) / share - final[bucket]) ** 2;
    sizes += final[bucket] ** 2;
    count += 1;
  }
  const seen = errors / sizes;
  // At the end everything is known; before it, the less is known the less is a small error believed.
  const before = ERROR_BEFORE ** 2 * Math.max(0, 1 - share);
  return Math.sqrt(((seen * count) / (count - 1)) * (1 - weightBefore(count)) + before * weightBefore(count));
}

const weightBefore = (count: number): number => BUCKETS_BEFORE / (count + BUCKETS_BEFORE);
