import { decodeCursor, pageFrom } from '../paging.ts';
import type { DemandKeyRow, PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { keyAccuracy } from './demand-accuracy.ts';
import { selectionOf } from './selection.ts';

/** The demand streams of a selection: by revenue ahead, by absolute error of the back-test, or by item. */
export function listDemandKeys(deps: { plan: PlanReader }): Service<'listDemandKeys'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const cursorOf = (row: DemandKeyRow) => {
      if (query.sort === 'item') return [row.item, row.location, row.channel, row.keyId];
      return [query.sort === 'value' ? row.planRevenue : row.backtestAbsoluteError, row.keyId];
    };
    const after = decodeCursor(query.cursor, query.sort === 'item' ? 4 : 2);
    const { rows, total } = await deps.plan.demandKeys(run.runId, selectionOf(query), query.sort, {
      after,
      limit: query.limit,
    });
    return pageFrom(rows, query.limit, total, cursorOf, (row) => ({
      keyId: row.keyId,
      item: row.item,
      itemName: row.itemName,
      location: row.location,
      channel: row.channel,
      demandClass: row.demandClass,
      method: row.method,
      explanation: row.explanation,
      actualQuantity: row.actualQuantity,
      planQuantity: row.planQuantity,
      planRevenue: row.planRevenue,
      accuracy: keyAccuracy(row),
    }));
  };
}
