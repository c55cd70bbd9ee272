import { Button, TextInput } from '@mantine/core';
import type { CallInput } from '@planwright/client';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { meQuery, useCompany } from '../../../app/session.ts';
import { textOf } from '../../../ui/form-text.ts';
import { Refused } from '../../../ui/problem.tsx';
import form from '../supply-form.module.css';
import type { ExceptionDetail } from './exception-panel.tsx';

type Change = Omit<CallInput<'changeException'>['body'], 'version'>;
type Asked = 'hand-over' | 'put-off' | 'accept' | null;

/** Who cares for an exception, and whether it waits or is accepted as it is. */
export function ExceptionActs({ exception }: { exception: ExceptionDetail }) {
  const { slug, may, whyNot } = useCompany();
  const { data: me } = useSuspenseQuery(meQuery);
  const write = useWrite('changeException');
  const [asked, setAsked] = useState<Asked>(null);
  const allowed = may('supply.change');
  const change = (body: Change): void =>
    write.mutate(
      { params: { company: slug, exceptionId: exception.id }, body: { version: exception.version, ...body } },
      { onSuccess: () => setAsked(null) },
    );
  if (!allowed) return <p className={form.note}>{whyNot('supply.change')}</p>;
  const act = (label: string, onClick: () => void) => (
    <Button size="xs" variant="default" onClick={onClick} disabled={write.isPending}>
      {label}
    </Button>
  );
  return (
    <section aria-label="Who cares for it">
      <h3 className={form.title}>Who cares for it</h3>
      <div className={form.acts}>
        {exception.owner === me.name ? null : act('Take it on', () => change({ owner: me.name }))}
        {act('Hand over …', () => setAsked('hand-over'))}
        {exception.status === 'open' ? act('Put off …', () => setAsked('put-off')) : null}
        {exception.status === 'open' ? act('Accept …', () => setAsked('accept')) : null}
        {exception.status === 'snoozed' || exception.status === 'accepted'
          ? act('Reopen', () => change({ status: 'open', snoozedUntil: null }))
          : null}
      </div>
      <Refused error={write.error} />
      {asked === null ? null : (
        <AskedForm key={asked} asked={asked} saving={write.isPending} onChange={change} />
      )}
    </section>
  );
}

const BUTTONS = { 'hand-over': 'Hand over', 'put-off': 'Put off', accept: 'Accept' } as const;

function AskedForm(props: {
  asked: Exclude<Asked, null>;
  saving: boolean;
  onChange: (change: Change) => void;
}) {
  const { asked, onChange } = props;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (asked === 'hand-over') onChange({ owner: textOf(data, 'owner') });
    else if (asked === 'put-off')
      onChange({ status: 'snoozed', snoozedUntil: textOf(data, 'until'), reason: textOf(data, 'reason') });
    else onChange({ status: 'accepted', reason: textOf(data, 'reason') });
  };
  return (
    <form className={form.form} onSubmit={onSubmit}>
      {asked === 'hand-over' ? (
        <TextInput
          label="To whom, by name or e-mail"
          name="owner"
          required
          withAsterisk={false}
          maxLength={200}
        />
      ) : null}
      {asked === 'put-off' ? (
        <TextInput label="Until" name="until" type="date" required withAsterisk={false} />
      ) : null}
      {asked === 'hand-over' ? null : (
        <TextInput label="Why" name="reason" required withAsterisk={false} maxLength={500} />
      )}
      <Button type="submit" size="xs" loading={props.saving}>
        {BUTTONS[asked]}
      </Button>
    </form>
  );
}
