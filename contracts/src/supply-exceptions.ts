/** The inbox of supply and operations execution: what went wrong, what to do about it, and what that would bring. */
import { z } from 'zod';
import { CompanyParams, endpoint, Id, PageQuery, pageOf } from './endpoint.ts';
import { SupplyEdit, WhatIf } from './supply-decisions.ts';

export const EXCEPTION_RULES = [
  'demandNotSatisfied',
  'belowSafetyStock',
  'shortage',
  'resourceOverloaded',
  'supplierLate',
  'demandDeviates',
] as const;
export const EXCEPTION_STATUSES = ['open', 'snoozed', 'accepted', 'closed'] as const;

/** What may be done: an edit of the plan, a proposal to approve, or a talk with someone. */
export const ExceptionAction = z.object({
  kind: z.enum(['edit', 'proposal', 'contact']),
  title: z.string(),
  edit: SupplyEdit.nullable(),
  proposalId: z.string().nullable(),
});
export type ExceptionAction = z.infer<typeof ExceptionAction>;

export const SupplyException = z.object({
  id: Id,
  rule: z.enum(EXCEPTION_RULES),
  title: z.string(),
  detail: z.string(),
  item: z.string().nullable(),
  location: z.string().nullable(),
  resource: z.string().nullable(),
  supplier: z.string().nullable(),
  stockPointId: z.number().nullable(),
  resourceId: z.number().nullable(),
  bucket: z.string().nullable(),
  bucketOn: z.string().nullable(),
  size: z.number(),
  unit: z.string(),
  /** At cost; null where money says nothing. */
  amount: z.number().nullable(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  owner: z.string().nullable(),
  status: z.enum(EXCEPTION_STATUSES),
  snoozedUntil: z.string().nullable(),
  /** The last day on which something can still be done about it. */
  expiresOn: z.string().nullable(),
  action: ExceptionAction.nullable(),
  commentCount: z.number(),
  version: z.number(),
});
export type SupplyException = z.infer<typeof SupplyException>;

export const ExceptionComment = z.object({ by: z.string(), at: z.string(), text: z.string() });

const ExceptionParams = CompanyParams.extend({ exceptionId: Id });

export const supplyExceptionEndpoints = {
  listExceptions: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/exceptions',
    summary: 'What is wrong with supply, the dearest first',
    access: 'plan.read',
    query: PageQuery.extend({
      status: z.enum(EXCEPTION_STATUSES).default('open'),
      rule: z.enum(EXCEPTION_RULES).optional(),
      item: z.string().max(100).optional(),
      location: z.string().max(100).optional(),
      owner: z.string().max(200).optional(),
    }),
    response: pageOf(SupplyException).extend({
      currency: z.string(),
      counts: z.array(z.object({ rule: z.enum(EXCEPTION_RULES), count: z.number(), amount: z.number() })),
    }),
  }),
  getException: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/exceptions/:exceptionId',
    summary: 'One exception with its comments',
    access: 'plan.read',
    params: ExceptionParams,
    response: SupplyException.extend({ comments: z.array(ExceptionComment) }),
  }),
  simulateException: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/exceptions/:exceptionId/effect',
    summary: 'What the proposed action would bring, before it is taken',
    access: 'plan.read',
    params: ExceptionParams,
    response: z.object({
      action: ExceptionAction.nullable(),
      effect: WhatIf.nullable(),
      note: z.string().nullable(),
    }),
  }),
  changeException: endpoint({
    method: 'PATCH',
    path: '/companies/:company/supply/exceptions/:exceptionId',
    summary: 'Take an exception on, hand it over, put it off, accept or reopen it',
    access: 'supply.change',
    params: ExceptionParams,
    body: z.strictObject({
      version: z.number().int(),
      /** A member's name or e-mail; null for nobody. Missing: as it is. */
      owner: z.string().trim().min(1).max(200).nullable().optional(),
      status: z.enum(['open', 'snoozed', 'accepted']).optional(),
      snoozedUntil: z.iso.date().nullable().optional(),
      reason: z.string().trim().max(500).nullable().optional(),
    }),
    response: SupplyException,
  }),
  commentException: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/exceptions/:exceptionId/comments',
    summary: 'Say something about an exception',
    access: 'supply.change',
    params: ExceptionParams,
    body: z.strictObject({ text: z.string().trim().min(1).max(2000) }),
    response: z.object({ comments: z.array(ExceptionComment) }),
    status: 201,
  }),
  takeExceptionAction: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/exceptions/:exceptionId/take',
    summary: 'Take the proposed action: the edit becomes a decision of the next run',
    access: 'supply.change',
    params: ExceptionParams,
    body: z.strictObject({ version: z.number().int(), reason: z.string().trim().min(3).max(500) }),
    response: SupplyException,
  }),
};
