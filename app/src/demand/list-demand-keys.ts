import type { DemandKey } from '@planwright/contracts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { DemandKeyRow, PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { keyAccuracy } from './demand-accuracy.ts';
import { spoken } from '../plan-view/spoken.ts';
import { selectionOf } from './selection.ts';

/** The demand streams of a selection: by revenue ahead, by error in quantity or money, or by item. */
export function listDemandKeys(deps: { plan: PlanReader }): Service<'listDemandKeys'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { sort, limit, valueClass, forecastClass, planner } = query;
    const after = decodeCursor(query.cursor, sort === 'item' ? 4 : 2);
    const selection = { ...selectionOf(query), valueClass, forecastClass, planner };
    const [{ rows, total }, moneyError] = await Promise.all([
      deps.plan.demandKeys(run.runId, selection, sort, { after, limit }),
      deps.plan.moneyError(run.runId),
    ]);
    return pageFrom(
      rows,
      limit,
      total,
      (row) => sortValues(row, sort),
      (row) => keyShown(row, moneyError),
    );
  };
}

function sortValues(row: DemandKeyRow, sort: 'value' | 'error' | 'worth' | 'item'): (string | number)[] {
  if (sort === 'item') return [row.item, row.location, row.channel, row.keyId];
  if (sort === 'value') return [row.planRevenue, row.keyId];
  return [sort === 'worth' ? row.moneyError : row.backtestAbsoluteError, row.keyId];
}

/** A stream as the API shows it; `moneyError` is that of the whole company. */
export function keyShown(row: DemandKeyRow, moneyError: number): DemandKey {
  const { backtestActual, naiveAbsoluteError, backtestAbsoluteError } = row;
  return {
    keyId: row.keyId,
    item: row.item,
    itemName: row.itemName,
    location: row.location,
    channel: row.channel,
    demandClass: row.demandClass,
    method: row.method,
    explanation: spoken(row.explanation),
    actualQuantity: row.actualQuantity,
    planQuantity: row.planQuantity,
    planRevenue: row.planRevenue,
    planner: row.planner,
    valueClass: row.valueClass,
    forecastClass: row.forecastClass,
    lifeStage: row.lifeStage,
    moneyError: row.moneyError,
    moneyErrorShare: moneyError > 0 ? row.moneyError / moneyError : 0,
    valueAddedRatio:
      backtestActual > 0 ? (naiveAbsoluteError - backtestAbsoluteError) / backtestActual : null,
    findingCount: row.findingCount,
    accuracy: keyAccuracy(row),
  };
}
