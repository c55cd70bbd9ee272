import { dayFromIso, makeCalendar } from '@planwright/time';
import { expect, test } from 'vitest';
import { spanTotals } from '../../src/demand/span-totals.ts';

const HISTORY = 14;
const HORIZON = 12;
const calendar = makeCalendar(
  { kind: 'month', fiscalYearStartMonth: 1 },
  dayFromIso('2024-12-01'),
  dayFromIso('2027-01-31'),
);
const run = { calendar, historyBuckets: HISTORY, horizonBuckets: HORIZON };
const row = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const sums = {
  actual: row(HISTORY, 10),
  baseline: row(HORIZON, 20),
  consensus: row(HORIZON, 21),
  lower80: row(HORIZON, 16),
  upper80: row(HORIZON, 26),
  lower95: row(HORIZON, 14),
  upper95: row(HORIZON, 29),
  revenue: [],
};

test('quarters and years that reach into the plan: history as it was, the plan with the band of its sum', () => {
  const totals = spanTotals(run, sums);
  expect(totals.map(({ span, label, isWhole }) => [span, label, isWhole])).toEqual([
    ['quarter', 'FY26 Q1', true],
    ['quarter', 'FY26 Q2', true],
    ['quarter', 'FY26 Q3', true],
    ['quarter', 'FY26 Q4', true],
    ['quarter', 'FY27 Q1', false],
    ['year', 'FY26', true],
    ['year', 'FY27', false],
  ]);
  const [first, second, , , , year] = totals;
  // January is history: 10 + 2 months of the plan.
  expect(first).toMatchObject({ startsOn: '2026-01-01', endsOn: '2026-03-31', actual: 10, baseline: 50 });
  expect(first?.consensus).toBe(52);
  // Bands that do not grow are of errors that do not hang together.
  expect(first?.upper80).toBeCloseTo(50 + 6 * Math.sqrt(2), 9);
  expect(second?.lower80).toBeCloseTo(60 - 4 * Math.sqrt(3), 9);
  expect(year).toMatchObject({ actual: 10, baseline: 230, endsOn: '2026-12-31' });
  expect(year?.upper95).toBeCloseTo(230 + 9 * Math.sqrt(11), 9);
});

test('without bands there are none', () => {
  expect(spanTotals(run, { ...sums, lower80: [] })).toEqual([]);
  expect(spanTotals(run, { ...sums, baseline: row(HORIZON, Number.NaN) })).toEqual([]);
});
