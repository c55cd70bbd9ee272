import type { PlanReader } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';

/** Can we supply the plan? The answer in a few numbers. */
export function getSupplySummary(deps: { plan: PlanReader }): Service<'getSupplySummary'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const [stock, orders, resources, series] = await Promise.all([
      deps.plan.stockTotals(run.runId),
      deps.plan.orderTotals(run.runId),
      deps.plan.resources(run.runId),
      deps.plan.groupSeries(run.runId, '', ['inventoryValue', 'shortageValue']),
    ]);
    const fillRatio = run.summary.fillRatio;
    return {
      currency: run.currency,
      horizon: planHorizonOf(run),
      stockPointCount: stock.stockPointCount,
      shortStockPointCount: stock.shortCount,
      shortageQuantity: stock.shortageQuantity,
      shortageValue: stock.shortageValue,
      fillRatio: typeof fillRatio === 'number' ? fillRatio : null,
      plannedOrderCount: orders.count,
      plannedOrderValue: orders.value,
      pastDueOrderCount: orders.pastDueCount,
      overloadedResourceCount: resources.filter((resource) => resource.overloadedBuckets > 0).length,
      projectedStockValue: wireValues(series.get('inventoryValue') ?? []),
      shortageValueByBucket: wireValues(series.get('shortageValue') ?? []),
    };
  };
}
