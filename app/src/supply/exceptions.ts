/** The inbox: listed, taken on, put off, accepted, talked about, and acted upon. */
import type { SupplyException } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import type { Service } from '../services.ts';
import type { StoredComment, SupplyReader, SupplyTransact, SupplyTx } from './ports.ts';
import { takeDecision } from './supply-decisions.ts';
import type { WhatIfDeps } from './what-if.ts';

type WriteDeps = { readonly transact: SupplyTransact };

/** The dearest first, as the last published plan that was followed up left them. */
export function listExceptions(deps: { plan: PlanReader; supply: SupplyReader }): Service<'listExceptions'> {
  return async (member, { query }) => {
    const { status, rule, item, location, owner, limit } = query;
    const after = decodeCursor(query.cursor, 2);
    const filter = { status, rule, item, location, owner };
    const [{ rows, total }, counts, run] = await Promise.all([
      deps.supply.exceptions(member.companyId, filter, { after, limit }),
      deps.supply.exceptionCounts(member.companyId, status),
      deps.plan.findRun(member.companyId, undefined),
    ]);
    return {
      ...pageFrom(
        rows,
        limit,
        total,
        (row) => [row.amount ?? 0, row.id],
        (row) => row,
      ),
      currency: run?.currency ?? '',
      counts: [...counts],
    };
  };
}

export function getException(deps: { supply: SupplyReader }): Service<'getException'> {
  return async (member, { params }) => {
    const row = await found(deps.supply, member.companyId, params.exceptionId);
    return { ...row, comments: [...(await deps.supply.comments(row.id))] };
  };
}

async function found(
  supply: Pick<SupplyReader, 'exception'>,
  companyId: number,
  id: string,
): Promise<SupplyException> {
  const row = await supply.exception(companyId, id);
  if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'exception', id });
  return row;
}

/** What the proposed action would bring, planned anew and not stored. */
export function simulateException(deps: WhatIfDeps & { supply: SupplyReader }): Service<'simulateException'> {
  return async (member, { params }) => {
    const { action } = await found(deps.supply, member.companyId, params.exceptionId);
    const edit = action?.edit ?? null;
    if (edit === null) {
      const note =
        action === null
          ? 'Nothing is proposed that a plan could reckon with.'
          : 'It is a matter of talking to people: its effect shows in the plan once the data say so.';
      return { action, effect: null, note };
    }
    const run = await deps.plan.findRun(member.companyId, undefined);
    if (run === undefined) throw new PlanningError('NO_PUBLISHED_RUN');
    return { action, effect: await deps.tryOut(run, [edit]), note: null };
  };
}

/** @throws PlanningError NOT_FOUND, CHANGED_MEANWHILE, INVALID_INPUT for putting off without a day. */
export function changeException(deps: WriteDeps): Service<'changeException'> {
  return async (member, { params, body }) =>
    deps.transact(async (tx) => {
      const before = await locked(tx, member.companyId, params.exceptionId, body.version);
      const status = body.status ?? before.status;
      const snoozedUntil = status === 'snoozed' ? (body.snoozedUntil ?? before.snoozedUntil) : null;
      if (status === 'snoozed' && snoozedUntil === null)
        throw new PlanningError('INVALID_INPUT', { problem: 'snoozedUntil is missing: put off until when?' });
      const owner = body.owner === undefined ? before.owner : body.owner;
      const after = await tx.supply.changeException(before.id, { owner, status, snoozedUntil });
      await audit(tx, member, {
        action: 'exception.change',
        objectType: 'exception',
        objectId: before.id,
        before: changeable(before),
        after: changeable(after),
        ...(body.reason ? { reason: body.reason } : {}),
      });
      await tx.announceSupply(member.companyId);
      return after;
    });
}

const changeable = ({ owner, status, snoozedUntil }: SupplyException) => ({ owner, status, snoozedUntil });

async function locked(
  tx: SupplyTx,
  companyId: number,
  id: string,
  version: number,
): Promise<SupplyException> {
  const row = await tx.supply.findException(companyId, id);
  if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'exception', id });
  if (row.version !== version)
    throw new PlanningError('CHANGED_MEANWHILE', { what: `The exception “${row.title}”` });
  return row;
}

export function commentException(deps: WriteDeps & { supply: SupplyReader }): Service<'commentException'> {
  return async (member, { params, body }) => {
    await deps.transact(async (tx) => {
      const row = await tx.supply.findException(member.companyId, params.exceptionId);
      if (row === undefined)
        throw new PlanningError('NOT_FOUND', { what: 'exception', id: params.exceptionId });
      await tx.supply.insertComment(row.id, member.name, body.text);
      await audit(tx, member, {
        action: 'exception.comment',
        objectType: 'exception',
        objectId: row.id,
        after: { text: body.text },
      });
      await tx.announceSupply(member.companyId);
    });
    const comments: readonly StoredComment[] = await deps.supply.comments(params.exceptionId);
    return { comments: [...comments] };
  };
}

/**
 * Takes the proposed action: its edit becomes a decision, and the exception is accepted until a plan shows what came of it.
 *
 * @throws PlanningError NOT_FOUND, CHANGED_MEANWHILE, INVALID_INPUT where there is no edit to take.
 */
export function takeExceptionAction(
  deps: WriteDeps & { newId: () => string },
): Service<'takeExceptionAction'> {
  return async (member, { params, body }) =>
    deps.transact(async (tx) => {
      const before = await locked(tx, member.companyId, params.exceptionId, body.version);
      const edit = before.action?.edit ?? null;
      if (edit === null)
        throw new PlanningError('INVALID_INPUT', {
          problem: `The exception “${before.title}” proposes nothing that a plan could reckon with.`,
        });
      await takeDecision(tx, deps.newId(), member, edit, body.reason);
      const owner = before.owner ?? member.name;
      const after = await tx.supply.changeException(before.id, {
        owner,
        status: 'accepted',
        snoozedUntil: null,
      });
      await audit(tx, member, {
        action: 'exception.take',
        objectType: 'exception',
        objectId: before.id,
        before: changeable(before),
        after: { ...changeable(after), edit },
        reason: body.reason,
      });
      return after;
    });
}
