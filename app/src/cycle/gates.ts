/**
 * The gates: what must hold before a step is signed, looked at anew each time.
 *
 * A check of a figure may be waived with a reason. A check of signatures may not: a signature given for
 * another run says nothing about this one.
 */
import type { GateCheck, StepKind, StepRecord } from './model.ts';
import type { PlanFacts } from './plan-facts.ts';
import { demandChecks, financialChecks, productChecks, supplyChecks } from './figure-checks.ts';

/** The run under review, and what the gates know of it. */
export type Review = { readonly runId: string | null; readonly facts: PlanFacts | undefined };

const RUN_CHECK = 'run-published';
const SIGNATURES_CHECK = 'earlier-signatures';

const FIGURE_CHECKS: Readonly<Record<StepKind, (facts: PlanFacts) => GateCheck[]>> = {
  product: productChecks,
  demand: demandChecks,
  supply: supplyChecks,
  financial: financialChecks,
  'pre-sop': () => [],
  executive: () => [],
};

/** The checks of a step as they stand now. `steps` are all steps of its cycle, in order. */
export function gateOf(step: StepRecord, steps: readonly StepRecord[], review: Review): GateCheck[] {
  const { runId, facts } = review;
  if (runId === null || facts === undefined) {
    return [
      {
        code: RUN_CHECK,
        label: 'A plan is published',
        status: 'fails',
        detail: 'No plan has been published yet. Run the plan and publish it.',
      },
    ];
  }
  const earlier = steps.filter(({ number }) => number < step.number);
  const signatures = earlier.length === 0 ? [] : [signaturesCheck(earlier, runId)];
  return [...signatures, ...FIGURE_CHECKS[step.kind](facts)];
}

/** Steps whose signature does not count for the run. */
export function stepsOfOtherRuns(steps: readonly StepRecord[], runId: string): StepRecord[] {
  return steps.filter(({ status, signedRunId }) => status === 'signed' && signedRunId !== runId);
}

function signaturesCheck(earlier: readonly StepRecord[], runId: string): GateCheck {
  const unsigned = earlier.filter(({ status }) => status !== 'signed');
  const ofOthers = stepsOfOtherRuns(earlier, runId);
  const namesOf = (steps: readonly StepRecord[]): string => steps.map(({ name }) => name).join(', ');
  const details = [
    ofOthers.length === 0
      ? ''
      : `Signed for an earlier run: ${namesOf(ofOthers)}. Reopen and sign again for the run under review.`,
    unsigned.length === 0 ? '' : `Not signed yet: ${namesOf(unsigned)}.`,
  ].filter((text) => text !== '');
  return {
    code: SIGNATURES_CHECK,
    label: 'The steps before are signed for this run',
    status: details.length === 0 ? 'holds' : 'fails',
    detail: details.length === 0 ? `Signed: ${namesOf(earlier)}.` : details.join(' '),
  };
}
