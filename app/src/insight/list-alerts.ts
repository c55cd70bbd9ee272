import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';

/** What the plan found, the most serious first. */
export function listAlerts(deps: { plan: PlanReader }): Service<'listAlerts'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { kind, severity, limit } = query;
    const after = decodeCursor(query.cursor, 1);
    const { rows, total } = await deps.plan.alerts(run.runId, { kind, severity }, { after, limit });
    return pageFrom(
      rows,
      limit,
      total,
      (row) => [row.number],
      (row) => row,
    );
  };
}
