import type { DemandFinding } from '@planwright/contracts';
import { bucketLabel, isoFromDay } from '@planwright/time';
import { selectionOf } from '../demand/selection.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { FindingRow } from '../plan-view/workbench-reader.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { Service } from '../services.ts';

/** What was found in histories and forecasts, the most expensive first. */
export function listDemandFindings(deps: { plan: PlanReader }): Service<'listDemandFindings'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { kind, limit } = query;
    const after = decodeCursor(query.cursor, 1);
    const { rows, total } = await deps.plan.findings(
      run.runId,
      { ...selectionOf(query), kind },
      { after, limit },
    );
    return pageFrom(
      rows,
      limit,
      total,
      (row) => [row.number],
      (row) => findingOf(run, row),
    );
  };
}

/** A finding with its bucket as people name it. */
export function findingOf(run: RunHead, row: FindingRow): DemandFinding {
  const { bucket } = row;
  return {
    ...row,
    detail: spoken(row.detail),
    bucket: bucket === null ? null : bucketLabel(run.calendar, bucket),
    bucketOn: bucket === null ? null : isoFromDay(run.calendar.starts[bucket]),
  };
}
