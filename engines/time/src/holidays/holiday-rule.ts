/** How one public holiday is found in a year: the small language the tables of countries are written in. */
import { type CalendarDay, dayFromCivil } from '../day.ts';
import { easterSunday } from './easter.ts';
import {
  lastWeekday,
  nthWeekday,
  type Weekday,
  weekdayOf,
  weekdayOnOrAfter,
  weekdayOnOrBefore,
} from './weekday-rules.ts';

/** The days of a holiday in a Gregorian year; none where it is not kept. */
export type DaysOfYear = (year: number) => readonly CalendarDay[];

/**
 * What happens when the day falls on a weekend. 'next-workday' moves to the first free weekday after it (as in Britain),
 * 'nearest' from Saturday to Friday and from Sunday to Monday (as in the United States), 'sunday' only from Sunday to Monday.
 */
export type Substitution = 'none' | 'next-workday' | 'nearest' | 'sunday';

export type HolidayRule = {
  readonly name: string;
  readonly days: DaysOfYear;
  readonly substitution: Substitution;
  /** First and last year in which it is kept. */
  readonly from: number;
  readonly until: number;
};

type RuleOptions = Partial<Pick<HolidayRule, 'substitution' | 'from' | 'until'>>;

export const rule = (name: string, days: DaysOfYear, options: RuleOptions = {}): HolidayRule => ({
  name,
  days,
  substitution: 'none',
  from: -Infinity,
  until: Infinity,
  ...options,
});

export const on =
  (month: number, dayOfMonth: number): DaysOfYear =>
  (year) => [dayFromCivil(year, month, dayOfMonth)];

/** Days from Easter Sunday: -2 is Good Friday, 1 Easter Monday, 39 Ascension, 50 Whit Monday. */
export const fromEaster =
  (days: number): DaysOfYear =>
  (year) => [easterSunday(year) + days];

export const nth =
  (count: number, weekday: Weekday, month: number): DaysOfYear =>
  (year) => [nthWeekday(year, month, count, weekday)];

export const last =
  (weekday: Weekday, month: number): DaysOfYear =>
  (year) => [lastWeekday(year, month, weekday)];

export const onOrAfter =
  (weekday: Weekday, month: number, dayOfMonth: number): DaysOfYear =>
  (year) => [weekdayOnOrAfter(dayFromCivil(year, month, dayOfMonth), weekday)];

export const onOrBefore =
  (weekday: Weekday, month: number, dayOfMonth: number): DaysOfYear =>
  (year) => [weekdayOnOrBefore(dayFromCivil(year, month, dayOfMonth), weekday)];

/** Days of single years, written 'YYYY-MM-DD' as [year, month, day]. */
export const once =
  (...dates: readonly (readonly [number, number, number])[]): DaysOfYear =>
  (year) =>
    dates
      .filter((date) => date[0] === year)
      .map(([, month, dayOfMonth]) => dayFromCivil(year, month, dayOfMonth));

/** A rule's days in all years but some, in which others take their place. */
export const except =
  (usual: DaysOfYear, others: Readonly<Record<number, readonly (readonly [number, number])[]>>): DaysOfYear =>
  (year) =>
    others[year]?.map(([month, dayOfMonth]) => dayFromCivil(year, month, dayOfMonth)) ?? usual(year);

/** The weekday on which a weekend day is made good; the day itself where none is due. `taken` days are not free. */
export function substituteFor(
  day: CalendarDay,
  substitution: Substitution,
  taken: ReadonlySet<CalendarDay>,
): CalendarDay {
  const weekday = weekdayOf(day);
  if (substitution === 'none' || weekday < 6) return day;
  if (substitution === 'nearest') return weekday === 6 ? day - 1 : day + 1;
  if (substitution === 'sunday' && weekday === 6) return day;
  let free = day + 1;
  while (weekdayOf(free) >= 6 || taken.has(free)) free += 1;
  return free;
}
