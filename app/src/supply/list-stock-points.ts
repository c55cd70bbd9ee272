import type { StockRules } from '@planwright/contracts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader, RunHead, StockPointRecord } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OpenBook } from './plan-book.ts';
import type { ApiQuery } from './query.ts';
import { measureValues, seriesNames } from './stock-plan-values.ts';
import { stockPointRow } from './stock-point-row.ts';
import { sourcesOfRun } from './stock-sources.ts';

type Deps = { readonly plan: PlanReader };

/** Items at locations: the dearest shortage of the plan that is asked for first, then the dearest stock. */
export function listStockPoints(deps: Deps): Service<'listStockPoints'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    return stockPointPage(deps, run, query, (row) => stockPointRow(run, row));
  };
}

/** The same list with one measure by bucket. */
export function listStockPeriods(deps: Deps): Service<'listStockPeriods'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const page = await stockPointPage(deps, run, query, (row) => stockPointRow(run, row));
    const ids = page.items.map(({ stockPointId }) => stockPointId);
    const names = seriesNames(query.plan, query.measure);
    const series = Map.groupBy(await deps.plan.seriesOf(run.runId, ids, names), ({ keyId }) => keyId);
    const items = page.items.map((row) => {
      const own = new Map(
        (series.get(row.stockPointId) ?? []).map(({ measure, values }) => [measure, values]),
      );
      return { ...row, values: measureValues(run, own, query.plan, query.measure) };
    });
    return { ...page, items, horizon: planHorizonOf(run) };
  };
}

/** The same list with what may be edited of each. */
export function listStockRules(deps: Deps & { readonly openBook: OpenBook }): Service<'listStockRules'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const sourcesOf = await sourcesOfRun(deps.openBook, run);
    return stockPointPage(deps, run, query, (row): StockRules => {
      const { stockPointId, item, itemName, location, unit, safetyStock, leadTimeDays } = row;
      const sources = sourcesOf(stockPointId);
      const first = sources[0];
      return {
        stockPointId,
        item,
        itemName,
        location,
        unit,
        safetyStock,
        leadTimeDays: first?.leadTimeDays ?? leadTimeDays,
        sourceCount: sources.length,
        kind: first?.kind ?? null,
        from: first?.from ?? null,
        lotMinimum: first?.lotMinimum ?? null,
        lotMultiple: first?.lotMultiple ?? null,
        lotMaximum: first?.lotMaximum ?? null,
      };
    });
  };
}

async function stockPointPage<Item>(
  deps: Deps,
  run: RunHead,
  query: Omit<ApiQuery<'listStockPoints'>, 'run'>,
  itemOf: (row: StockPointRecord) => Item,
) {
  const { q, location, kind, only, plan, limit } = query;
  const after = decodeCursor(query.cursor, 3);
  const filter = { q, location, kind, only, plan };
  const { rows, total } = await deps.plan.stockPoints(run.runId, filter, { after, limit });
  const shortage = plan === 'constrained' ? 'constrainedShortageValue' : 'shortageValue';
  const cursorOf = (row: StockPointRecord) => [row[shortage] ?? 0, row.stockValue, row.stockPointId];
  return pageFrom(rows, limit, total, cursorOf, itemOf);
}
