/** The constrained plan beside the unconstrained one: what is late and why, which orders, what loads a resource. */
import { z } from 'zod';
import { CompanyParams, endpoint, PageQuery, pageOf } from './endpoint.ts';
import { Horizon, RunQuery, Values } from './plan-view.ts';

/** What holds demand up, nearest cause of all. */
export const DELAY_CAUSES = [
  'leadTime',
  'capacity',
  'noSource',
  'sourceMaximum',
  'storage',
  'shelfLife',
  'buildAhead',
  'frozen',
  'effectivity',
] as const;

/** Service of a plan: of all demand over the horizon, in units and in money at cost. Late and short are apart. */
export const ServiceFigures = z.object({
  demandQuantity: z.number(),
  onTimeQuantity: z.number(),
  lateQuantity: z.number(),
  /** Not delivered within the horizon, or given up as the order's policy says. */
  shortQuantity: z.number(),
  /** Null without demand. */
  onTimeRatio: z.number().nullable(),
  lateValue: z.number(),
  shortValue: z.number(),
  /** Days late, weighed by quantity, of what is late. Null where nothing is. */
  meanDelayDays: z.number().nullable(),
  /** Owed to customers on the as-of day. */
  backlogQuantity: z.number(),
  backlogValue: z.number(),
  /** Stock at cost, mean of the ends of all buckets. */
  meanStockValue: z.number(),
  /** What is bought, at the cost of a unit; what is made or moved is not counted again. */
  orderValue: z.number(),
  orderCount: z.number(),
  /** Share of the hours of resources that have hours. Null where none have. */
  loadRatio: z.number().nullable(),
});
export type ServiceFigures = z.infer<typeof ServiceFigures>;

/** A resource or supplier that holds demand up. */
export const Bottleneck = z.object({
  cause: z.enum(DELAY_CAUSES),
  /** What it is: the name of a resource, or the item and how it comes. */
  subject: z.string(),
  resourceId: z.number().nullable(),
  stockPointId: z.number().nullable(),
  demandCount: z.number(),
  quantity: z.number(),
  /** At cost, of the demand it holds up. */
  value: z.number(),
});
export type Bottleneck = z.infer<typeof Bottleneck>;

/** One plan of a stock point over the horizon; one entry a bucket. */
export const StockPlan = z.object({
  grossDemand: Values,
  independentDemand: Values,
  dependentDemand: Values,
  scheduledReceipts: Values,
  plannedReceipts: Values,
  projectedOnHand: Values,
  safetyStock: Values,
  /** Days of the demand ahead that the stock at the end of the bucket covers; null beyond the horizon. */
  coverDays: Values,
  shortage: Values,
});
export type StockPlan = z.infer<typeof StockPlan>;

/** One demand: an order of a customer, or what is left of a forecast after orders. */
export const SupplyDemand = z.object({
  number: z.number(),
  kind: z.enum(['order', 'forecast']),
  /** Order and line; null for a forecast. */
  order: z.string().nullable(),
  customer: z.string().nullable(),
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  unit: z.string(),
  priority: z.number(),
  dueOn: z.string(),
  quantity: z.number(),
  onTimeQuantity: z.number(),
  lateQuantity: z.number(),
  shortQuantity: z.number(),
  /** When the last of it is delivered; null where nothing is. */
  deliveredOn: z.string().nullable(),
  delayDays: z.number(),
  /** At cost, of what is late or short. */
  value: z.number(),
  cause: z.enum(DELAY_CAUSES).nullable(),
  /** What causes it, in words. */
  reason: z.string().nullable(),
});
export type SupplyDemand = z.infer<typeof SupplyDemand>;

/** An order of the constrained plan. */
export const ConstrainedOrder = z.object({
  number: z.number(),
  kind: z.enum(['make', 'buy', 'move']),
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  from: z.string().nullable(),
  startOn: z.string(),
  dueOn: z.string(),
  /** As started, before yield. */
  quantity: z.number(),
  unit: z.string(),
  value: z.number(),
  /** Not the source that is asked first. */
  alternate: z.boolean(),
});
export type ConstrainedOrder = z.infer<typeof ConstrainedOrder>;

export const WHY_NODES = [
  'demand',
  'shortage',
  'order',
  'receipt',
  'onHand',
  'safetyStock',
  'constraint',
] as const;

/** The chain of reasons as data: what rests on what, down to the constraint. The first node is what was asked. */
export const SupplyWhy = z.object({
  /** In one sentence. */
  sentence: z.string(),
  /** What being late or short costs; null where nothing is, or no cost is known. */
  cost: z.number().nullable(),
  currency: z.string(),
  nodes: z.array(
    z.object({
      id: z.number(),
      type: z.enum(WHY_NODES),
      title: z.string(),
      detail: z.string(),
      item: z.string().nullable(),
      location: z.string().nullable(),
      stockPointId: z.number().nullable(),
      resourceId: z.number().nullable(),
      /** Demand or order number of the plan, where it has one. */
      number: z.number().nullable(),
      quantity: z.number().nullable(),
      on: z.string().nullable(),
      cause: z.enum(DELAY_CAUSES).nullable(),
    }),
  ),
  /** `from` rests on `to` for so many units of `to`. */
  edges: z.array(z.object({ from: z.number(), to: z.number(), quantity: z.number().nullable() })),
  /** Chains are cut after a few hundred nodes. */
  cut: z.boolean(),
});
export type SupplyWhy = z.infer<typeof SupplyWhy>;

/** How an item is supplied and where it is used, as a graph. */
export const SupplyNetworkView = z.object({
  item: z.string(),
  nodes: z.array(
    z.object({
      id: z.number(),
      stockPointId: z.number().nullable(),
      type: z.enum(['stockPoint', 'supplier']),
      /** Item or supplier. */
      code: z.string(),
      name: z.string(),
      location: z.string().nullable(),
      kind: z.string(),
      onHand: z.number(),
      shortageQuantity: z.number(),
      /** The item that was asked for. */
      isFocus: z.boolean(),
    }),
  ),
  /** Goods flow from `from` to `to`. */
  edges: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      kind: z.enum(['make', 'buy', 'move']),
      /** The name by which an edit of its priority means it. */
      source: z.string(),
      /** Units of `from` per unit of `to`. */
      quantityPer: z.number(),
      leadTimeDays: z.number(),
      priority: z.number(),
      /** Ordered this way over the horizon. */
      plannedQuantity: z.number(),
    }),
  ),
  cut: z.boolean(),
});
export type SupplyNetworkView = z.infer<typeof SupplyNetworkView>;

/** What asks for hours of a resource in a bucket. */
export const ResourceLoadRow = z.object({
  bucket: z.string(),
  bucketIndex: z.number(),
  /** Number of the constrained order; null for open work orders, which come together. */
  orderNumber: z.number().nullable(),
  stockPointId: z.number().nullable(),
  item: z.string().nullable(),
  itemName: z.string().nullable(),
  location: z.string().nullable(),
  quantity: z.number().nullable(),
  startOn: z.string().nullable(),
  hours: z.number(),
});
export type ResourceLoadRow = z.infer<typeof ResourceLoadRow>;

const StockPointParams = CompanyParams.extend({ stockPointId: z.coerce.number().int().positive() });
const ResourceParams = CompanyParams.extend({ resourceId: z.coerce.number().int().positive() });

export const supplyPlanEndpoints = {
  getConstrainedSummary: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/constrained',
    summary: 'What the constrained plan delivers in time, what it cannot, and what holds it up',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({
      currency: z.string(),
      horizon: Horizon,
      figures: ServiceFigures,
      /** Units on time with lead times alone, as if every resource had hours enough. */
      unconstrainedFillRatio: z.number().nullable(),
      lateValueByBucket: Values,
      shortValueByBucket: Values,
      stockValueByBucket: Values,
      /** The dearest first. */
      bottlenecks: z.array(Bottleneck),
    }),
  }),
  getStockPointPlans: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/stock-points/:stockPointId/plans',
    summary: 'Both plans of one stock point: as lead times allow, and within every constraint',
    access: 'plan.read',
    params: StockPointParams,
    query: RunQuery,
    response: z.object({ horizon: Horizon, unconstrained: StockPlan, constrained: StockPlan }),
  }),
  listSupplyDemands: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/demands',
    summary:
      'Orders of customers and forecasts as the constrained plan serves them, the dearest failure first',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      only: z.enum(['all', 'failing', 'late', 'short', 'backlog']).default('all'),
      kind: z.enum(['order', 'forecast']).optional(),
      cause: z.enum(DELAY_CAUSES).optional(),
      customer: z.string().max(200).optional(),
      item: z.string().max(100).optional(),
      location: z.string().max(100).optional(),
      stockPointId: z.coerce.number().int().positive().optional(),
    }),
    response: pageOf(SupplyDemand),
  }),
  listConstrainedOrders: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/constrained-orders',
    summary: 'Orders of the constrained plan by start date',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      kind: z.enum(['make', 'buy', 'move']).optional(),
      item: z.string().max(100).optional(),
      stockPointId: z.coerce.number().int().positive().optional(),
    }),
    response: pageOf(ConstrainedOrder),
  }),
  getSupplyNetwork: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/network',
    summary: 'How an item comes about and where it goes: suppliers, stock points, bills of material',
    access: 'plan.read',
    query: RunQuery.extend({ item: z.string().min(1).max(100), location: z.string().max(100).optional() }),
    response: SupplyNetworkView,
  }),
  getResource: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/resources/:resourceId',
    summary: 'The hours of one resource in both plans, and the orders that ask for them',
    access: 'plan.read',
    params: ResourceParams,
    query: RunQuery.extend({ bucket: z.coerce.number().int().min(0).optional() }),
    response: z.object({
      horizon: Horizon,
      resourceId: z.number(),
      code: z.string(),
      name: z.string(),
      location: z.string().nullable(),
      capacityHours: Values,
      overtimeHours: Values,
      unconstrainedHours: Values,
      constrainedHours: Values,
      committedHours: Values,
      loads: z.array(ResourceLoadRow),
      cut: z.boolean(),
    }),
  }),
};

export const supplyWhyEndpoints = {
  getSupplyWhy: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/why',
    summary: 'Why a demand is late, an order is there or a stock point is short, down to the constraint',
    access: 'plan.read',
    query: RunQuery.extend({
      of: z.enum(['demand', 'order', 'stockPoint']),
      /** Number of a demand or a constrained order, or id of a stock point. */
      id: z.coerce.number().int().positive(),
      /** Bucket of the horizon, for a stock point: its first shortage where missing. */
      bucket: z.coerce.number().int().min(0).optional(),
    }),
    response: SupplyWhy,
  }),
};
