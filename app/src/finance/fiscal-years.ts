import { extendCalendar, fiscalYearOf } from '@planwright/time';
import type { RunHead } from '../plan-view/plan-reader.ts';

/** The buckets of one fiscal year that a run covers. */
export type FiscalYearSpan = {
  readonly fiscalYear: number;
  /** Index of the first bucket, and of the first behind it. */
  readonly first: number;
  readonly end: number;
  /** Whether the run covers the whole year. */
  readonly complete: boolean;
};

/** The fiscal years that a run touches, oldest first. */
export function fiscalYearSpans(run: RunHead): FiscalYearSpan[] {
  const { calendar } = run;
  // One bucket more tells whether the last year ends where the horizon does; the first year is whole
  // where as many buckets of it are there as of a later year.
  const extended = extendCalendar(calendar, 1);
  const spans: { fiscalYear: number; first: number; end: number }[] = [];
  for (let index = 0; index < calendar.bucketCount; index++) {
    const fiscalYear = fiscalYearOf(extended, index);
    const last = spans.at(-1);
    if (last?.fiscalYear === fiscalYear) last.end = index + 1;
    else spans.push({ fiscalYear, first: index, end: index + 1 });
  }
  const usual = Math.max(...spans.map((span) => span.end - span.first));
  const endsWhole = fiscalYearOf(extended, calendar.bucketCount) !== spans.at(-1)?.fiscalYear;
  return spans.map((span, index) => {
    const isLast = index === spans.length - 1;
    const startsWhole = index > 0 || span.end - span.first >= usual - 1;
    return { ...span, complete: startsWhole && (!isLast || endsWhole) };
  });
}

/** Sum of the finite values in [first, end); null where there is none. */
export function sumOf(values: readonly number[], first: number, end: number): number | null {
  const finite = values.slice(first, end).filter((value) => Number.isFinite(value));
  return finite.length === 0 ? null : finite.reduce((sum, value) => sum + value, 0);
}
