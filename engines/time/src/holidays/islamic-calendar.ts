/**
 * The tabular Islamic calendar: months of 30 and 29 days in turn, eleven leap years in thirty.
 *
 * The feasts themselves begin when the crescent is seen, so the true day may lie one day to either side (seldom two), and
 * may differ between countries. For weekly and monthly buckets that hardly matters; for daily ones, treat the neighbours alike.
 *
 * Source   E. M. Reingold and N. Dershowitz (2018), Calendrical Calculations, 4th ed., ch. 7 (civil epoch, 16 July 622 Julian).
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';

/** Muharram 1 of the year 1: 19 July 622 in the Gregorian calendar, as days since 1970-01-01. */
const EPOCH = dayFromCivil(622, 7, 19);
const MEAN_YEAR_DAYS = 10_631 / 30;

/** The day of an Islamic year, month (1 Muharram, 9 Ramadan, 10 Shawwal, 12 Dhu al-Hijja) and day of month. */
export function dayFromIslamic(year: number, month: number, dayOfMonth: number): CalendarDay {
  const monthDays = 29 * (month - 1) + Math.floor(month / 2);
  return EPOCH + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30) + monthDays + dayOfMonth - 1;
}

/** All days of one Gregorian year on which an Islamic month and day of month falls: one, or two, as its year is shorter. */
export function islamicDaysIn(year: number, month: number, dayOfMonth: number): CalendarDay[] {
  const first = dayFromCivil(year, 1, 1);
  const end = dayFromCivil(year + 1, 1, 1);
  const around = Math.floor((first - EPOCH) / MEAN_YEAR_DAYS);
  const days: CalendarDay[] = [];
  for (let candidate = around; candidate <= around + 3; candidate++) {
    const day = dayFromIslamic(candidate, month, dayOfMonth);
    if (day >= first && day < end) days.push(day);
  }
  return days;
}
