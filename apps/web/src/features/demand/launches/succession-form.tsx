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
  const remove = useWrite('removeSuccession');
  const [removing, setRemoving] = useState(false);
  const [pair, setPair] = useState({
    predecessor: succession?.predecessor ?? '',
    successor: succession?.successor ?? '',
  });
  const [ramp, setRamp] = useState<number | string>(succession?.rampDays ?? 0);
  const [conversion, setConversion] = useState<number | string>(succession?.conversionRatio ?? 1);
  const [kept, setKept] = useState<number | string>(Math.round(1000 * (succession?.keptRatio ?? 0)) / 10);
  const isConflict = save.error instanceof ApiError && save.error.status === 409;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body: SuccessionBody = {
      predecessor: pair.predecessor.trim(),
      successor: pair.successor.trim(),
      switchOn: textOf(form, 'switchOn'),
      rampDays: Number(ramp) || 0,
      conversionRatio: Number(conversion) || 1,
      keptRatio: (Number(kept) || 0) / 100,
      note: textOf(form, 'note') || null,
    };
    save.mutate(
      { params: { company: slug }, body: { succession: body, version: succession?.version ?? null } },
      { onSuccess: onClose },
    );
  };
  if (removing) {
    const { predecessor, successor } = pair;
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
  return (
    <Dialog
      label={
        succession === null ? 'Plan a succession' : `${pair.successor} takes over from ${pair.predecessor}`
      }
      onClose={onClose}
    >
      <form className={css.form} onSubmit={onSubmit}>
        {succession === null ? (
          <div className={css.pair}>
            <CodeChoice
              label="Item that ends"
              kind="item"
              required
              value={pair.predecessor}
              onChange={(predecessor) => setPair({ ...pair, predecessor })}
            />
            <CodeChoice
              label="Item that takes over"
              kind="item"
              required
              value={pair.successor}
              onChange={(successor) => setPair({ ...pair, successor })}
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
            value={ramp}
            onChange={setRamp}
          />
        </div>
        <div className={css.pair}>
          <NumberInput
            label="New units for one old"
            min={0.0001}
            max={1000}
            value={conversion}
            onChange={setConversion}
          />
          <NumberInput label="Stays with the old, %" min={0} max={100} value={kept} onChange={setKept} />
        </div>
        <Textarea label="Note" name="note" rows={2} maxLength={2000} defaultValue={succession?.note ?? ''} />
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
