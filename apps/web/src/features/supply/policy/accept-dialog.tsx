import { Button } from '@mantine/core';
import type { PolicyProposal, SupplyEdit } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { WhyField } from '../../../ui/form.tsx';
import { countInWords, moneyInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import form from '../supply-form.module.css';
import { useDrafts } from '../what-if/drafts.tsx';

/** The API decides so many at once. */
const TOGETHER_MAX = 500;

/** The safety stock of a proposal as an edit. */
export const editOf = ({ item, location, safetyStock }: PolicyProposal): SupplyEdit => ({
  kind: 'safetyStock',
  item,
  location,
  quantity: safetyStock,
});

/** Accepts the safety stock of many stock points: says what it binds, then decides all of them together. */
export function AcceptDialog(props: {
  rows: readonly PolicyProposal[];
  currency: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { rows, currency, onClose } = props;
  const { saving, error, accept } = useAccept(rows, () => {
    props.onDone();
    onClose();
  });
  const change = rows.reduce((sum, { valueChange }) => sum + valueChange, 0);
  const locations = new Set(rows.map(({ location }) => location)).size;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void accept(textOf(new FormData(event.currentTarget), 'reason'));
  };
  return (
    <Dialog label={`Accept ${countInWords(rows.length, 'safety stock')}`} onClose={onClose}>
      <form className={form.form} onSubmit={onSubmit}>
        <p>
          At {countInWords(locations, 'location')}, it {change >= 0 ? 'binds' : 'frees'}{' '}
          <strong>{moneyInWords(Math.abs(change), currency)}</strong>. The next run of the plan follows it.
        </p>
        <WhyField />
        <Refused error={error} />
        <Button type="submit" loading={saving}>
          Accept {countInWords(rows.length, 'safety stock')}
        </Button>
      </form>
    </Dialog>
  );
}

/** All in one call; beyond what one takes, in as many as are needed, each of which holds or fails as a whole. */
function useAccept(rows: readonly PolicyProposal[], onDone: () => void) {
  const { slug } = useCompany();
  const { saved } = useDrafts();
  const decide = useWrite('decideSupplyTogether');
  const [saving, setSaving] = useState(false);
  const accept = async (reason: string): Promise<void> => {
    setSaving(true);
    const edits = rows.map(editOf);
    const ids: string[] = [];
    try {
      while (ids.length < edits.length) {
        const body = { edits: edits.slice(ids.length, ids.length + TOGETHER_MAX), reason };
        const { decisions } = await decide.mutateAsync({ params: { company: slug }, body });
        ids.push(...decisions.map(({ id }) => id));
      }
      onDone();
    } catch {
      // What was refused is said below; what went through before it is decided.
    }
    setSaving(false);
    saved(edits.slice(0, ids.length), ids);
  };
  return { saving, error: decide.error, accept };
}
