/** Setting the plan beside the budget or last year, with the gap in money and in per cent. */
import { assert } from '@planwright/units';

export type Gap = {
  /** plan - base; NaN where either is unknown. */
  readonly gap: number;
  /** gap / |base|; null where the base is unknown or too small for a percentage to say anything. */
  readonly gapRatio: number | null;
};
export type PeriodComparison = {
  readonly plan: number;
  readonly budget: number;
  readonly lastYear: number;
  readonly toBudget: Gap;
  readonly toLastYear: Gap;
};

// Against a base below this share of what the row usually is, "+8,400 %" is noise, not news.
const TINY_BASE_RATIO = 0.01;

/**
 * One comparison per bucket, for one row of a report (a product line, a region, the total).
 * Arrays have the same buckets, in plan money; NaN = not known. `lastYear` holds each bucket's amount a year before.
 * A base is tiny when it is below 1 % of the row's mean |plan|, |budget| and |last year|.
 */
export function comparePeriods(
  plan: ArrayLike<number>,
  budget: ArrayLike<number>,
  lastYear: ArrayLike<number>,
): PeriodComparison[] {
  assert(budget.length === plan.length && lastYear.length === plan.length, 'all rows have the same buckets');
  const tiny = TINY_BASE_RATIO * meanSize([plan, budget, lastYear]);
  return Array.from({ length: plan.length }, (_, t) => ({
    plan: plan[t],
    budget: budget[t],
    lastYear: lastYear[t],
    toBudget: gapOf(plan[t], budget[t], tiny),
    toLastYear: gapOf(plan[t], lastYear[t], tiny),
  }));
}

/** Sums the buckets that a comparison knows on both sides, so that a missing month does not read as a gap. */
export function totalGap(
  plan: ArrayLike<number>,
  base: ArrayLike<number>,
): Gap & { readonly bucketCount: number } {
  assert(base.length === plan.length, 'plan and base have the same buckets');
  let planSum = 0;
  let baseSum = 0;
  let bucketCount = 0;
  for (let t = 0; t < plan.length; t++) {
    if (Number.isNaN(plan[t]) || Number.isNaN(base[t])) continue;
    planSum += plan[t];
    baseSum += base[t];
    bucketCount += 1;
  }
  if (bucketCount === 0) return { gap: Number.NaN, gapRatio: null, bucketCount };
  return { ...gapOf(planSum, baseSum, TINY_BASE_RATIO * Math.abs(planSum)), bucketCount };
}

/**
 * The amounts of the same buckets a year earlier: bucket t of the result is bucket t - bucketsPerYear of `history`
 * joined with `plan`, NaN where there is none. A 53-week year shifts the weeks by one.
 */
export function lastYearOf(
  history: ArrayLike<number>,
  plan: ArrayLike<number>,
  bucketsPerYear: number,
): Float64Array {
  const joined = [...Array.from(history), ...Array.from(plan)];
  return Float64Array.from(
    { length: plan.length },
    (_, t) => joined[history.length + t - bucketsPerYear] ?? Number.NaN,
  );
}

function gapOf(plan: number, base: number, tiny: number): Gap {
  const gap = plan - base;
  const size = Math.abs(base);
  return { gap, gapRatio: size > tiny && Number.isFinite(gap) ? gap / size : null };
}

function meanSize(rows: readonly ArrayLike<number>[]): number {
  const sizes = rows.flatMap((row) => Array.from(row, Math.abs)).filter((size) => Number.isFinite(size));
  return sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
