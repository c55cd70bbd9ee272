/** Public holidays of the Americas: those the whole country keeps, with the changes since 1990. */
import {
  type DaysOfYear,
  fromEaster,
  type HolidayRule,
  last,
  nth,
  on,
  onOrBefore,
  rule,
} from './holiday-rule.ts';

const nearest = { substitution: 'nearest' } as const;

/** Federal holidays of 5 U.S.C. 6103. */
const US: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), nearest),
  rule('Martin Luther King Day', nth(3, 1, 1)),
  rule('Presidents’ Day', nth(3, 1, 2)),
  rule('Memorial Day', last(1, 5)),
  rule('Juneteenth', on(6, 19), { ...nearest, from: 2021 }),
  rule('Independence Day', on(7, 4), nearest),
  rule('Labor Day', nth(1, 1, 9)),
  rule('Columbus Day', nth(2, 1, 10)),
  rule('Veterans Day', on(11, 11), nearest),
  rule('Thanksgiving', nth(4, 4, 11)),
  rule('Christmas Day', on(12, 25), nearest),
];

const moved = { substitution: 'next-workday' } as const;

/** Of the Canada Labour Code; provinces add their own. */
const CA: readonly HolidayRule[] = [
  rule('New Year', on(1, 1), moved),
  rule('Good Friday', fromEaster(-2)),
  rule('Victoria Day', onOrBefore(1, 5, 24)),
  rule('Canada Day', on(7, 1), moved),
  rule('Labour Day', nth(1, 1, 9)),
  rule('Truth and Reconciliation', on(9, 30), { ...moved, from: 2021 }),
  rule('Thanksgiving', nth(2, 1, 10)),
  rule('Remembrance Day', on(11, 11), moved),
  rule('Christmas Day', on(12, 25), moved),
  rule('Boxing Day', on(12, 26), moved),
];

/** National ones, and Carnival and Corpus Christi, on which nearly all is closed. */
const BR: readonly HolidayRule[] = [
  rule('New Year', on(1, 1)),
  rule('Carnival Monday', fromEaster(-48)),
  rule('Carnival Tuesday', fromEaster(-47)),
  rule('Good Friday', fromEaster(-2)),
  rule('Tiradentes', on(4, 21)),
  rule('Labour Day', on(5, 1)),
  rule('Corpus Christi', fromEaster(60)),
  rule('Independence Day', on(9, 7)),
  rule('Our Lady of Aparecida', on(10, 12)),
  rule('All Souls', on(11, 2)),
  rule('Republic Day', on(11, 15)),
  rule('Black Consciousness', on(11, 20), { from: 2024 }),
  rule('Christmas Day', on(12, 25)),
];

// By a law of 2006 three Mexican holidays are kept on Mondays.
const mondaySince =
  (from: number, monday: DaysOfYear, before: DaysOfYear): DaysOfYear =>
  (year) =>
    year >= from ? monday(year) : before(year);

/** The day on which a new president takes office, every sixth year: 1 December, since 2024 1 October. */
const inauguration: DaysOfYear = (year) =>
  year % 6 === 2 ? (year >= 2024 ? on(10, 1) : on(12, 1))(year) : [];

const MX: readonly HolidayRule[] = [
  rule('New Year', on(1, 1)),
  rule('Constitution Day', mondaySince(2006, nth(1, 1, 2), on(2, 5))),
  rule('Benito Juárez', mondaySince(2007, nth(3, 1, 3), on(3, 21))),
  rule('Labour Day', on(5, 1)),
  rule('Independence Day', on(9, 16)),
  rule('Revolution Day', mondaySince(2006, nth(3, 1, 11), on(11, 20))),
  rule('Change of government', inauguration),
  rule('Christmas Day', on(12, 25)),
];

export const AMERICAS = { US, CA, BR, MX } as const;
