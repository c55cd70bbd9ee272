import { bucketAt, type CalendarDay } from '@planwright/time';
import type { RunHead } from '../plan-view/plan-reader.ts';
import type { OrderBookState } from './order-book.ts';

/** The buckets that orders move, and what is known of them. Buckets are indices in the run's calendar. */
export type SensingWindow = {
  /** The last day whose orders are known. */
  readonly knownUpTo: CalendarDay;
  /** The bucket that is under way; those before it are complete. */
  readonly current: number;
  /** One entry per bucket from the current one: whole days that are not over. */
  readonly daysToEnd: readonly number[];
  readonly elapsedRatio: number;
  /** First of the complete buckets that booking curves are learnt from. */
  readonly firstBooked: number;
};

/** The current bucket and three more: orders further ahead are few. */
const SENSED_BUCKETS = 4;
const BOOKED_BUCKETS = 12;

/** The last day whose orders are known: that of the newest order, or the day before a later planning date. */
export function knownUpTo(run: RunHead, { newestOrderDay, asOfDay }: OrderBookState): CalendarDay {
  const beforePlan = run.calendar.starts[run.historyBuckets] - 1;
  return Math.max(newestOrderDay ?? beforePlan, asOfDay === null ? beforePlan : asOfDay - 1, beforePlan);
}

/** Undefined where the horizon of the run is over. */
export function sensingWindow(run: RunHead, state: OrderBookState): SensingWindow | undefined {
  const { starts, bucketCount } = run.calendar;
  const known = knownUpTo(run, state);
  const current = bucketAt(starts, known + 1);
  if (current < 0) return undefined;
  const count = Math.min(SENSED_BUCKETS, bucketCount - current);
  return {
    knownUpTo: known,
    current,
    daysToEnd: Array.from({ length: count }, (_, k) => starts[current + k + 1] - 1 - known),
    elapsedRatio: (known + 1 - starts[current]) / (starts[current + 1] - starts[current]),
    firstBooked: Math.max(0, current - BOOKED_BUCKETS),
  };
}
