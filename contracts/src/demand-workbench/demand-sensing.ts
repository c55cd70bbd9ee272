/** What orders since the plan say of its first buckets: how the baseline moves, why, and which forecasts no longer hold. */
import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from '../endpoint.ts';
import { DemandScope } from '../plan-view.ts';

/** One bucket that is not over yet. `sensed` is `baseline` plus `change`, which is `fromErrors` plus `fromOrders`. */
export const SensedBucket = z.object({
  label: z.string(),
  startsOn: z.string(),
  baseline: z.number(),
  sensed: z.number(),
  lower80: z.number(),
  upper80: z.number(),
  /** Ordered so far for the bucket, shipped or not. */
  ordered: z.number(),
  change: z.number(),
  /** What the latest errors of the baseline, carried on, change of it. */
  fromErrors: z.number(),
  /** What the order book, against what is usually ordered by now, changes of it. */
  fromOrders: z.number(),
});
export type SensedBucket = z.infer<typeof SensedBucket>;

export const SENSING_TESTS = ['cusum', 'tracking', 'coverage'] as const;

/** A forecast that no longer holds: which test says so, and whether it did already when the plan was made. */
export const BrokenForecast = z.object({
  test: z.enum(SENSING_TESTS),
  sinceRun: z.boolean(),
  reason: z.string(),
});
export type BrokenForecast = z.infer<typeof BrokenForecast>;

export const SensedStream = z.object({
  keyId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  channel: z.string(),
  unit: z.string(),
  /** The current bucket first. */
  buckets: z.array(SensedBucket),
  quantityChange: z.number(),
  /** The change at the price of the plan; 0 where no price is known. */
  moneyChange: z.number(),
  reasons: z.array(z.string()),
  broken: BrokenForecast.nullable(),
});
export type SensedStream = z.infer<typeof SensedStream>;

export const SENSED_ONLY = ['all', 'changed', 'broken'] as const;

export const demandSensingEndpoints = {
  listSensedDemand: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/sensed',
    summary:
      'How orders and errors since the plan move its first buckets, stream by stream, the largest change in money first',
    access: 'plan.read',
    query: PageQuery.extend(DemandScope.shape).extend({ only: z.enum(SENSED_ONLY).default('all') }),
    response: pageOf(SensedStream).extend({
      currency: z.string(),
      /** The last day whose orders are known: of the newest order, or the day before a later planning date. */
      orderedUpTo: z.string(),
      /** Share of the current bucket that is over. */
      elapsedRatio: z.number(),
      /** Of all streams of the selection. */
      quantityChange: z.number(),
      moneyChange: z.number(),
      changedCount: z.number(),
      brokenCount: z.number(),
      sentence: z.string(),
    }),
  }),
};
