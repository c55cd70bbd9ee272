import { Button } from '@mantine/core';
import { ApiError } from '@planwright/client';
import css from './message.module.css';

/** What happened, to what, and what to do: for a part of a screen or the whole page. */
export function Problem({
  error,
  retry,
  page = false,
}: {
  error: unknown;
  retry?: () => void;
  page?: boolean;
}) {
  const advice =
    error instanceof ApiError ? error.advice : 'This part of the page broke. Maybe load the page again.';
  return (
    <div className={page ? css.page : css.message} role="alert">
      <p className={css.title}>
        <span className={css.badMark} aria-hidden="true" />
        {error instanceof Error ? error.message : 'Something went wrong.'}
      </p>
      <p className={css.text}>{advice}</p>
      {retry === undefined ? null : (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** The refusal of a write, beside the button that asked for it. Conflicts explain that others were faster. */
export function Refused({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <p className={css.refused} role="alert">
      <strong>{error.message}</strong> {error instanceof ApiError ? error.advice : ''}
    </p>
  );
}
