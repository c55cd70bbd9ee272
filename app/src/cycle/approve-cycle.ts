import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Member, Service } from '../services.ts';
import { claimCycle, stepOf } from './claim-cycle.ts';
import { planOfRecordView, readReview } from './cycle-view.ts';
import { gateOf } from './gates.ts';
import { APPROVAL_STEP, type CycleRecord, type GateCheck } from './model.ts';
import type { CycleTx, PlanOfRecordRow, WriteCycleDeps } from './ports.ts';
import {
  gateFails,
  refuseEarlierSignatures,
  refuseOtherRoles,
  refuseOtherRun,
  refuseUnlessOpen,
} from './sign-step.ts';

export type ApproveCycleDeps = WriteCycleDeps & {
  /** What is done once a plan is of record, such as a backup. */
  readonly afterApproval: (cycleId: string) => Promise<void>;
  /** Told when that fails: the approval stands all the same. */
  readonly reportAfterApprovalFailure: (cycleId: string, error: unknown) => void;
};

/**
 * Approves the plan: signs the last step, freezes its run as the plan of record, pins and publishes it, all in one
 * transaction. Of many approvers at once exactly one succeeds.
 *
 * @throws PlanningError those of `claimCycle`, STEP_ROLE, STEP_WAITING, RUN_MOVED_ON, SIGNED_FOR_EARLIER_RUN, GATE_FAILS.
 */
export function approveCycle(deps: ApproveCycleDeps): Service<'approveCycle'> {
  return async (member, { params, body }) => {
    const { companyId } = member;
    const approved = await deps.transact(async (tx) => {
      const cycle = await claimCycle(tx, companyId, params.cycleId, body.version);
      const gate = await approvableGate(tx, member, cycle, body.runId);
      const row = await planOfRecord(tx, member, cycle, body.runId, body.note ?? null, new Date(deps.now()));
      await tx.cycles.signStep(cycle.id, APPROVAL_STEP, {
        runId: row.runId,
        by: member.userId,
        byName: member.name,
        at: row.approvedAt,
        note: row.note,
        waiveReason: null,
        gate,
      });
      await tx.cycles.approve(companyId, row);
      await audit(tx, member, {
        action: 'cycle.approve',
        objectType: 'cycle',
        objectId: cycle.id,
        after: { runId: row.runId, snapshotHash: row.snapshotHash, outputHash: row.outputHash },
        ...(row.note === null ? {} : { reason: row.note }),
      });
      await publishAgain(tx, member, row);
      await tx.announceCycle(companyId, cycle.id);
      return row;
    });
    await deps
      .afterApproval(approved.cycleId)
      .catch((error: unknown) => deps.reportAfterApprovalFailure(approved.cycleId, error));
    return planOfRecordView(approved);
  };
}

/** The checks of the last step, all of which hold: nothing is waived any more when a plan is approved. */
async function approvableGate(
  tx: CycleTx,
  member: Member,
  cycle: CycleRecord,
  runId: string,
): Promise<GateCheck[]> {
  const step = stepOf(cycle, APPROVAL_STEP);
  refuseOtherRoles(member, step);
  refuseUnlessOpen(step);
  const review = await readReview(tx, member.companyId);
  refuseOtherRun(runId, review.runId);
  refuseEarlierSignatures(cycle, step, runId);
  const gate = gateOf(step, cycle.steps, review);
  const failing = gate.filter(({ status }) => status === 'fails');
  if (failing.length > 0) throw gateFails(step, failing);
  return gate;
}

async function planOfRecord(
  tx: CycleTx,
  member: Member,
  cycle: CycleRecord,
  runId: string,
  note: string | null,
  approvedAt: Date,
): Promise<PlanOfRecordRow> {
  const figures = await tx.cycles.runFigures(member.companyId, runId);
  if (figures === undefined) throw new PlanningError('NOT_FOUND', { what: 'finished run', id: runId });
  return {
    cycleId: cycle.id,
    cycleName: cycle.name,
    runId,
    ...figures,
    approvedBy: member.userId,
    approvedByName: member.name,
    approvedAt,
    note,
  };
}

/** Somebody may have published another run since the review was read: the approved one is what everyone sees. */
async function publishAgain(tx: CycleTx, member: Member, row: PlanOfRecordRow): Promise<void> {
  if (!(await tx.cycles.publish(row.runId))) return;
  await audit(tx, member, {
    action: 'run.publish',
    objectType: 'run',
    objectId: row.runId,
    after: { outputHash: row.outputHash, snapshotHash: row.snapshotHash },
  });
}
