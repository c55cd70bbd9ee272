/** The record of a stock point in either plan, from the series that a run stored. */
import type { StockPlan } from '@planwright/contracts';
import type { RunHead } from '../plan-view/plan-reader.ts';
import { wireValues } from '../plan-view/run-in-view.ts';

export type PlanName = 'constrained' | 'unconstrained';
type Series = ReadonlyMap<string, readonly number[]>;

/** Measures by their names in the store, where the plans differ. */
const STORED = {
  unconstrained: {
    dependentDemand: 'dependentDemand',
    plannedReceipts: 'plannedReceipts',
    projectedOnHand: 'projectedOnHand',
    shortage: 'shortage',
  },
  constrained: {
    dependentDemand: 'constrainedDependent',
    plannedReceipts: 'constrainedReceipts',
    projectedOnHand: 'constrainedOnHand',
    shortage: 'constrainedShortage',
  },
} as const;

/** What is stored under one name, or worked out from two. */
const WORKED_OUT: Partial<Record<keyof StockPlan, readonly (keyof StockPlan)[]>> = {
  grossDemand: ['independentDemand', 'dependentDemand'],
  coverDays: ['projectedOnHand', 'independentDemand', 'dependentDemand'],
};

const storedName = (plan: PlanName, measure: keyof StockPlan): string =>
  measure in STORED[plan] ? STORED[plan][measure as keyof (typeof STORED)['constrained']] : measure;

/** Names of the stored series that a measure is worked out from. */
export function seriesNames(plan: PlanName, measure: keyof StockPlan): string[] {
  return (WORKED_OUT[measure] ?? [measure]).map((name) => storedName(plan, name));
}

/** One measure of a plan by bucket of the horizon. Empty where the run stored none. */
export function measureValues(
  run: RunHead,
  series: Series,
  plan: PlanName,
  measure: keyof StockPlan,
): (number | null)[] {
  const of = (name: keyof StockPlan): readonly number[] => series.get(storedName(plan, name)) ?? [];
  if (measure !== 'grossDemand' && measure !== 'coverDays') return wireValues(of(measure));
  const dependent = of('dependentDemand');
  const gross = of('independentDemand').map((quantity, t) => quantity + (dependent[t] ?? 0));
  if (measure === 'grossDemand') return wireValues(gross);
  return coverDays(of('projectedOnHand'), gross, run.calendar.starts.subarray(run.historyBuckets));
}

/** All measures of a plan. Independent demand, open receipts and safety stock are the same in both. */
export function stockPlan(run: RunHead, series: Series, plan: PlanName): StockPlan {
  const of = (measure: keyof StockPlan) => measureValues(run, series, plan, measure);
  return {
    grossDemand: of('grossDemand'),
    independentDemand: of('independentDemand'),
    dependentDemand: of('dependentDemand'),
    scheduledReceipts: of('scheduledReceipts'),
    plannedReceipts: of('plannedReceipts'),
    projectedOnHand: of('projectedOnHand'),
    safetyStock: of('safetyStock'),
    coverDays: of('coverDays'),
    shortage: of('shortage'),
  };
}

/**
 * Days of the demand of the buckets after it that the stock at the end of a bucket covers, the last bucket in part;
 * null where it outlasts the demand that is known.
 */
function coverDays(
  onHand: readonly number[],
  demand: readonly number[],
  starts: ArrayLike<number>,
): (number | null)[] {
  return onHand.map((stock, t) => {
    let left = stock;
    if (!(left > 0)) return 0;
    let days = 0;
    for (let later = t + 1; later < demand.length; later++) {
      const length = starts[later + 1] - starts[later];
      if (left < demand[later]) return days + (left / demand[later]) * length;
      left -= demand[later];
      days += length;
    }
    return null;
  });
}
