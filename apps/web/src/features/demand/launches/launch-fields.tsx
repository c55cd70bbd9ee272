import { NumberInput, TextInput } from '@mantine/core';
import { DayField, NoteField, Pair } from '../../../ui/form.tsx';
import { CodeChoice } from '../code-choice.tsx';
import type { LaunchDraft } from './launch-draft.ts';

/** What a planner says of a launch. Item and place of one that is planned stay: another place is another launch. */
export function LaunchFields(props: {
  draft: LaunchDraft;
  isNew: boolean;
  onChange: (changed: Partial<LaunchDraft>) => void;
}) {
  const { draft, isNew, onChange } = props;
  return (
    <>
      {isNew ? (
        <CodeChoice
          label="Item"
          kind="item"
          placeholder="Code or name"
          required
          value={draft.item}
          onChange={(item) => onChange({ item, likeItems: [] })}
        />
      ) : null}
      <Pair>
        <DayField label="First day" value={draft.startsOn} onChange={(startsOn) => onChange({ startsOn })} />
        <NumberInput
          label="Level a period"
          placeholder="As the items like it"
          min={0}
          value={draft.level}
          onChange={(level) => onChange({ level })}
        />
      </Pair>
      {isNew ? (
        <Pair>
          <CodeChoice
            label="Location"
            kind="location"
            placeholder="Wherever it is sold"
            value={draft.location}
            onChange={(location) => onChange({ location })}
          />
          <TextInput
            label="Channel"
            placeholder="All channels"
            maxLength={100}
            value={draft.channel}
            onChange={(event) => onChange({ channel: event.currentTarget.value })}
          />
        </Pair>
      ) : null}
      <NoteField value={draft.note} onChange={(note) => onChange({ note })} />
    </>
  );
}
