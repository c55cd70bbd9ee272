import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type DemandEvent, EVENT_KINDS, type EventBody } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { Refused } from '../../../ui/problem.tsx';
import { CodeChoice } from '../code-choice.tsx';
import css from './events-view.module.css';

const orNull = (text: string): string | null => (text === '' ? null : text);

/** What the fields of an event hold that are not read from the form itself. */
type Draft = {
  readonly itemGroup: string;
  readonly item: string;
  readonly location: string;
  readonly strength: number | string;
  /** In percent. */
  readonly uplift: number | string;
};

const draftOf = (event: DemandEvent | null): Draft => ({
  itemGroup: event?.itemGroup ?? '',
  item: event?.item ?? '',
  location: event?.location ?? '',
  strength: event?.strength ?? 1,
  uplift: typeof event?.upliftRatio === 'number' ? Math.round(1000 * event.upliftRatio) / 10 : '',
});

/** Plans an event, or changes one. */
export function EventForm({ event, onClose }: { event: DemandEvent | null; onClose: () => void }) {
  const { slug } = useCompany();
  const create = useWrite('createDemandEvent');
  const change = useWrite('changeDemandEvent');
  const [draft, setDraft] = useState(() => draftOf(event));
  const onSubmit = (submitted: FormEvent<HTMLFormElement>): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget);
    const body: EventBody = {
      name: textOf(form, 'name'),
      kind: EVENT_KINDS.find((kind) => kind === textOf(form, 'kind')) ?? 'promotion',
      itemGroup: orNull(draft.itemGroup.trim()),
      item: orNull(draft.item.trim()),
      location: orNull(draft.location.trim()),
      channel: orNull(textOf(form, 'channel')),
      startsOn: textOf(form, 'startsOn'),
      endsOn: textOf(form, 'endsOn'),
      strength: Number(draft.strength) || 1,
      upliftRatio: draft.uplift === '' ? null : Number(draft.uplift) / 100,
      note: orNull(textOf(form, 'note')),
    };
    if (event === null) create.mutate({ params: { company: slug }, body }, { onSuccess: onClose });
    else {
      const params = { company: slug, code: event.code };
      change.mutate({ params, body: { event: body, version: event.version } }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog label={event === null ? 'Plan an event' : event.name} onClose={onClose}>
      <form className={css.form} onSubmit={onSubmit}>
        <EventFields event={event} draft={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
        <Refused error={create.error ?? change.error} />
        <Button type="submit" loading={create.isPending || change.isPending}>
          {event === null ? 'Plan this event' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}

function EventFields(props: {
  event: DemandEvent | null;
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
}) {
  const { event, draft, onChange } = props;
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        required
        maxLength={200}
        defaultValue={event?.name}
        withAsterisk={false}
      />
      <div className={css.pair}>
        <NativeChoice
          label="Kind"
          name="kind"
          first={event?.kind ?? 'promotion'}
          options={EVENT_KINDS.map((kind) => ({ value: kind, label: kind }))}
        />
        <TextInput
          label="Channel"
          name="channel"
          placeholder="All channels"
          defaultValue={event?.channel ?? ''}
        />
      </div>
      <div className={css.pair}>
        <TextInput
          label="First day"
          name="startsOn"
          type="date"
          required
          withAsterisk={false}
          defaultValue={event?.startsOn}
        />
        <TextInput
          label="Last day"
          name="endsOn"
          type="date"
          required
          withAsterisk={false}
          defaultValue={event?.endsOn}
        />
      </div>
      <ReachFields draft={draft} onChange={onChange} />
      <Textarea label="Note" name="note" rows={2} maxLength={2000} defaultValue={event?.note ?? ''} />
    </>
  );
}

/** What an event touches, and how strongly. */
function ReachFields({ draft, onChange }: { draft: Draft; onChange: (changed: Partial<Draft>) => void }) {
  return (
    <>
      <CodeChoice
        label="Item group"
        kind="item_group"
        placeholder="All groups"
        value={draft.itemGroup}
        onChange={(itemGroup) => onChange({ itemGroup })}
      />
      <div className={css.pair}>
        <CodeChoice
          label="Item"
          kind="item"
          placeholder="All items"
          value={draft.item}
          onChange={(item) => onChange({ item })}
        />
        <CodeChoice
          label="Location"
          kind="location"
          placeholder="All locations"
          value={draft.location}
          onChange={(location) => onChange({ location })}
        />
      </div>
      <div className={css.pair}>
        <NumberInput
          label="Strength"
          description="0.2 for 20 % off; 1 where it is simply on"
          min={0.0001}
          max={1000}
          value={draft.strength}
          onChange={(strength) => onChange({ strength })}
        />
        <NumberInput
          label="Expected change, %"
          description="Empty: as past events of its kind"
          min={-100}
          value={draft.uplift}
          onChange={(uplift) => onChange({ uplift })}
        />
      </div>
    </>
  );
}
