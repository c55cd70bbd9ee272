/** Days named by their weekday: the fourth Thursday of November, the Monday before 25 May. */
import { type CalendarDay, dayFromCivil, DAYS_PER_WEEK } from '../day.ts';

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export function weekdayOf(day: CalendarDay): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((day + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1) as Weekday;
}

export const isWeekend = (day: CalendarDay): boolean => weekdayOf(day) >= 6;

export function weekdayOnOrAfter(day: CalendarDay, weekday: Weekday): CalendarDay {
  return day + ((weekday - weekdayOf(day) + DAYS_PER_WEEK) % DAYS_PER_WEEK);
}

export function weekdayOnOrBefore(day: CalendarDay, weekday: Weekday): CalendarDay {
  return day - ((weekdayOf(day) - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK);
}

/** The nth (1 to 4) of a weekday in a month. */
export function nthWeekday(year: number, month: number, nth: number, weekday: Weekday): CalendarDay {
  return weekdayOnOrAfter(dayFromCivil(year, month, 1), weekday) + (nth - 1) * DAYS_PER_WEEK;
}

export function lastWeekday(year: number, month: number, weekday: Weekday): CalendarDay {
  const nextMonth = month === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, month + 1, 1);
  return weekdayOnOrBefore(nextMonth - 1, weekday);
}
