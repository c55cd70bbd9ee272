import { planCalendar } from '@planwright/app';
import { dayFromIso, isoFromDay } from '@planwright/time';
import { expect, test } from 'vitest';

const bounds = (first: string, newest: string) => ({
  firstDemandDay: dayFromIso(first),
  lastDemandDay: dayFromIso(newest),
  newestOrderDay: dayFromIso(newest),
});
const settings = (calendarKind: 'month' | 'iso-week' | '445', asOf: string | null = null) => ({
  companyId: 1,
  currency: 'USD',
  calendarKind,
  fiscalYearStartMonth: 1,
  asOf: asOf === null ? null : dayFromIso(asOf),
});

test('the plan starts with the bucket of the day after the newest order', () => {
  const { plan, issues } = planCalendar(settings('month'), bounds('2011-05-31', '2014-06-30'), undefined);
  expect(isoFromDay(plan.asOf)).toBe('2014-07-01');
  expect(isoFromDay(plan.calendar.starts[0])).toBe('2011-05-01');
  expect(plan.historyBuckets).toBe(38);
  expect(plan.horizonBuckets).toBe(18);
  expect(plan.calendar.bucketCount).toBe(38 + 18);
  expect(isoFromDay(plan.calendar.starts[56])).toBe('2016-01-01');
  expect(issues).toEqual([]);
});

test('a bucket that has not ended is not history', () => {
  const { plan } = planCalendar(settings('month'), bounds('2014-01-15', '2014-06-12'), 3);
  expect(isoFromDay(plan.asOf)).toBe('2014-06-01');
  expect(plan.historyBuckets).toBe(5);
  expect(plan.calendar.bucketCount).toBe(5 + 3);
});

test('a planning date that is set counts before the newest order', () => {
  const { plan } = planCalendar(settings('month', '2014-03-20'), bounds('2014-01-15', '2014-06-12'), 6);
  expect(isoFromDay(plan.asOf)).toBe('2014-03-01');
  expect(plan.historyBuckets).toBe(2);
});

test('weeks start on Mondays and look 78 ahead; 4-4-5 looks 18 periods ahead', () => {
  const weeks = planCalendar(settings('iso-week'), bounds('2025-01-01', '2026-11-18'), undefined).plan;
  expect(isoFromDay(weeks.asOf)).toBe('2026-11-16');
  expect(weeks.horizonBuckets).toBe(78);
  const periods = planCalendar(settings('445'), bounds('2025-01-01', '2026-11-18'), undefined).plan;
  expect(periods.horizonBuckets).toBe(18);
  expect(periods.calendar.bucketCount).toBe(periods.historyBuckets + 18);
});

test('a mistyped order of 1970 does not make fifty years of history', () => {
  const { plan, issues } = planCalendar(settings('month'), bounds('1970-01-01', '2026-10-31'), undefined);
  expect(plan.historyBuckets).toBe(120);
  expect(issues.map((issue) => [issue.severity, issue.code])).toEqual([['warning', 'HISTORY_CUT']]);
});

test('without one whole bucket before the planning date there is nothing to learn from', () => {
  const { issues } = planCalendar(settings('month'), bounds('2026-11-03', '2026-11-20'), undefined);
  expect(issues.map((issue) => [issue.severity, issue.code])).toEqual([['error', 'NO_HISTORY']]);
});
