import { expect, test } from 'vitest';
import {
  calendarRegressors,
  eventRegressors,
  joinedRegressors,
  priceRegressor,
  type Regressors,
} from '@planwright/forecast';
import { dayFromIso, makeCalendar } from '@planwright/time';

const starts = (kind: 'month' | 'iso-week', first: string, last: string): Int32Array =>
  makeCalendar({ kind, fiscalYearStartMonth: 1 }, dayFromIso(first), dayFromIso(last)).starts;

const column = ({ names, values }: Regressors, name: string): number[] => {
  const at = names.indexOf(name);
  return [...values].filter((_, i) => i % names.length === at);
};

test('working days of German months against their mean', () => {
  const regressors = calendarRegressors(starts('month', '2025-01-01', '2025-12-31'), {
    country: 'DE',
    bucketsPerYear: 12,
  });
  expect(regressors.names).toEqual(['working days']);
  // 2025, holidays of all states: 22, 20, 21, 20, 20, 20, 23, 21, 22, 22, 20 and 21 working days.
  const days = [22, 20, 21, 20, 20, 20, 23, 21, 22, 22, 20, 21];
  const mean = days.reduce((sum, value) => sum + value, 0) / 12;
  column(regressors, 'working days').forEach((value, i) => expect(value).toBeCloseTo(days[i] / mean - 1, 12));
});

test('weekdays less Sundays, as for trading days', () => {
  const regressors = calendarRegressors(starts('month', '2026-02-01', '2026-03-31'), {
    weekdays: true,
    bucketsPerYear: 12,
  });
  // February 2026 has four of each; March five Sundays, Mondays and Tuesdays, so those two columns are empty.
  expect(regressors.names).toEqual(['Wednesday', 'Thursday', 'Friday', 'Saturday']);
  expect(column(regressors, 'Wednesday')).toEqual([0, -1]);
});

test('of a feast on the same day every year nothing is left in months; of Easter, what moves', () => {
  const months = starts('month', '2020-01-01', '2029-12-31');
  const regressors = calendarRegressors(months, {
    feasts: [{ feast: 'christmas' }, { feast: 'easter', daysBefore: 7 }],
    bucketsPerYear: 12,
  });
  expect(regressors.names).toEqual(['easter', 'easter before']);
  const easter = column(regressors, 'easter');
  const marches = easter.filter((_, i) => i % 12 === 2);
  // Easter was in March in 2024 and 2027 (31 and 28 March) alone of these ten years.
  expect(marches.map((value) => value > 0)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => i === 4 || i === 7),
  );
  const byMonth = Array.from({ length: 12 }, (_, m) =>
    easter.filter((__, i) => i % 12 === m).reduce((sum, value) => sum + value, 0),
  );
  byMonth.forEach((sum) => expect(sum).toBeCloseTo(0, 10));
});

test('a window before a feast is shared out among the buckets it touches', () => {
  const weeks = starts('iso-week', '2026-11-02', '2026-12-31');
  const regressors = calendarRegressors(weeks, {
    feasts: [{ feast: 'black-friday', daysBefore: 4, daysAfter: 3 }],
    bucketsPerYear: 1,
  });
  // Black Friday 2026 is 27 November: four days before are of its week, of three after one is of the next.
  const at = column(regressors, 'black-friday').indexOf(1);
  expect(column(regressors, 'black-friday before')[at]).toBeCloseTo(1, 12);
  expect(
    column(regressors, 'black-friday after')
      .slice(at, at + 2)
      .map((value) => Number(value.toFixed(6))),
  ).toEqual([0.666667, 0.333333]);
});

test('events and prices stand side by side', () => {
  const events = eventRegressors(
    [{ id: '1', name: 'Sale', kind: 'promotion', first: 1, last: 2, strength: 0.5 }],
    5,
  );
  const joined = joinedRegressors(events, priceRegressor(Float64Array.of(10, 5, Number.NaN, 10, 20), 10));
  expect(joined.names).toEqual(['Sale', 'after Sale', 'price']);
  expect(column(joined, 'Sale')).toEqual([0, 0.5, 0.5, 0, 0]);
  expect(column(joined, 'after Sale')).toEqual([0, 0, 0, 0.5, 0]);
  expect(column(joined, 'price')).toEqual([0, Math.log(0.5), 0, 0, Math.log(2)]);
});
