import { useState } from 'react';

/**
 * A thing as a form was opened with it (null: a new one) and what is typed of it. What others save meanwhile does not
 * change either under the reader's hands; `reopen` takes it.
 */
export function useDraft<Thing, Draft>(opened: Thing | null, draftOf: (thing: Thing | null) => Draft) {
  const [base, setBase] = useState(opened);
  const [draft, setDraft] = useState(() => draftOf(opened));
  return {
    base,
    draft,
    change: (changed: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changed })),
    reopen: (thing: Thing): void => {
      setBase(thing);
      setDraft(draftOf(thing));
    },
  };
}
