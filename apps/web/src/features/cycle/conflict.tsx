import { Refused } from '../../ui/problem.tsx';
import css from './step-panel.module.css';

/** Why a write was refused; for a cycle that moved on, also that what is shown now is the new state. */
export function Conflict({ error, isConflict }: { error: Error | null; isConflict: boolean }) {
  return (
    <>
      <Refused error={error} />
      {isConflict ? (
        <p className={css.why}>
          The cycle was read again: what you see now is its newest state. Nothing of yours was changed.
        </p>
      ) : null}
    </>
  );
}
