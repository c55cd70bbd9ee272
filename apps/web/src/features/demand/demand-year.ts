import type { DemandSeries } from '@planwright/contracts';

const YEAR_DAYS = 365.25;
const DAY_MS = 86_400_000;

/** Totals of the last year of buckets and the next one, or as much of each as there is. */
export type DemandYear = {
  readonly bucketCount: number;
  readonly actual: number | null;
  readonly plan: number | null;
  readonly revenue: number | null;
};

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** How many buckets make a year: 12 of months, 52 of weeks. */
export function bucketsAYear(buckets: DemandSeries['horizon']['buckets']): number {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return 1;
  const days = (Date.parse(last.endsOn) - Date.parse(first.startsOn)) / DAY_MS + 1;
  return Math.max(1, Math.round((buckets.length * YEAR_DAYS) / days));
}

export function yearOf(series: DemandSeries): DemandYear {
  const { buckets, firstPlanBucket } = series.horizon;
  const year = bucketsAYear(buckets);
  const bucketCount = Math.min(year, buckets.length - firstPlanBucket);
  return {
    bucketCount,
    actual: sumOf(series.actual.slice(Math.max(0, firstPlanBucket - bucketCount), firstPlanBucket)),
    plan: sumOf(series.consensus.slice(firstPlanBucket, firstPlanBucket + bucketCount)),
    revenue: sumOf(series.revenue.slice(firstPlanBucket, firstPlanBucket + bucketCount)),
  };
}
