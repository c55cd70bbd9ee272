import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { findRun, type ReadRunsDeps } from './read-runs.ts';
import { runView } from './run-view.ts';

/**
 * Makes a run the plan that everyone sees, by moving one pointer. Publishing the published run changes nothing.
 *
 * @throws PlanningError RUN_NOT_FINISHED for a run that did not succeed.
 */
export function publishRun(deps: ReadRunsDeps): Service<'publishRun'> {
  return async (member, { params }) =>
    deps.transact(async (tx) => {
      const before = await findRun(tx, member.companyId, params.runId);
      if (before.status !== 'succeeded') {
        throw new PlanningError('RUN_NOT_FINISHED', { runId: before.id, status: before.status });
      }
      if (await tx.runs.publish(before.id)) {
        await audit(tx, member, {
          action: 'run.publish',
          objectType: 'run',
          objectId: before.id,
          after: { outputHash: before.outputHash, snapshotHash: before.snapshotHash },
        });
        await tx.announceRun(member.companyId, before.id);
      }
      const record = await findRun(tx, member.companyId, before.id);
      return runView(record, new Date(deps.clock()));
    });
}
