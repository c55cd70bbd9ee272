import { dayFromIso } from '@planwright/time';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import type { Service } from '../services.ts';

/** The order lines of an item over some days: the rows that an actual is the sum of. */
export function listDemandLines(deps: { plan: PlanReader }): Service<'listDemandLines'> {
  return async (member, { query }) => {
    const { item, location, channel, limit } = query;
    const after = decodeCursor(query.cursor, 3);
    const span = { fromDay: dayFromIso(query.from), toDay: dayFromIso(query.to) };
    const { rows, total, quantity } = await deps.plan.demandLines(
      member.companyId,
      { item, location, channel, ...span },
      { after, limit },
    );
    const page = pageFrom(
      rows,
      limit,
      total,
      (row) => [row.demandOn, row.order, row.line],
      (row) => row,
    );
    return { ...page, quantity };
  };
}
