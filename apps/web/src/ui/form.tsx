import { Button, Textarea, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import css from './form.module.css';

/** Fields below each other, what was said against them, and the button that saves them. */
export function Form(props: {
  /** What the button says. */
  save: string;
  saving: boolean;
  /** Why it was not saved, where it was not. */
  problem: ReactNode;
  /** Why nobody may save here; undefined where one may. */
  whyNot?: string | undefined;
  /** Further buttons beside the one that saves. */
  acts?: ReactNode;
  onSave: (fields: FormData) => void;
  children: ReactNode;
}) {
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    props.onSave(new FormData(event.currentTarget));
  };
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {props.children}
      {props.problem}
      <div className={css.acts}>
        <Button
          type="submit"
          loading={props.saving}
          disabled={props.whyNot !== undefined}
          title={props.whyNot}
        >
          {props.save}
        </Button>
        {props.acts}
      </div>
    </form>
  );
}

/** Two fields side by side. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className={css.pair}>{children}</div>;
}

const NOTE_LENGTH_MAX = 2000;

/** What else there is to say, for whoever looks at it next. */
export function NoteField({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  return (
    <Textarea
      label="Note"
      rows={2}
      maxLength={NOTE_LENGTH_MAX}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The reason of a decision, which must be said. */
export function WhyField({ description }: { description?: string }) {
  return (
    <Textarea
      label="Why"
      name="reason"
      description={description}
      required
      withAsterisk={false}
      minLength={3}
      maxLength={500}
      rows={2}
    />
  );
}

/** A day that must be said. */
export function DayField(props: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextInput
      label={props.label}
      type="date"
      required
      withAsterisk={false}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
