import type { Calendar } from '@planwright/time';

/** What the gates need to know of a run and of the data it came from. Money is in `currency`. */
export type PlanFacts = {
  readonly runId: string;
  readonly currency: string;
  /** When the inputs were frozen. */
  readonly createdAt: Date;
  /** When data were last stored or undone; null without imports. */
  readonly newestDataAt: Date | null;
  /** Items with demand in the plan, and the names of those without a cost or without a price. */
  readonly itemCount: number;
  readonly itemsWithoutCost: readonly string[];
  readonly itemsWithoutPrice: readonly string[];
  /** Finished items that are new within the last year or still to come; those with neither history nor predecessor. */
  readonly launchCount: number;
  readonly launchesFromNothing: readonly string[];
  /** 1 - WAPE of the back-test; null where it could not be measured. */
  readonly accuracyRatio: number | null;
  /** (forecast - actual) / actual: positive is over-forecast. */
  readonly biasRatio: number | null;
  /** Over the horizon, at unit cost. */
  readonly shortageValue: number;
  /** Cost of sales of the plan over the horizon; null where no cost is known. */
  readonly horizonCost: number | null;
  /** Highest load over capacity in the next `NEAR_BUCKETS`, worst first. Infinity for load on no hours at all. */
  readonly resourcePeaks: readonly { readonly name: string; readonly ratio: number }[];
  readonly pastDueCount: number;
  readonly pastDueValue: number;
  readonly calendar: Calendar;
  readonly historyBuckets: number;
  /** Revenue of the whole company over history and horizon; NaN where a kind says nothing, empty where it is missing. */
  readonly actualRevenue: readonly number[];
  readonly planRevenue: readonly number[];
  readonly budgetRevenue: readonly number[];
};

/** How far ahead a resource must not be overloaded: what is nearer than this can hardly be moved any more. */
export const NEAR_BUCKETS = 3;
