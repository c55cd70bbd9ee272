/**
 * When orders for a bucket usually come in. How much is known so many days before the end is learnt from sums over an item
 * group and channel, of a channel, or of the company, whichever is the narrowest with enough buckets of demand; how far
 * off an estimate from that share is, from the stream's own buckets, for a sum is much surer than its parts.
 */
import { type BookingCurve, learntBookingCurve } from '@planwright/forecast';
import type { BookedStream, PlannedStream } from './order-book.ts';
import type { SensingWindow } from './sensing-window.ts';

/** Buckets x days, row-major, and bucket by bucket; all before the current one. */
type Books = { readonly booked: Float64Array; readonly final: Float64Array };
type Pool = Books & { filledCount: number };

/** Buckets of streams with demand that a level needs: fewer say more of one customer than of the level. */
const FEWEST_FILLED = 36;

export type CurveOf = (stream: PlannedStream) => BookingCurve;

/** The curve of each stream, with an entry for the days in `daysToEnd` only. */
export function bookingCurves(
  streams: readonly PlannedStream[],
  bookedById: ReadonlyMap<number, BookedStream>,
  window: SensingWindow,
): CurveOf {
  const pools = new Map<string, Pool>();
  const own = new Map<number, Books>();
  for (const stream of streams) {
    const books = booksOf(bookedById.get(stream.keyId), window);
    own.set(stream.keyId, books);
    for (const level of levelsOf(stream)) addTo(pools, level, books);
  }
  const shares = new Map<string, Float64Array>();
  for (const [level, pool] of pools) shares.set(level, learntBookingCurve(pool).share);
  return (stream) => {
    const levels = levelsOf(stream);
    const level = levels.find((name) => pools.get(name)!.filledCount >= FEWEST_FILLED) ?? levels.at(-1)!;
    const curve = learntBookingCurve({ ...own.get(stream.keyId)!, share: shares.get(level)! });
    return atDays(curve, window.daysToEnd);
  };
}

/** Narrowest first. */
const levelsOf = ({ group, channel }: PlannedStream): readonly string[] => [
  JSON.stringify([group, channel]),
  JSON.stringify([channel]),
  '',
];

function booksOf(stream: BookedStream | undefined, window: SensingWindow): Books {
  const { current, firstBooked, daysToEnd } = window;
  const days = daysToEnd.length;
  const final = new Float64Array(current - firstBooked);
  const booked = new Float64Array(final.length * days);
  stream?.bucket.forEach((bucket, entry) => {
    if (bucket < firstBooked || bucket >= current) return;
    const row = bucket - firstBooked;
    final[row] = Math.max(0, stream.ordered[entry]);
    for (let day = 0; day < days; day++) booked[row * days + day] = stream.known[day][entry];
  });
  return { booked, final };
}

function addTo(pools: Map<string, Pool>, level: string, { booked, final }: Books): void {
  let pool = pools.get(level);
  if (pool === undefined) {
    pool = {
      booked: new Float64Array(booked.length),
      final: new Float64Array(final.length),
      filledCount: 0,
    };
    pools.set(level, pool);
  }
  for (let i = 0; i < booked.length; i++) pool.booked[i] += Math.max(0, booked[i]);
  for (let i = 0; i < final.length; i++) {
    pool.final[i] += final[i];
    if (final[i] > 0) pool.filledCount += 1;
  }
}

/** The engine finds a day at its number: the few that are known, set apart. */
function atDays({ share, errorRatio, bucketCount }: BookingCurve, days: readonly number[]): BookingCurve {
  const spread = new Float64Array(days.at(-1)! + 1);
  const errors = new Float64Array(spread.length).fill(Infinity);
  days.forEach((day, k) => {
    spread[day] = share[k];
    errors[day] = errorRatio[k];
  });
  return { share: spread, errorRatio: errors, bucketCount };
}
