/** Proposed orders on their way out: approved by role, released, told to other systems; and the risk of suppliers. */
import { z } from 'zod';
import { CompanyParams, endpoint, Id, PageQuery, pageOf } from './endpoint.ts';

export const PROPOSAL_KINDS = ['make', 'buy', 'move', 'expedite', 'cancel', 'reschedule'] as const;
export const PROPOSAL_STATUSES = ['proposed', 'approved', 'released', 'rejected', 'withdrawn'] as const;

/** What is known against a supplier. Ratios 0-1; null where nothing can be said. */
export const SupplierRisk = z.object({
  supplier: z.string(),
  supplierName: z.string(),
  preferred: z.boolean(),
  active: z.boolean(),
  receivedLineCount: z.number(),
  lateRatio: z.number().nullable(),
  meanLateDays: z.number().nullable(),
  /** Nine of ten lines come no later than so many days after the promise. */
  lateDays90: z.number().nullable(),
  rejectedRatio: z.number().nullable(),
  openValue: z.number(),
  /** Share of what is spent on purchases in the last year of history. */
  spendRatio: z.number(),
  itemCount: z.number(),
  /** Items that only this supplier sells. */
  singleSourceCount: z.number(),
  level: z.enum(['low', 'medium', 'high']),
  sentence: z.string(),
});
export type SupplierRisk = z.infer<typeof SupplierRisk>;

/** A proposal. `id` names one of a run as 'run/number', one that was acted upon by its own id. */
export const Proposal = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  status: z.enum(PROPOSAL_STATUSES),
  stockPointId: z.number().nullable(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  /** Supplier, or sending location. */
  from: z.string().nullable(),
  startOn: z.string(),
  dueOn: z.string(),
  quantity: z.number(),
  unit: z.string(),
  /** Of the goods: quantity at the supplier's price or at cost. */
  value: z.number(),
  /**
   * What it adds to what is spent: all of a purchase, of work what the goods are worth beyond their components, nothing
   * for moves and for what is open already. Adds up over levels of a bill of material, which `value` does not.
   */
  addedValue: z.number(),
  /** The open order that it is about, for expedite, cancel and reschedule; and the day it is due now. */
  order: z.string().nullable(),
  orderDueOn: z.string().nullable(),
  reason: z.string(),
  riskLevel: SupplierRisk.shape.level.nullable(),
  approvals: z.array(z.object({ by: z.string(), at: z.string() })),
  /** Signatures that it still needs before it may be released. */
  approvalsMissing: z.number(),
  releasedBy: z.string().nullable(),
  releasedAt: z.string().nullable(),
  /** Why it cannot be approved as it stands; null where it can. */
  blocked: z.string().nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Values of a list of proposals, by what happens to the money. */
export const ProposalTotals = z.object({
  /** To be paid to suppliers. */
  purchaseValue: z.number(),
  /** What work adds to the value of the components that it takes. */
  workValue: z.number(),
  /** Of the goods that are moved: nothing is spent on them again. */
  moveValue: z.number(),
  /** Of open orders that are to be expedited, put off or cancelled. */
  openOrderValue: z.number(),
});
export type ProposalTotals = z.infer<typeof ProposalTotals>;

/** Rules of release. Money is in the company's currency; null: no limit, or never. */
export const ReleaseRules = z.object({
  /** What a planner may approve alone. */
  plannerLimit: z.number().min(0).nullable(),
  /** From this value on two people sign. */
  fourEyesFrom: z.number().min(0).nullable(),
  /** Purchases below it are released as soon as a plan is published; only from preferred suppliers where so said. */
  automaticBelow: z.number().min(0).nullable(),
  automaticPreferredOnly: z.boolean(),
  /** Only what must start within so many days is proposed. */
  windowDays: z.number().int().min(1).max(730),
});
export type ReleaseRules = z.infer<typeof ReleaseRules>;

const ProposalIds = z.strictObject({
  ids: z.array(z.string().min(1).max(100)).min(1).max(500),
  reason: z.string().trim().max(500).nullable().default(null),
});
/** One that was refused stays as it was; the others go through. */
const BulkResult = z.object({
  done: z.array(Proposal),
  refused: z.array(z.object({ id: z.string(), message: z.string(), advice: z.string() })),
});

export const Webhook = z.object({
  id: Id,
  url: z.string(),
  active: z.boolean(),
  createdBy: z.string(),
  createdAt: z.string(),
  lastStatus: z.number().nullable(),
  pendingCount: z.number(),
});
export type Webhook = z.infer<typeof Webhook>;

export const WebhookDelivery = z.object({
  id: Id,
  webhookId: Id,
  event: z.string(),
  createdAt: z.string(),
  status: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.number(),
  lastAttemptAt: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  answerStatus: z.number().nullable(),
  problem: z.string().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const supplyProposalEndpoints = {
  listProposals: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/proposals',
    summary: 'Orders to make, buy and move, and open orders to move or cancel, by start date',
    access: 'plan.read',
    query: PageQuery.extend({
      status: z.enum(PROPOSAL_STATUSES).optional(),
      kind: z.enum(PROPOSAL_KINDS).optional(),
      q: z.string().max(100).optional(),
      location: z.string().max(100).optional(),
      from: z.string().max(100).optional(),
    }),
    response: pageOf(Proposal).extend({
      currency: z.string(),
      /** Spent on all of them: `purchaseValue` + `workValue`, so that no component counts again in what it goes into. */
      value: z.number(),
      totals: ProposalTotals,
      counts: z.array(
        z.object({
          status: z.enum(PROPOSAL_STATUSES),
          count: z.number(),
          value: z.number(),
          totals: ProposalTotals,
        }),
      ),
    }),
  }),
  approveProposals: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/proposals/approve',
    summary: 'Sign proposals; above the limit a second person must',
    access: 'supply.approve',
    body: ProposalIds,
    response: BulkResult,
  }),
  releaseProposals: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/proposals/release',
    summary: 'Release approved proposals: webhooks are told, and later plans count on them',
    access: 'supply.release',
    body: ProposalIds,
    response: BulkResult,
  }),
  rejectProposals: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/proposals/reject',
    summary: 'Reject proposals, or withdraw what was approved or released',
    access: 'supply.approve',
    body: ProposalIds,
    response: BulkResult,
  }),
  getReleaseRules: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/release-rules',
    summary: 'Who may approve what, and what is released without being asked',
    access: 'plan.read',
    response: ReleaseRules,
  }),
  changeReleaseRules: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/release-rules',
    summary: 'Change the rules of release',
    access: 'company.manage',
    body: z.strictObject(ReleaseRules.shape),
    response: ReleaseRules,
  }),
  listSupplierRisks: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/suppliers',
    summary: 'Suppliers with their late history, share of spend and single sources, the riskiest first',
    access: 'plan.read',
    query: PageQuery,
    response: pageOf(SupplierRisk),
  }),
  listWebhooks: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/webhooks',
    summary: 'Addresses that are told of releases',
    access: 'company.manage',
    response: z.object({ webhooks: z.array(Webhook) }),
  }),
  addWebhook: endpoint({
    method: 'POST',
    path: '/companies/:company/supply/webhooks',
    summary: 'Tell an address of releases; the secret that signs the messages is shown once',
    access: 'company.manage',
    body: z.strictObject({ url: z.string().min(8).max(500) }),
    response: Webhook.extend({ secret: z.string() }),
    status: 201,
  }),
  removeWebhook: endpoint({
    method: 'DELETE',
    path: '/companies/:company/supply/webhooks/:webhookId',
    summary: 'Tell an address no more',
    access: 'company.manage',
    params: CompanyParams.extend({ webhookId: Id }),
    response: z.object({ removed: z.boolean() }),
  }),
  listWebhookDeliveries: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/webhooks/:webhookId/deliveries',
    summary: 'What an address was told, newest first, and how it answered',
    access: 'company.manage',
    params: CompanyParams.extend({ webhookId: Id }),
    query: PageQuery,
    response: pageOf(WebhookDelivery),
  }),
};
