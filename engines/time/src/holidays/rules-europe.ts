/**
 * Public holidays of Europe that the whole country keeps, as the laws stand in 2026 with the changes since 1990 that
 * move working days. Regional ones (Epiphany in Bavaria, the cantons of Switzerland, 1 October patron days) are left out.
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';
import {
  type DaysOfYear,
  except,
  fromEaster,
  type HolidayRule,
  last,
  nth,
  on,
  onOrAfter,
  once,
  rule,
} from './holiday-rule.ts';
import { weekdayOf } from './weekday-rules.ts';

const newYear = rule('New Year', on(1, 1));
const epiphany = rule('Epiphany', on(1, 6));
const maundyThursday = rule('Maundy Thursday', fromEaster(-3));
const goodFriday = rule('Good Friday', fromEaster(-2));
const easter = rule('Easter Sunday', fromEaster(0));
const easterMonday = rule('Easter Monday', fromEaster(1));
const labourDay = rule('Labour Day', on(5, 1));
const ascension = rule('Ascension', fromEaster(39));
const whitSunday = rule('Whit Sunday', fromEaster(49));
const whitMonday = rule('Whit Monday', fromEaster(50));
const corpusChristi = rule('Corpus Christi', fromEaster(60));
const assumption = rule('Assumption', on(8, 15));
const allSaints = rule('All Saints', on(11, 1));
const immaculate = rule('Immaculate Conception', on(12, 8));
const christmasEve = rule('Christmas Eve', on(12, 24));
const christmas = rule('Christmas Day', on(12, 25));
const secondChristmasDay = rule('Second Christmas Day', on(12, 26));

const moved = { substitution: 'next-workday' } as const;

const GB: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), moved),
  goodFriday,
  easterMonday,
  rule('Early May bank holiday', except(nth(1, 1, 5), { 1995: [[5, 8]], 2020: [[5, 8]] })),
  rule('Spring bank holiday', except(last(1, 5), { 2002: [[6, 4]], 2012: [[6, 4]], 2022: [[6, 2]] })),
  rule('Summer bank holiday', last(1, 8)),
  rule('Christmas Day', on(12, 25), moved),
  rule('Boxing Day', on(12, 26), moved),
  rule(
    'Royal or national occasion',
    once(
      [1999, 12, 31],
      [2002, 6, 3],
      [2011, 4, 29],
      [2012, 6, 5],
      [2022, 6, 3],
      [2022, 9, 19],
      [2023, 5, 8],
    ),
  ),
];

/** The first Monday of February, or 1 February where that is a Friday. */
const saintBrigid: DaysOfYear = (year) => {
  const first = dayFromCivil(year, 2, 1);
  return weekdayOf(first) === 5 ? [first] : nth(1, 1, 2)(year);
};

const IE: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), moved),
  rule('Saint Brigid', saintBrigid, { from: 2023 }),
  rule('Saint Patrick', on(3, 17), moved),
  rule('National occasion', once([1999, 12, 31], [2022, 3, 18])),
  easterMonday,
  rule('May Day', except(nth(1, 1, 5), { 1995: [[5, 8]] }), { from: 1994 }),
  rule('June holiday', nth(1, 1, 6)),
  rule('August holiday', nth(1, 1, 8)),
  rule('October holiday', last(1, 10)),
  rule('Christmas Day', on(12, 25), moved),
  rule('Saint Stephen', on(12, 26), moved),
];

const DE: readonly HolidayRule[] = [
  newYear,
  goodFriday,
  easterMonday,
  labourDay,
  ascension,
  whitMonday,
  rule('German Unity', on(10, 3)),
  rule('Day of repentance', onOrAfter(3, 11, 16), { from: 1990, until: 1994 }),
  rule('Reformation jubilee', once([2017, 10, 31])),
  christmas,
  secondChristmasDay,
];

const FR: readonly HolidayRule[] = [
  newYear,
  easterMonday,
  labourDay,
  rule('Victory 1945', on(5, 8)),
  ascension,
  // From 2005 to 2007 Whit Monday was worked, as the day of solidarity.
  rule('Whit Monday', (year) => (year >= 2005 && year <= 2007 ? [] : fromEaster(50)(year))),
  rule('Bastille Day', on(7, 14)),
  assumption,
  allSaints,
  rule('Armistice 1918', on(11, 11)),
  christmas,
];

/** The King's or Queen's birthday, which gives way to a Sunday. */
const kingsDay: DaysOfYear = (year) => {
  const day = dayFromCivil(year, 4, year >= 2014 ? 27 : 30);
  const onSunday = weekdayOf(day) === 7;
  return [onSunday ? day - 1 : day];
};

const NL: readonly HolidayRule[] = [
  newYear,
  easter,
  easterMonday,
  rule('King’s Day', kingsDay),
  rule('Liberation Day (every fifth year)', (year) => (year % 5 === 0 ? on(5, 5)(year) : [])),
  ascension,
  whitSunday,
  whitMonday,
  christmas,
  secondChristmasDay,
];

const BE: readonly HolidayRule[] = [
  newYear,
  easterMonday,
  labourDay,
  ascension,
  whitMonday,
  rule('National Day', on(7, 21)),
  assumption,
  allSaints,
  rule('Armistice 1918', on(11, 11)),
  christmas,
];

const ES: readonly HolidayRule[] = [
  newYear,
  epiphany,
  goodFriday,
  labourDay,
  assumption,
  rule('National Day', on(10, 12)),
  allSaints,
  rule('Constitution Day', on(12, 6)),
  immaculate,
  christmas,
];

const IT: readonly HolidayRule[] = [
  newYear,
  epiphany,
  easter,
  easterMonday,
  rule('Liberation Day', on(4, 25)),
  labourDay,
  rule('150 years of union', once([2011, 3, 17])),
  rule('Republic Day', on(6, 2), { from: 2001 }),
  assumption,
  rule('Saint Francis', on(10, 4), { from: 2026 }),
  allSaints,
  immaculate,
  christmas,
  secondChristmasDay,
];

// In 2013 to 2015 Portugal suspended four of its holidays.
const suspended =
  (days: DaysOfYear): DaysOfYear =>
  (year) =>
    year >= 2013 && year <= 2015 ? [] : days(year);

const PT: readonly HolidayRule[] = [
  newYear,
  goodFriday,
  easter,
  rule('Freedom Day', on(4, 25)),
  labourDay,
  rule('Corpus Christi', suspended(fromEaster(60))),
  rule('Portugal Day', on(6, 10)),
  assumption,
  rule('Republic Day', suspended(on(10, 5))),
  rule('All Saints', suspended(on(11, 1))),
  rule('Restoration of Independence', suspended(on(12, 1))),
  immaculate,
  christmas,
];

const AT: readonly HolidayRule[] = [
  newYear,
  epiphany,
  easterMonday,
  labourDay,
  ascension,
  whitMonday,
  corpusChristi,
  assumption,
  rule('National Day', on(10, 26)),
  allSaints,
  immaculate,
  christmas,
  secondChristmasDay,
];

// Only 1 August is national; the others are kept by nearly all cantons.
const CH: readonly HolidayRule[] = [
  newYear,
  goodFriday,
  easterMonday,
  ascension,
  whitMonday,
  rule('National Day', on(8, 1), { from: 1994 }),
  christmas,
  secondChristmasDay,
];

const DK: readonly HolidayRule[] = [
  newYear,
  maundyThursday,
  goodFriday,
  easter,
  easterMonday,
  rule('Great Prayer Day', fromEaster(26), { until: 2023 }),
  ascension,
  whitSunday,
  whitMonday,
  christmas,
  secondChristmasDay,
];

const midsummer = (year: number): readonly CalendarDay[] => onOrAfter(6, 6, 20)(year);
const eveOf =
  (days: DaysOfYear): DaysOfYear =>
  (year) =>
    days(year).map((day) => day - 1);

const SE: readonly HolidayRule[] = [
  newYear,
  epiphany,
  goodFriday,
  easter,
  easterMonday,
  labourDay,
  ascension,
  whitSunday,
  rule('Whit Monday', fromEaster(50), { until: 2004 }),
  rule('National Day', on(6, 6), { from: 2005 }),
  rule('Midsummer Eve', eveOf(midsummer)),
  rule('Midsummer Day', midsummer),
  rule('All Saints', onOrAfter(6, 10, 31)),
  christmasEve,
  christmas,
  secondChristmasDay,
  rule('New Year’s Eve', on(12, 31)),
];

const NO: readonly HolidayRule[] = [
  newYear,
  maundyThursday,
  goodFriday,
  easter,
  easterMonday,
  labourDay,
  rule('Constitution Day', on(5, 17)),
  ascension,
  whitSunday,
  whitMonday,
  christmas,
  secondChristmasDay,
];

const FI: readonly HolidayRule[] = [
  newYear,
  rule('Epiphany', on(1, 6), { from: 1991 }),
  goodFriday,
  easter,
  easterMonday,
  labourDay,
  rule('Ascension', fromEaster(39), { from: 1991 }),
  whitSunday,
  rule('Midsummer Eve', eveOf(midsummer)),
  rule('Midsummer Day', midsummer),
  rule('All Saints', onOrAfter(6, 10, 31)),
  rule('Independence Day', on(12, 6)),
  christmasEve,
  christmas,
  secondChristmasDay,
];

const PL: readonly HolidayRule[] = [
  newYear,
  rule('Epiphany', on(1, 6), { from: 2011 }),
  easter,
  easterMonday,
  labourDay,
  rule('Constitution Day', on(5, 3), { from: 1990 }),
  whitSunday,
  corpusChristi,
  assumption,
  allSaints,
  rule('Independence Day', on(11, 11)),
  rule('Day off for the centenary', once([2018, 11, 12])),
  rule('Christmas Eve', on(12, 24), { from: 2025 }),
  christmas,
  secondChristmasDay,
];

const CZ: readonly HolidayRule[] = [
  newYear,
  rule('Good Friday', fromEaster(-2), { from: 2016 }),
  easterMonday,
  labourDay,
  rule('Liberation Day', on(5, 8), { from: 1992 }),
  rule('Cyril and Methodius', on(7, 5)),
  rule('Jan Hus', on(7, 6)),
  rule('Czech Statehood', on(9, 28), { from: 2000 }),
  rule('Independence Day', on(10, 28)),
  rule('Freedom and Democracy', on(11, 17)),
  christmasEve,
  christmas,
  secondChristmasDay,
];

export const EUROPE = { GB, IE, DE, FR, NL, BE, ES, IT, PT, AT, CH, DK, SE, NO, FI, PL, CZ } as const;
