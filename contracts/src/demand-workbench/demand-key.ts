/** One demand stream taken apart: what was cleansed, what the forecast is made of, and what other methods would say. */
import { z } from 'zod';
import { Accuracy, DemandKey } from '../demand.ts';
import { CompanyParams, endpoint } from '../endpoint.ts';
import { Horizon, RunQuery, Values } from '../plan-view.ts';

/** Why a bucket counts differently; 'decided' where a planner said what it counts as. */
export const CLEANSING_REASONS = [
  'none',
  'outlier',
  'stock-out',
  'missing',
  'return',
  'event',
  'decided',
] as const;

/** A run keeps the most expensive findings; nobody reads further. */
export const FINDINGS_KEPT_MAX = 3_000;

export const FINDING_KINDS = [
  'outlier',
  'stock-out',
  'suspected-stock-out',
  'missing',
  'return',
  'level-shift',
  'bias',
  'coverage',
  'beaten-by-naive',
  'new-item',
  'phase-out',
] as const;

/** Something found in the history or the forecast of a stream. */
export const DemandFinding = z.object({
  number: z.number(),
  keyId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  channel: z.string(),
  kind: z.enum(FINDING_KINDS),
  /** Label of the bucket it is about; null where it is about the whole. */
  bucket: z.string().nullable(),
  bucketOn: z.string().nullable(),
  quantityBefore: z.number().nullable(),
  quantityAfter: z.number().nullable(),
  /** What it is worth in the company's currency. */
  amount: z.number(),
  detail: z.string(),
});
export type DemandFinding = z.infer<typeof DemandFinding>;

/** What a planner decided about one bucket of history. */
export const CleansingDecision = z.object({
  bucketOn: z.string(),
  decision: z.enum(['set', 'keep']),
  quantity: z.number().nullable(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: z.string(),
});
export type CleansingDecision = z.infer<typeof CleansingDecision>;

/** What a baseline is made of. */
export const PART_NAMES = [
  'level',
  'trend',
  'season',
  'events',
  'working days and feasts',
  'price',
  'agreement with groups',
] as const;

export const DemandKeyDetail = z.object({
  key: DemandKey,
  unit: z.string(),
  currency: z.string(),
  horizon: Horizon,
  /** History: as ordered, as cleansed, and why they differ, bucket by bucket. */
  actual: Values,
  cleansed: Values,
  reasons: z.array(z.enum(CLEANSING_REASONS)),
  /** The forecast that was made one bucket before, where the back-test made one. */
  saidBefore: Values,
  /** Horizon. The parts add up to the baseline. */
  baseline: Values,
  parts: z.array(
    z.object({
      name: z.enum(PART_NAMES),
      values: Values,
    }),
  ),
  lower80: Values,
  upper80: Values,
  lower95: Values,
  upper95: Values,
  /** What events, feasts and prices added in history and will add in the plan; whole. */
  uplift: Values,
  findings: z.array(DemandFinding),
  decisions: z.array(CleansingDecision),
  /** Decisions and events that are newer than the run: it does not know them yet. */
  changedSinceRun: z.boolean(),
  sentences: z.array(z.string()),
  accuracyByLag: z.array(
    z.object({ lag: z.number(), wapeRatio: z.number().nullable(), biasRatio: z.number().nullable() }),
  ),
});
export type DemandKeyDetail = z.infer<typeof DemandKeyDetail>;

/** One method on one stream, as it would have done. */
export const MethodResult = z.object({
  method: z.string(),
  label: z.string(),
  description: z.string(),
  chosen: z.boolean(),
  accuracy: Accuracy,
  wapeByLag: Values,
  /** Its forecast from here; horizon. */
  mean: Values,
  lower80: Values,
  upper80: Values,
});
export type MethodResult = z.infer<typeof MethodResult>;

export const KeyParams = CompanyParams.extend({ keyId: z.coerce.number().int().min(1).max(2147483647) });

export const demandKeyEndpoints = {
  getDemandKey: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/keys/:keyId',
    summary:
      'One demand stream: history as ordered and cleansed, forecast by its parts, findings and accuracy by lag',
    access: 'plan.read',
    params: KeyParams,
    query: RunQuery,
    response: DemandKeyDetail,
  }),
  decideCleansing: endpoint({
    method: 'POST',
    path: '/companies/:company/demand/keys/:keyId/decisions',
    summary:
      'Keep a bucket of history as it was ordered, or set what it should count as; the next run follows',
    access: 'demand.change',
    params: KeyParams,
    body: z
      .strictObject({
        bucketOn: z.iso.date(),
        decision: z.enum(['set', 'keep']),
        /** What the bucket counts as; only with 'set'. */
        quantity: z.number().finite().optional(),
        reason: z.string().trim().min(1).max(500),
        /** The decision the caller saw; if another stands by now, nothing is changed and the answer is 409. */
        seen: z.strictObject({ decidedAt: z.string() }).nullable(),
      })
      .refine((body) => (body.decision === 'set') === (body.quantity !== undefined), {
        message: 'a quantity belongs to the decision set, and only to it',
        path: ['quantity'],
      }),
    response: CleansingDecision,
  }),
  undoCleansing: endpoint({
    method: 'DELETE',
    path: '/companies/:company/demand/keys/:keyId/decisions/:bucketOn',
    summary: 'Take a decision about a bucket of history back',
    access: 'demand.change',
    params: KeyParams.extend({ bucketOn: z.iso.date() }),
    /** When the decision that is meant was made: where another stands by now, it is not touched. */
    query: z.strictObject({ decidedAt: z.string().max(40).optional() }),
    response: z.object({ removed: z.boolean() }),
  }),
  compareDemandMethods: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/keys/:keyId/methods',
    summary:
      'What each forecasting method would have said of a stream, and says now, the most accurate first',
    access: 'plan.read',
    params: KeyParams,
    query: RunQuery,
    response: z.object({
      horizon: Horizon,
      /** Buckets that the back-test forecast again, and how many origins it stood at. */
      judgedBuckets: z.number(),
      origins: z.number(),
      sentence: z.string(),
      methods: z.array(MethodResult),
    }),
  }),
};
