/** What the gates need to know of a run and of the data it came from. Money is in `currency`. */
export type PlanFacts = {
  readonly runId: string;
  readonly currency: string;
  readonly createdAt: Date;
  readonly finishedAt: Date;
  /** When data were last stored or undone; null without imports. */
  readonly newestDataAt: Date | null;
  /** Items with demand in the plan, and those of them that the run knew no cost or no price of. */
  readonly itemCount: number;
  readonly itemsWithoutCost: readonly string[];
  readonly itemsWithoutPrice: readonly string[];
  /** Items new within the last year or still to come, and those without own history or predecessor. */
  readonly launchCount: number;
  readonly launchesWithoutHistory: readonly string[];
  /** 1 - WAPE of the back-test; null where it could not be measured. */
  readonly accuracyRatio: number | null;
  /** Forecast minus actual over actual: positive is over-forecast. */
  readonly biasRatio: number | null;
  readonly shortageValue: number;
  /** Cost of sales of the plan over the horizon. */
  readonly horizonCost: number;
  /** Resources whose load passes the limit in the next buckets, worst first. */
  readonly overloaded: readonly { readonly name: string; readonly peakRatio: number }[];
  readonly resourceCount: number;
  readonly pastDueCount: number;
  readonly pastDueValue: number;
  /** Revenue of the fiscal year that the plan begins in: actual so far plus plan, over the buckets with a budget. */
  readonly fiscalYear: number;
  readonly outlookRevenue: number | null;
  readonly budgetRevenue: number | null;
};
