import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from './endpoint.ts';
import { RunQuery } from './plan-view.ts';

export const KPI_CODES = [
  'forecast-accuracy',
  'demand-plan-bias',
  'inventory-turns',
  'capacity-utilisation',
  'otif',
] as const;

export const Kpi = z.object({
  code: z.enum(KPI_CODES),
  name: z.string(),
  /** The formula in words, with its scope. */
  definition: z.string(),
  unit: z.enum(['ratio', 'turns a year']),
  goodDirection: z.enum(['up', 'down', 'zero']),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  target: z.number().nullable(),
  status: z.enum(['good', 'watch', 'bad', 'unknown']),
  /** Oldest first, one value a bucket, with labels. */
  trend: z.array(z.object({ label: z.string(), value: z.number().nullable() })),
  /** Why there is no value, where there is none. */
  note: z.string().nullable(),
});
export type Kpi = z.infer<typeof Kpi>;

export const Alert = z.object({
  number: z.number(),
  severity: z.enum(['high', 'medium', 'low']),
  kind: z.enum([
    'shortage',
    'overload',
    'past-due-order',
    'excess',
    'bias',
    'demand',
    'budget-gap',
    'backlog',
  ]),
  title: z.string(),
  detail: z.string(),
  item: z.string().nullable(),
  location: z.string().nullable(),
  resource: z.string().nullable(),
  bucket: z.string().nullable(),
  quantity: z.number().nullable(),
  amount: z.number().nullable(),
  stockPointId: z.number().nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const NorthStarView = z.object({
  measure: z.enum(['revenue', 'margin']),
  fiscalYear: z.number(),
  target: z.number(),
  actualToDate: z.number(),
  outlook: z.number(),
  /** 80 % band of the outlook: the part still ahead varies, the part behind does not. */
  lower80: z.number(),
  upper80: z.number(),
  gap: z.number(),
  /** Chance that the outlook reaches the target, 0 to 1, under the band's assumptions. */
  reachRatio: z.number(),
  note: z.string(),
  byBucket: z.array(
    z.object({
      label: z.string(),
      actual: z.number().nullable(),
      plan: z.number().nullable(),
      targetPace: z.number(),
    }),
  ),
});
export type NorthStarView = z.infer<typeof NorthStarView>;

export const insightEndpoints = {
  getHome: endpoint({
    method: 'GET',
    path: '/companies/:company/home',
    summary: 'Where the cycle stands, the goal against the plan, and what needs attention',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({
      currency: z.string(),
      northStar: NorthStarView.nullable(),
      kpis: z.array(Kpi),
      alerts: z.array(Alert),
      alertCounts: z.object({ high: z.number(), medium: z.number(), low: z.number() }),
      runId: z.string().nullable(),
      runFinishedAt: z.string().nullable(),
      newestDataAt: z.string().nullable(),
      /** The data changed after the run froze it. */
      stale: z.boolean(),
      /** Events, launches, successions and decisions about history that people touched after that: it knows none of them. */
      decisionsSince: z.number(),
    }),
  }),
  listKpis: endpoint({
    method: 'GET',
    path: '/companies/:company/kpis',
    summary: 'The key figures, each with its definition',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({ kpis: z.array(Kpi) }),
  }),
  listAlerts: endpoint({
    method: 'GET',
    path: '/companies/:company/alerts',
    summary: 'What the plan found, most serious first',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      kind: Alert.shape.kind.optional(),
      severity: Alert.shape.severity.optional(),
    }),
    response: pageOf(Alert),
  }),
};
