import type { PlanReader } from '../plan-view/plan-reader.ts';
import type { Service } from '../services.ts';

/** Names of codes, for those that have one. */
export type NamesOf = (companyId: number, codes: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** The locations and channels of the published plan's demand; none while nothing is published. */
export function getDemandScopes(deps: {
  plan: PlanReader;
  locationNames: NamesOf;
}): Service<'getDemandScopes'> {
  return async (member) => {
    const run = await deps.plan.findRun(member.companyId, undefined);
    if (run === undefined) return { locations: [], channels: [] };
    const { locations, channels } = await deps.plan.demandScopes(run.runId);
    const names = await deps.locationNames(member.companyId, locations);
    return {
      locations: locations.map((code) => ({ code, name: names.get(code) ?? code })),
      channels: [...channels],
    };
  };
}
