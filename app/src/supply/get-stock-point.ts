import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OpenBook } from './plan-book.ts';
import { stockPointRow } from './stock-point-row.ts';
import { sourcesOfRun } from './stock-sources.ts';

export type BomLink = { readonly item: string; readonly itemName: string; readonly quantityPer: number };

/** The bill of material around an item, as it is in force now. */
export type BillOfMaterial = {
  usedIn(companyId: number, item: string): Promise<readonly BomLink[]>;
  components(companyId: number, item: string): Promise<readonly BomLink[]>;
};

/** The time-phased record of one stock point, with what goes into it and what it goes into. */
export function getStockPoint(deps: {
  plan: PlanReader;
  bill: BillOfMaterial;
  openBook: OpenBook;
}): Service<'getStockPoint'> {
  return async (member, { params, query }) => {
    const run = await runInView(deps.plan, member, query);
    const record = await deps.plan.stockPoint(run.runId, params.stockPointId);
    if (record === undefined) {
      throw new PlanningError('NOT_FOUND', { what: 'stock point', id: String(params.stockPointId) });
    }
    const [series, usedIn, components, sources] = await Promise.all([
      deps.plan.series(run.runId, record.stockPointId),
      deps.bill.usedIn(member.companyId, record.item),
      record.source === 'make' ? deps.bill.components(member.companyId, record.item) : [],
      sourcesOfRun(deps.openBook, run),
    ]);
    const values = (measure: string) => wireValues(series.get(measure) ?? []);
    return {
      ...stockPointRow(run, record),
      horizon: planHorizonOf(run),
      leadTimeDays: record.leadTimeDays,
      sources: [...sources(record.stockPointId)],
      independentDemand: values('independentDemand'),
      dependentDemand: values('dependentDemand'),
      scheduledReceipts: values('scheduledReceipts'),
      plannedReceipts: values('plannedReceipts'),
      plannedReleases: values('plannedReleases'),
      projectedOnHand: values('projectedOnHand'),
      safetyStockLevel: values('safetyStock'),
      shortage: values('shortage'),
      usedIn: [...usedIn],
      components: components.map((link) => ({ ...link, location: record.location })),
    };
  };
}
