/**
 * The one place that knows how the kinds of calendar differ: where each bucket of a fiscal year starts.
 * All else works on those numbers.
 *
 * A fiscal year is named by the calendar year in which it ends: with a start in July, FY27 runs from July 2026.
 * month     twelve months from the first of the start month.
 * iso-week  weeks from Monday. A week belongs to the year that holds its Thursday, so a start in January gives ISO 8601.
 * 445       the same weeks, grouped 4-4-5 four times; a 53rd week lengthens the last period.
 */
import { assert } from '@planwright/units';
import { type CalendarDay, civilFromDay, DAYS_PER_WEEK, dayFromCivil, mondayOf } from './day.ts';

export type CalendarKind = 'month' | 'iso-week' | '445';

export type CalendarSpec = {
  readonly kind: CalendarKind;
  /** 1 = January to 12 = December. */
  readonly fiscalYearStartMonth: number;
};

const MONTHS_PER_YEAR = 12;
const WEEKS_OF_445 = [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5];

/** Buckets in an ordinary fiscal year: 12, 52 or 12. A long year of weeks has 53. */
export function bucketsPerYear(spec: CalendarSpec): number {
  return spec.kind === 'iso-week' ? 52 : MONTHS_PER_YEAR;
}

/** First day of a fiscal year. */
export function fiscalYearStart(spec: CalendarSpec, fiscalYear: number): CalendarDay {
  const { kind, fiscalYearStartMonth } = spec;
  assert(
    Number.isInteger(fiscalYearStartMonth) &&
      fiscalYearStartMonth >= 1 &&
      fiscalYearStartMonth <= MONTHS_PER_YEAR,
    'fiscalYearStartMonth is a month from 1 to 12',
  );
  const firstOfMonth = dayFromCivil(
    fiscalYear - (fiscalYearStartMonth === 1 ? 0 : 1),
    fiscalYearStartMonth,
    1,
  );
  // The first week whose Thursday lies in the year is the week that holds its fourth day.
  return kind === 'month' ? firstOfMonth : mondayOf(firstOfMonth + 3);
}

/** The fiscal year that holds a day. */
export function fiscalYearOfDay(spec: CalendarSpec, day: CalendarDay): number {
  let fiscalYear = civilFromDay(day).year + 1;
  while (fiscalYearStart(spec, fiscalYear) > day) fiscalYear -= 1;
  return fiscalYear;
}

/** First days of the buckets of one fiscal year, in order. */
export function fiscalYearBuckets(spec: CalendarSpec, fiscalYear: number): CalendarDay[] {
  const first = fiscalYearStart(spec, fiscalYear);
  if (spec.kind === 'month') {
    const { year, month } = civilFromDay(first);
    return Array.from({ length: MONTHS_PER_YEAR }, (_, offset) => firstOfMonthFrom(year, month + offset));
  }
  if (spec.kind === '445') {
    const weeksBefore = WEEKS_OF_445.map((_, period) =>
      WEEKS_OF_445.slice(0, period).reduce((a, b) => a + b, 0),
    );
    return weeksBefore.map((weeks) => first + weeks * DAYS_PER_WEEK);
  }
  const weekCount = (fiscalYearStart(spec, fiscalYear + 1) - first) / DAYS_PER_WEEK;
  return Array.from({ length: weekCount }, (_, week) => first + week * DAYS_PER_WEEK);
}

/** First of a month, where month 13 is January of the next year. */
function firstOfMonthFrom(year: number, month: number): CalendarDay {
  const years = Math.floor((month - 1) / MONTHS_PER_YEAR);
  return dayFromCivil(year + years, month - years * MONTHS_PER_YEAR, 1);
}
