import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';

/** Proposed orders by release date. */
export function listPlannedOrders(deps: { plan: PlanReader }): Service<'listPlannedOrders'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { kind, item, limit } = query;
    const pastDue = query.pastDue === undefined ? undefined : query.pastDue === 'true';
    const after = decodeCursor(query.cursor, 2);
    const { rows, total } = await deps.plan.plannedOrders(
      run.runId,
      { kind, item, pastDue },
      { after, limit },
    );
    return pageFrom(
      rows,
      limit,
      total,
      (row) => [row.releaseOn, row.number],
      (row) => row,
    );
  };
}
