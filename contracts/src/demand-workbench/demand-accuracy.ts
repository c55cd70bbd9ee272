/** How good the forecasts were, from every side; and where an hour of work is best spent. */
import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from '../endpoint.ts';
import { DemandScope } from '../plan-view.ts';
import { DemandFinding, FINDING_KINDS } from './demand-key.ts';

/** Sums of a back-test over any selection, and the ratios that follow from them. Bias: positive is too high. */
export const AccuracyRow = z.object({
  /** Code of what the row is about: a lag, a group, a planner, a class; '' for none. */
  code: z.string(),
  label: z.string(),
  keyCount: z.number(),
  /** Quantity that was judged. */
  actual: z.number(),
  wapeRatio: z.number().nullable(),
  biasRatio: z.number().nullable(),
  /** WAPE of the naive forecast on the same buckets. */
  naiveWapeRatio: z.number().nullable(),
  /** Naive WAPE minus ours: what the forecast adds. Positive is good. */
  valueAddedRatio: z.number().nullable(),
  coverage80Ratio: z.number().nullable(),
  coverage95Ratio: z.number().nullable(),
  moneyError: z.number(),
});
export type AccuracyRow = z.infer<typeof AccuracyRow>;

export const ACCURACY_SIDES = [
  'lag',
  'group',
  'planner',
  'class',
  'value',
  'method',
  'location',
  'channel',
] as const;

export const SegmentCell = z.object({
  valueClass: z.enum(['A', 'B', 'C']),
  forecastClass: z.enum(['X', 'Y', 'Z']),
  keyCount: z.number(),
  planRevenue: z.number(),
  wapeRatio: z.number().nullable(),
  moneyError: z.number(),
  /** What to do with streams like these, in a sentence. */
  policy: z.string(),
});
export type SegmentCell = z.infer<typeof SegmentCell>;

export const demandAccuracyEndpoints = {
  getDemandAccuracy: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/accuracy',
    summary:
      'Back-test accuracy, bias and forecast value added of a selection, by lag, group, planner, class or method',
    access: 'plan.read',
    query: DemandScope.extend({
      by: z.enum(ACCURACY_SIDES).default('group'),
      /** Buckets between making a forecast and the bucket it is for. */
      lag: z.coerce.number().int().min(1).max(24).default(1),
    }),
    response: z.object({
      currency: z.string(),
      lags: z.array(z.number()),
      total: AccuracyRow,
      rows: z.array(AccuracyRow),
      /** Lag 1, the last year of buckets, oldest first. */
      trend: z.array(
        z.object({
          label: z.string(),
          actual: z.number().nullable(),
          forecast: z.number().nullable(),
          wapeRatio: z.number().nullable(),
          biasRatio: z.number().nullable(),
        }),
      ),
      sentence: z.string(),
    }),
  }),
  getDemandSegments: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/segments',
    summary:
      'Value (A, B, C) against how well it can be forecast (X, Y, Z): what to automate and what to look at',
    access: 'plan.read',
    query: DemandScope,
    response: z.object({ currency: z.string(), cells: z.array(SegmentCell), sentence: z.string() }),
  }),
  listDemandFindings: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/findings',
    summary: 'What was found in histories and forecasts, the most expensive first',
    access: 'plan.read',
    query: PageQuery.extend(DemandScope.shape).extend({ kind: z.enum(FINDING_KINDS).optional() }),
    response: pageOf(DemandFinding),
  }),
};
