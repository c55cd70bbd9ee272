/**
 * Public holidays of Asia and the Pacific. China's exchange of weekend days for longer holidays is announced year by year
 * and is not in here; of India's many, those that close the whole country.
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';
import { chineseNewYear, dayFromChinese, qingming } from './chinese-calendar.ts';
import { diwali, holi } from './hindu-feasts.ts';
import {
  type DaysOfYear,
  except,
  fromEaster,
  type HolidayRule,
  nth,
  on,
  once,
  rule,
} from './holiday-rule.ts';
import { islamicDaysIn } from './islamic-calendar.ts';
import { weekdayOf } from './weekday-rules.ts';

/** Day of the equinox in Japan, right for 1980 to 2099 (National Astronomical Observatory; Niikura's formula). */
const equinox =
  (month: number, base: number): DaysOfYear =>
  (year) => {
    const since = year - 1980;
    const dayOfMonth = Math.floor(base + 0.242194 * since - Math.floor(since / 4));
    return [dayFromCivil(year, month, dayOfMonth)];
  };

const mondaySince =
  (from: number, monday: DaysOfYear, before: DaysOfYear): DaysOfYear =>
  (year) =>
    year >= from ? monday(year) : before(year);

// The Emperor's birthday: 23 December until 2018, 23 February since 2020.
const emperorsBirthday: DaysOfYear = (year) =>
  year === 2019 ? [] : year >= 2020 ? on(2, 23)(year) : on(12, 23)(year);

const JAPANESE_DAYS: readonly HolidayRule[] = [
  rule('New Year', on(1, 1)),
  rule('Coming of Age', mondaySince(2000, nth(2, 1, 1), on(1, 15))),
  rule('Foundation Day', on(2, 11)),
  rule('Emperor’s Birthday', emperorsBirthday),
  rule('Spring Equinox', equinox(3, 20.8431)),
  rule('Shōwa Day', on(4, 29)),
  rule('Constitution Day', on(5, 3)),
  rule('Greenery Day', on(5, 4), { from: 2007 }),
  rule('Children’s Day', on(5, 5)),
  rule(
    'Marine Day',
    except(mondaySince(2003, nth(3, 1, 7), on(7, 20)), { 2020: [[7, 23]], 2021: [[7, 22]] }),
    { from: 1996 },
  ),
  rule('Mountain Day', except(on(8, 11), { 2020: [[8, 10]], 2021: [[8, 8]] }), { from: 2016 }),
  rule('Respect for the Aged', mondaySince(2003, nth(3, 1, 9), on(9, 15))),
  rule('Autumn Equinox', equinox(9, 23.2488)),
  rule(
    'Sports Day',
    except(mondaySince(2000, nth(2, 1, 10), on(10, 10)), { 2020: [[7, 24]], 2021: [[7, 23]] }),
  ),
  rule('Culture Day', on(11, 3)),
  rule('Labour Thanksgiving', on(11, 23)),
  rule('Imperial occasion', once([1990, 11, 12], [1993, 6, 9], [2019, 5, 1], [2019, 10, 22])),
];

const japaneseDays = (year: number): CalendarDay[] =>
  JAPANESE_DAYS.filter(({ from, until }) => year >= from && year <= until).flatMap(({ days }) => days(year));

/** A day between two holidays is one too; a holiday on a Sunday is made good on the next day that is none. */
const japaneseExtraDays: DaysOfYear = (year) => {
  const days = new Set(japaneseDays(year));
  const between = [...days].map((day) => day + 1).filter((day) => !days.has(day) && days.has(day + 1));
  const bridges = between.filter((day) => weekdayOf(day) !== 7 && weekdayOf(day - 1) !== 7);
  const substitutes: CalendarDay[] = [];
  for (const day of days) {
    if (weekdayOf(day) !== 7) continue;
    let free = day + 1;
    // Until 2006 only the Monday itself could be the substitute.
    while (year >= 2007 && days.has(free)) free += 1;
    if (!days.has(free)) substitutes.push(free);
  }
  return [...new Set([...bridges, ...substitutes])];
};

const JP: readonly HolidayRule[] = [
  ...JAPANESE_DAYS,
  rule('Substitute or bridge holiday', japaneseExtraDays),
];

const days = (first: CalendarDay, count: number): CalendarDay[] =>
  Array.from({ length: count }, (_, offset) => first + offset);

const CN: readonly HolidayRule[] = [
  rule('New Year', on(1, 1)),
  // New Year's Eve belongs to the feast in 2008 to 2013 and again since 2025.
  rule('Spring Festival', (year) => {
    const newYear = chineseNewYear(year);
    if (year >= 2025) return days(newYear - 1, 4);
    return days(year >= 2008 && year <= 2013 ? newYear - 1 : newYear, 3);
  }),
  rule('Qingming', (year) => [qingming(year)], { from: 2008 }),
  rule('Labour Day', (year) =>
    days(dayFromCivil(year, 5, 1), year >= 2025 ? 2 : year >= 2000 && year <= 2007 ? 3 : 1),
  ),
  rule('Dragon Boat Festival', (year) => [dayFromChinese(year, 5, 5)], { from: 2008 }),
  rule('Mid-Autumn Festival', (year) => [dayFromChinese(year, 8, 15)], { from: 2008 }),
  rule('National Day', (year) => days(dayFromCivil(year, 10, 1), year >= 1999 ? 3 : 2)),
];

const IN: readonly HolidayRule[] = [
  rule('Republic Day', on(1, 26)),
  rule('Holi', (year) => [holi(year)]),
  rule('Good Friday', fromEaster(-2)),
  rule('Eid al-Fitr', (year) => islamicDaysIn(year, 10, 1)),
  rule('Eid al-Adha', (year) => islamicDaysIn(year, 12, 10)),
  rule('Independence Day', on(8, 15)),
  rule('Gandhi Jayanti', on(10, 2)),
  rule('Diwali', (year) => [diwali(year)]),
  rule('Christmas Day', on(12, 25)),
];

const moved = { substitution: 'next-workday' } as const;

const AU: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), moved),
  rule('Australia Day', on(1, 26), moved),
  rule('Good Friday', fromEaster(-2)),
  rule('Easter Monday', fromEaster(1)),
  rule('Anzac Day', on(4, 25)),
  rule('King’s Birthday', nth(2, 1, 6)),
  rule('National day of mourning', once([2022, 9, 22])),
  rule('Christmas Day', on(12, 25), moved),
  rule('Boxing Day', on(12, 26), moved),
];

// Waitangi and Anzac Day are made good on Mondays since 2014.
const mondaysSince2014 = (month: number, dayOfMonth: number, name: string): HolidayRule[] => [
  rule(name, on(month, dayOfMonth), { until: 2013 }),
  rule(name, on(month, dayOfMonth), { ...moved, from: 2014 }),
];

// Fridays set by law until 2052 (Te Kāhui o Matariki Public Holiday Act 2022, schedule 1); these are the years to 2035.
const matariki = once(
  [2022, 6, 24],
  [2023, 7, 14],
  [2024, 6, 28],
  [2025, 6, 20],
  [2026, 7, 10],
  [2027, 6, 25],
  [2028, 7, 14],
  [2029, 7, 6],
  [2030, 6, 21],
  [2031, 7, 11],
  [2032, 7, 2],
  [2033, 6, 24],
  [2034, 7, 7],
  [2035, 6, 29],
);

const NZ: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), moved),
  rule('Day after New Year', on(1, 2), moved),
  ...mondaysSince2014(2, 6, 'Waitangi Day'),
  rule('Good Friday', fromEaster(-2)),
  rule('Easter Monday', fromEaster(1)),
  ...mondaysSince2014(4, 25, 'Anzac Day'),
  rule('King’s Birthday', nth(1, 1, 6)),
  rule('Matariki', matariki),
  rule('Day of mourning', once([2022, 9, 26])),
  rule('Labour Day', nth(4, 1, 10)),
  rule('Christmas Day', on(12, 25), moved),
  rule('Boxing Day', on(12, 26), moved),
];

export const ASIA_PACIFIC = { JP, CN, IN, AU, NZ } as const;
