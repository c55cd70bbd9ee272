import { describe, expect, test } from 'vitest';
import { bookingCurves } from '../../src/demand-workbench/booking-curves.ts';
import type { BookedStream, PlannedStream } from '../../src/demand-workbench/order-book.ts';
import type { SensingWindow } from '../../src/demand-workbench/sensing-window.ts';

const BUCKETS = 12;
/** Twelve complete buckets before bucket 20, whose end is 10 days away; the next one's is 40. */
const window: SensingWindow = {
  knownUpTo: 1000,
  current: 20,
  daysToEnd: [10, 40],
  elapsedRatio: 0.5,
  firstBooked: 20 - BUCKETS,
};

const planned = (keyId: number, group: string, channel: string): PlannedStream => ({
  keyId,
  item: `item ${keyId}`,
  itemName: '',
  location: 'north',
  channel,
  group,
  unit: 'EA',
  price: 1,
  baseline: [],
  lower80: [],
  upper80: [],
  actual: [],
  saidBefore: [],
});

/** So much of 100 in every bucket is known ten days before its end, by turns less and more by `swing`. */
const booked = (keyId: number, known: number, swing = 0): BookedStream => ({
  keyId,
  bucket: Array.from({ length: BUCKETS + 1 }, (_, t) => 20 - BUCKETS + t),
  ordered: Array.from({ length: BUCKETS + 1 }, () => 100),
  known: [
    Array.from({ length: BUCKETS + 1 }, (_, t) => known + (t % 2 === 0 ? swing : -swing)),
    Array.from({ length: BUCKETS + 1 }, () => 0),
  ],
});

describe('booking curves', () => {
  const streams = [
    ...[1, 2, 3].map((id) => planned(id, 'saws', 'dealer')),
    planned(4, 'mowers', 'dealer'),
    planned(5, 'mowers', 'web'),
    planned(6, 'saws', 'dealer'),
  ];
  const books = [booked(1, 80), booked(2, 80), booked(3, 80, 40), booked(4, 40), booked(5, 20)];
  const curveOf = bookingCurves(streams, new Map(books.map((book) => [book.keyId, book])), window);
  const curveOfKey = (keyId: number) => curveOf(streams.find((stream) => stream.keyId === keyId)!);

  test('a group and channel with enough buckets of demand tells the share of its streams', () => {
    expect(curveOfKey(1).share[10]).toBeCloseTo(0.8, 12);
    expect(curveOfKey(1).share[40]).toBe(0);
    expect(curveOfKey(1).errorRatio[40]).toBe(Infinity);
  });

  test('a group with few takes its channel, a channel with few the company', () => {
    expect(curveOfKey(4).share[10]).toBeCloseTo((3 * 80 + 40) / 400, 12);
    expect(curveOfKey(5).share[10]).toBeCloseTo((3 * 80 + 40 + 20) / 500, 12);
  });

  // By hand: off by 50 of 100 in each of 12 buckets: mean square 0.25 x 12 / 11; prior 0.09 x 0.2 for one bucket of 13.
  test('the error is of the own buckets: an unsteady stream of a steady group is not believed as much', () => {
    expect(curveOfKey(3).errorRatio[10]).toBeCloseTo(
      Math.sqrt(((0.25 * 12) / 11) * (12 / 13) + (0.09 * 0.2) / 13),
      12,
    );
    expect(curveOfKey(1).errorRatio[10]).toBeCloseTo(Math.sqrt((0.09 * 0.2) / 13), 12);
  });

  test('a stream that never sold has a share, and no error that anyone could believe', () => {
    expect(curveOfKey(6).errorRatio[10]).toBe(Infinity);
  });

  test('orders of the current bucket teach nothing', () => {
    expect(curveOfKey(1).bucketCount).toBe(BUCKETS);
  });
});
