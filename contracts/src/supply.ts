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
  plannedQuantity: z.number(),
  stockValue: z.number(),
});
export type StockPointRow = z.infer<typeof StockPointRow>;

export const StockPointDetail = StockPointRow.extend({
  horizon: Horizon,
  leadTimeDays: z.number(),
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

export const ResourceLoad = z.object({
  resourceId: z.number(),
  code: z.string(),
  name: z.string(),
  location: z.string().nullable(),
  loadHours: Values,
  capacityHours: Values,
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
    summary: 'Items at locations, worst shortage first',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      q: z.string().max(100).optional(),
      location: z.string().max(100).optional(),
      only: z.enum(['all', 'short', 'excess']).default('all'),
      kind: z.enum(['finished', 'component', 'raw', 'spare']).optional(),
    }),
    response: pageOf(StockPointRow),
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
