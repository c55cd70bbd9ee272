/** Quarterly quotas of the sellers: last year's orders of the territory and what management asked for on top. */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { fiscalYearAt } from './books.ts';
import { civilMonth, type Timeline } from './timeline.ts';
import type { SalesForce } from './sales-force.ts';

export type Quota = {
  readonly seller: number;
  readonly periodStart: CalendarDay;
  readonly periodEnd: CalendarDay;
  readonly cents: number;
};

const ASKED_GROWTH_RATIO = 0.07;
const ROUND_TO_CENTS = 500_000;

/** `orderedCents` by territory and month of the history: `[territory * historyMonths + month]`. */
export function quotas(
  force: SalesForce,
  orderedCents: Float64Array,
  timeline: Timeline,
  seed: number,
): Quota[] {
  const { monthStarts, historyMonths } = timeline;
  const lastFiscalYear = fiscalYearAt(timeline.asOf);
  const rows: Quota[] = [];
  for (let month = 0; month + 3 < monthStarts.length; month++) {
    const isQuarterStart = civilMonth(timeline, month).month % 3 === 1;
    if (!isQuarterStart || fiscalYearAt(monthStarts[month]) > lastFiscalYear) continue;
    const periodStart = monthStarts[month];
    const periodEnd = monthStarts[month + 3] - 1;
    force.assignments.forEach(({ seller, territory, startsOn, endsOn }) => {
      // Who holds the territory when the quarter begins carries its quota.
      if (startsOn > periodStart || (endsOn !== null && endsOn < periodStart)) return;
      const basis = basisCents(
        orderedCents.subarray(territory * historyMonths, (territory + 1) * historyMonths),
        month,
      );
      const stretch =
        1 + ASKED_GROWTH_RATIO + 0.08 * randomStream(seed, `quota:${territory}:${month}`).normal();
      const cents = Math.max(1, Math.round((basis * stretch) / ROUND_TO_CENTS)) * ROUND_TO_CENTS;
      rows.push({ seller, periodStart, periodEnd, cents });
    });
  }
  return rows;
}

/** Orders of the same quarter a year before, or a year after where the history does not reach back. */
function basisCents(ordered: Float64Array, month: number): number {
  const from = month >= 12 ? month - 12 : month + 12;
  return ordered.subarray(from, from + 3).reduce((sum, cents) => sum + cents, 0) / (month >= 12 ? 1 : 1.1);
}
