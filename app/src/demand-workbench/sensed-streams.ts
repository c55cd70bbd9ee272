import type { SensedStream } from '@planwright/contracts';
import { sense } from '@planwright/forecast';
import { bucketLabel, isoFromDay } from '@planwright/time';
import type { RunHead } from '../plan-view/plan-reader.ts';
import { bookingCurves, type CurveOf } from './booking-curves.ts';
import { brokenForecast, errorsOf, judgedBuckets } from './broken-forecast.ts';
import type { BookedStream, OrderBookReader, PlannedStream } from './order-book.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { SensingWindow } from './sensing-window.ts';

/** Complete buckets that errors are read from: as many as a back-test judges at most. */
const JUDGED_BUCKETS = 24;

/** A stream with what the list is narrowed by. */
export type SensedRow = {
  readonly stream: SensedStream;
  readonly group: string;
  readonly isChanged: boolean;
};

/** Every stream of a run as the order book moves it, the largest change in money first. */
export async function sensedStreams(
  orderBook: OrderBookReader,
  run: RunHead,
  window: SensingWindow,
): Promise<readonly SensedRow[]> {
  const { current, daysToEnd, firstBooked } = window;
  const end = current + daysToEnd.length;
  const first = Math.min(firstBooked, run.historyBuckets);
  const [planned, booked] = await Promise.all([
    orderBook.planned(run, end - run.historyBuckets, JUDGED_BUCKETS),
    orderBook.booked(run, first, end, daysToEnd),
  ]);
  const bookedById = new Map(booked.map((stream) => [stream.keyId, stream]));
  const curveOf = bookingCurves(planned, bookedById, window);
  const names = daysToEnd.map((_, k) => bucketLabel(run.calendar, current + k));
  return planned
    .map((stream) => sensedRow(stream, bookedById.get(stream.keyId), { run, window, curveOf, names }))
    .sort(
      (a, b) =>
        Math.abs(b.stream.moneyChange) - Math.abs(a.stream.moneyChange) || a.stream.keyId - b.stream.keyId,
    );
}

type Setting = {
  readonly run: RunHead;
  readonly window: SensingWindow;
  readonly curveOf: CurveOf;
  readonly names: readonly string[];
};

function sensedRow(
  planned: PlannedStream,
  booked: BookedStream | undefined,
  { run, window, curveOf, names }: Setting,
): SensedRow {
  const { current, daysToEnd } = window;
  const { historyBuckets } = run;
  const orderedIn = (first: number, count: number): number[] =>
    Array.from({ length: count }, (_, k) => {
      const entry = booked?.bucket.indexOf(first + k) ?? -1;
      return entry < 0 ? 0 : booked!.ordered[entry];
    });
  const skipped = current - historyBuckets;
  const ahead = (values: readonly number[]): Float64Array => Float64Array.from(values.slice(skipped));
  const judged = judgedBuckets(planned, orderedIn(historyBuckets, skipped));
  const ordered = orderedIn(current, daysToEnd.length);
  const baseline = ahead(planned.baseline);
  const sensed = sense({
    baseline,
    lower: ahead(planned.lower80),
    upper: ahead(planned.upper80),
    ordered: Float64Array.from(ordered),
    daysToEnd: Int32Array.from(daysToEnd),
    bookingCurve: curveOf(planned),
    errors: errorsOf(judged),
    bucketNames: names,
  });
  const quantityChange = sensed.change.reduce((sum, change) => sum + change, 0);
  const { keyId, item, itemName, location, channel, group, unit, price } = planned;
  return {
    group,
    isChanged: sensed.noticeable,
    stream: {
      keyId,
      item,
      itemName,
      location,
      channel,
      unit,
      buckets: names.map((label, k) => ({
        label,
        startsOn: isoFromDay(run.calendar.starts[current + k]),
        baseline: baseline[k],
        sensed: sensed.sensed[k],
        lower80: sensed.lower[k],
        upper80: sensed.upper[k],
        ordered: ordered[k],
        change: sensed.change[k],
        fromErrors: sensed.fromErrors[k],
        fromOrders: sensed.fromOrders[k],
      })),
      quantityChange,
      moneyChange: quantityChange * (price ?? 0),
      reasons: sensed.reasons.map(spoken),
      broken: brokenForecast(judged),
    },
  };
}
