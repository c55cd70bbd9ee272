/**
 * Feasts and selling days that move demand whether or not anyone has the day off, for holiday windows in forecasts.
 * Islamic and Indian feasts may lie a day to either side of the computed one.
 */
import { type CalendarDay, civilFromDay, dayFromCivil } from '../day.ts';
import { chineseNewYear, dayFromChinese } from './chinese-calendar.ts';
import { easterSunday, orthodoxEasterSunday } from './easter.ts';
import { diwali, holi } from './hindu-feasts.ts';
import { dayFromIslamic, islamicDaysIn } from './islamic-calendar.ts';
import { nthWeekday } from './weekday-rules.ts';

const thanksgiving = (year: number): CalendarDay => nthWeekday(year, 11, 4, 4);

/** First days of each feast in a Gregorian year; Ramadan begins twice in some. */
const FIRST_DAYS = {
  'new-year': (year: number) => [dayFromCivil(year, 1, 1)],
  valentine: (year: number) => [dayFromCivil(year, 2, 14)],
  'chinese-new-year': (year: number) => [chineseNewYear(year)],
  holi: (year: number) => [holi(year)],
  easter: (year: number) => [easterSunday(year)],
  'orthodox-easter': (year: number) => [orthodoxEasterSunday(year)],
  ramadan: (year: number) => islamicDaysIn(year, 9, 1),
  'eid-al-fitr': (year: number) => islamicDaysIn(year, 10, 1),
  'eid-al-adha': (year: number) => islamicDaysIn(year, 12, 10),
  'mid-autumn': (year: number) => [dayFromChinese(year, 8, 15)],
  diwali: (year: number) => [diwali(year)],
  halloween: (year: number) => [dayFromCivil(year, 10, 31)],
  'singles-day': (year: number) => [dayFromCivil(year, 11, 11)],
  thanksgiving: (year: number) => [thanksgiving(year)],
  'black-friday': (year: number) => [thanksgiving(year) + 1],
  'cyber-monday': (year: number) => [thanksgiving(year) + 4],
  christmas: (year: number) => [dayFromCivil(year, 12, 25)],
} as const;

export type FeastName = keyof typeof FIRST_DAYS;

export const FEAST_NAMES = Object.keys(FIRST_DAYS) as readonly FeastName[];

/** First days of a feast in [from, to), in order. */
export function feastDays(name: FeastName, from: CalendarDay, to: CalendarDay): readonly CalendarDay[] {
  if (!(to > from)) return [];
  const days: CalendarDay[] = [];
  for (let year = civilFromDay(from).year; year <= civilFromDay(to - 1).year; year++) {
    days.push(...FIRST_DAYS[name](year).filter((day) => day >= from && day < to));
  }
  return days;
}

/** Days a feast lasts from its first: Ramadan a month, all others a day. */
export function feastLengthDays(name: FeastName, firstDay: CalendarDay): number {
  if (name !== 'ramadan') return 1;
  const year = Math.round((firstDay - dayFromIslamic(1, 9, 1)) / 354.36667) + 1;
  return dayFromIslamic(year, 10, 1) - firstDay;
}
