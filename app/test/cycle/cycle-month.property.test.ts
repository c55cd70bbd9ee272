import { dayFromIso, mondayOf } from '@planwright/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFirstOfMonth, monthName, workingDay } from '../../src/cycle/cycle-month.ts';

const month = fc
  .tuple(fc.integer({ min: 1990, max: 2100 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, ordinal]) => `${year}-${String(ordinal).padStart(2, '0')}-01`);
const SETTINGS = { seed: 20_260_301, numRuns: 500 };

test('working days of a month rise, are no weekend, and stay in the month up to the twentieth', () => {
  fc.assert(
    fc.property(month, (first) => {
      const days = Array.from({ length: 20 }, (_, index) => workingDay(first, index + 1));
      expect(days).toEqual([...new Set(days)].toSorted());
      for (const day of days) {
        expect(day.slice(0, 7)).toBe(first.slice(0, 7));
        expect(dayFromIso(day) - mondayOf(dayFromIso(day))).toBeLessThan(5);
      }
      // None is left out: before the first there are only weekends.
      expect(dayFromIso(days[0]!) - dayFromIso(first)).toBeLessThanOrEqual(2);
    }),
    SETTINGS,
  );
});

test('months have names, and a month begins on its first day', () => {
  expect([monthName('2026-01-01'), monthName('2026-12-01')]).toEqual(['January 2026', 'December 2026']);
  expect([isFirstOfMonth('2026-12-01'), isFirstOfMonth('2026-12-31')]).toEqual([true, false]);
});
