import { describe, expect, test } from 'vitest';
import {
  bucketLabel,
  bucketOf,
  type CalendarKind,
  dayFromIso,
  extendCalendar,
  fiscalLabel,
  fiscalQuarterOf,
  fiscalYearOf,
  isoFromDay,
  makeCalendar,
} from '@planwright/time';

const calendarOf = (kind: CalendarKind, fiscalYearStartMonth: number, first: string, last: string) =>
  makeCalendar({ kind, fiscalYearStartMonth }, dayFromIso(first), dayFromIso(last));

test('dates are read strictly', () => {
  expect(dayFromIso('1970-01-01')).toBe(0);
  expect(dayFromIso('2024-02-29')).toBe(19_782);
  for (const text of [
    '2023-02-29',
    '2023-02-30',
    '2023-13-01',
    '2023-00-10',
    '2023-1-1',
    '20230101',
    '2023-01-01T00:00',
    '',
  ]) {
    expect(dayFromIso(text)).toBeNaN();
  }
});

test('months: whole months around the days, named by year and month', () => {
  const calendar = calendarOf('month', 7, '2026-06-15', '2026-08-01');
  expect([...calendar.starts].map(isoFromDay)).toEqual([
    '2026-06-01',
    '2026-07-01',
    '2026-08-01',
    '2026-09-01',
  ]);
  expect([0, 1].map((i) => bucketLabel(calendar, i))).toEqual(['2026-06', '2026-07']);
  expect([0, 1].map((i) => fiscalLabel(calendar, i))).toEqual(['FY26 P12', 'FY27 P01']);
  expect(fiscalYearOf(calendar, 2)).toBe(2027);
});

test('quarters of a fiscal year: three months or periods, thirteen weeks, a 53rd week in the last', () => {
  const months = calendarOf('month', 7, '2026-06-15', '2027-06-15');
  expect(Array.from({ length: 13 }, (_, month) => fiscalQuarterOf(months, month))).toEqual([
    4, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4,
  ]);
  const periods = calendarOf('445', 1, '2026-01-05', '2026-12-20');
  expect(fiscalQuarterOf(periods, 0)).toBe(1);
  expect(fiscalQuarterOf(periods, periods.bucketCount - 1)).toBe(4);
  const weeks = calendarOf('iso-week', 1, '2020-01-01', '2020-12-31');
  const counts = Map.groupBy(
    Array.from({ length: 53 }, (_, week) => fiscalQuarterOf(weeks, week)),
    (q) => q,
  );
  expect([...counts].map(([quarter, all]) => [quarter, all.length])).toEqual([
    [1, 13],
    [2, 13],
    [3, 13],
    [4, 14],
  ]);
});

// Week numbers around the turn of the year, from the definition in ISO 8601: week 1 holds the first Thursday.
describe.each([
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2018-12-31', '2019-W01'],
  ['2026-11-22', '2026-W47'],
  ['2027-01-03', '2026-W53'],
])('ISO week of %s', (date, label) => {
  test(label, () => expect(bucketLabel(calendarOf('iso-week', 1, date, date), 0)).toBe(label));
});

test('a week keeps its ISO label when the fiscal year starts elsewhere', () => {
  const calendar = calendarOf('iso-week', 7, '2026-06-29', '2026-07-12');
  expect(bucketLabel(calendar, 0)).toBe('2026-W27');
  expect([0, 1].map((i) => fiscalLabel(calendar, i))).toEqual(['FY27 W01', 'FY27 W02']); // Thursday is 2 July.
});

test('4-4-5: thirteen weeks a quarter, and the 53rd week goes to the last period', () => {
  const calendar = calendarOf('445', 1, '2026-01-01', '2026-12-31'); // 2026 has 53 ISO weeks.
  const weeks = Array.from({ length: 12 }, (_, i) => (calendar.starts[i + 1] - calendar.starts[i]) / 7);
  expect(weeks).toEqual([4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 6]);
  expect(bucketLabel(calendar, 4)).toBe('FY26-P05');
  expect(fiscalLabel(calendar, 4)).toBe('FY26 P05');
});

test('a day outside is -1, and so is a day that is not a number', () => {
  const calendar = calendarOf('month', 1, '2026-01-01', '2026-03-31');
  expect(bucketOf(calendar, dayFromIso('2025-12-31'))).toBe(-1);
  expect(bucketOf(calendar, dayFromIso('2026-04-01'))).toBe(-1);
  expect(bucketOf(calendar, Number.NaN)).toBe(-1);
});

test('extending adds buckets after the last and leaves the given calendar alone', () => {
  const calendar = calendarOf('month', 1, '2026-11-01', '2026-11-30');
  const longer = extendCalendar(calendar, 2);
  expect([...longer.starts].map(isoFromDay)).toEqual([
    '2026-11-01',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
  ]);
  expect(calendar.bucketCount).toBe(1);
});

test('broken callers are stopped', () => {
  expect(() => calendarOf('month', 13, '2026-01-01', '2026-01-31')).toThrow('month from 1 to 12');
  expect(() => calendarOf('month', 1, '2026-02-01', '2026-01-31')).toThrow('not after');
  expect(() => calendarOf('month', 1, 'soon', '2026-01-31')).toThrow('whole days');
});
