/**
 * Days as whole numbers, without clock or time zone: a plan's bucket is 30 days long even when a clock changes in it.
 *
 * Source   H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
 */

/** Whole days since 1970-01-01 in the proleptic Gregorian calendar. */
export type CalendarDay = number;

/** A day in parts: month 1-12, day of month 1-31. */
export type CivilDate = { readonly year: number; readonly month: number; readonly dayOfMonth: number };

export const DAYS_PER_WEEK = 7;
const DAYS_PER_ERA = 146_097; // 400 Gregorian years, after which the calendar repeats.
const DAYS_TO_EPOCH = 719_468; // From 0000-03-01 to 1970-01-01.

/** The day of a year, month (1-12) and day of month. Does not check that the month has such a day. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): CalendarDay {
  const marchYear = month <= 2 ? year - 1 : year; // The year starts in March, so a leap day ends it.
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

/** The inverse of `dayFromCivil`. */
export function civilFromDay(day: CalendarDay): CivilDate {
  const shifted = day + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth };
}

/** Reads 'YYYY-MM-DD', strictly: NaN for other text and for days that do not exist (2023-02-30). */
export function dayFromIso(text: string): CalendarDay {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return Number.NaN;
  const day = dayFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return isoFromDay(day) === text ? day : Number.NaN;
}

/** Writes 'YYYY-MM-DD' for the years 0000 to 9999. */
export function isoFromDay(day: CalendarDay): string {
  const { year, month, dayOfMonth } = civilFromDay(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** The Monday on or before a day: the first day of its ISO week. */
export function mondayOf(day: CalendarDay): CalendarDay {
  const daysSinceMonday = (((day + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK; // 1970-01-01 was a Thursday.
  return day - daysSinceMonday;
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
