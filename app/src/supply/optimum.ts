/** The optimal plan of a run: asked for, called off and looked at. */
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OptimumRows, OptimumTransact } from './optimum-ports.ts';
import type { OpenBook } from './plan-book.ts';

type Deps = { readonly plan: PlanReader; readonly openBook: OpenBook };

export const OPTIMUM_JOB = 'work-out-optimum';

/** Queues the work; the row and its job commit together. */
export function startOptimum(
  deps: Deps & { readonly transactOptimum: OptimumTransact; readonly newId: () => string },
): Service<'startOptimum'> {
  return async (member, { body }) => {
    const run = await runInView(deps.plan, member, { run: body.run ?? undefined });
    await deps.openBook(run); // A run without a constrained plan is refused now, not later.
    const { integerLots, secondsMax } = body;
    return deps.transactOptimum(async (tx) => {
      const row = await tx.optimums.insert({
        id: deps.newId(),
        companyId: member.companyId,
        runId: run.runId,
        params: { integerLots, secondsMax },
        createdBy: member.name,
      });
      await tx.jobs.enqueue(OPTIMUM_JOB, { id: row.id });
      await audit(tx, member, {
        action: 'optimum.start',
        objectType: 'optimum',
        objectId: row.id,
        after: { run: run.runId, integerLots, secondsMax },
      });
      return row;
    });
  };
}

/** The newest one of the run in view; null before anyone asked for it. */
export function getOptimum(deps: { plan: PlanReader; optimums: OptimumRows }): Service<'getOptimum'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    return { optimum: (await deps.optimums.newest(member.companyId, run.runId)) ?? null };
  };
}

/** @throws PlanningError NOT_FOUND. One that has ended stays as it ended. */
export function cancelOptimum(deps: { transactOptimum: OptimumTransact }): Service<'cancelOptimum'> {
  return async (member, { params }) =>
    deps.transactOptimum(async (tx) => {
      const row = await tx.optimums.requestCancel(member.companyId, params.optimumId);
      if (row === undefined)
        throw new PlanningError('NOT_FOUND', { what: 'optimal plan', id: params.optimumId });
      await audit(tx, member, { action: 'optimum.cancel', objectType: 'optimum', objectId: row.id });
      return row;
    });
}
