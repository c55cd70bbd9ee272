import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';

/** The key figures of a run. */
export function listKpis(deps: { plan: PlanReader }): Service<'listKpis'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    return { kpis: [...(await deps.plan.kpis(run.runId))] };
  };
}
