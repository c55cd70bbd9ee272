import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { stockPlan } from './stock-plan-values.ts';

/** Both plans of one stock point. */
export function getStockPointPlans(deps: { plan: PlanReader }): Service<'getStockPointPlans'> {
  return async (member, { params, query }) => {
    const run = await runInView(deps.plan, member, query);
    const record = await deps.plan.stockPoint(run.runId, params.stockPointId);
    if (record === undefined)
      throw new PlanningError('NOT_FOUND', { what: 'stock point', id: String(params.stockPointId) });
    const series = await deps.plan.series(run.runId, record.stockPointId);
    if (!series.has('constrainedOnHand'))
      throw new PlanningError('NO_CONSTRAINED_PLAN', { runId: run.runId });
    return {
      horizon: planHorizonOf(run),
      unconstrained: stockPlan(run, series, 'unconstrained'),
      constrained: stockPlan(run, series, 'constrained'),
    };
  };
}
