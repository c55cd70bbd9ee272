import { Button, Textarea } from '@mantine/core';
import type { Cycle, CycleStep } from '@planwright/contracts';
import type { FormEvent } from 'react';
import { useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { CycleRefused } from './cycle-refused.tsx';
import css from './step-panel.module.css';
import { textOf } from '../../ui/form-text.ts';

const REASON_MIN = 5;

/** Why this person cannot sign this step now, or null where nothing stands in the way. */
function obstacleOf(cycle: Cycle, step: CycleStep, role: string, mayAct: boolean): string | null {
  if (cycle.runId === null)
    return 'There is no published plan to sign for. Run the plan and publish it first.';
  if (!mayAct || !step.signRoles.some((allowed) => allowed === role)) {
    return `Signed by ${step.signRoles.join(' or ')}. You are ${role}.`;
  }
  if (step.status === 'waiting') return 'The steps before this one come first.';
  return null;
}

/** Signs a step off for the plan under review; checks that fail need a reason. */
export function SignPart({ cycle, step }: { cycle: Cycle; step: CycleStep }) {
  const { slug, membership, may } = useCompany();
  const sign = useWrite('signStep');
  const failing = step.gate.filter(({ status }) => status === 'fails');
  const obstacle = obstacleOf(cycle, step, membership.role, may('cycle.sign'));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string | undefined => textOf(form, name) || undefined;
    if (cycle.runId === null) return;
    const body = {
      version: cycle.version,
      runId: cycle.runId,
      note: text('note'),
      waiveReason: text('waiveReason'),
    };
    sign.mutate({ params: { company: slug, cycleId: cycle.id, step: step.number }, body });
  };
  return (
    <form className={css.part} onSubmit={onSubmit}>
      <h3 className={css.title}>Sign off</h3>
      {obstacle === null ? (
        <>
          <Textarea label="Note (optional)" name="note" maxLength={2000} autosize={false} rows={2} />
          {failing.length === 0 ? null : (
            <Textarea
              label={
                failing.length === 1
                  ? 'Why sign although a check fails'
                  : `Why sign although ${failing.length} checks fail`
              }
              name="waiveReason"
              required
              minLength={REASON_MIN}
              maxLength={2000}
              rows={2}
              withAsterisk={false}
              description="Kept with the signature."
            />
          )}
          <CycleRefused error={sign.error} />
          <Button type="submit" loading={sign.isPending}>
            Sign {step.name.toLowerCase()}
          </Button>
        </>
      ) : (
        <>
          <Button disabled aria-describedby={`why-${step.number}`}>
            Sign {step.name.toLowerCase()}
          </Button>
          <p className={css.why} id={`why-${step.number}`}>
            {obstacle}
          </p>
        </>
      )}
    </form>
  );
}
