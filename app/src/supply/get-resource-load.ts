import type { PlanReader } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';

/** Load against capacity of every resource, the most loaded first. */
export function getResourceLoad(deps: { plan: PlanReader }): Service<'getResourceLoad'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const resources = await deps.plan.resources(run.runId);
    return {
      horizon: planHorizonOf(run),
      resources: resources
        .map((resource) => ({
          ...resource,
          loadHours: wireValues(resource.loadHours),
          capacityHours: wireValues(resource.capacityHours),
          overtimeHours:
            resource.overtimeHours === null
              ? resource.capacityHours.map(() => null)
              : wireValues(resource.overtimeHours),
        }))
        .sort((a, b) => (b.peakRatio ?? -1) - (a.peakRatio ?? -1) || (a.code < b.code ? -1 : 1)),
    };
  };
}
