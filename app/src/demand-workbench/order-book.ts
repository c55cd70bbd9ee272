/** The order book as it is now, beside the run whose baseline it moves. */
import type { CalendarDay } from '@planwright/time';
import type { RunHead } from '../plan-view/plan-reader.ts';

/** What the stored orders are, cheaply: equal versions, equal orders. */
export type OrderBookState = {
  readonly version: string;
  readonly newestOrderDay: CalendarDay | null;
  /** The planning date of the company, where one is set. */
  readonly asOfDay: CalendarDay | null;
};

/** A stream as the run planned it. Arrays of the horizon start with its first bucket, those of history end with its last. */
export type PlannedStream = {
  readonly keyId: number;
  readonly item: string;
  readonly itemName: string;
  readonly location: string;
  readonly channel: string;
  readonly group: string;
  readonly unit: string;
  /** Revenue a unit in the plan, else the list price; null where neither is known. */
  readonly price: number | null;
  readonly baseline: readonly number[];
  readonly lower80: readonly number[];
  readonly upper80: readonly number[];
  readonly actual: readonly number[];
  /** What was said of each bucket one bucket before; NaN for nothing. */
  readonly saidBefore: readonly number[];
};

/** Orders of a stream; entries of all arrays are of the bucket in `bucket`, an index in the run's calendar. */
export type BookedStream = {
  readonly keyId: number;
  readonly bucket: readonly number[];
  /** All that is ordered for the bucket. */
  readonly ordered: readonly number[];
  /** Per number of days in `daysToEnd`, in its order: what had been ordered so many days before the bucket ended. */
  readonly known: readonly (readonly number[])[];
};

export type OrderBookReader = {
  state(companyId: number): Promise<OrderBookState>;
  /** All streams of a run by id, with so many buckets of the horizon and so many at the end of history. */
  planned(run: RunHead, horizonCount: number, historyCount: number): Promise<readonly PlannedStream[]>;
  /** Orders of the run's streams for the buckets from `first` and before `end`. */
  booked(
    run: RunHead,
    first: number,
    end: number,
    daysToEnd: readonly number[],
  ): Promise<readonly BookedStream[]>;
};
