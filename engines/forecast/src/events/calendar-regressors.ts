/**
 * What the calendar does to a bucket, as columns for a model that takes regressors.
 *
 * Input     starts of the buckets, one more than there are buckets (days since 1970-01-01): history and horizon in one.
 * Columns   'working days'      working days of the bucket over the mean of all buckets, less 1.
 *           'Monday' ..         where asked for: days of that weekday less Sundays, as X-13 counts trading days (six columns).
 *           a feast's name      days of the feast in the bucket; where it stretches over buckets, each gets its share.
 *           '.. before, after'  share of a window of days before or after the feast that lies in the bucket.
 *           Feast columns have their own mean taken off by position in the year, so that what the season holds anyway is
 *           left to the season: of Christmas in months nothing remains, of Easter what moves between March and April.
 * Left out  columns that are 0 throughout.
 * Source    Findley, Monsell, Bell, Otto and Chen (1998), J. of Business and Economic Statistics 16, 127-152 (X-12-ARIMA).
 */
import {
  type FeastName,
  feastDays,
  feastLengthDays,
  type HolidayCountry,
  weekdayOf,
  workingDays,
} from '@planwright/time';
import { assert } from '@planwright/units';
import type { Regressors } from '../contract/contract.ts';
import {
  addAfterExposure,
  addExposure,
  type DemandEvent,
  eventType,
  hasAfterEffect,
} from './demand-event.ts';

export type CalendarRegressorOptions = {
  /** For working days; no such column unless told. */
  readonly country?: HolidayCountry;
  /** Whether days of the week are counted apart; false unless told. */
  readonly weekdays?: boolean;
  readonly feasts?: readonly FeastWindow[];
  /** Buckets in a year, 12, 52 or 365; feast columns are centred by it. 1 leaves them as they are. */
  readonly bucketsPerYear: number;
};

/** A feast with the days around it in which demand may differ; 0 days unless told. */
export type FeastWindow = {
  readonly feast: FeastName;
  readonly daysBefore?: number;
  readonly daysAfter?: number;
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

type Column = { readonly name: string; readonly values: Float64Array };

/** One row per bucket of `starts`; see the head of the file. */
export function calendarRegressors(starts: Int32Array, options: CalendarRegressorOptions): Regressors {
  assert(starts.length >= 2, 'there is a bucket');
  const columns: Column[] = [];
  if (options.country !== undefined) columns.push(workingDayColumn(starts, options.country));
  if (options.weekdays === true) columns.push(...weekdayColumns(starts));
  for (const window of options.feasts ?? []) {
    columns.push(...feastColumns(starts, window, options.bucketsPerYear));
  }
  return regressorsOf(
    columns.filter(({ values }) => values.some((value) => value !== 0)),
    starts.length - 1,
  );
}

/** Columns of exposure to events, one a type and one for what comes after it, for models that take regressors. */
export function eventRegressors(
  events: readonly DemandEvent[],
  bucketCount: number,
  afterBuckets = 1,
): Regressors {
  const columns = new Map<string, Float64Array>();
  const column = (name: string): Float64Array => {
    const values = columns.get(name) ?? new Float64Array(bucketCount);
    columns.set(name, values);
    return values;
  };
  for (const event of events) {
    addExposure(event, 0, column(eventType(event)));
    if (hasAfterEffect(event)) addAfterExposure(event, 0, afterBuckets, column(`after ${eventType(event)}`));
  }
  const named = [...columns].map(([name, values]) => ({ name, values }));
  return regressorsOf(named, bucketCount);
}

/** One column: the logarithm of the price over its usual one; 0 where no price is known. */
export function priceRegressor(prices: Float64Array, usualPrice: number): Regressors {
  assert(usualPrice > 0, 'the usual price is above 0');
  const values = prices.map((price) => (price > 0 && price < Infinity ? Math.log(price / usualPrice) : 0));
  return { names: ['price'], values };
}

/** Regressors side by side; all have the same number of rows (an assert). */
export function joinedRegressors(...parts: readonly Regressors[]): Regressors {
  const filled = parts.filter(({ names }) => names.length > 0);
  if (filled.length === 0) return { names: [], values: new Float64Array(0) };
  const rowCount = filled[0].values.length / filled[0].names.length;
  assert(
    filled.every(({ names, values }) => values.length === rowCount * names.length),
    'rows agree',
  );
  const columns = filled.flatMap(({ names, values }) =>
    names.map((name, c) => ({
      name,
      values: Float64Array.from({ length: rowCount }, (_, row) => values[row * names.length + c]),
    })),
  );
  return regressorsOf(columns, rowCount);
}

function regressorsOf(columns: readonly Column[], rowCount: number): Regressors {
  const width = columns.length;
  const values = new Float64Array(rowCount * width);
  columns.forEach((column, c) => {
    for (let row = 0; row < rowCount; row++) values[row * width + c] = column.values[row];
  });
  return { names: columns.map(({ name }) => name), values };
}

function workingDayColumn(starts: Int32Array, country: HolidayCountry): Column {
  const count = starts.length - 1;
  const values = Float64Array.from({ length: count }, (_, i) =>
    workingDays(starts[i], starts[i + 1], country),
  );
  let mean = 0;
  for (let i = 0; i < count; i++) mean += values[i] / count;
  return { name: 'working days', values: mean > 0 ? values.map((days) => days / mean - 1) : values };
}

function weekdayColumns(starts: Int32Array): Column[] {
  const count = starts.length - 1;
  return WEEKDAYS.map((name, weekday) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      for (let day = starts[i]; day < starts[i + 1]; day++) {
        const at = weekdayOf(day);
        if (at === weekday + 1) values[i] += 1;
        else if (at === 7) values[i] -= 1;
      }
    }
    return { name, values };
  });
}

function feastColumns(starts: Int32Array, window: FeastWindow, bucketsPerYear: number): Column[] {
  const { feast, daysBefore = 0, daysAfter = 0 } = window;
  const count = starts.length - 1;
  const on = new Float64Array(count);
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  // Feasts outside the span reach into it with their windows.
  const reach = Math.max(daysBefore, daysAfter, 31);
  for (const first of feastDays(feast, starts[0] - reach, starts[count] + reach)) {
    const end = first + feastLengthDays(feast, first);
    addShares(starts, first, end, on);
    if (daysBefore > 0) addShares(starts, first - daysBefore, first, before);
    if (daysAfter > 0) addShares(starts, end, end + daysAfter, after);
  }
  return [
    { name: feast, values: centred(on, bucketsPerYear) },
    { name: `${feast} before`, values: centred(before, bucketsPerYear) },
    { name: `${feast} after`, values: centred(after, bucketsPerYear) },
  ];
}

/** Adds to each bucket the share of the days [from, to) that it holds. */
function addShares(starts: Int32Array, from: number, to: number, shares: Float64Array): void {
  for (let i = 0; i < shares.length; i++) {
    const days = Math.min(to, starts[i + 1]) - Math.max(from, starts[i]);
    if (days > 0) shares[i] += days / (to - from);
  }
}

/** Takes the mean of each position in the year off, where there are two years to take it from. */
function centred(values: Float64Array, bucketsPerYear: number): Float64Array {
  if (bucketsPerYear < 2 || values.length < 2 * bucketsPerYear) return values;
  const sums = new Float64Array(bucketsPerYear);
  const counts = new Float64Array(bucketsPerYear);
  for (let i = 0; i < values.length; i++) {
    sums[i % bucketsPerYear] += values[i];
    counts[i % bucketsPerYear] += 1;
  }
  return values.map((value, i) => {
    const left = value - sums[i % bucketsPerYear] / counts[i % bucketsPerYear];
    return Math.abs(left) < 1e-12 ? 0 : left;
  });
}
