import type { NorthStarView } from '@planwright/contracts';
import { normalCdf } from '@planwright/numerics';
import { bucketLabel } from '@planwright/time';
import { fiscalYearSpans, sumOf } from '../finance/fiscal-years.ts';
import type { FinanceSeries, RunHead } from '../plan-view/plan-reader.ts';

export type Goal = {
  readonly measure: 'revenue' | 'margin';
  readonly fiscalYear: number;
  readonly amount: number;
};

/** Standard deviations on either side of the mean that hold 80 % of a normal distribution. */
const HALF_WIDTH_80 = 1.2815515655446004;

/**
 * The goal against the outlook of its fiscal year: actual so far plus plan.
 *
 * The band of the outlook comes from the demand bands of the whole company, in money at the plan's own price a unit. It
 * adds the buckets as if they missed together, which is the cautious reading: a level that is wrong in spring is
 * still wrong in autumn. What is behind does not vary.
 *
 * @returns undefined where the run does not touch the goal's fiscal year.
 */
export function northStarView(
  run: RunHead,
  goal: Goal,
  finance: readonly FinanceSeries[],
  demand: ReadonlyMap<string, readonly number[]>,
): NorthStarView | undefined {
  const span = fiscalYearSpans(run).find((candidate) => candidate.fiscalYear === goal.fiscalYear);
  if (span === undefined) return undefined;
  const { first, end } = span;
  const valuesOf = (kind: FinanceSeries['kind']) =>
    finance.find((row) => row.measure === goal.measure && row.kind === kind)?.values ?? [];
  const actual = valuesOf('actual');
  const plan = valuesOf('plan');
  const lastYear = valuesOf('lastYear');
  const actualToDate = sumOf(actual, first, end) ?? 0;
  const outlook = actualToDate + (sumOf(plan, first, end) ?? 0);
  const deviation = outlookDeviation(run, plan, demand, first, end);
  const lastYearTotal = sumOf(lastYear, first, end);
  const paceOf = (index: number) => {
    const share = (lastYear[index] ?? Number.NaN) / (lastYearTotal ?? Number.NaN);
    return goal.amount * (Number.isFinite(share) ? share : 1 / (end - first));
  };
  return {
    measure: goal.measure,
    fiscalYear: goal.fiscalYear,
    target: goal.amount,
    actualToDate,
    outlook,
    lower80: outlook - HALF_WIDTH_80 * deviation,
    upper80: outlook + HALF_WIDTH_80 * deviation,
    gap: outlook - goal.amount,
    reachRatio:
      deviation > 0 ? 1 - normalCdf((goal.amount - outlook) / deviation) : Number(outlook >= goal.amount),
    note: noteOf(span.complete),
    byBucket: Array.from({ length: end - first }, (_, offset) => ({
      label: bucketLabel(run.calendar, first + offset),
      actual: finiteOrNull(actual[first + offset]),
      plan: finiteOrNull(plan[first + offset]),
      targetPace: paceOf(first + offset),
    })),
  };
}

function outlookDeviation(
  run: RunHead,
  plan: readonly number[],
  demand: ReadonlyMap<string, readonly number[]>,
  first: number,
  end: number,
): number {
  const [lower, upper, baseline] = ['lower80', 'upper80', 'baseline'].map(
    (measure) => demand.get(measure) ?? [],
  );
  let deviation = 0;
  for (let index = Math.max(first, run.historyBuckets); index < end; index++) {
    const ahead = index - run.historyBuckets;
    const relativeWidth = (upper![ahead]! - lower![ahead]!) / (2 * HALF_WIDTH_80) / baseline![ahead]!;
    if (Number.isFinite(relativeWidth) && Number.isFinite(plan[index]))
      deviation += relativeWidth * Math.abs(plan[index]!);
  }
  return deviation;
}

function noteOf(complete: boolean): string {
  const band =
    'The band takes the errors of the streams as independent of each other, and those of the periods as moving together.';
  return complete
    ? band
    : `The plan does not cover the whole fiscal year yet: a longer horizon would. ${band}`;
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
