import { z } from 'zod';
import { CompanyParams, endpoint, PageQuery, pageOf } from './endpoint.ts';
import { Horizon, RunQuery, Values } from './plan-view.ts';

export const StockPointRow = z.object({
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  itemKind: z.string(),
  location: z.string(),
  source: z.enum(['make', 'buy', 'move', 'none']),
  unit: z.string(),
  onHand: z.number(),
  safetyStock: z.number(),
  /** Buckets of demand that today's stock covers; null where there is no demand. */
  coverBuckets: z.number().nullable(),
  shortageQuantity: z.number(),
  shortageValue: z.number(),
  firstShortageBucket: z.string().nullable(),
  /** The same of the constrained plan: of the demand due in each bucket, what is not delivered by its end. Null in runs without one. */
  constrainedShortageQuantity: z.number().nullable(),
  constrainedShortageValue: z.number().nullable(),
  constrainedFirstShortageBucket: z.string().nullable(),
  plannedQuantity: z.number(),
  stockValue: z.number(),
});
export type StockPointRow = z.infer<typeof StockPointRow>;

/** One way to refill a stock point, with the rules that its orders keep as the run planned them. */
export const StockSource = z.object({
  source: z.string(),
  kind: z.enum(['make', 'buy', 'move']),
  /** Supplier of a purchase, or the sending location of a move. */
  from: z.string().nullable(),
  /** 1 is asked first. */
  priority: z.number(),
  leadTimeDays: z.number(),
  /** Of each order; null: no such rule. */
  lotMinimum: z.number().nullable(),
  lotMultiple: z.number().nullable(),
  lotMaximum: z.number().nullable(),
});
export type StockSource = z.infer<typeof StockSource>;

export const StockPointDetail = StockPointRow.extend({
  horizon: Horizon,
  leadTimeDays: z.number(),
  /** The one that is asked first stands first; empty in runs that did not keep them. */
  sources: z.array(StockSource),
  independentDemand: Values,
  dependentDemand: Values,
  scheduledReceipts: Values,
  plannedReceipts: Values,
  plannedReleases: Values,
  projectedOnHand: Values,
  safetyStockLevel: Values,
  shortage: Values,
  usedIn: z.array(z.object({ item: z.string(), itemName: z.string(), quantityPer: z.number() })),
  components: z.array(
    z.object({ item: z.string(), itemName: z.string(), location: z.string(), quantityPer: z.number() }),
  ),
});
export type StockPointDetail = z.infer<typeof StockPointDetail>;

/** How a stock point is planned: what may be edited of it. */
export const StockRules = z.object({
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  unit: z.string(),
  safetyStock: z.number(),
  leadTimeDays: z.number(),
  /** Ways to refill it; lot rules are those of the one that is asked first. */
  sourceCount: z.number(),
  kind: z.enum(['make', 'buy', 'move']).nullable(),
  from: z.string().nullable(),
  lotMinimum: z.number().nullable(),
  lotMultiple: z.number().nullable(),
  lotMaximum: z.number().nullable(),
});
export type StockRules = z.infer<typeof StockRules>;

export const ResourceLoad = z.object({
  resourceId: z.number(),
  code: z.string(),
  name: z.string(),
  location: z.string().nullable(),
  loadHours: Values,
  capacityHours: Values,
  /** Hours that may be worked beyond the rated ones; null in runs that did not keep them, and without hours. */
  overtimeHours: Values,
  peakRatio: z.number().nullable(),
  meanRatio: z.number().nullable(),
  overloadedBuckets: z.number(),
});

export const PlannedOrder = z.object({
  number: z.number(),
  kind: z.enum(['make', 'buy', 'move']),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  /** Supplier of a purchase, or the sending location of a move. */
  from: z.string().nullable(),
  releaseOn: z.string(),
  dueOn: z.string(),
  quantity: z.number(),
  unit: z.string(),
  value: z.number(),
  /** The release date lies before the planning date: it can only be late. */
  pastDue: z.boolean(),
  reason: z.string(),
});
export type PlannedOrder = z.infer<typeof PlannedOrder>;

/** What is told of a stock point by bucket; see `StockPlan`. */
const STOCK_PLAN_MEASURES = [
  'grossDemand',
  'independentDemand',
  'dependentDemand',
  'scheduledReceipts',
  'plannedReceipts',
  'projectedOnHand',
  'safetyStock',
  'coverDays',
  'shortage',
] as const;

const StockPointQuery = PageQuery.extend(RunQuery.shape).extend({
  q: z.string().max(100).optional(),
  location: z.string().max(100).optional(),
  only: z.enum(['all', 'short', 'excess']).default('all'),
  kind: z.enum(['finished', 'component', 'raw', 'spare']).optional(),
  /** Whose shortage orders the list, and counts as short. */
  plan: z.enum(['constrained', 'unconstrained']).default('unconstrained'),
});

export const supplyEndpoints = {
  getSupplySummary: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/summary',
    summary: 'Can we supply the plan? Shortages, stock, orders and load in a few numbers',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({
      currency: z.string(),
      horizon: Horizon,
      stockPointCount: z.number(),
      shortStockPointCount: z.number(),
      shortageQuantity: z.number(),
      shortageValue: z.number(),
      /** Share of independent demand over the horizon that is met in its bucket. */
      fillRatio: z.number().nullable(),
      plannedOrderCount: z.number(),
      plannedOrderValue: z.number(),
      pastDueOrderCount: z.number(),
      overloadedResourceCount: z.number(),
      projectedStockValue: Values,
      shortageValueByBucket: Values,
    }),
  }),
  listStockPoints: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/stock-points',
    summary: 'Items at locations with their shortage in both plans, the worst first',
    access: 'plan.read',
    query: StockPointQuery,
    response: pageOf(StockPointRow),
  }),
  listStockPeriods: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/stock-periods',
    summary: 'One measure of one plan by bucket, of the same stock points in the same order',
    access: 'plan.read',
    query: StockPointQuery.extend({ measure: z.enum(STOCK_PLAN_MEASURES).default('projectedOnHand') }),
    response: pageOf(StockPointRow.extend({ values: Values })).extend({ horizon: Horizon }),
  }),
  listStockRules: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/stock-rules',
    summary: 'Lead time, safety stock and lot rules of the same stock points in the same order',
    access: 'plan.read',
    query: StockPointQuery,
    response: pageOf(StockRules),
  }),
  getStockPoint: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/stock-points/:stockPointId',
    summary: 'The time-phased record of one item at one location',
    access: 'plan.read',
    params: CompanyParams.extend({ stockPointId: z.coerce.number().int().positive() }),
    query: RunQuery,
    response: StockPointDetail,
  }),
  getResourceLoad: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/resources',
    summary: 'Load against capacity of every resource and bucket',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({ horizon: Horizon, resources: z.array(ResourceLoad) }),
  }),
  listPlannedOrders: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/orders',
    summary: 'Proposed orders to make, buy and move, by release date',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      kind: z.enum(['make', 'buy', 'move']).optional(),
      item: z.string().max(100).optional(),
      pastDue: z.enum(['true', 'false']).optional(),
    }),
    response: pageOf(PlannedOrder),
  }),
};
