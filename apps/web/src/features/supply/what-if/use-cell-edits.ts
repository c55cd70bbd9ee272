import { TRIED_EDITS_MAX } from '@planwright/contracts';
import { useState } from 'react';
import type { ReadEdits } from './cell-edits.ts';
import { useDrafts } from './drafts.tsx';
import { subjectOf } from './edit-words.ts';

/** Tries out what was typed or pasted into a grid, and says what could not be read. */
export function useCellEdits(): {
  readonly tryOut: (read: ReadEdits) => void;
  readonly problem: string | null;
} {
  const { edits, put, remove } = useDrafts();
  const [problem, setProblem] = useState<string | null>(null);
  const tryOut = (read: ReadEdits): void => {
    const subjects = new Set([...edits, ...read.put].map(subjectOf));
    for (const subject of read.remove) subjects.delete(subject);
    if (subjects.size > TRIED_EDITS_MAX) {
      setProblem(
        `At most ${TRIED_EDITS_MAX} edits are tried out together, and these would be ${subjects.size}. Decide or drop some first, or paste fewer.`,
      );
      return;
    }
    setProblem(read.problem);
    if (read.remove.length > 0) remove(...read.remove);
    if (read.put.length > 0) put(...read.put);
  };
  return { tryOut, problem };
}
