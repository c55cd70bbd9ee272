import { z } from 'zod';
import { Role } from './access.ts';
import { CompanyParams, endpoint, Id, PageQuery, pageOf } from './endpoint.ts';

export const STEP_KINDS = ['product', 'demand', 'supply', 'financial', 'pre-sop', 'executive'] as const;

/** One check that must hold before a step is signed. */
export const GateCheck = z.object({
  code: z.string(),
  label: z.string(),
  status: z.enum(['holds', 'fails', 'waived']),
  detail: z.string(),
});

export const CycleStep = z.object({
  number: z.number().int(),
  kind: z.enum(STEP_KINDS),
  name: z.string(),
  question: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  dueOn: z.string(),
  status: z.enum(['waiting', 'open', 'signed']),
  overdue: z.boolean(),
  gate: z.array(GateCheck),
  /** Roles that may sign. */
  signRoles: z.array(Role),
  signedBy: z.string().nullable(),
  signedAt: z.string().nullable(),
  note: z.string().nullable(),
});
export type CycleStep = z.infer<typeof CycleStep>;

export const Cycle = z.object({
  id: Id,
  name: z.string(),
  /** First day of the month the cycle plans in. */
  periodStart: z.string(),
  status: z.enum(['open', 'approved', 'closed']),
  version: z.number().int(),
  /** The run under review: the published one, until approval pins it for good. */
  runId: z.string().nullable(),
  steps: z.array(CycleStep),
  approvedBy: z.string().nullable(),
  approvedAt: z.string().nullable(),
});
export type Cycle = z.infer<typeof Cycle>;

/** The frozen plan: which run, approved by whom, with hashes that prove nothing moved. */
export const PlanOfRecord = z.object({
  cycleId: Id,
  cycleName: z.string(),
  runId: Id,
  snapshotHash: z.string(),
  outputHash: z.string(),
  approvedBy: z.string(),
  approvedAt: z.string(),
  note: z.string().nullable(),
  revenue: z.number(),
  margin: z.number(),
  currency: z.string(),
});
export type PlanOfRecord = z.infer<typeof PlanOfRecord>;

const CycleParams = CompanyParams.extend({ cycleId: Id });
const StepParams = CycleParams.extend({ step: z.coerce.number().int().min(1).max(30) });

/** `version` is the one the caller saw: if the cycle has moved on, nothing is changed and the answer is 409. */
const Version = z.number().int().min(0);

export const cycleEndpoints = {
  listCycles: endpoint({
    method: 'GET',
    path: '/companies/:company/cycles',
    summary: 'The planning cycles, newest first',
    access: 'cycle.read',
    query: PageQuery,
    response: pageOf(Cycle),
  }),
  createCycle: endpoint({
    method: 'POST',
    path: '/companies/:company/cycles',
    summary: 'Open the cycle of a month with its six steps',
    access: 'cycle.manage',
    body: z.strictObject({ periodStart: z.iso.date() }),
    response: Cycle,
    status: 201,
  }),
  getCycle: endpoint({
    method: 'GET',
    path: '/companies/:company/cycles/:cycleId',
    summary: 'One cycle: steps, gates, signatures',
    access: 'cycle.read',
    params: CycleParams,
    response: Cycle,
  }),
  changeStep: endpoint({
    method: 'PATCH',
    path: '/companies/:company/cycles/:cycleId/steps/:step',
    summary: 'Change the name, owner or due date of a step',
    access: 'cycle.manage',
    params: StepParams,
    body: z.strictObject({
      version: Version,
      name: z.string().trim().min(1).max(80).optional(),
      ownerId: z.string().max(100).nullable().optional(),
      dueOn: z.iso.date().optional(),
    }),
    response: Cycle,
  }),
  signStep: endpoint({
    method: 'POST',
    path: '/companies/:company/cycles/:cycleId/steps/:step/sign',
    summary: 'Sign a step off for the run that was seen; failing checks need a reason',
    access: 'cycle.sign',
    params: StepParams,
    body: z.strictObject({
      version: Version,
      runId: Id,
      note: z.string().trim().max(2000).optional(),
      waiveReason: z.string().trim().min(5).max(2000).optional(),
    }),
    response: Cycle,
  }),
  reopenStep: endpoint({
    method: 'POST',
    path: '/companies/:company/cycles/:cycleId/steps/:step/reopen',
    summary: 'Take a signature back; later steps open again too',
    access: 'cycle.manage',
    params: StepParams,
    body: z.strictObject({ version: Version, reason: z.string().trim().min(5).max(2000) }),
    response: Cycle,
  }),
  approveCycle: endpoint({
    method: 'POST',
    path: '/companies/:company/cycles/:cycleId/approve',
    summary: 'Approve the plan: freeze the run as the plan of record and publish it',
    access: 'cycle.approve',
    params: CycleParams,
    body: z.strictObject({ version: Version, runId: Id, note: z.string().trim().max(2000).optional() }),
    response: PlanOfRecord,
  }),
  getPlanOfRecord: endpoint({
    method: 'GET',
    path: '/companies/:company/cycles/:cycleId/plan-of-record',
    summary: 'The frozen plan of an approved cycle',
    access: 'cycle.read',
    params: CycleParams,
    response: PlanOfRecord,
  }),
};
