import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader, StockPointRecord } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { stockPointRow } from './stock-point-row.ts';

/** Items at locations: the dearest shortage first, then the dearest stock. */
export function listStockPoints(deps: { plan: PlanReader }): Service<'listStockPoints'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { q, location, kind, only, limit } = query;
    const after = decodeCursor(query.cursor, 3);
    const { rows, total } = await deps.plan.stockPoints(
      run.runId,
      { q, location, kind, only },
      { after, limit },
    );
    const cursorOf = (row: StockPointRecord) => [row.shortageValue, row.stockValue, row.stockPointId];
    return pageFrom(rows, limit, total, cursorOf, (row) => stockPointRow(run, row));
  };
}
