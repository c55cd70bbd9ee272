import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { claimCycle, stepOf } from './claim-cycle.ts';
import type { StepChange, WriteCycleDeps } from './ports.ts';
import { readCycle } from './read-cycles.ts';

/**
 * Changes name, owner or due date of a step that is not signed.
 *
 * @throws PlanningError those of `claimCycle`, STEP_SIGNED, INVALID_INPUT.
 */
export function changeStep(deps: WriteCycleDeps): Service<'changeStep'> {
  return async (member, { params, body }) => {
    const { companyId } = member;
    const { version, ...given } = body;
    const wanted = Object.entries(given).filter(([, value]) => value !== undefined);
    if (wanted.length === 0)
      throw new PlanningError('INVALID_INPUT', { problem: 'Give a name, an ownerId or a dueOn to change.' });
    const change = Object.fromEntries(wanted) as StepChange;
    return deps.transact(async (tx) => {
      const cycle = await claimCycle(tx, companyId, params.cycleId, version);
      const step = stepOf(cycle, params.step);
      if (step.status === 'signed') throw new PlanningError('STEP_SIGNED', { step: step.name });
      const ownerId = change.ownerId ?? null;
      if (ownerId !== null && !(await tx.cycles.isMember(companyId, ownerId))) {
        throw new PlanningError('INVALID_INPUT', {
          problem: `ownerId ${ownerId} is no active member of the company.`,
        });
      }
      await tx.cycles.changeStep(cycle.id, step.number, change);
      const before = Object.fromEntries(wanted.map(([name]) => [name, step[name as keyof StepChange]]));
      await audit(tx, member, {
        action: 'cycle.change-step',
        objectType: 'cycle',
        objectId: cycle.id,
        before: { step: step.number, ...before },
        after: { step: step.number, ...change },
      });
      await tx.announceCycle(companyId, cycle.id);
      return readCycle({ ...tx, now: deps.now }, companyId, cycle.id);
    });
  };
}
