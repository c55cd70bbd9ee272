/**
 * A calendar is a row of bucket starts. Months, ISO weeks and 4-4-5 periods are different rows, not different code.
 */
import { assert } from '@planwright/units';
import { type CalendarDay, civilFromDay, twoDigits } from './day.ts';
import { bucketsPerYear, type CalendarSpec, fiscalYearBuckets, fiscalYearOfDay } from './fiscal-year.ts';

export type Calendar = {
  readonly spec: CalendarSpec;
  /** bucketCount + 1 days: bucket i covers [starts[i], starts[i + 1]). */
  readonly starts: Int32Array;
  readonly bucketCount: number;
};

/** The whole buckets that cover [firstDay, lastDay], both days included. */
export function makeCalendar(spec: CalendarSpec, firstDay: CalendarDay, lastDay: CalendarDay): Calendar {
  assert(Number.isInteger(firstDay) && Number.isInteger(lastDay), 'firstDay and lastDay are whole days');
  assert(firstDay <= lastDay, 'firstDay is not after lastDay');
  const starts: CalendarDay[] = [];
  let fiscalYear = fiscalYearOfDay(spec, firstDay);
  while (starts.length === 0 || starts[starts.length - 1] <= lastDay) {
    starts.push(...fiscalYearBuckets(spec, fiscalYear));
    fiscalYear += 1;
  }
  const first = starts.findLastIndex((start) => start <= firstDay);
  const end = starts.findIndex((start) => start > lastDay);
  return calendarFromStarts(spec, Int32Array.from(starts.slice(first, end + 1)));
}

/** Adds `extraBucketCount` buckets after the last. The given calendar is left as it is. */
export function extendCalendar(calendar: Calendar, extraBucketCount: number): Calendar {
  assert(Number.isInteger(extraBucketCount) && extraBucketCount >= 0, 'extraBucketCount is a whole number');
  const { spec, starts, bucketCount } = calendar;
  const end = starts[bucketCount];
  const following: CalendarDay[] = [];
  for (let fiscalYear = fiscalYearOfDay(spec, end); following.length <= extraBucketCount; fiscalYear++) {
    following.push(...fiscalYearBuckets(spec, fiscalYear).filter((start) => start >= end));
  }
  const extended = new Int32Array(bucketCount + extraBucketCount + 1);
  extended.set(starts);
  extended.set(following.slice(0, extraBucketCount + 1), bucketCount);
  return calendarFromStarts(spec, extended);
}

/** Index of the bucket that holds a day, or -1 outside the calendar. */
export function bucketOf(calendar: Calendar, day: CalendarDay): number {
  return bucketAt(calendar.starts, day);
}

/** The same on bare bucket starts, for engines that carry no calendar. O(log buckets). */
export function bucketAt(starts: ArrayLike<number>, day: CalendarDay): number {
  let low = 0;
  let high = starts.length - 1;
  if (!(day >= starts[low] && day < starts[high])) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
}

/** '2026-11', '2026-W47' (ISO 8601), or 'FY27-P05' for 4-4-5. Sorts in time order within a century. */
export function bucketLabel(calendar: Calendar, index: number): string {
  const { kind } = calendar.spec;
  if (kind === '445') return fiscalLabel(calendar, index).replace(' ', '-');
  if (kind === 'month') {
    const { year, month } = civilFromDay(startOf(calendar, index));
    return `${year}-${twoDigits(month)}`;
  }
  const { fiscalYear, position } = placeInYear({ kind, fiscalYearStartMonth: 1 }, startOf(calendar, index));
  return `${fiscalYear}-W${twoDigits(position)}`;
}

/** 'FY27 P05' for months and 4-4-5 periods, 'FY27 W20' for weeks. */
export function fiscalLabel(calendar: Calendar, index: number): string {
  const { fiscalYear, position } = placeInYear(calendar.spec, startOf(calendar, index));
  const letter = calendar.spec.kind === 'iso-week' ? 'W' : 'P';
  return `FY${twoDigits(fiscalYear % 100)} ${letter}${twoDigits(position)}`;
}

/** The fiscal year of a bucket, named by the calendar year in which it ends. */
export function fiscalYearOf(calendar: Calendar, index: number): number {
  return fiscalYearOfDay(calendar.spec, startOf(calendar, index));
}

/** The quarter of the fiscal year of a bucket, 1 to 4: three months or periods, thirteen weeks; a 53rd week is of the last. */
export function fiscalQuarterOf(calendar: Calendar, index: number): number {
  const { position } = placeInYear(calendar.spec, startOf(calendar, index));
  return Math.min(4, 1 + Math.floor((4 * (position - 1)) / bucketsPerYear(calendar.spec)));
}

/** A calendar over bucket starts that are already known (from storage), bucketCount + 1 of them. */
export function calendarFromStarts(spec: CalendarSpec, starts: Int32Array): Calendar {
  assert(starts.length >= 2, 'a calendar has a bucket');
  for (let i = 1; i < starts.length; i++) assert(starts[i] > starts[i - 1], 'bucket starts rise');
  return { spec, starts, bucketCount: starts.length - 1 };
}

function startOf(calendar: Calendar, index: number): CalendarDay {
  assert(
    Number.isInteger(index) && index >= 0 && index < calendar.bucketCount,
    'the bucket is in the calendar',
  );
  return calendar.starts[index];
}

function placeInYear(spec: CalendarSpec, start: CalendarDay): { fiscalYear: number; position: number } {
  const fiscalYear = fiscalYearOfDay(spec, start);
  return {
    fiscalYear,
    position: fiscalYearBuckets(spec, fiscalYear).findLastIndex((day) => day <= start) + 1,
  };
}
