import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { WhyField } from '../../../ui/form.tsx';
import { countInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import css from '../supply-form.module.css';
import { useDrafts } from './drafts.tsx';
import { editInWords, subjectOf } from './edit-words.ts';

/** Turns what is tried out into decisions, with the reason that stays with them. */
export function SaveDrafts({ onClose }: { onClose: () => void }) {
  const { slug } = useCompany();
  const { edits, saved } = useDrafts();
  const decide = useWrite('decideSupplyTogether');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    decide.mutate(
      { params: { company: slug }, body: { edits: [...edits], reason } },
      {
        onSuccess: ({ decisions }) => {
          saved(
            edits,
            decisions.map(({ id }) => id),
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog label={`Decide ${countInWords(edits.length, 'edit')}`} onClose={onClose}>
      <form className={css.form} onSubmit={onSubmit}>
        <ul className={css.edits}>
          {edits.map((edit) => (
            <li key={subjectOf(edit)}>{editInWords(edit)}</li>
          ))}
        </ul>
        <p>
          The next run of the plan follows it. The data as imported stays what it is, and Ctrl-Z takes it
          back.
        </p>
        <WhyField description="Kept with the decision, for whoever asks next." />
        <Refused error={decide.error} />
        <Button type="submit" loading={decide.isPending}>
          Decide
        </Button>
      </form>
    </Dialog>
  );
}
