/** What planners decide about supply: edits of lots, lead times, stock, sources and hours; tried out first, undone later. */
import { z } from 'zod';
import { CompanyParams, endpoint, Id, PageQuery, pageOf } from './endpoint.ts';
import { RunQuery } from './plan-view.ts';
import { ServiceFigures, SupplyDemand } from './supply-plan.ts';

const Code = z.string().trim().min(1).max(100);
const Quantity = z.number().min(0).max(1e12);
const Hours = z.number().min(0).max(10_000);

/** One edit. An item at a location and a source keep what the edit does not name. */
export const SupplyEdit = z.union([
  z.strictObject({
    kind: z.literal('lot'),
    item: Code,
    location: Code,
    lotMinimum: Quantity.nullable().default(null),
    lotMultiple: Quantity.nullable().default(null),
    lotMaximum: Quantity.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('leadTime'),
    item: Code,
    location: Code,
    leadTimeDays: z.number().min(0).max(3650),
  }),
  z.strictObject({ kind: z.literal('safetyStock'), item: Code, location: Code, quantity: Quantity }),
  /** Which source is asked first: 1 before 2. `source` is a name that the network view shows. */
  z.strictObject({
    kind: z.literal('sourcePriority'),
    item: Code,
    location: Code,
    source: z.string().min(1).max(300),
    priority: z.number().int().min(1).max(1000),
  }),
  /** Rated hours a week (those available by the efficiency of the resource, as plans show them), from the first day to the last. */
  z.strictObject({
    kind: z.literal('capacity'),
    resource: Code,
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    hoursPerWeek: Hours,
  }),
  /** Hours a week that may be worked beyond the rated ones. */
  z.strictObject({
    kind: z.literal('overtime'),
    resource: Code,
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    hoursPerWeek: Hours,
  }),
  /** The resource stands still. */
  z.strictObject({ kind: z.literal('stop'), resource: Code, startsOn: z.iso.date(), endsOn: z.iso.date() }),
]);
export type SupplyEdit = z.infer<typeof SupplyEdit>;

/** A decision that was taken: it stays, and an undo is written beside it. */
export const SupplyDecision = z.object({
  id: Id,
  edit: SupplyEdit,
  /** The edit in words. */
  title: z.string(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: z.string(),
  undoneBy: z.string().nullable(),
  undoneAt: z.string().nullable(),
});
export type SupplyDecision = z.infer<typeof SupplyDecision>;

/** What edits change, of the networks they reach: before is the plan in view, after is planned anew. */
export const WhatIf = z.object({
  currency: z.string(),
  before: ServiceFigures,
  after: ServiceFigures,
  /** Stock points that were planned anew. */
  stockPointCount: z.number(),
  demandCount: z.number(),
  /** Demands whose service changes, the dearest change first. */
  changed: z.array(
    SupplyDemand.pick({
      number: true,
      kind: true,
      order: true,
      item: true,
      itemName: true,
      location: true,
      dueOn: true,
      quantity: true,
    }).extend({ onTimeBefore: z.number(), onTimeAfter: z.number(), valueChange: z.number() }),
  ),
  sentence: z.string(),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** What a stock point should keep, by the value and the steadiness of its demand. */
export const PolicyProposal = z.object({
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  unit: z.string(),
  valueClass: z.enum(['A', 'B', 'C']),
  steadinessClass: z.enum(['X', 'Y', 'Z']),
  serviceRatio: z.number(),
  demandPerBucket: z.number(),
  leadTimeDays: z.number(),
  safetyStockNow: z.number(),
  safetyStock: z.number(),
  reorderPoint: z.number(),
  orderQuantity: z.number(),
  /** Share of demand met from stock with the proposal. */
  fillRatio: z.number(),
  /** Change of the stock's value at cost. */
  valueChange: z.number(),
  /** How the safety stock comes about, with its figures. */
  reason: z.string(),
});
export type PolicyProposal = z.infer<typeof PolicyProposal>;

/** So many edits are tried out together, and so many are decided or taken back in one call. */
export const TRIED_EDITS_MAX = 200;
const DECIDED_EDITS_MAX = 500;

const Reason = z.string().trim().min(3).max(500);

export const supplyDecisionEndpoints = {
  tryOutSupplyEdits: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/what-if',
    summary: 'Plan the networks that edits reach anew and show the effect; nothing is stored',
    access: 'plan.read',
    body: z.strictObject({
      edits: z.array(SupplyEdit).min(1).max(TRIED_EDITS_MAX),
      run: z.uuid().nullable().default(null),
    }),
    response: WhatIf,
  }),
  listSupplyDecisions: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/decisions',
    summary: 'Decisions about supply, newest first',
    access: 'plan.read',
    query: PageQuery.extend({
      only: z.enum(['all', 'standing']).default('standing'),
      item: z.string().max(100).optional(),
      resource: z.string().max(100).optional(),
    }),
    response: pageOf(SupplyDecision),
  }),
  decideSupply: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/decisions',
    summary: 'Take a decision; the next run plans with it',
    access: 'supply.change',
    body: z.strictObject({ edit: SupplyEdit, reason: Reason }),
    response: SupplyDecision,
    status: 201,
  }),
  decideSupplyTogether: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/decisions/together',
    summary: 'Take several decisions for one reason: all of them, or none where one is refused',
    access: 'supply.change',
    body: z.strictObject({ edits: z.array(SupplyEdit).min(1).max(DECIDED_EDITS_MAX), reason: Reason }),
    response: z.object({ decisions: z.array(SupplyDecision) }),
    status: 201,
  }),
  undoSupplyDecisions: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/decisions/undo',
    summary: 'Take several decisions back together: all of them, or none where one is unknown',
    access: 'supply.change',
    body: z.strictObject({ ids: z.array(Id).min(1).max(DECIDED_EDITS_MAX) }),
    response: z.object({ decisions: z.array(SupplyDecision) }),
  }),
  undoSupplyDecision: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/decisions/:decisionId/undo',
    summary: 'Take a decision back; it stays in the list as undone',
    access: 'supply.change',
    params: CompanyParams.extend({ decisionId: Id }),
    response: SupplyDecision,
  }),
};

export const supplyPolicyEndpoints = {
  listPolicyProposals: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/policy',
    summary:
      'Safety stock, reorder point and order quantity proposed for each stock point, the largest change in money first',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      q: z.string().max(100).optional(),
      location: z.string().max(100).optional(),
      valueClass: z.enum(['A', 'B', 'C']).optional(),
    }),
    response: pageOf(PolicyProposal).extend({ currency: z.string(), valueChange: z.number() }),
  }),
};
