/**
 * What a plan costs, by kind: one price list for the optimal plan and for every other, so that the difference between
 * two of them is money that could be saved and not a difference of book-keeping.
 *
 * Law      for the same model and options, the price of the optimal plan is the objective it was found with, and no
 *          finite plan costs less than the optimum under timing 'anyDay' (with setups relaxed or none).
 */
import { assert } from '@planwright/units';
import type { FinitePlan } from '../model/finite-plan.ts';
import type { PlanningModel } from '../model/planning-model.ts';
import { type BucketFlows, finiteFlows } from './bucket-flows.ts';
import type { PriceOptions } from './optimal-options.ts';
import { type PlanTerms, planTerms } from './plan-terms.ts';
import { type ResourceShape, resourceShape } from './program-resources.ts';

export const COST_KINDS = [
  'production',
  'purchase',
  'transfer',
  'orders',
  'hours',
  'overtime',
  'wages',
  'hiring',
  'layOffs',
  'holding',
  'safetyStock',
  'storage',
  'backlog',
  'lostSales',
  'lostRevenue',
  'endStock',
] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** Money, an estimate. `endStock` counts against the total and is <= 0; all others are >= 0. */
export type PlanCost = {
  readonly total: number;
  readonly byKind: Readonly<Record<CostKind, number>>;
  /** What all demand would bring, and what the plan's deliveries bring. */
  readonly revenueAsked: number;
  readonly revenue: number;
  /** revenue - cost, the revenue of lost sales not counted twice. */
  readonly margin: number;
};

/**
 * Prices a constrained plan on the terms of `optimalProgram`. The options must be those of the plan it is compared
 * with; demands are the plan's own. Hours count where the plan put them, overtime is what lies above capacity.
 */
export function planCost(model: PlanningModel, plan: FinitePlan, options: PriceOptions = {}): PlanCost {
  const terms = planTerms(model, { ...options, demands: plan.demands });
  const resources = resourceShape(model);
  return costOfFlows(model, terms, resources, finiteFlows(model, terms, resources, plan));
}

const PURPOSE = { make: 'production', buy: 'purchase', move: 'transfer' } as const;

/** O(sources, stock points, classes x buckets). */
export function costOfFlows(
  model: PlanningModel,
  terms: PlanTerms,
  resources: ResourceShape,
  flows: BucketFlows,
): PlanCost {
  const byKind = Object.fromEntries(COST_KINDS.map((kind) => [kind, 0])) as Record<CostKind, number>;
  const { bucketCount } = terms;
  model.sources.forEach(({ kind, costPerUnit = 0, costPerOrder = 0 }, source) => {
    for (let cell = source * bucketCount; cell < (source + 1) * bucketCount; cell++) {
      byKind[PURPOSE[kind]] += flows.started[cell] * costPerUnit;
      byKind.orders += flows.orders[cell] * costPerOrder;
    }
  });
  model.resources.forEach(({ workforce }, resource) => {
    const { wagePerBucket = 0, hireCost = 0, layOffCost = 0 } = workforce ?? {};
    for (let cell = resources.start[resource]; cell < resources.start[resource + 1]; cell++) {
      const perHour = resources.costPerHour[resource];
      byKind.hours += flows.hours[cell] * perHour - flows.overtime[cell] * perHour;
      byKind.overtime += flows.overtime[cell] * (perHour + resources.overtimePremium[resource]);
      byKind.wages += flows.people[cell] * wagePerBucket;
      byKind.hiring += flows.hired[cell] * hireCost;
      byKind.layOffs += flows.laidOff[cell] * layOffCost;
    }
  });
  addStockCosts(model, terms, flows, byKind);
  const { revenueAsked, revenueLost } = addDemandCosts(terms, flows, byKind);
  const total = COST_KINDS.reduce((sum, kind) => sum + byKind[kind], 0);
  assert(Number.isFinite(total), 'the plan and its terms are finite');
  const revenue = revenueAsked - revenueLost;
  return { total, byKind, revenueAsked, revenue, margin: revenue - (total - byKind.lostRevenue) };
}

function addStockCosts(
  model: PlanningModel,
  { bucketCount, holdingCost, safetyStock, safetyCost, storageMax, storageCost, endStockValue }: PlanTerms,
  { stock }: BucketFlows,
  byKind: Record<CostKind, number>,
): void {
  for (let point = 0; point < model.stockPoints.length; point++) {
    for (let t = 0; t < bucketCount; t++) {
      const cell = point * bucketCount + t;
      const held = Math.max(0, stock[cell]);
      byKind.holding += held * holdingCost[cell];
      byKind.safetyStock += Math.max(0, safetyStock[cell] - held) * safetyCost[cell];
      byKind.storage += Math.max(0, held - storageMax[point]) * storageCost[point];
      if (t === bucketCount - 1) byKind.endStock -= Math.min(held, safetyStock[cell]) * endStockValue[point];
    }
  }
}

function addDemandCosts(
  { bucketCount, classes, isMargin }: PlanTerms,
  flows: BucketFlows,
  byKind: Record<CostKind, number>,
): { readonly revenueAsked: number; readonly revenueLost: number } {
  let revenueAsked = 0;
  let revenueLost = 0;
  classes.list.forEach(({ quantity, pricePerUnit, lostCost, backlogCost }, index) => {
    for (let t = 0; t < bucketCount; t++) {
      const cell = index * bucketCount + t;
      revenueAsked += quantity[t] * pricePerUnit;
      revenueLost += flows.lost[cell] * pricePerUnit;
      byKind.backlog += flows.backlog[cell] * backlogCost[t];
      byKind.lostSales += flows.lost[cell] * lostCost;
    }
  });
  if (isMargin) byKind.lostRevenue = revenueLost;
  return { revenueAsked, revenueLost };
}
