import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { claimCycle, stepOf } from './claim-cycle.ts';
import type { WriteCycleDeps } from './ports.ts';
import { readCycle } from './read-cycles.ts';

/**
 * Takes the signature of a step back, and those of all later steps with it: they were given on top of it. The trail
 * keeps who had signed what.
 *
 * @throws PlanningError those of `claimCycle`, STEP_NOT_SIGNED.
 */
export function reopenStep(deps: WriteCycleDeps): Service<'reopenStep'> {
  return async (member, { params, body }) => {
    const { companyId } = member;
    return deps.transact(async (tx) => {
      const cycle = await claimCycle(tx, companyId, params.cycleId, body.version);
      const step = stepOf(cycle, params.step);
      if (step.status !== 'signed') throw new PlanningError('STEP_NOT_SIGNED', { step: step.name });
      await tx.cycles.reopenFrom(cycle.id, step.number);
      const signatures = cycle.steps
        .filter(({ number, status }) => number >= step.number && status === 'signed')
        .map(({ number, signedByName, signedAt, signedRunId, note, waiveReason }) => ({
          step: number,
          signedBy: signedByName,
          signedAt,
          runId: signedRunId,
          note,
          waiveReason,
        }));
      await audit(tx, member, {
        action: 'cycle.reopen-step',
        objectType: 'cycle',
        objectId: cycle.id,
        before: { signatures },
        after: { step: step.number },
        reason: body.reason,
      });
      await tx.announceCycle(companyId, cycle.id);
      return readCycle({ ...tx, now: deps.now }, companyId, cycle.id);
    });
  };
}
