import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bucketLabel,
  bucketOf,
  bucketsPerYear,
  type CalendarSpec,
  civilFromDay,
  dayFromCivil,
  dayFromIso,
  extendCalendar,
  fiscalLabel,
  fiscalYearOf,
  isoFromDay,
  makeCalendar,
  mondayOf,
} from '@planwright/time';

const seed = 20_261;
const day = fc.integer({ min: dayFromIso('1900-01-01'), max: dayFromIso('2150-12-31') });
const spec: fc.Arbitrary<CalendarSpec> = fc.record({
  kind: fc.constantFrom('month', 'iso-week', '445'),
  fiscalYearStartMonth: fc.integer({ min: 1, max: 12 }),
});
const span = fc.integer({ min: 0, max: 1500 });

test('days and dates are the same thing, and every day follows the one before', () => {
  fc.assert(
    fc.property(day, (d) => {
      const { year, month, dayOfMonth } = civilFromDay(d);
      expect(dayFromCivil(year, month, dayOfMonth)).toBe(d);
      expect(dayFromIso(isoFromDay(d))).toBe(d);
      expect(isoFromDay(d) < isoFromDay(d + 1)).toBe(true);
    }),
    { seed, numRuns: 2000 },
  );
});

test("agrees with the platform's own UTC calendar", () => {
  fc.assert(
    fc.property(day, (d) => {
      const date = new Date(d * 86_400_000);
      expect(isoFromDay(d)).toBe(date.toISOString().slice(0, 10));
      expect(new Date(mondayOf(d) * 86_400_000).getUTCDay()).toBe(1);
      expect(d - mondayOf(d)).toBeLessThan(7);
    }),
    { seed, numRuns: 2000 },
  );
});

test('buckets tile the days: each day lies in exactly one, none is skipped, none is cut', () => {
  fc.assert(
    fc.property(spec, day, span, (chosen, first, length) => {
      const calendar = makeCalendar(chosen, first, first + length);
      const { starts, bucketCount } = calendar;
      expect(bucketOf(calendar, first)).toBe(0);
      expect(bucketOf(calendar, first + length)).toBe(bucketCount - 1);
      expect(bucketOf(calendar, starts[0] - 1)).toBe(-1);
      expect(bucketOf(calendar, starts[bucketCount])).toBe(-1);
      for (let i = 0; i < bucketCount; i++) {
        expect(bucketOf(calendar, starts[i])).toBe(i);
        expect(bucketOf(calendar, starts[i + 1] - 1)).toBe(i);
      }
    }),
    { seed },
  );
});

test('a calendar cut anywhere has the buckets of the longer one', () => {
  fc.assert(
    fc.property(spec, day, span, span, (chosen, first, length, offset) => {
      const whole = makeCalendar(chosen, first, first + length + offset);
      const part = makeCalendar(chosen, first + offset, first + length + offset);
      expect(part.starts).toEqual(whole.starts.slice(-part.starts.length));
      const grown = extendCalendar(makeCalendar(chosen, first, first), whole.bucketCount - 1);
      expect(grown.starts).toEqual(whole.starts);
    }),
    { seed },
  );
});

test('labels are unique and count from 1 within each fiscal year', () => {
  fc.assert(
    fc.property(spec, day, (chosen, first) => {
      const calendar = makeCalendar(chosen, first, first + 1200);
      const indexes = [...calendar.starts.keys()].slice(0, -1);
      expect(new Set(indexes.map((i) => bucketLabel(calendar, i))).size).toBe(calendar.bucketCount);
      for (const i of indexes.slice(1)) {
        const position = Number(fiscalLabel(calendar, i).slice(-2));
        const before = Number(fiscalLabel(calendar, i - 1).slice(-2));
        const sameYear = fiscalYearOf(calendar, i) === fiscalYearOf(calendar, i - 1);
        expect(position).toBe(sameYear ? before + 1 : 1);
        expect(sameYear || [0, 1].includes(before - bucketsPerYear(chosen))).toBe(true);
      }
    }),
    { seed },
  );
});

test('weeks have 7 days and periods of 4-4-5 have 28 or 35, or 42 in a long year', () => {
  fc.assert(
    fc.property(spec, day, (chosen, first) => {
      const { starts, bucketCount } = makeCalendar(chosen, first, first + 1500);
      const allowed = { month: [28, 29, 30, 31], 'iso-week': [7], '445': [28, 35, 42] }[chosen.kind];
      for (let i = 0; i < bucketCount; i++) expect(starts[i + 1] - starts[i]).toBeOneOf(allowed);
    }),
    { seed },
  );
});
