import { audit } from '../access/audit.ts';
import type { Service } from '../services.ts';
import { findRun, type ReadRunsDeps } from './read-runs.ts';
import { runView } from './run-view.ts';

/**
 * Stops a run: one that waits ends at once, one that works within its current chunk. A run that has ended stays as
 * it is, so asking twice is harmless.
 */
export function cancelRun(deps: ReadRunsDeps): Service<'cancelRun'> {
  return async (member, { params }) =>
    deps.transact(async (tx) => {
      const before = await findRun(tx, member.companyId, params.runId);
      if (await tx.runs.requestCancel(before.id)) {
        await audit(tx, member, {
          action: 'run.cancel',
          objectType: 'run',
          objectId: before.id,
          before: { status: before.status },
        });
        await tx.announceRun(member.companyId, before.id);
      }
      const record = await findRun(tx, member.companyId, before.id);
      return runView(record, new Date(deps.clock()));
    });
}
