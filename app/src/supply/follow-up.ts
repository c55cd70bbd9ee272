/** What follows the publication of a plan: exceptions are drawn from it, and what rules release by themselves is released. */
import type { Member } from '../services.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { PlanningError } from '../errors.ts';
import { foundExceptions } from './found-exceptions.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { SupplyPlanReads, SupplyReader, SupplyTransact } from './ports.ts';
import { releaseRow, takeProposal } from './proposal-actions.ts';
import { blockedPlaces, isBlocked, type ProposalDesk, proposalDesk } from './proposal-list.ts';
import type { Proposed } from './proposed-orders.ts';

export type FollowUpDeps = {
  readonly plan: PlanReader;
  readonly openBook: OpenBook;
  readonly reads: SupplyPlanReads;
  readonly supply: SupplyReader;
  readonly transact: SupplyTransact;
};

type FollowUp = { readonly exceptionCount: number; readonly releasedCount: number };

/**
 * Follows the published plan of a company up, once a plan whoever asks. Null where there is nothing to follow: no plan,
 * one of an older version, or one that was followed up already.
 */
export async function followUpPlan(deps: FollowUpDeps, companyId: number): Promise<FollowUp | null> {
  const run = await deps.plan.findRun(companyId, undefined);
  if (run === undefined || (await deps.supply.followedRun(companyId)) === run.runId) return null;
  const book = await bookOrNull(deps.openBook, run);
  if (book === null) return null;
  const found = foundExceptions({
    book,
    loads: await deps.plan.resources(run.runId),
    lastBucket: await deps.reads.lastBucket(run.runId),
  });
  const isOurs = await deps.transact(async (tx) => {
    if (!(await tx.supply.beginFollowUp(companyId, run.runId))) return false;
    await tx.supply.refreshExceptions(companyId, run.runId, run.finishedAt, found);
    await tx.announceSupply(companyId);
    return true;
  });
  if (!isOurs) return null;
  return { exceptionCount: found.length, releasedCount: await releaseByRule(deps, companyId) };
}

async function bookOrNull(openBook: OpenBook, run: RunHead): Promise<PlanBook | null> {
  try {
    return await openBook(run);
  } catch (error) {
    if (error instanceof PlanningError && error.code === 'NO_CONSTRAINED_PLAN') return null;
    throw error;
  }
}

const BY_RULE = { userId: 'planwright', name: 'Planwright by rule', email: 'planwright' };

/** Releases small purchases from suppliers that nothing speaks against. Each is a row and a trace of its own. */
async function releaseByRule(deps: FollowUpDeps, companyId: number): Promise<number> {
  const desk = await proposalDesk(deps, companyId);
  const blocked = blockedPlaces(desk);
  const rows = desk.open.filter((row) => isReleasedByRule(desk, row) && !isBlocked(blocked, row));
  const member: Pick<Member, 'companyId' | 'userId' | 'name' | 'email'> = { companyId, ...BY_RULE };
  for (const row of rows) {
    await deps.transact(async (tx) => {
      const taken = await takeProposal(tx, desk, companyId, row);
      if (taken.status !== 'proposed') return;
      const approvals = [{ userId: BY_RULE.userId, by: BY_RULE.name, at: new Date().toISOString() }];
      const approved = await tx.supply.changeProposal(taken.id, {
        status: 'approved',
        approvals,
        releasedBy: null,
      });
      await releaseRow(tx, desk, member, approved);
    });
  }
  return rows.length;
}

/** Below the value of the rule, from an active supplier of no high risk, preferred where that is asked for. */
function isReleasedByRule({ rules, risks }: Pick<ProposalDesk, 'rules' | 'risks'>, row: Proposed): boolean {
  if (rules.automaticBelow === null || row.kind !== 'buy' || row.value >= rules.automaticBelow) return false;
  if (rules.fourEyesFrom !== null && row.value >= rules.fourEyesFrom) return false;
  const risk = row.from === null ? undefined : risks.get(row.from);
  if (risk === undefined || !risk.active || risk.level === 'high') return false;
  return risk.preferred || !rules.automaticPreferredOnly;
}
