/** The optimal plan, worked out on demand and held beside the heuristic; capacity by rough cut; when to stop a machine. */
import { z } from 'zod';
import { CompanyParams, endpoint, Id } from './endpoint.ts';
import { Horizon, RunQuery, Values } from './plan-view.ts';

/** Money of a plan by kind, priced on the same terms for both. */
export const PlanCost = z.object({
  total: z.number(),
  parts: z.array(z.object({ kind: z.string(), amount: z.number() })),
});

export const Optimum = z.object({
  id: Id,
  runId: Id,
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  createdBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  progressRatio: z.number(),
  failure: z.string().nullable(),
  result: z
    .object({
      currency: z.string(),
      horizon: Horizon,
      heuristic: PlanCost,
      optimum: PlanCost,
      /** No plan can cost less than this. */
      bound: z.number(),
      /** What the heuristic costs beyond the bound, in money and as a share of the bound. */
      gap: z.number(),
      gapRatio: z.number().nullable(),
      isProvenOptimal: z.boolean(),
      /** What one more hour of a resource in a bucket saves, the dearest first. */
      shadowPrices: z.array(
        z.object({
          resourceId: z.number().nullable(),
          resource: z.string(),
          bucket: z.string(),
          amountPerHour: z.number(),
          sentence: z.string(),
        }),
      ),
      /** Per resource: hours in both plans. */
      loads: z.array(z.object({ resource: z.string(), heuristicHours: Values, optimumHours: Values })),
    })
    .nullable(),
});
export type Optimum = z.infer<typeof Optimum>;

export const StopProposal = z.object({
  resource: z.string(),
  resourceName: z.string(),
  failureCount: z.number(),
  meanHoursBetweenFailures: z.number().nullable(),
  meanHoursToRepair: z.number().nullable(),
  availabilityRatio: z.number().nullable(),
  /** Above 1: it wears out, and a planned stop pays. */
  shape: z.number().nullable(),
  /** Chance of a failure within 30 days if nothing is done. */
  failureRiskRatio: z.number().nullable(),
  proposedOn: z.string().nullable(),
  proposedBucket: z.string().nullable(),
  stopHours: z.number().nullable(),
  costOfWaiting: z.number().nullable(),
  sentence: z.string(),
});
export type StopProposal = z.infer<typeof StopProposal>;

export const supplyOptimumEndpoints = {
  startOptimum: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/optimum',
    summary: 'Work out the cheapest plan of a run, in the background',
    access: 'plan.run',
    body: z.strictObject({
      run: z.uuid().nullable().default(null),
      integerLots: z.boolean().default(false),
      /** A company of a few thousand stock points takes minutes. */
      secondsMax: z.number().int().min(1).max(3600).default(300),
    }),
    response: Optimum,
    status: 202,
  }),
  getOptimum: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/optimum',
    summary: 'The newest optimal plan of a run, beside the heuristic, with the gap in money',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({ optimum: Optimum.nullable() }),
  }),
  cancelOptimum: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/optimum/:optimumId/cancel',
    summary: 'Stop working out an optimal plan',
    access: 'plan.run',
    params: CompanyParams.extend({ optimumId: Id }),
    response: Optimum,
  }),
};

export const supplyCapacityEndpoints = {
  listStopProposals: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/maintenance',
    summary: 'When to stop a machine before it stops itself, from its failures',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({ currency: z.string(), proposals: z.array(StopProposal) }),
  }),
};
