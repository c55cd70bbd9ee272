import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { CodeChoice } from '../code-choice.tsx';
import type { LaunchDraft } from './launch-draft.ts';
import css from './launches-view.module.css';

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
      <div className={css.pair}>
        <TextInput
          label="First day"
          type="date"
          required
          withAsterisk={false}
          value={draft.startsOn}
          onChange={(event) => onChange({ startsOn: event.currentTarget.value })}
        />
        <NumberInput
          label="Level a period"
          placeholder="As the items like it"
          min={0}
          value={draft.level}
          onChange={(level) => onChange({ level })}
        />
      </div>
      {isNew ? (
        <div className={css.pair}>
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
        </div>
      ) : null}
      <Textarea
        label="Note"
        rows={2}
        maxLength={2000}
        value={draft.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
