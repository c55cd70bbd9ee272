/** Decisions of planners about supply: taken, listed and taken back. A row that was written stays. */
import type { SupplyDecision, SupplyEdit } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import { editTitle } from '../scenarios/supply-edits.ts';
import type { Member, Service } from '../services.ts';
import { requireCodes } from '../demand-workbench/known-codes.ts';
import type { StoredDecision, SupplyReader, SupplyTransact, SupplyTx } from './ports.ts';

type WriteDeps = { readonly transact: SupplyTransact; readonly newId: () => string };

/** Decisions, newest first. */
export function listSupplyDecisions(deps: { supply: SupplyReader }): Service<'listSupplyDecisions'> {
  return async (member, { query }) => {
    const { only, item, resource, limit } = query;
    const after = decodeCursor(query.cursor, 1);
    const { rows, total } = await deps.supply.decisions(
      member.companyId,
      { isStanding: only === 'standing', item, resource },
      { after, limit },
    );
    return pageFrom(rows, limit, total, (row) => [row.number], decisionView);
  };
}

/** @throws PlanningError INVALID_INPUT for an item, location or resource that the company does not have. */
export function decideSupply(deps: WriteDeps): Service<'decideSupply'> {
  return async (member, { body }) =>
    deps.transact((tx) => takeDecision(tx, deps.newId(), member, body.edit, body.reason));
}

/**
 * Takes several decisions for one reason, all or none.
 *
 * @throws PlanningError INVALID_INPUT as `decideSupply` does.
 */
export function decideSupplyTogether(deps: WriteDeps): Service<'decideSupplyTogether'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      const decisions: SupplyDecision[] = [];
      for (const edit of body.edits)
        decisions.push(await writeDecision(tx, deps.newId(), member, edit, body.reason));
      await tx.announceSupply(member.companyId);
      return { decisions };
    });
}

/** Writes a decision inside a transaction that may hold more. */
export async function takeDecision(
  tx: SupplyTx,
  id: string,
  member: Member,
  edit: SupplyEdit,
  reason: string,
): Promise<SupplyDecision> {
  const decision = await writeDecision(tx, id, member, edit, reason);
  await tx.announceSupply(member.companyId);
  return decision;
}

async function writeDecision(
  tx: SupplyTx,
  id: string,
  member: Member,
  edit: SupplyEdit,
  reason: string,
): Promise<SupplyDecision> {
  requireDays(edit);
  await requireCodes(
    tx.codes,
    member.companyId,
    'resource' in edit
      ? [{ field: 'edit.resource', target: 'resource', codes: [edit.resource] }]
      : [
          { field: 'edit.item', target: 'item', codes: [edit.item] },
          { field: 'edit.location', target: 'location', codes: [edit.location] },
        ],
  );
  const row = await tx.supply.insertDecision({
    id,
    companyId: member.companyId,
    edit,
    reason,
    decidedBy: member.name,
  });
  await audit(tx, member, {
    action: 'supply-decision.take',
    objectType: 'supply-decision',
    objectId: id,
    after: edit,
    reason,
  });
  return decisionView(row);
}

function requireDays(edit: SupplyEdit): void {
  if (!('startsOn' in edit) || edit.endsOn >= edit.startsOn) return;
  throw new PlanningError('INVALID_INPUT', { problem: 'edit.endsOn lies before edit.startsOn.' });
}

/**
 * Takes a decision back. One that is undone already stays undone.
 *
 * @throws PlanningError NOT_FOUND.
 */
export function undoSupplyDecision(deps: WriteDeps): Service<'undoSupplyDecision'> {
  return async (member, { params }) =>
    deps.transact(async (tx) => {
      const decision = await takeBack(tx, member, params.decisionId);
      await tx.announceSupply(member.companyId);
      return decision;
    });
}

/**
 * Takes several decisions back, all or none. Those that are undone already stay undone.
 *
 * @throws PlanningError NOT_FOUND.
 */
export function undoSupplyDecisions(deps: WriteDeps): Service<'undoSupplyDecisions'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      const decisions: SupplyDecision[] = [];
      for (const id of body.ids) decisions.push(await takeBack(tx, member, id));
      await tx.announceSupply(member.companyId);
      return { decisions };
    });
}

async function takeBack(tx: SupplyTx, member: Member, id: string): Promise<SupplyDecision> {
  const before = await tx.supply.findDecision(member.companyId, id);
  if (before === undefined) throw new PlanningError('NOT_FOUND', { what: 'decision', id });
  if (before.undoneAt !== null) return decisionView(before);
  const after = await tx.supply.undoDecision(before.id, member.name);
  await audit(tx, member, {
    action: 'supply-decision.undo',
    objectType: 'supply-decision',
    objectId: before.id,
    before: before.edit,
  });
  return decisionView(after);
}

function decisionView({ number: _number, ...row }: StoredDecision): SupplyDecision {
  return { ...row, title: editTitle(row.edit) };
}
