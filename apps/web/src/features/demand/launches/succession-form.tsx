import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { ApiError } from '@planwright/client';
import type { Succession, SuccessionBody } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { Refused } from '../../../ui/problem.tsx';
import { CodeChoice } from '../code-choice.tsx';
import { RemoveDialog } from '../remove-dialog.tsx';
import css from './launches-view.module.css';

type Draft = {
  readonly predecessor: string;
  readonly successor: string;
  readonly ramp: number | string;
  readonly conversion: number | string;
  /** In percent. */
  readonly kept: number | string;
};

const draftOf = (succession: Succession | null): Draft => ({
  predecessor: succession?.predecessor ?? '',
  successor: succession?.successor ?? '',
  ramp: succession?.rampDays ?? 0,
  conversion: succession?.conversionRatio ?? 1,
  kept: Math.round(1000 * (succession?.keptRatio ?? 0)) / 10,
});

/** Says that one item takes over from another, or changes or removes that. */
export function SuccessionForm({
  succession,
  onClose,
}: {
  succession: Succession | null;
  onClose: () => void;
}) {
  const { slug } = useCompany();
  const save = useWrite('saveSuccession');
  const [removing, setRemoving] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(succession));
  const isConflict = save.error instanceof ApiError && save.error.status === 409;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body: SuccessionBody = {
      predecessor: draft.predecessor.trim(),
      successor: draft.successor.trim(),
      switchOn: textOf(form, 'switchOn'),
      rampDays: Number(draft.ramp) || 0,
      conversionRatio: Number(draft.conversion) || 1,
      keptRatio: (Number(draft.kept) || 0) / 100,
      note: textOf(form, 'note') || null,
    };
    save.mutate(
      { params: { company: slug }, body: { succession: body, version: succession?.version ?? null } },
      { onSuccess: onClose },
    );
  };
  if (removing) return <Removal draft={draft} onClose={onClose} />;
  return (
    <Dialog
      label={
        succession === null ? 'Plan a succession' : `${draft.successor} takes over from ${draft.predecessor}`
      }
      onClose={onClose}
    >
      <form className={css.form} onSubmit={onSubmit}>
        <SuccessionFields
          succession={succession}
          draft={draft}
          onChange={(changed) => setDraft({ ...draft, ...changed })}
        />
        <Refused error={save.error} />
        {isConflict ? <p>Close this to see what stands now. Nothing of yours was changed.</p> : null}
        <div className={css.acts}>
          <Button type="submit" loading={save.isPending}>
            {succession === null ? 'Plan this succession' : 'Save'}
          </Button>
          {succession === null ? null : (
            <Button variant="default" onClick={() => setRemoving(true)}>
              Remove …
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function SuccessionFields(props: {
  succession: Succession | null;
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}) {
  const { succession, draft, onChange } = props;
  return (
    <>
      {succession === null ? (
        <div className={css.pair}>
          <CodeChoice
            label="Item that ends"
            kind="item"
            required
            value={draft.predecessor}
            onChange={(predecessor) => onChange({ predecessor })}
          />
          <CodeChoice
            label="Item that takes over"
            kind="item"
            required
            value={draft.successor}
            onChange={(successor) => onChange({ successor })}
          />
        </div>
      ) : null}
      <div className={css.pair}>
        <TextInput
          label="Switch on"
          name="switchOn"
          type="date"
          required
          withAsterisk={false}
          defaultValue={succession?.switchOn}
        />
        <NumberInput
          label="Days it takes"
          description="0: at once"
          inputWrapperOrder={['label', 'input', 'description']}
          min={0}
          max={1000}
          value={draft.ramp}
          onChange={(ramp) => onChange({ ramp })}
        />
      </div>
      <div className={css.pair}>
        <NumberInput
          label="New units for one old"
          min={0.0001}
          max={1000}
          value={draft.conversion}
          onChange={(conversion) => onChange({ conversion })}
        />
        <NumberInput
          label="Stays with the old, %"
          min={0}
          max={100}
          value={draft.kept}
          onChange={(kept) => onChange({ kept })}
        />
      </div>
      <Textarea label="Note" name="note" rows={2} maxLength={2000} defaultValue={succession?.note ?? ''} />
    </>
  );
}

function Removal({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { slug } = useCompany();
  const remove = useWrite('removeSuccession');
  const { predecessor, successor } = draft;
  return (
    <RemoveDialog
      what="this succession"
      error={remove.error}
      removing={remove.isPending}
      onRemove={() =>
        remove.mutate(
          { params: { company: slug }, query: { predecessor, successor } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {successor} will no longer take over from {predecessor}: from the next run on, each has its own demand
      again.
    </RemoveDialog>
  );
}
