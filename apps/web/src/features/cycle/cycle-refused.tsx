import { ApiError } from '@planwright/client';
import { Refused } from '../../ui/problem.tsx';
import css from './step-panel.module.css';

/** Why a write was refused; for a cycle that moved on, also that what is shown now is the new state. */
export function CycleRefused({ error }: { error: Error | null }) {
  const movedOn = error instanceof ApiError && error.status === 409;
  return (
    <>
      <Refused error={error} />
      {movedOn ? (
        <p className={css.why}>
          The cycle was read again: what you see now is its newest state. Nothing of yours was changed.
        </p>
      ) : null}
    </>
  );
}
