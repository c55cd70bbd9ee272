/** What becomes of proposals: signed, released, rejected or withdrawn; each one whole or not at all, many at once. */
import { randomUUID } from 'node:crypto';
import type { Proposal } from '@planwright/contracts';
import { isoFromDay } from '@planwright/time';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Member, Service } from '../services.ts';
import type { NewProposal, StoredProposal, SupplyTransact, SupplyTx } from './ports.ts';
import {
  actedView,
  approvalsNeeded,
  blockedPlaces,
  isBlocked,
  type ProposalDeps,
  type ProposalDesk,
  proposalDesk,
} from './proposal-list.ts';
import type { Proposed } from './proposed-orders.ts';

type Deps = ProposalDeps & { readonly transact: SupplyTransact };
type Bulk = Awaited<ReturnType<Service<'approveProposals'>>>;
type Act = (tx: SupplyTx, desk: ProposalDesk, id: string, reason: string | null) => Promise<StoredProposal>;

/** Signs proposals. A planner up to the limit; from the four-eyes value on two different people. */
export function approveProposals(deps: Deps): Service<'approveProposals'> {
  return async (member, { body }) =>
    each(deps, member, body, (tx, desk, id) => approve(tx, desk, member, id));
}

/** Releases approved proposals, and tells the webhooks of each. */
export function releaseProposals(deps: Deps): Service<'releaseProposals'> {
  return async (member, { body }) =>
    each(deps, member, body, (tx, desk, id) => release(tx, desk, member, id));
}

/** Rejects what is proposed, withdraws what was approved or released. */
export function rejectProposals(deps: Deps): Service<'rejectProposals'> {
  return async (member, { body }) =>
    each(deps, member, body, (tx, desk, id, reason) => reject(tx, desk, member, id, reason));
}

/** One transaction a proposal: one that is refused leaves the others as they are. */
async function each(
  deps: Deps,
  member: Member,
  { ids, reason }: { readonly ids: readonly string[]; readonly reason: string | null },
  act: Act,
): Promise<Bulk> {
  const desk = await proposalDesk(deps, member.companyId);
  const done: Proposal[] = [];
  const refused: Bulk['refused'] = [];
  for (const id of new Set(ids)) {
    try {
      const row = await deps.transact((tx) => act(tx, desk, id, reason));
      done.push(actedView(desk, row));
    } catch (error) {
      if (!(error instanceof PlanningError)) throw error;
      refused.push({ id, message: error.message, advice: error.advice });
    }
  }
  return { done, refused };
}

async function approve(
  tx: SupplyTx,
  desk: ProposalDesk,
  member: Member,
  id: string,
): Promise<StoredProposal> {
  const before = await findOrTake(tx, desk, member, id);
  const number = `PW-${before.number}`;
  if (before.status !== 'proposed')
    throw new PlanningError('PROPOSAL_NOT_OPEN', { number, status: before.status, wanted: 'approved' });
  const { plannerLimit } = desk.rules;
  if (member.role === 'planner' && plannerLimit !== null && before.value > plannerLimit) {
    const money = (value: number) => `${desk.run.currency} ${Math.round(value)}`;
    throw new PlanningError('PROPOSAL_ABOVE_LIMIT', {
      number,
      value: money(before.value),
      limit: money(plannerLimit),
    });
  }
  if (before.approvals.some(({ userId }) => userId === member.userId))
    throw new PlanningError('PROPOSAL_SIGNED_BY_YOU', { number });
  const signed = { userId: member.userId, by: member.name, at: new Date().toISOString() };
  const approvals = [...before.approvals, signed];
  const status = approvals.length >= before.approvalsNeeded ? 'approved' : 'proposed';
  const after = await tx.supply.changeProposal(before.id, { status, approvals, releasedBy: null });
  await leaveTrace(tx, member, 'approve', before, after);
  return after;
}

async function release(
  tx: SupplyTx,
  desk: ProposalDesk,
  member: Member,
  id: string,
): Promise<StoredProposal> {
  const before = await find(tx, member.companyId, id);
  if (before?.status !== 'approved') {
    const number = before === undefined ? id : `PW-${before.number}`;
    const status = before?.status ?? 'proposed';
    throw new PlanningError('PROPOSAL_NOT_OPEN', { number, status, wanted: 'released' });
  }
  return releaseRow(tx, desk, member, before);
}

/** Releases an approved row; also for rules that release without being asked. */
export async function releaseRow(
  tx: SupplyTx,
  desk: ProposalDesk,
  member: Pick<Member, 'companyId' | 'userId' | 'name' | 'email'>,
  before: StoredProposal,
): Promise<StoredProposal> {
  const { approvals } = before;
  const after = await tx.supply.changeProposal(before.id, {
    status: 'released',
    approvals,
    releasedBy: member.name,
  });
  await tx.supply.enqueueDeliveries(member.companyId, 'supply.released', {
    event: 'supply.released',
    proposal: actedView(desk, after),
  });
  await leaveTrace(tx, member, 'release', before, after);
  return after;
}

async function reject(
  tx: SupplyTx,
  desk: ProposalDesk,
  member: Member,
  id: string,
  reason: string | null,
): Promise<StoredProposal> {
  const before = await findOrTake(tx, desk, member, id);
  if (before.status === 'rejected' || before.status === 'withdrawn')
    throw new PlanningError('PROPOSAL_NOT_OPEN', {
      number: `PW-${before.number}`,
      status: before.status,
      wanted: 'rejected',
    });
  const status = before.status === 'proposed' ? 'rejected' : 'withdrawn';
  const { approvals, releasedBy } = before;
  const after = await tx.supply.changeProposal(before.id, { status, approvals, releasedBy });
  if (before.status === 'released') {
    await tx.supply.enqueueDeliveries(member.companyId, 'supply.withdrawn', {
      event: 'supply.withdrawn',
      proposal: actedView(desk, after),
    });
  }
  await leaveTrace(tx, member, status === 'rejected' ? 'reject' : 'withdraw', before, after, reason);
  return after;
}

async function leaveTrace(
  tx: SupplyTx,
  member: Pick<Member, 'companyId' | 'userId' | 'name' | 'email'>,
  verb: string,
  before: StoredProposal,
  after: StoredProposal,
  reason: string | null = null,
): Promise<void> {
  const { kind, item, location, from, quantity, value, startOn, dueOn } = after;
  await audit(tx, member, {
    action: `proposal.${verb}`,
    objectType: 'proposal',
    objectId: `PW-${after.number}`,
    before: { status: before.status },
    after: { status: after.status, kind, item, location, from, quantity, value, startOn, dueOn },
    ...(reason === null || reason === '' ? {} : { reason }),
  });
  await tx.announceSupply(member.companyId);
}

/** 'run/number' of the published run, or the id of one that was acted upon. */
async function find(tx: SupplyTx, companyId: number, id: string): Promise<StoredProposal | undefined> {
  const [first, runNumber] = id.split('/');
  if (!UUID.test(first)) throw new PlanningError('NOT_FOUND', { what: 'proposal', id });
  if (runNumber === undefined) {
    const row = await tx.supply.findProposal(companyId, { id: first });
    if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'proposal', id });
    return row;
  }
  return tx.supply.findProposal(companyId, { runId: first, runNumber });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The row that was acted upon; or the plan's own, which from now on is one. */
async function findOrTake(
  tx: SupplyTx,
  desk: ProposalDesk,
  member: Pick<Member, 'companyId'>,
  id: string,
): Promise<StoredProposal> {
  const known = await find(tx, member.companyId, id);
  if (known !== undefined) return known;
  const [runId, runNumber] = id.split('/');
  const row = runId === desk.run.runId ? desk.open.find((one) => one.runNumber === runNumber) : undefined;
  if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'proposal', id });
  return takeProposal(tx, desk, member.companyId, row);
}

/** Makes a proposal of the plan one that is acted upon. */
export async function takeProposal(
  tx: SupplyTx,
  desk: ProposalDesk,
  companyId: number,
  row: Proposed,
): Promise<StoredProposal> {
  if (isBlocked(blockedPlaces(desk), row))
    throw new PlanningError('PROPOSAL_OUTDATED', { number: row.runNumber });
  const { runId } = desk.run;
  await tx.supply.insertProposal(companyId, newProposal(desk, row));
  const taken = await tx.supply.findProposal(companyId, { runId, runNumber: row.runNumber });
  if (taken === undefined) throw new Error('Broken invariant: a proposal that was inserted is there');
  return taken;
}

function newProposal({ book, run, rules }: ProposalDesk, row: Proposed): NewProposal {
  const { runNumber, kind, item, location, from, quantity, goodQuantity, value, order, reason } = row;
  return {
    id: randomUUID(),
    runId: run.runId,
    runNumber,
    kind,
    status: 'proposed',
    item,
    itemName: book.items.name(item),
    location,
    from,
    startOn: isoFromDay(row.startDay),
    dueOn: isoFromDay(row.dueDay),
    quantity,
    goodQuantity,
    unit: book.items.unit(item),
    value,
    order,
    orderDueOn: row.orderDueDay === null ? null : isoFromDay(row.orderDueDay),
    reason,
    approvals: [],
    approvalsNeeded: approvalsNeeded(rules, value),
    releasedBy: null,
  };
}
