import { Button } from '@mantine/core';
import { ApiError } from '@planwright/client';
import form from './form.module.css';
import css from './message.module.css';
import { Refused } from './problem.tsx';

/**
 * Why a save was refused. Where somebody else was faster, also what stands now and the two ways on; what was typed
 * stays until one of them is taken.
 */
export function SaveProblem<Thing extends { readonly version: string }>(props: {
  error: Error | null;
  /** The version that the form was opened with; null where there was none. */
  seen: string | null;
  /** The thing as it was read last; undefined where it is not there. */
  found: Thing | undefined;
  /** What stands now, in a sentence. */
  inWords: (thing: Thing) => string;
  /** Null where it was removed. */
  onTakeTheirs: (thing: Thing | null) => void;
  onKeepMine: (version: string | null) => void;
}) {
  const { error, seen, found } = props;
  if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') return <Refused error={error} />;
  // After a refusal it is read again. Until that has come, what is known is what was known before.
  const waiting = found === undefined ? seen === null : found.version === seen;
  const stands = found === undefined ? 'It was removed.' : `Now: ${props.inWords(found)}`;
  return (
    <div className={css.refused} role="alert">
      <p>
        <strong>{error.message}</strong> Nothing of yours was saved.
      </p>
      <p>{waiting ? 'Reading what stands now …' : stands}</p>
      <div className={form.acts} style={{ marginTop: 8 }}>
        <Button
          size="xs"
          variant="default"
          disabled={waiting}
          onClick={() => props.onTakeTheirs(found ?? null)}
        >
          Take theirs
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={waiting}
          onClick={() => props.onKeepMine(found?.version ?? null)}
        >
          Save mine all the same
        </Button>
      </div>
    </div>
  );
}
