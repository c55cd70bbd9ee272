import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { WhyField } from '../../../ui/form.tsx';
import { Refused } from '../../../ui/problem.tsx';
import form from '../supply-form.module.css';
import type { ExceptionDetail } from './exception-panel.tsx';

/** Takes the proposed action, with the reason that stays with it. */
export function TakeAction({ exception }: { exception: ExceptionDetail }) {
  const { slug, may, whyNot } = useCompany();
  const [asked, setAsked] = useState(false);
  const take = useWrite('takeExceptionAction');
  const { action, status } = exception;
  if (action === null || status === 'closed') return null;
  const allowed = may('supply.change');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    take.mutate(
      { params: { company: slug, exceptionId: exception.id }, body: { version: exception.version, reason } },
      { onSuccess: () => setAsked(false) },
    );
  };
  return (
    <div className={form.acts}>
      <Button
        disabled={!allowed}
        title={allowed ? undefined : whyNot('supply.change')}
        onClick={() => setAsked(true)}
      >
        Take this action …
      </Button>
      {asked ? (
        <Dialog label="Take this action" onClose={() => setAsked(false)}>
          <form className={form.form} onSubmit={onSubmit}>
            <p>
              <strong>{action.title}.</strong>{' '}
              {action.kind === 'edit'
                ? 'It becomes a decision, and the next run of the plan follows it.'
                : ''}
            </p>
            <WhyField />
            <Refused error={take.error} />
            <Button type="submit" loading={take.isPending}>
              Take it
            </Button>
          </form>
        </Dialog>
      ) : null}
    </div>
  );
}
