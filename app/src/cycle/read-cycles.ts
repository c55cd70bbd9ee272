import type { Cycle, PlanOfRecord } from '@planwright/contracts';
import { dayFromIso } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import { cycleView, planOfRecordView, readReview } from './cycle-view.ts';
import type { ReadCycleDeps } from './ports.ts';

/** Newest month first. */
export function listCycles(deps: ReadCycleDeps): Service<'listCycles'> {
  return async ({ companyId }, { query }) => {
    const { rows, total } = await deps.cycles.list(companyId, monthOf(query.cursor), query.limit);
    const review = rows.some(({ status }) => status === 'open')
      ? await readReview(deps, companyId)
      : { runId: null, facts: undefined };
    const now = deps.now();
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.periodStart],
      (row) => cycleView(row, review, now),
    );
  };
}

/** The month behind which a page starts. */
function monthOf(cursor: string | undefined): string | undefined {
  const [month] = decodeCursor(cursor, 1) ?? [];
  if (month === undefined) return undefined;
  if (typeof month === 'string' && Number.isFinite(dayFromIso(month))) return month;
  throw new PlanningError('INVALID_INPUT', { problem: 'The cursor is not one that this list gave out.' });
}

/** @throws PlanningError NOT_FOUND, also for a cycle of another company. */
export function getCycle(deps: ReadCycleDeps): Service<'getCycle'> {
  return ({ companyId }, { params }) => readCycle(deps, companyId, params.cycleId);
}

/** One cycle as it stands; the ports may be those of a transaction. */
export async function readCycle(
  ports: Pick<ReadCycleDeps, 'cycles' | 'planFacts' | 'now'>,
  companyId: number,
  cycleId: string,
): Promise<Cycle> {
  const cycle = await ports.cycles.find(companyId, cycleId);
  if (cycle === undefined) throw new PlanningError('NOT_FOUND', { what: 'cycle', id: cycleId });
  return cycleView(cycle, await readReview(ports, companyId), ports.now());
}

/** @throws PlanningError NOT_FOUND where the cycle is not approved. */
export function getPlanOfRecord(deps: Pick<ReadCycleDeps, 'cycles'>): Service<'getPlanOfRecord'> {
  return async ({ companyId }, { params }): Promise<PlanOfRecord> => {
    const { cycleId } = params;
    const row = await deps.cycles.findPlanOfRecord(companyId, cycleId);
    if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'plan of record', id: cycleId });
    return planOfRecordView(row);
  };
}
