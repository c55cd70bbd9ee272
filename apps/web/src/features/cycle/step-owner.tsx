import { Button, TextInput } from '@mantine/core';
import type { Cycle, CycleStep } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { read, useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { NativeChoice } from '../../ui/native-choice.tsx';
import { CycleRefused } from './cycle-refused.tsx';
import css from './step-panel.module.css';
import { textOf } from '../../ui/form-text.ts';

/** Who owns the step and when it is due; changed by who manages the cycle. */
export function StepOwner({ cycle, step }: { cycle: Cycle; step: CycleStep }) {
  const { slug, may } = useCompany();
  const formId = useId();
  const change = useWrite('changeStep');
  const mayList = may('users.manage');
  const { data } = useQuery({
    ...read('listMembers', { params: { company: slug }, query: { limit: 200 } }),
    enabled: mayList,
  });
  if (!may('cycle.manage')) return null;
  const people = (data?.items ?? []).filter(({ disabled }) => !disabled);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      version: cycle.version,
      dueOn: textOf(form, 'dueOn'),
      // Who may not list people leaves the owner as it is.
      ...(mayList ? { ownerId: textOf(form, 'ownerId') || null } : {}),
    };
    change.mutate({ params: { company: slug, cycleId: cycle.id, step: step.number }, body });
  };
  return (
    <form
      className={css.part}
      onSubmit={onSubmit}
      key={`${step.ownerId}-${step.dueOn}`}
      aria-labelledby={formId}
    >
      <h3 className={css.title} id={formId}>
        Owner and due date
      </h3>
      {mayList ? (
        <NativeChoice
          label="Owner"
          name="ownerId"
          first={step.ownerId ?? ''}
          options={[
            { value: '', label: 'Nobody' },
            ...people.map(({ userId, name, role }) => ({ value: userId, label: `${name}, ${role}` })),
          ]}
        />
      ) : null}
      <TextInput
        label="Due on"
        name="dueOn"
        type="date"
        defaultValue={step.dueOn.slice(0, 10)}
        required
        withAsterisk={false}
      />
      <CycleRefused error={change.error} />
      <Button type="submit" variant="default" loading={change.isPending}>
        Save owner and date
      </Button>
    </form>
  );
}
