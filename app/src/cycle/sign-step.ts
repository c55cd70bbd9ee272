import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Member, Service } from '../services.ts';
import { claimCycle, stepOf } from './claim-cycle.ts';
import { readReview } from './cycle-view.ts';
import { gateOf, stepsOfOtherRuns } from './gates.ts';
import { APPROVAL_STEP, type CycleRecord, type GateCheck, signRolesOf, type StepRecord } from './model.ts';
import type { WriteCycleDeps } from './ports.ts';
import { readCycle } from './read-cycles.ts';

/**
 * Signs the open step for the run that the signer saw, and opens the next. Failing checks of figures need a reason,
 * which is kept with them.
 *
 * @throws PlanningError those of `claimCycle`, STEP_ROLE, STEP_SIGNED, STEP_WAITING, SIGNED_BY_APPROVAL,
 * RUN_MOVED_ON, SIGNED_FOR_EARLIER_RUN, GATE_FAILS.
 */
export function signStep(deps: WriteCycleDeps): Service<'signStep'> {
  return async (member, { params, body }) => {
    const { companyId } = member;
    return deps.transact(async (tx) => {
      const cycle = await claimCycle(tx, companyId, params.cycleId, body.version);
      const step = stepOf(cycle, params.step);
      refuseOtherRoles(member, step);
      if (step.number === APPROVAL_STEP) throw new PlanningError('SIGNED_BY_APPROVAL', { step: step.name });
      refuseUnlessOpen(step);
      const review = await readReview(tx, companyId);
      refuseOtherRun(body.runId, review.runId);
      refuseEarlierSignatures(cycle, step, body.runId);

      const gate = gateOf(step, cycle.steps, review);
      const failing = gate.filter(({ status }) => status === 'fails');
      const waiveReason = failing.length === 0 ? null : (body.waiveReason ?? null);
      if (failing.length > 0 && waiveReason === null) throw gateFails(step, failing);

      await tx.cycles.signStep(cycle.id, step.number, {
        runId: body.runId,
        by: member.userId,
        byName: member.name,
        at: new Date(deps.now()),
        note: body.note ?? null,
        waiveReason,
        gate: gate.map((check) => (check.status === 'fails' ? waived(check, waiveReason ?? '') : check)),
      });
      await tx.cycles.openStep(cycle.id, step.number + 1);
      await audit(tx, member, {
        action: 'cycle.sign-step',
        objectType: 'cycle',
        objectId: cycle.id,
        after: { step: step.number, runId: body.runId, waived: failing.map(({ code }) => code) },
        ...(waiveReason === null ? {} : { reason: waiveReason }),
      });
      await tx.announceCycle(companyId, cycle.id);
      return readCycle({ ...tx, now: deps.now }, companyId, cycle.id);
    });
  };
}

/** @throws PlanningError STEP_ROLE. */
export function refuseOtherRoles(member: Member, step: StepRecord): void {
  const roles = signRolesOf(step.kind);
  if (roles.includes(member.role)) return;
  throw new PlanningError('STEP_ROLE', { step: step.name, role: member.role, roles: roles.join(', ') });
}

/** @throws PlanningError STEP_SIGNED, STEP_WAITING. */
export function refuseUnlessOpen(step: StepRecord): void {
  if (step.status === 'signed') throw new PlanningError('STEP_SIGNED', { step: step.name });
  if (step.status === 'waiting') throw new PlanningError('STEP_WAITING', { step: step.name });
}

/**
 * A signature holds for what its signer saw, and for nothing else.
 *
 * @throws PlanningError RUN_MOVED_ON.
 */
export function refuseOtherRun(seen: string, underReview: string | null): void {
  if (seen !== underReview) throw new PlanningError('RUN_MOVED_ON', { seen, underReview });
}

/** @throws PlanningError SIGNED_FOR_EARLIER_RUN. */
export function refuseEarlierSignatures(cycle: CycleRecord, step: StepRecord, runId: string): void {
  const earlier = cycle.steps.filter(({ number }) => number < step.number);
  const names = stepsOfOtherRuns(earlier, runId).map(({ name }) => name);
  if (names.length > 0) throw new PlanningError('SIGNED_FOR_EARLIER_RUN', { steps: names.join(', ') });
}

export function gateFails(step: StepRecord, failing: readonly GateCheck[]): PlanningError<'GATE_FAILS'> {
  return new PlanningError('GATE_FAILS', {
    step: step.name,
    checks: failing.map(({ label, detail }) => `${label} (${detail})`).join('; '),
  });
}

function waived(check: GateCheck, reason: string): GateCheck {
  return { ...check, status: 'waived', detail: `${check.detail} Waived: ${reason}` };
}
