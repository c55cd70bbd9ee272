/**
 * The newsvendor: how much to have where it must be decided before the demand of one span is known, and the base-stock
 * level that serves a span of lead time and review. Costs are per unit left over or missing at the end of the span.
 *
 *   cost(S) = overage E[(S - D)+] + underage E[(D - S)+], least at the underage / (underage + overage) quantile.
 *
 * Source   Arrow, Harris and Marschak (1951), Econometrica 19(3), 250-272; Snyder and Shen (2019), Fundamentals of Supply
 *          Chain Theory, 2nd ed., sections 4.3 and 4.4.
 */
import { assert } from '@planwright/units';
import type { DemandDistribution } from './demand-distribution.ts';

export type NewsvendorCosts = {
  /** Money a unit that is left over, > 0: holding, or price less salvage. */
  readonly overageCost: number;
  /** Money a unit that is missing, > 0: lost margin, penalty, or waiting. */
  readonly underageCost: number;
};

export type NewsvendorLevel = {
  readonly level: number;
  readonly cost: number;
  /** P(D <= level): the chance that all of the span's demand is met. */
  readonly cycleServiceRatio: number;
  /** Expected share of the span's demand that is met. */
  readonly fillRatio: number;
};

/** The level of least expected cost for any distribution of demand. */
export function newsvendorLevel(demand: DemandDistribution, costs: NewsvendorCosts): NewsvendorLevel {
  const { overageCost, underageCost } = costs;
  assert(overageCost > 0 && underageCost > 0, 'too much and too little both cost something');
  const level = demand.quantile(underageCost / (underageCost + overageCost));
  const missing = demand.loss(level);
  return {
    level,
    cost: newsvendorCost(demand, costs, level),
    cycleServiceRatio: demand.cdf(level),
    fillRatio: demand.mean > 0 ? 1 - missing / demand.mean : 1,
  };
}

/** Expected cost of any level. */
export function newsvendorCost(demand: DemandDistribution, costs: NewsvendorCosts, level: number): number {
  const missing = demand.loss(level);
  return costs.overageCost * (level - demand.mean + missing) + costs.underageCost * missing;
}
