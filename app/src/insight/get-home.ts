import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { type Goal, northStarView } from './north-star.ts';

/** What the home screen needs to know of a company beside its plan. */
export type CompanyFacts = {
  readonly currency: string;
  readonly goal: Goal | null;
  /** When the newest import was stored or undone; null without data. */
  readonly newestDataAt: string | null;
};

export type HomeDeps = {
  readonly plan: PlanReader;
  readonly companyFacts: (companyId: number) => Promise<CompanyFacts>;
  /** How many events, launches, successions and decisions people touched after a moment. */
  readonly driverChangesSince: (companyId: number, since: string) => Promise<number>;
};

const ALERTS_SHOWN = 20;
const NO_ALERTS = { high: 0, medium: 0, low: 0 };

/** Where things stand, in one answer. Works without a plan too: then it says so by nulls. */
export function getHome(deps: HomeDeps): Service<'getHome'> {
  return async (member, { query }) => {
    const facts = await deps.companyFacts(member.companyId);
    const published = await deps.plan.findRun(member.companyId, query.run);
    if (published === undefined && query.run === undefined) {
      return {
        currency: facts.currency,
        northStar: null,
        kpis: [],
        alerts: [],
        alertCounts: NO_ALERTS,
        runId: null,
        runFinishedAt: null,
        newestDataAt: facts.newestDataAt,
        stale: false,
        decisionsSince: 0,
      };
    }
    const run = published ?? (await runInView(deps.plan, member, query));
    const [kpis, alerts, alertCounts, finance, demand, decisionsSince] = await Promise.all([
      deps.plan.kpis(run.runId),
      deps.plan.alerts(run.runId, {}, { after: undefined, limit: ALERTS_SHOWN }),
      deps.plan.alertCounts(run.runId),
      deps.plan.finance(run.runId, [''], [facts.goal?.measure ?? 'revenue']),
      deps.plan.groupSeries(run.runId, '', ['lower80', 'upper80', 'baseline']),
      deps.driverChangesSince(member.companyId, run.createdAt),
    ]);
    return {
      currency: run.currency,
      northStar: facts.goal === null ? null : (northStarView(run, facts.goal, finance, demand) ?? null),
      kpis: [...kpis],
      alerts: alerts.rows.slice(0, ALERTS_SHOWN),
      alertCounts,
      runId: run.runId,
      runFinishedAt: run.finishedAt,
      newestDataAt: facts.newestDataAt,
      stale: facts.newestDataAt !== null && facts.newestDataAt > run.createdAt,
      decisionsSince,
    };
  };
}
