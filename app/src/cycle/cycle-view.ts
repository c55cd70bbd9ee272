import type { Cycle, CycleStep, PlanOfRecord } from '@planwright/contracts';
import { gateOf, type Review } from './gates.ts';
import { type CycleRecord, type GateCheck, signRolesOf, type StepRecord } from './model.ts';
import type { CycleReader, PlanOfRecordRow, ReadPlanFacts } from './ports.ts';

/** The run under review by the open cycle, with the figures of it. */
export async function readReview(
  ports: { readonly cycles: Pick<CycleReader, 'publishedRun'>; readonly planFacts: ReadPlanFacts },
  companyId: number,
): Promise<Review> {
  const runId = await ports.cycles.publishedRun(companyId);
  return { runId, facts: runId === null ? undefined : await ports.planFacts(companyId, runId) };
}

/** A cycle as the outside sees it at `now` (milliseconds since 1970). Only an open cycle looks at the review. */
export function cycleView(cycle: CycleRecord, review: Review, now: number): Cycle {
  const isOpen = cycle.status === 'open';
  const today = new Date(now).toISOString().slice(0, 10);
  return {
    id: cycle.id,
    name: cycle.name,
    periodStart: cycle.periodStart,
    status: cycle.status,
    version: cycle.version,
    runId: isOpen ? review.runId : cycle.runId,
    steps: cycle.steps.map((step) =>
      stepView(
        step,
        shownGate(step, cycle, review),
        isOpen && step.status !== 'signed' && step.dueOn < today,
      ),
    ),
    approvedBy: cycle.approvedByName,
    approvedAt: cycle.approvedAt?.toISOString() ?? null,
  };
}

/** A signed step shows what its signer saw. */
function shownGate(step: StepRecord, cycle: CycleRecord, review: Review): readonly GateCheck[] {
  if (step.status === 'signed') return step.signedGate ?? [];
  return cycle.status === 'open' ? gateOf(step, cycle.steps, review) : [];
}

function stepView(step: StepRecord, gate: readonly GateCheck[], overdue: boolean): CycleStep {
  const { number, kind, name, question, ownerId, ownerName, dueOn, status, note } = step;
  return {
    number,
    kind,
    name,
    question,
    ownerId,
    ownerName,
    dueOn,
    status,
    overdue,
    gate: [...gate],
    signRoles: [...signRolesOf(kind)],
    signedBy: step.signedByName,
    signedAt: step.signedAt?.toISOString() ?? null,
    note,
  };
}

export function planOfRecordView(row: PlanOfRecordRow): PlanOfRecord {
  const { approvedByName, approvedAt, ...rest } = row;
  return { ...rest, approvedBy: approvedByName, approvedAt: approvedAt.toISOString() };
}
