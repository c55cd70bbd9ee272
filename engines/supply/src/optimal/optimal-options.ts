import type { FiniteDemands } from '../model/finite-plan.ts';

/**
 * planned  A receipt of a bucket is started in the one bucket that the lead-time offset of the unconstrained plan
 *          names (see `leadTimeOffset`): a plan that can be followed.
 * anyDay   Whatever some day of a bucket allows is allowed to all of it: a part of what starts in May arrives in May,
 *          the rest in June, as suits best. No plan by days can be cheaper, so this gives the bound a heuristic is
 *          measured by; it is not a plan to follow.
 */
export type Timing = 'planned' | 'anyDay';

/**
 * none     Orders cost and take what their units do; costs, hours and components per order are left out.
 * relaxed  Per order, in proportion: an order of the largest size counts as one, half of it as half. A lower bound.
 * binary   A source makes one order in a bucket or none, as large as is asked (several where a lot maximum asks for
 *          it). Exact, and takes a search.
 */
export type Setups = 'none' | 'relaxed' | 'binary';

export type OptimalOptions = PriceOptions & {
  /** Default planned. */
  readonly timing?: Timing;
  /** Where in its bucket a receipt is needed, 0-1. Default: the rules' `forecastDueRatio`, else 0.5. */
  readonly needRatio?: number;
  /** Default relaxed. */
  readonly setups?: Setups;
  /** Order quantities are whole multiples and no smaller than the minimum. Default false. */
  readonly integerLots?: boolean;
  /** People are hired and laid off whole. Default false. */
  readonly integerWorkforce?: boolean;
  /** A unit may be refused where that is cheaper. False: all is delivered within the horizon or there is no plan. */
  readonly lostSales?: boolean;
};

/** The terms on which plans are priced: for two plans to be compared they must be the same. */
export type PriceOptions = {
  /**
   * margin  A unit not delivered costs the revenue it would have brought, and its lost-sale cost. Default.
   * cost    It costs its lost-sale cost alone.
   */
  readonly objective?: 'margin' | 'cost';
  /** Money for lacking a unit of safety stock for a year, as a ratio of its cost. Default twice the holding ratio. */
  readonly safetyStockPenaltyRatioPerYear?: number;
  /**
   * What a unit in stock at the end of the horizon counts for, as a ratio of its cost, up to the safety stock of the
   * last bucket: without it every plan sells out at the end. Default 1.
   */
  readonly endStockRatio?: number;
  /** What is asked. Default: `planningDemands(model)`. A finite plan brings its own. */
  readonly demands?: FiniteDemands;
};
