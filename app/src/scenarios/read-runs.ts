import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import type { RunRecord, ScenarioTransact, ScenarioTx } from './ports.ts';
import { runView } from './run-view.ts';

export type ReadRunsDeps = { readonly transact: ScenarioTransact; readonly clock: () => number };

/** The runs of the plan, newest first. */
export function listRuns(deps: ReadRunsDeps): Service<'listRuns'> {
  return async (member, { query }) => {
    const after = decodeCursor(query.cursor, 2);
    const { rows, total } = await deps.transact((tx) =>
      tx.runs.list(
        member.companyId,
        after === undefined ? undefined : { createdAt: String(after[0]), id: String(after[1]) },
        query.limit,
      ),
    );
    const now = new Date(deps.clock());
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.cursorAt, row.id],
      (row) => runView(row, now),
    );
  };
}

/** One run with its progress. */
export function getRun(deps: ReadRunsDeps): Service<'getRun'> {
  return async (member, { params }) => {
    const record = await deps.transact((tx) => findRun(tx, member.companyId, params.runId));
    return runView(record, new Date(deps.clock()));
  };
}

/** @throws PlanningError NOT_FOUND, also for a run of another company. */
export async function findRun(tx: ScenarioTx, companyId: number, runId: string): Promise<RunRecord> {
  const record = await tx.runs.find(companyId, runId);
  if (record === undefined) throw new PlanningError('NOT_FOUND', { what: 'run', id: runId });
  return record;
}
