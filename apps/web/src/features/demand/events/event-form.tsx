import { NumberInput, TextInput } from '@mantine/core';
import { type DemandEvent, EVENT_KINDS, type EventBody } from '@planwright/contracts';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay } from '../../../ui/date-format.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DayField, Form, NoteField, Pair } from '../../../ui/form.tsx';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { formatSignedPercent } from '../../../ui/number-format.ts';
import { SaveProblem } from '../../../ui/save-problem.tsx';
import { useDraft } from '../../../ui/use-draft.ts';
import { CodeChoice } from '../code-choice.tsx';
import { scopeInWords } from './event-scope.ts';

const percentOf = (ratio: number | null | undefined): number | '' =>
  typeof ratio === 'number' ? Math.round(1000 * ratio) / 10 : '';

const ratioOf = (percent: number | string): number | null => (percent === '' ? null : Number(percent) / 100);

/** An event as its fields stand; texts are empty where nothing is said. */
type Draft = {
  readonly name: string;
  readonly kind: string;
  readonly itemGroup: string;
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly strength: number | string;
  /** In percent, both. */
  readonly uplift: number | string;
  readonly priceChange: number | string;
  readonly note: string;
};

const draftOf = (event: DemandEvent | null): Draft => ({
  name: event?.name ?? '',
  kind: event?.kind ?? 'promotion',
  itemGroup: event?.itemGroup ?? '',
  item: event?.item ?? '',
  location: event?.location ?? '',
  channel: event?.channel ?? '',
  startsOn: event?.startsOn ?? '',
  endsOn: event?.endsOn ?? '',
  strength: event?.strength ?? 1,
  uplift: percentOf(event?.upliftRatio),
  priceChange: percentOf(event?.priceChangeRatio),
  note: event?.note ?? '',
});

const bodyOf = (draft: Draft): EventBody => ({
  name: draft.name.trim(),
  kind: EVENT_KINDS.find((kind) => kind === draft.kind) ?? 'promotion',
  itemGroup: draft.itemGroup.trim() || null,
  item: draft.item.trim() || null,
  location: draft.location.trim() || null,
  channel: draft.channel.trim() || null,
  startsOn: draft.startsOn,
  endsOn: draft.endsOn,
  strength: Number(draft.strength) || 1,
  upliftRatio: ratioOf(draft.uplift),
  priceChangeRatio: ratioOf(draft.priceChange),
  note: draft.note.trim() || null,
});

/** Plans an event, or changes one. `events` are those that are known, with what others made of them meanwhile. */
export function EventForm(props: {
  opened: DemandEvent | null;
  events: readonly DemandEvent[];
  onClose: () => void;
}) {
  const { slug } = useCompany();
  const { opened, onClose } = props;
  const create = useWrite('createDemandEvent');
  const change = useWrite('changeDemandEvent');
  const { base, draft, change: type, reopen } = useDraft(opened, draftOf);
  const saveOver = (version: string | null): void => {
    const body = bodyOf(draft);
    if (base === null || version === null)
      create.mutate({ params: { company: slug }, body }, { onSuccess: onClose });
    else {
      const params = { company: slug, code: base.code };
      change.mutate({ params, body: { event: body, version } }, { onSuccess: onClose });
    }
  };
  const takeTheirs = (theirs: DemandEvent | null): void => {
    change.reset();
    if (theirs === null) onClose();
    else reopen(theirs);
  };
  return (
    <Dialog label={base === null ? 'Plan an event' : base.name} onClose={onClose}>
      <Form
        save={base === null ? 'Plan this event' : 'Save'}
        saving={create.isPending || change.isPending}
        problem={
          <SaveProblem
            error={create.error ?? change.error}
            seen={base?.version ?? null}
            found={base === null ? undefined : props.events.find(({ code }) => code === base.code)}
            inWords={inWords}
            onTakeTheirs={takeTheirs}
            onKeepMine={saveOver}
          />
        }
        onSave={() => saveOver(base?.version ?? null)}
      >
        <EventFields draft={draft} onChange={type} />
      </Form>
    </Dialog>
  );
}

/** What stands now, for who was about to save something else. */
function inWords(event: DemandEvent): string {
  const { name, startsOn, endsOn, upliftRatio } = event;
  const expected =
    upliftRatio === null ? '' : `, expected to change demand by ${formatSignedPercent(upliftRatio, 0)}`;
  return `${name} (${scopeInWords(event)}), ${formatDay(startsOn)} to ${formatDay(endsOn)}${expected}.`;
}

function EventFields({ draft, onChange }: { draft: Draft; onChange: (changed: Partial<Draft>) => void }) {
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        withAsterisk={false}
      />
      <Pair>
        <NativeChoice
          label="Kind"
          value={draft.kind}
          options={EVENT_KINDS.map((kind) => ({ value: kind, label: kind }))}
          onChange={(kind) => onChange({ kind })}
        />
        <TextInput
          label="Channel"
          placeholder="All channels"
          value={draft.channel}
          onChange={(event) => onChange({ channel: event.currentTarget.value })}
        />
      </Pair>
      <Pair>
        <DayField label="First day" value={draft.startsOn} onChange={(startsOn) => onChange({ startsOn })} />
        <DayField label="Last day" value={draft.endsOn} onChange={(endsOn) => onChange({ endsOn })} />
      </Pair>
      <ReachFields draft={draft} onChange={onChange} />
      <NoteField value={draft.note} onChange={(note) => onChange({ note })} />
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
      <Pair>
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
      </Pair>
      <Pair>
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
      </Pair>
      <NumberInput
        label="Change of price, %"
        description="−20 for a price 20 % lower: the plan makes of it what prices have done to demand. Empty: its price says nothing"
        min={-99}
        max={1000}
        value={draft.priceChange}
        onChange={(priceChange) => onChange({ priceChange })}
      />
    </>
  );
}
