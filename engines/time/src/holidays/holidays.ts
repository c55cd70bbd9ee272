/**
 * Public holidays and working days by country.
 *
 * Coverage  the holidays a whole country keeps, right for 1990 to 2060 as the laws stand in 2026 and as they stood before
 *           where that moved a working day. Regional holidays and China's exchanged weekend days are left out; feasts that
 *           follow the moon's sighting (Eid, Diwali, Holi) may be a day off.
 * Source    the countries' laws as named in the tables; tests hold them against an independent collection.
 */
import { assert } from '@planwright/units';
import { type CalendarDay, civilFromDay } from '../day.ts';
import { type HolidayRule, substituteFor } from './holiday-rule.ts';
import { AMERICAS } from './rules-americas.ts';
import { ASIA_PACIFIC } from './rules-asia-pacific.ts';
import { EUROPE } from './rules-europe.ts';
import { isWeekend } from './weekday-rules.ts';

const RULES = { ...EUROPE, ...AMERICAS, ...ASIA_PACIFIC } as const;

/** ISO 3166-1 code of a country whose holidays are known. */
export type HolidayCountry = keyof typeof RULES;

export const HOLIDAY_COUNTRIES = Object.keys(RULES) as readonly HolidayCountry[];

export type Holiday = {
  readonly day: CalendarDay;
  readonly name: string;
  /** Whether this is the day off in place of a holiday on a weekend. */
  readonly substitute: boolean;
};

/** The public holidays of a country that fall into a year (1990 to 2060), in order of days. */
export function holidays(country: HolidayCountry, year: number): readonly Holiday[] {
  assert(Number.isInteger(year), 'the year is a whole number');
  // A substitute may fall into the year before: New Year 2028 is kept on 31 December 2027 in the United States.
  return [...holidaysOfRules(RULES[country], year), ...holidaysOfRules(RULES[country], year + 1)]
    .filter(({ day }) => civilFromDay(day).year === year)
    .sort((a, b) => a.day - b.day);
}

function holidaysOfRules(rules: readonly HolidayRule[], year: number): Holiday[] {
  const kept = rules
    .filter(({ from, until }) => year >= from && year <= until)
    .flatMap(({ name, days, substitution }) => days(year).map((day) => ({ day, name, substitution })))
    .sort((a, b) => a.day - b.day);
  const taken = new Set(kept.map(({ day }) => day));
  return kept.flatMap(({ day, name, substitution }) => {
    const actual = { day, name, substitute: false };
    const instead = substituteFor(day, substitution, taken);
    if (instead === day) return [actual];
    taken.add(instead);
    return [actual, { day: instead, name: `${name} (day off)`, substitute: true }];
  });
}

/** Days of a span [from, to) that are public holidays, in order, each once. */
export function holidayDays(
  country: HolidayCountry,
  from: CalendarDay,
  to: CalendarDay,
): readonly CalendarDay[] {
  if (!(to > from)) return [];
  const days = new Set<CalendarDay>();
  for (let year = civilFromDay(from).year; year <= civilFromDay(to - 1).year; year++) {
    for (const { day } of holidays(country, year)) if (day >= from && day < to) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/**
 * Days from Monday to Friday in [from, to) that are no public holiday. Both are whole days; 0 where `to` is not after `from`.
 */
export function workingDays(from: CalendarDay, to: CalendarDay, country: HolidayCountry): number {
  assert(Number.isInteger(from) && Number.isInteger(to), 'from and to are whole days');
  let free = 0;
  for (const day of holidayDays(country, from, to)) if (!isWeekend(day)) free += 1;
  return weekdaysBetween(from, to) - free;
}

function weekdaysBetween(from: CalendarDay, to: CalendarDay): number {
  if (to <= from) return 0;
  const weeks = Math.floor((to - from) / 7);
  let count = weeks * 5;
  for (let day = from + weeks * 7; day < to; day++) if (!isWeekend(day)) count += 1;
  return count;
}
