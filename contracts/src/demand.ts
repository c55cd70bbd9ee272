import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from './endpoint.ts';
import { DemandScope, Horizon, Values } from './plan-view.ts';

export const Accuracy = z.object({
  /** Sum of absolute errors by sum of actuals in the back-test; null without actuals. */
  wapeRatio: z.number().nullable(),
  mapeRatio: z.number().nullable(),
  /** Points that MAPE leaves out since their actual was zero. */
  mapeDropped: z.number(),
  smapeRatio: z.number().nullable(),
  maseRatio: z.number().nullable(),
  /** Positive: forecast above actual. */
  biasRatio: z.number().nullable(),
  trackingSignal: z.number().nullable(),
  /** Share of back-test actuals inside the 80 and 95 % bands. */
  coverage80Ratio: z.number().nullable(),
  coverage95Ratio: z.number().nullable(),
});
export type Accuracy = z.infer<typeof Accuracy>;

export const DemandNode = z.object({
  /** `all`, `group:<code>` or `item:<code>`. */
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  code: z.string(),
  kind: z.enum(['all', 'group', 'item']),
  childCount: z.number(),
  keyCount: z.number(),
  /** Last twelve months (or the last year of buckets), and the next. */
  actualQuantity: z.number(),
  planQuantity: z.number(),
  planRevenue: z.number(),
  wapeRatio: z.number().nullable(),
  biasRatio: z.number().nullable(),
});
export type DemandNode = z.infer<typeof DemandNode>;

export const DemandKey = z.object({
  keyId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  channel: z.string(),
  demandClass: z.string(),
  method: z.string(),
  explanation: z.string(),
  actualQuantity: z.number(),
  planQuantity: z.number(),
  planRevenue: z.number(),
  planner: z.string(),
  /** A, B, C by value and X, Y, Z by how well it can be forecast; '' where the run did not say. */
  valueClass: z.string(),
  forecastClass: z.string(),
  lifeStage: z.string(),
  /** Error of the back-test in money a year, and its share of that of the whole company. */
  moneyError: z.number(),
  moneyErrorShare: z.number(),
  /** Naive WAPE minus ours; positive is good. */
  valueAddedRatio: z.number().nullable(),
  findingCount: z.number(),
  accuracy: Accuracy,
});
export type DemandKey = z.infer<typeof DemandKey>;

/** A quarter or a fiscal year that reaches into the plan. Quantities; what of it is history counts as it was. */
export const SpanTotal = z.object({
  span: z.enum(['quarter', 'year']),
  /** 'FY27 Q1' or 'FY27'. */
  label: z.string(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  /** False where the history begins, or the plan ends, within it. */
  isWhole: z.boolean(),
  /** The part that is history. */
  actual: z.number(),
  baseline: z.number(),
  consensus: z.number(),
  /** Bands of the sum: errors of neighbouring periods hang together as far as their bands grow. */
  lower80: z.number(),
  upper80: z.number(),
  lower95: z.number(),
  upper95: z.number(),
});
export type SpanTotal = z.infer<typeof SpanTotal>;

export const DemandSeries = z.object({
  title: z.string(),
  unit: z.string(),
  currency: z.string(),
  keyCount: z.number(),
  horizon: Horizon,
  /** Quantities by measure. What the bands assume stands in `bandNote`. */
  actual: Values,
  baseline: Values,
  consensus: Values,
  lower80: Values,
  upper80: Values,
  lower95: Values,
  upper95: Values,
  lastYear: Values,
  revenue: Values,
  bandNote: z.string(),
  /** Quarters in order, then fiscal years; all that reach into the plan. */
  totals: z.array(SpanTotal),
  methods: z.array(z.object({ method: z.string(), keyCount: z.number() })),
  explanation: z.string(),
  accuracy: Accuracy,
});
export type DemandSeries = z.infer<typeof DemandSeries>;

export const demandEndpoints = {
  getDemandTree: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/tree',
    summary:
      'Children of a node of the item hierarchy, with their totals: its groups, then page by page its items',
    access: 'plan.read',
    query: PageQuery.extend(DemandScope.omit({ group: true, item: true }).shape).extend({
      parent: z.string().max(120).default('all'),
    }),
    response: z.object({
      node: DemandNode,
      /** On the first page all groups, the largest first; then items, the largest first. */
      children: z.array(DemandNode),
      nextCursor: z.string().nullable(),
    }),
  }),
  getDemandSeries: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/series',
    summary: 'Actuals, forecast with its bands and consensus of a selection',
    access: 'plan.read',
    query: DemandScope,
    response: DemandSeries,
  }),
  listDemandKeys: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/keys',
    summary: 'The demand streams of a selection with method and accuracy',
    access: 'plan.read',
    query: PageQuery.extend(DemandScope.shape).extend({
      /** 'worth' is error times value: where an hour of work is best spent. */
      sort: z.enum(['value', 'error', 'worth', 'item']).default('value'),
      valueClass: z.enum(['A', 'B', 'C']).optional(),
      forecastClass: z.enum(['X', 'Y', 'Z']).optional(),
      planner: z.string().max(100).optional(),
    }),
    response: pageOf(DemandKey),
  }),
  getDemandScopes: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/scopes',
    summary: 'The locations and channels that demand can be narrowed to',
    access: 'plan.read',
    response: z.object({
      locations: z.array(z.object({ code: z.string(), name: z.string() })),
      channels: z.array(z.string()),
    }),
  }),
};
