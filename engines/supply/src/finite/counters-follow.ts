/** Counters while supply is drawn together again: as in a piece that goes as it went (see `tighten-again.ts`). */
import { limit } from './capacity-window.ts';
import type { Edited } from './journal-cells.ts';
import { partThatFits } from './move-later.ts';
import type { PlanState } from './plan-state.ts';
import { ONE_POINT } from './tighten.ts';
import type { TightenJournal } from './tighten-journal.ts';

/**
 * Do the counters that a piece looks at answer as they did? Then they are left as the piece leaves them, otherwise as they are.
 * A piece of several points goes by what counters hold, for of those that could not be placed no answers are kept.
 */
export function countersFollow(
  state: PlanState,
  journal: TightenJournal,
  edited: Edited,
  piece: number,
): boolean {
  const { counters } = state;
  const { counters: seen, starts } = journal;
  const [first, end] = [starts.counter[piece], starts.counter[piece + 1]];
  let isSame = true;
  for (let row = first; row < end; row++) {
    const counter = seen.counter[row];
    if (edited.counters[counter] === 1) return false;
    isSame &&= counters[counter] === seen.before[row];
  }
  if (isSame) {
    for (let row = first; row < end; row++) counters[seen.counter[row]] = seen.after[row];
    return true;
  }
  if (journal.pieces[piece].resource !== ONE_POINT) return false;
  const held = new Float64Array(end - first);
  for (let row = first; row < end; row++) held[row - first] = counters[seen.counter[row]];
  if (answersTheSame(state, journal, piece)) return true;
  for (let row = first; row < end; row++) counters[seen.counter[row]] = held[row - first];
  return false;
}

/** Are the same parts found to fit? Counters are added to on the way. */
function answersTheSame(
  state: PlanState,
  { changes, parts, starts }: TightenJournal,
  piece: number,
): boolean {
  let change = starts.change[piece];
  const addUntil = (end: number): void => {
    for (; change < end; change++) state.counters[changes.counter[change]] += changes.quantity[change];
  };
  for (let row = starts.part[piece]; row < starts.part[piece + 1]; row++) {
    addUntil(parts.change[row]);
    const part = partThatFits(state, parts.source[row], parts.day[row], parts.rest[row]);
    if (part !== parts.part[row] || limit.earlierDay !== parts.earlierDay[row]) return false;
  }
  addUntil(starts.change[piece + 1]);
  return true;
}
