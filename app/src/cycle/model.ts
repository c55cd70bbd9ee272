/**
 * The planning cycle of a month: six steps that are signed in order, each by the roles that answer for it.
 *
 * A signature is worth only what was seen: it names the run it was given for. When another run comes under
 * review, earlier signatures stop counting, and the plan cannot be approved until they are given again.
 */
import type { CycleStep, Role } from '@planwright/contracts';

export type StepKind = CycleStep['kind'];
type StepStatus = CycleStep['status'];
export type GateCheck = CycleStep['gate'][number];

export type StepRecord = {
  readonly number: number;
  readonly kind: StepKind;
  readonly name: string;
  readonly question: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  /** 'YYYY-MM-DD'. */
  readonly dueOn: string;
  readonly status: StepStatus;
  /** The run that the signature was given for; null while unsigned. */
  readonly signedRunId: string | null;
  readonly signedByName: string | null;
  readonly signedAt: Date | null;
  readonly note: string | null;
  readonly waiveReason: string | null;
  /** The checks as they stood when the step was signed. */
  readonly signedGate: readonly GateCheck[] | null;
};

export type CycleRecord = {
  readonly id: string;
  readonly name: string;
  /** First day of the month, 'YYYY-MM-DD'. */
  readonly periodStart: string;
  readonly status: 'open' | 'approved' | 'closed';
  readonly version: number;
  /** The run that approval pinned; null before. */
  readonly runId: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  /** In order of their numbers. */
  readonly steps: readonly StepRecord[];
};

type StepTemplate = {
  readonly kind: StepKind;
  readonly name: string;
  readonly question: string;
  /** Due on this working day of the month, Monday to Friday counted from 1. The shortest month has 20. */
  readonly dueWorkingDay: number;
};

export const STEP_TEMPLATES: readonly StepTemplate[] = [
  { kind: 'product', name: 'Product review', question: 'Are the products ready to plan?', dueWorkingDay: 3 },
  { kind: 'demand', name: 'Demand review', question: 'What will customers order?', dueWorkingDay: 7 },
  { kind: 'supply', name: 'Supply review', question: 'Can we supply the plan?', dueWorkingDay: 11 },
  {
    kind: 'financial',
    name: 'Financial review',
    question: 'Does the plan reach the budget?',
    dueWorkingDay: 14,
  },
  { kind: 'pre-sop', name: 'Pre-S&OP', question: 'What is left to decide?', dueWorkingDay: 16 },
  { kind: 'executive', name: 'Executive S&OP', question: 'Do we approve this plan?', dueWorkingDay: 19 },
];

/** The step that approval signs. */
export const APPROVAL_STEP = STEP_TEMPLATES.length;

const SIGN_ROLES: Readonly<Record<StepKind, readonly Role[]>> = {
  product: ['admin', 'planner'],
  demand: ['admin', 'planner', 'sales'],
  supply: ['admin', 'planner'],
  financial: ['admin', 'finance'],
  'pre-sop': ['admin', 'planner', 'finance', 'sales'],
  executive: ['admin', 'executive'],
};

/** The roles that may sign a step of this kind. */
export function signRolesOf(kind: StepKind): readonly Role[] {
  return SIGN_ROLES[kind];
}
