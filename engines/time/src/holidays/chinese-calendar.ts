/**
 * The Chinese calendar, computed from new moons and the sun's place as seen from Beijing (UTC+8), good for 1990 to 2060.
 *
 * Month 11 holds the December solstice. Where thirteen months lie between two such months, the first of them in which the
 * sun enters no new sign is a leap month and bears the number of the month before.
 *
 * Source   H. Aslaksen (2010), The Mathematics of the Chinese Calendar; the national standard GB/T 33661-2017.
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';
import { newMoon, newMoonCountBefore, sunLongitude } from './moon.ts';

const BEIJING = 8 / 24;
const SOLSTICE_SIGN = 9;
const MONTHS_FROM_SOLSTICE_TO_NEW_YEAR = 2;

const dayInBeijing = (time: number): CalendarDay => Math.floor(time + BEIJING);
/** The twelfth of the sun's circle in which a day of Beijing begins. */
const signAtStartOf = (day: CalendarDay): number => Math.floor(sunLongitude(day - BEIJING) / 30);
const monthStart = (count: number): CalendarDay => dayInBeijing(newMoon(count));
const hasNoSign = (count: number): boolean =>
  signAtStartOf(monthStart(count)) === signAtStartOf(monthStart(count + 1));

/** The count of the new moon that begins the eleventh month, which holds the December solstice of a Gregorian year. */
function solsticeMonth(year: number): number {
  let solstice = dayFromCivil(year, 12, 19);
  while (signAtStartOf(solstice + 1) !== SOLSTICE_SIGN) solstice += 1;
  let count = newMoonCountBefore(solstice + 1);
  while (monthStart(count) > solstice) count -= 1;
  while (monthStart(count + 1) <= solstice) count += 1;
  return count;
}

/** The count of the leap month between two solstice months, or Infinity. */
function leapMonthBetween(from: number, to: number): number {
  if (to - from !== 13) return Infinity;
  for (let count = from + 1; count < to; count++) if (hasNoSign(count)) return count;
  return Infinity;
}

/**
 * The day of a month (1 to 10, not the leap one) and day of the Chinese year that begins in a Gregorian year.
 * Month 1 day 1 is Chinese New Year, month 5 day 5 the Dragon Boat festival, month 8 day 15 Mid-Autumn.
 */
export function dayFromChinese(year: number, month: number, dayOfMonth: number): CalendarDay {
  const from = solsticeMonth(year - 1);
  const leap = leapMonthBetween(from, solsticeMonth(year));
  const ordinary = from + MONTHS_FROM_SOLSTICE_TO_NEW_YEAR + month - 1;
  return monthStart(ordinary >= leap ? ordinary + 1 : ordinary) + dayOfMonth - 1;
}

export const chineseNewYear = (year: number): CalendarDay => dayFromChinese(year, 1, 1);

/** The day of Qingming, on which the sun reaches 15 degrees: 4, 5 or 6 April. */
export function qingming(year: number): CalendarDay {
  let day = dayFromCivil(year, 4, 3);
  while (sunLongitude(day + 1 - BEIJING) < 15) day += 1;
  return day;
}
