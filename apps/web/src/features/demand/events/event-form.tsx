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

/** Plans an event, or changes one. */
export function EventForm({ event, onClose }: { event: DemandEvent | null; onClose: () => void }) {
  const { slug } = useCompany();
  const create = useWrite('createDemandEvent');
  const change = useWrite('changeDemandEvent');
  const [scope, setScope] = useState({
    itemGroup: event?.itemGroup ?? '',
    item: event?.item ?? '',
    location: event?.location ?? '',
  });
  const [strength, setStrength] = useState<number | string>(event?.strength ?? 1);
  const [uplift, setUplift] = useState<number | string>(
    typeof event?.upliftRatio === 'number' ? Math.round(1000 * event.upliftRatio) / 10 : '',
  );
  const onSubmit = (submitted: FormEvent<HTMLFormElement>): void => {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget);
    const body: EventBody = {
      name: textOf(form, 'name'),
      kind: EVENT_KINDS.find((kind) => kind === textOf(form, 'kind')) ?? 'promotion',
      itemGroup: orNull(scope.itemGroup.trim()),
      item: orNull(scope.item.trim()),
      location: orNull(scope.location.trim()),
      channel: orNull(textOf(form, 'channel')),
      startsOn: textOf(form, 'startsOn'),
      endsOn: textOf(form, 'endsOn'),
      strength: Number(strength) || 1,
      upliftRatio: uplift === '' ? null : Number(uplift) / 100,
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
        <CodeChoice
          label="Item group"
          kind="item_group"
          placeholder="All groups"
          value={scope.itemGroup}
          onChange={(itemGroup) => setScope({ ...scope, itemGroup })}
        />
        <div className={css.pair}>
          <CodeChoice
            label="Item"
            kind="item"
            placeholder="All items"
            value={scope.item}
            onChange={(item) => setScope({ ...scope, item })}
          />
          <CodeChoice
            label="Location"
            kind="location"
            placeholder="All locations"
            value={scope.location}
            onChange={(location) => setScope({ ...scope, location })}
          />
        </div>
        <div className={css.pair}>
          <NumberInput
            label="Strength"
            description="0.2 for 20 % off; 1 where it is simply on"
            min={0.0001}
            max={1000}
            value={strength}
            onChange={setStrength}
          />
          <NumberInput
            label="Expected change, %"
            description="Empty: as past events of its kind"
            min={-100}
            value={uplift}
            onChange={setUplift}
          />
        </div>
        <Textarea label="Note" name="note" rows={2} maxLength={2000} defaultValue={event?.note ?? ''} />
        <Refused error={create.error ?? change.error} />
        <Button type="submit" loading={create.isPending || change.isPending}>
          {event === null ? 'Plan this event' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}
