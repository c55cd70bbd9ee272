import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { findRun } from './read-runs.ts';
import { queueRun, type StartRunDeps } from './start-run.ts';

export type ReplayRunDeps = Pick<StartRunDeps, 'transact' | 'engineVersion' | 'newId' | 'clock'>;

/**
 * Queues the same run again: the same snapshot and the same seed. With the same engine version, equal output hashes
 * prove that the plan can be recomputed to the last byte.
 *
 * @throws PlanningError RUN_NOT_FINISHED for a run whose inputs were rejected: there is nothing to do again.
 */
export function replayRun(deps: ReplayRunDeps): Service<'replayRun'> {
  return async (member, { params }) => {
    const { original, meta } = await deps.transact(async (tx) => {
      const record = await findRun(tx, member.companyId, params.runId);
      const found = await tx.snapshots.readMeta(member.companyId, record.snapshotHash);
      return { original: record, meta: found };
    });
    if (original.status === 'rejected') {
      throw new PlanningError('RUN_NOT_FINISHED', { runId: original.id, status: original.status });
    }
    if (meta === undefined) {
      throw new PlanningError('NOT_FOUND', { what: 'snapshot', id: original.snapshotHash });
    }
    const { snapshotHash: hash, issues, seed } = original;
    return queueRun(
      deps,
      member,
      { hash, meta, issues },
      { seed, publishOnSuccess: false, replayOf: original.id },
    );
  };
}
