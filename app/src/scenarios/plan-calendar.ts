/** When a plan starts, how far it looks back and how far ahead. */
import {
  bucketOf,
  bucketsPerYear,
  type Calendar,
  type CalendarDay,
  type CalendarSpec,
  calendarFromStarts,
  extendCalendar,
  isoFromDay,
  makeCalendar,
} from '@planwright/time';
import type { Issue } from '@planwright/units';
import type { CompanySettings, DemandBounds } from './company-data.ts';

/** History comes first, the horizon begins at `asOf`, which starts a bucket. */
export type PlanCalendar = {
  readonly calendar: Calendar;
  readonly asOf: CalendarDay;
  readonly historyBuckets: number;
  readonly horizonBuckets: number;
};

const HORIZON_YEARS = 1.5;
// Older demand says little about the next year, and one order dated 1970 must not make fifty years of zeros.
export const HISTORY_YEARS_MAX = 10;

/** 18 months, 18 periods of a 4-4-5 year or 78 weeks. */
function defaultHorizonBuckets(spec: CalendarSpec): number {
  return Math.round(bucketsPerYear(spec) * HORIZON_YEARS);
}

/**
 * Cuts the calendar of a plan. The plan starts with the bucket that holds the planning date; where none is set, that
 * is the day after the newest order. History holds the buckets that ended before the plan starts, so an unfinished
 * bucket never passes for a weak one.
 */
export function planCalendar(
  settings: CompanySettings,
  bounds: DemandBounds,
  horizonBuckets: number | undefined,
): { readonly plan: PlanCalendar; readonly issues: Issue[] } {
  const spec: CalendarSpec = {
    kind: settings.calendarKind,
    fiscalYearStartMonth: settings.fiscalYearStartMonth,
  };
  const day = settings.asOf ?? bounds.newestOrderDay + 1;
  const around = makeCalendar(spec, Math.min(bounds.firstDemandDay, day), day);
  const asOfBucket = bucketOf(around, day);
  const historyBuckets = Math.min(asOfBucket, HISTORY_YEARS_MAX * bucketsPerYear(spec));
  const issues: Issue[] = [];
  if (historyBuckets < asOfBucket) issues.push(historyCutIssue(around.starts[asOfBucket - historyBuckets]));
  if (historyBuckets === 0) issues.push(noHistoryIssue(around.starts[asOfBucket]));
  const horizon = horizonBuckets ?? defaultHorizonBuckets(spec);
  const kept = calendarFromStarts(spec, around.starts.slice(asOfBucket - historyBuckets));
  return {
    plan: {
      calendar: extendCalendar(kept, Math.max(0, horizon - 1)),
      asOf: around.starts[asOfBucket],
      historyBuckets,
      horizonBuckets: horizon,
    },
    issues,
  };
}

function historyCutIssue(firstDay: CalendarDay): Issue {
  return {
    severity: 'warning',
    code: 'HISTORY_CUT',
    message: `Demand before ${isoFromDay(firstDay)} is left out: a plan looks back ${HISTORY_YEARS_MAX} years at most.`,
    advice: 'Check the oldest order dates, in case one of them is a typing error.',
  };
}

function noHistoryIssue(asOf: CalendarDay): Issue {
  return {
    severity: 'error',
    code: 'NO_HISTORY',
    message: `No bucket of the calendar ended before the planning date ${isoFromDay(asOf)}, so there is nothing to learn from.`,
    advice: 'Import older orders, or set a later planning date.',
  };
}
