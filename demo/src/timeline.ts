import { type CalendarDay, civilFromDay, dayFromCivil, dayFromIso } from '@planwright/time';

const HISTORY_YEARS = 4;
const HORIZON_MONTHS = 25;

/** The days the company lives on. Month i covers [monthStarts[i], monthStarts[i + 1]). */
export type Timeline = {
  /** First day of the order history: the first of a month. */
  readonly start: CalendarDay;
  /** The day of the plan. All that happened happened before it. */
  readonly asOf: CalendarDay;
  /** First of each month from `start` to past the planning horizon. */
  readonly monthStarts: Int32Array;
  /** Months that began before `asOf`; the last may be unfinished. */
  readonly historyMonths: number;
};

/** Throws on an `asOf` that is not a day: what the caller typed must not become another company. */
export function makeTimeline(asOfIso: string): Timeline {
  const asOf = dayFromIso(asOfIso);
  if (Number.isNaN(asOf)) {
    throw new RangeError(`asOf is '${asOfIso}', which is not a day. Maybe give one such as '2026-11-01'.`);
  }
  const { year, month } = civilFromDay(asOf);
  const first = { year: year - HISTORY_YEARS, month };
  const monthCount = HISTORY_YEARS * 12 + HORIZON_MONTHS;
  const monthStarts = Int32Array.from({ length: monthCount + 1 }, (_, index) =>
    monthStart(first.year, first.month + index),
  );
  const historyMonths = monthStarts.findIndex((day) => day >= asOf);
  return { start: monthStarts[0], asOf, monthStarts, historyMonths };
}

/** First of a month; month 13 is January of the next year. */
function monthStart(year: number, month: number): CalendarDay {
  const years = Math.floor((month - 1) / 12);
  return dayFromCivil(year + years, month - years * 12, 1);
}

/** Index of the month that holds a day, clamped to the timeline. */
export function monthIndexOf(timeline: Timeline, day: CalendarDay): number {
  const { monthStarts } = timeline;
  let index = Math.floor((day - monthStarts[0]) / 30.5); // Never more than one month off in six years.
  index = Math.max(0, Math.min(monthStarts.length - 2, index));
  while (index > 0 && day < monthStarts[index]) index -= 1;
  while (index < monthStarts.length - 2 && day >= monthStarts[index + 1]) index += 1;
  return index;
}

/** The calendar year and month (1-12) of month `index` of the timeline. */
export function civilMonth(timeline: Timeline, index: number): { year: number; month: number } {
  const { year, month } = civilFromDay(timeline.monthStarts[index]);
  return { year, month };
}
