import { Button, NumberInput } from '@mantine/core';
import type { Succession, SuccessionBody } from '@planwright/contracts';
import { useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DayField, Form, NoteField, Pair } from '../../../ui/form.tsx';
import { countInWords, formatExact, formatPercent } from '../../../ui/number-format.ts';
import { SaveProblem } from '../../../ui/save-problem.tsx';
import { useDraft } from '../../../ui/use-draft.ts';
import { CodeChoice } from '../code-choice.tsx';
import { RemoveDialog } from '../remove-dialog.tsx';
import { useSuccessions } from './life-cycle-reads.ts';

type Draft = {
  readonly predecessor: string;
  readonly successor: string;
  readonly switchOn: string;
  readonly ramp: number | string;
  readonly conversion: number | string;
  /** In percent. */
  readonly kept: number | string;
  readonly note: string;
};

const draftOf = (succession: Succession | null): Draft => ({
  predecessor: succession?.predecessor ?? '',
  successor: succession?.successor ?? '',
  switchOn: succession?.switchOn ?? '',
  ramp: succession?.rampDays ?? 0,
  conversion: succession?.conversionRatio ?? 1,
  kept: Math.round(1000 * (succession?.keptRatio ?? 0)) / 10,
  note: succession?.note ?? '',
});

const bodyOf = (draft: Draft): SuccessionBody => ({
  predecessor: draft.predecessor.trim(),
  successor: draft.successor.trim(),
  switchOn: draft.switchOn,
  rampDays: Number(draft.ramp) || 0,
  conversionRatio: Number(draft.conversion) || 1,
  keptRatio: (Number(draft.kept) || 0) / 100,
  note: draft.note.trim() || null,
});

const isSame = (a: SuccessionBody, b: SuccessionBody): boolean =>
  a.predecessor === b.predecessor && a.successor === b.successor;

/** Says that one item takes over from another, or changes or removes that. */
export function SuccessionForm({ opened, onClose }: { opened: Succession | null; onClose: () => void }) {
  const { slug } = useCompany();
  const { rows } = useSuccessions();
  const save = useWrite('saveSuccession');
  const [removing, setRemoving] = useState(false);
  const { base, draft, change, reopen } = useDraft(opened, draftOf);
  const seen = base?.version ?? null;
  const body = bodyOf(draft);
  const saveOver = (version: string | null): void =>
    save.mutate({ params: { company: slug }, body: { succession: body, version } }, { onSuccess: onClose });
  const takeTheirs = (theirs: Succession | null): void => {
    save.reset();
    if (theirs === null) onClose();
    else reopen(theirs);
  };
  if (removing) return <Removal draft={draft} onClose={onClose} />;
  const isNew = base === null;
  return (
    <Dialog
      label={isNew ? 'Plan a succession' : `${draft.successor} takes over from ${draft.predecessor}`}
      onClose={onClose}
    >
      <Form
        save={isNew ? 'Plan this succession' : 'Save'}
        saving={save.isPending}
        problem={
          <SaveProblem
            error={save.error}
            seen={seen}
            found={rows.find((row) => isSame(row, body))}
            inWords={inWords}
            onTakeTheirs={takeTheirs}
            onKeepMine={saveOver}
          />
        }
        acts={
          isNew ? null : (
            <Button variant="default" onClick={() => setRemoving(true)}>
              Remove …
            </Button>
          )
        }
        onSave={() => saveOver(seen)}
      >
        <SuccessionFields isNew={isNew} draft={draft} onChange={change} />
      </Form>
    </Dialog>
  );
}

/** What stands now, for who was about to save something else. */
function inWords({ switchOn, rampDays, conversionRatio, keptRatio, note }: Succession): string {
  const pace = rampDays === 0 ? 'at once' : `over ${countInWords(rampDays, 'day')}`;
  const why = note === null ? '' : ` Its note: ${note}`;
  return `from ${formatDay(switchOn)} ${pace}, ${formatExact(conversionRatio)} new for one old, ${formatPercent(keptRatio, 0)} stays with the old.${why}`;
}

function SuccessionFields(props: {
  isNew: boolean;
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}) {
  const { isNew, draft, onChange } = props;
  return (
    <>
      {isNew ? (
        <Pair>
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
        </Pair>
      ) : null}
      <Pair>
        <DayField label="Switch on" value={draft.switchOn} onChange={(switchOn) => onChange({ switchOn })} />
        <NumberInput
          label="Days it takes, 0 for at once"
          min={0}
          max={1000}
          value={draft.ramp}
          onChange={(ramp) => onChange({ ramp })}
        />
      </Pair>
      <Pair>
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
      </Pair>
      <NoteField value={draft.note} onChange={(note) => onChange({ note })} />
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
