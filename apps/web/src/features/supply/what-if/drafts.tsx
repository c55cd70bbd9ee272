import { type SupplyEdit, TRIED_EDITS_MAX } from '@planwright/contracts';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { subjectOf } from './edit-words.ts';

export type Drafts = {
  /** Edits being tried out, oldest first: nothing of them is stored. */
  readonly edits: readonly SupplyEdit[];
  /** Each takes the place of an earlier edit of the same; Ctrl-Z takes all of one call back together. */
  readonly put: (...edits: readonly SupplyEdit[]) => void;
  readonly remove: (...subjects: readonly string[]) => void;
  readonly clear: () => void;
  /** Edits became decisions together: Ctrl-Z takes them back together, the last ones first. */
  readonly saved: (edits: readonly SupplyEdit[], decisionIds: readonly string[]) => void;
  readonly undoProblem: Error | null;
};

const Context = createContext<Drafts | null>(null);

export function useDrafts(): Drafts {
  const drafts = use(Context);
  if (drafts === null) throw new Error('Edits are tried out inside the supply screen only.');
  return drafts;
}

type Edits = readonly SupplyEdit[];
const NO_EDITS: Edits = [];
const NO_STEPS: readonly Edits[] = [NO_EDITS];

/** Holds the edits that are tried out while the supply screen is open, whichever of its views is. */
export function SupplyDrafts({ children }: { children: ReactNode }) {
  // What was tried out after each act; the last entry is what is tried out now.
  const [steps, setSteps] = useState(NO_STEPS);
  const [decided, setDecided] = useState<readonly (readonly string[])[]>([]);
  const edits = steps.at(-1) ?? NO_EDITS;
  const { slug } = useCompany();
  const undo = useWrite('undoSupplyDecisions');
  const undoLast = useEffectEvent((event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (typing || !(event.ctrlKey || event.metaKey) || event.key !== 'z') return;
    const ids = decided.at(-1);
    if (steps.length > 1) setSteps(steps.slice(0, -1));
    else if (ids === undefined) return;
    else {
      setDecided(decided.slice(0, -1));
      undo.mutate({ params: { company: slug }, body: { ids: [...ids] } });
    }
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => undoLast(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const drafts = useMemo((): Drafts => {
    const without = (subjects: readonly string[]) => (known: SupplyEdit) =>
      !subjects.includes(subjectOf(known));
    const step = (change: (now: Edits) => Edits): void =>
      setSteps((before) => [...before, change(before.at(-1) ?? [])]);
    return {
      edits,
      undoProblem: undo.error,
      put: (...given) =>
        step((now) => [...now.filter(without(given.map(subjectOf))), ...given].slice(-TRIED_EDITS_MAX)),
      remove: (...subjects) => step((now) => now.filter(without(subjects))),
      clear: () => setSteps(NO_STEPS),
      saved: (done, ids) => {
        setSteps((before) => [(before.at(-1) ?? []).filter(without(done.map(subjectOf)))]);
        if (ids.length > 0) setDecided((before) => [...before, ids]);
      },
    };
  }, [edits, undo.error]);
  return <Context value={drafts}>{children}</Context>;
}
