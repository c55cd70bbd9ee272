import { z } from 'zod';
import { CompanyParams, endpoint, Id, IssueRow, PageQuery, pageOf } from './endpoint.ts';

export const RUN_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'rejected'] as const;
export const RUN_STAGES = [
  'actuals',
  'learn',
  'forecast',
  'reconcile',
  'consensus',
  'supply',
  'capacity',
  'constrained',
  'finance',
  'kpis',
] as const;

/** One run of the plan. `rejected`: the inputs have errors, which `issues` names. */
export const Run = z.object({
  id: Id,
  status: z.enum(RUN_STATUSES),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  createdBy: z.string(),
  seed: z.number().int(),
  engineVersion: z.string(),
  /** SHA-256 over every frozen input and parameter: equal hashes mean equal inputs. */
  snapshotHash: z.string(),
  /** SHA-256 over every output byte; null until the run succeeded. */
  outputHash: z.string().nullable(),
  asOf: z.string(),
  historyBuckets: z.number(),
  horizonBuckets: z.number(),
  keyCount: z.number(),
  stages: z.array(
    z.object({
      stage: z.enum(RUN_STAGES),
      status: z.enum(['waiting', 'running', 'done']),
      chunksDone: z.number(),
      chunkCount: z.number(),
      seconds: z.number().nullable(),
    }),
  ),
  progressRatio: z.number(),
  secondsLeft: z.number().nullable(),
  published: z.boolean(),
  issues: z.array(IssueRow),
  failure: z.string().nullable(),
  /** Streams that go on by the method of the plan published before; null until the run succeeded. */
  keptFitCount: z.number().nullable(),
});
export type Run = z.infer<typeof Run>;

/** How much computing a forecast may take: 'best' also trains a model across all streams. */
export const FORECAST_TIERS = ['fast', 'standard', 'best'] as const;

export const REFITS = ['all', 'broken'] as const;

export const StartRunBody = z.strictObject({
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(0),
  horizonBuckets: z.number().int().min(1).max(120).optional(),
  tier: z.enum(FORECAST_TIERS).default('standard'),
  /**
   * 'broken' keeps the method of the published plan for streams whose forecast has not broken and whose inputs have not
   * changed, six periods at most, and fits the others anew; 'all' fits every stream anew.
   */
  refit: z.enum(REFITS).default('all'),
  /** Publish as soon as the run succeeds. */
  publish: z.boolean().default(false),
});

const RunParams = CompanyParams.extend({ runId: Id });

export const scenarioEndpoints = {
  startRun: endpoint({
    method: 'POST',
    path: '/companies/:company/runs',
    summary: 'Freeze the inputs and queue a run of the plan over them',
    access: 'plan.run',
    body: StartRunBody,
    response: Run,
    status: 202,
  }),
  listRuns: endpoint({
    method: 'GET',
    path: '/companies/:company/runs',
    summary: 'The runs of the plan, newest first',
    access: 'plan.read',
    query: PageQuery,
    response: pageOf(Run),
  }),
  getRun: endpoint({
    method: 'GET',
    path: '/companies/:company/runs/:runId',
    summary: 'One run with its progress',
    access: 'plan.read',
    params: RunParams,
    response: Run,
  }),
  cancelRun: endpoint({
    method: 'POST',
    path: '/companies/:company/runs/:runId/cancel',
    summary: 'Stop a run',
    access: 'plan.run',
    params: RunParams,
    response: Run,
  }),
  publishRun: endpoint({
    method: 'POST',
    path: '/companies/:company/runs/:runId/publish',
    summary: 'Make a finished run the plan that everyone sees',
    access: 'plan.publish',
    params: RunParams,
    response: Run,
  }),
  replayRun: endpoint({
    method: 'POST',
    path: '/companies/:company/runs/:runId/replay',
    summary: 'Queue the same run again from its snapshot; equal output hashes prove it',
    access: 'plan.run',
    params: RunParams,
    response: Run,
    status: 202,
  }),
};
