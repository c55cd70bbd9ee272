import { Button, Textarea } from '@mantine/core';
import type { Cycle, CycleStep } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CycleRefused } from './cycle-refused.tsx';
import css from './step-panel.module.css';
import { textOf } from '../../ui/form-text.ts';

/** Takes a signature back, after saying which later ones go with it. */
export function ReopenPart({ cycle, step }: { cycle: Cycle; step: CycleStep }) {
  const { slug, may, whyNot } = useCompany();
  const [asking, setAsking] = useState(false);
  const reopen = useWrite('reopenStep');
  const later = cycle.steps.filter(({ number, status }) => number > step.number && status === 'signed');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    reopen.mutate(
      {
        params: { company: slug, cycleId: cycle.id, step: step.number },
        body: { version: cycle.version, reason },
      },
      { onSuccess: () => setAsking(false) },
    );
  };
  return (
    <div className={css.part}>
      <h3 className={css.title}>Open again</h3>
      {may('cycle.manage') ? (
        <Button variant="default" onClick={() => setAsking(true)}>
          Take the signature back
        </Button>
      ) : (
        <p className={css.why}>{whyNot('cycle.manage')}</p>
      )}
      {asking ? (
        <Dialog label={`Open the ${step.name.toLowerCase()} again`} onClose={() => setAsking(false)}>
          <form className={css.dialog} onSubmit={onSubmit}>
            <p>
              {later.length === 0
                ? 'The signature of this step is taken back.'
                : `The signatures of this step and of ${later.map(({ name }) => name).join(', ')} are taken back.`}{' '}
              Both stay in the audit trail.
            </p>
            <Textarea
              label="Why"
              name="reason"
              required
              minLength={5}
              maxLength={2000}
              rows={3}
              withAsterisk={false}
            />
            <CycleRefused error={reopen.error} />
            <div className={css.acts}>
              <Button variant="default" onClick={() => setAsking(false)}>
                Keep the signature
              </Button>
              <Button type="submit" loading={reopen.isPending}>
                Open again
              </Button>
            </div>
          </form>
        </Dialog>
      ) : null}
    </div>
  );
}
