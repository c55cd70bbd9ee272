import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayFromIso, HOLIDAY_COUNTRIES, holidayDays, isWeekend, workingDays } from '@planwright/time';

const day = fc.integer({ min: dayFromIso('1990-01-01'), max: dayFromIso('2060-01-01') });
const span = fc.tuple(day, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 }));
const country = fc.constantFrom(...HOLIDAY_COUNTRIES);

test('working days of two spans that meet add up', () => {
  fc.assert(
    fc.property(span, country, ([from, first, second], where) => {
      const whole = workingDays(from, from + first + second, where);
      const middle = from + first;
      expect(workingDays(from, middle, where) + workingDays(middle, middle + second, where)).toBe(whole);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('a day works if it is neither a weekend nor a holiday', () => {
  fc.assert(
    fc.property(day, country, (from, where) => {
      for (let at = from; at < from + 20; at++) {
        const free = isWeekend(at) || holidayDays(where, at, at + 1).length > 0;
        expect(workingDays(at, at + 1, where)).toBe(free ? 0 : 1);
      }
    }),
    { seed: 2, numRuns: 40 },
  );
});
