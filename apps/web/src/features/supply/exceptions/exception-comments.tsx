import { Button, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatAgo } from '../../../ui/date-format.ts';
import { textOf } from '../../../ui/form-text.ts';
import { Refused } from '../../../ui/problem.tsx';
import form from '../supply-form.module.css';
import type { ExceptionDetail } from './exception-panel.tsx';

/** What was said about an exception, oldest first. */
export function ExceptionComments({ exception }: { exception: ExceptionDetail }) {
  const { slug, may } = useCompany();
  const say = useWrite('commentException');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const text = textOf(new FormData(element), 'text');
    if (text === '') return;
    say.mutate(
      { params: { company: slug, exceptionId: exception.id }, body: { text } },
      { onSuccess: () => element.reset() },
    );
  };
  return (
    <section aria-label="What was said">
      <h3 className={form.title}>What was said</h3>
      {exception.comments.length === 0 ? <p className={form.note}>Nothing yet.</p> : null}
      <ul className={form.list}>
        {exception.comments.map(({ by, at, text }) => (
          <li key={`${by} ${at}`}>
            <span>
              {text}
              <br />
              <span className={form.note}>
                {by}, {formatAgo(at)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {may('supply.change') ? (
        <form className={form.form} onSubmit={onSubmit} style={{ marginTop: 8 }}>
          <Textarea label="Say something" name="text" rows={2} maxLength={2000} />
          <Refused error={say.error} />
          <Button type="submit" size="xs" variant="default" loading={say.isPending}>
            Say it
          </Button>
        </form>
      ) : null}
    </section>
  );
}
