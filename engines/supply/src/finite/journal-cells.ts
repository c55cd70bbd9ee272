/**
 * The cells of a sub-network (see `serve-journal.ts`) while its promises are made again. A cell is *clean* as long as it
 * holds what it held at the same step before; clean cells are brought up to date only when somebody looks at them.
 */
import type { PlanState } from './plan-state.ts';
import { type Changes, rulesStart, type ServeJournal } from './serve-journal.ts';
import { addAll } from './stock-ledger.ts';

/** What an edit changes of the network itself: 1 where it does. */
export type Edited = {
  /** By stock point: what may be ordered, and how; when it can have anything; what lies there at the start. */
  readonly rules: Uint8Array;
  readonly traits: Uint8Array;
  readonly stock: Uint8Array;
  /** By stock point: its safety stock. */
  readonly targets: Uint8Array;
  /** By counter: its limit or what it costs. */
  readonly counters: Uint8Array;
};

export type JournalCells = {
  readonly state: PlanState;
  readonly journal: ServeJournal;
  /** Stock points by row of the ledger. */
  readonly points: Int32Array;
  readonly isDirty: Uint8Array;
  /** 1 where the traits or rules of a point or the limits of a counter are edited. */
  readonly isEdited: Uint8Array;
  /** By cell: its next entry in the journal's list; of clean ones, those before it are in the state. */
  readonly next: Int32Array;
  /** Of counters, what they were before that entry. */
  readonly oldValue: Float64Array;
  /** Writes the row of a point as it is before the first step, where it is not. */
  readonly openRow: (point: number) => void;
};

export function journalCells(
  state: PlanState,
  subnetwork: number,
  journal: ServeJournal,
  edited: Edited,
  openRow: (point: number) => void,
): JournalCells {
  const { subnetworks } = state.network;
  const points = subnetworks.points.subarray(subnetworks.pointStart[subnetwork]);
  const { rowCount, countersBefore, changesOf } = journal;
  const firstRules = rulesStart(journal);
  const isEdited = new Uint8Array(firstRules + rowCount);
  isEdited.set(edited.counters, rowCount);
  for (let row = 0; row < rowCount; row++) {
    isEdited[row] = edited.traits[points[row]];
    isEdited[firstRules + row] = edited.rules[points[row]];
  }
  const isDirty = isEdited.slice();
  for (let row = 0; row < rowCount; row++) {
    isDirty[row] |= edited.stock[points[row]];
    if (isDirty[row] === 1) openRow(points[row]);
  }
  for (let counter = 0; counter < countersBefore.length; counter++) {
    if (state.counters[counter] !== countersBefore[counter]) isDirty[rowCount + counter] = 1;
  }
  const next = changesOf.start.slice(0, firstRules);
  return { state, journal, points, isDirty, isEdited, next, oldValue: countersBefore.slice(), openRow };
}

/** Puts a clean cell to what it was before a step. Steps only ever grow. */
export function bring(cells: JournalCells, cell: number, step: number): void {
  const { state, journal, next } = cells;
  const { rowCount, changes, changesOf } = journal;
  if (cell >= rowCount) {
    state.counters[cell - rowCount] = counterBefore(cells, cell, step);
    return;
  }
  cells.openRow(cells.points[cell]);
  const { rows } = changesOf;
  const end = changesOf.start[cell + 1];
  let i = next[cell];
  while (i < end && changes.step[rows[i]] < step) i += 1;
  if (i > next[cell]) addAll(state.ledger, cell, changes, rows, next[cell], i);
  next[cell] = i;
}

/** What a counter was before a step. */
function counterBefore({ journal, next, oldValue }: JournalCells, cell: number, step: number): number {
  const { rowCount, changes, changesOf } = journal;
  const { rows } = changesOf;
  const end = changesOf.start[cell + 1];
  let value = oldValue[cell - rowCount];
  let i = next[cell];
  for (; i < end && changes.step[rows[i]] < step; i++) value += changes.quantity[rows[i]];
  next[cell] = i;
  oldValue[cell - rowCount] = value;
  return value;
}

/** A counter is dirty while it is not what it was before a step. */
export function settleCounter(cells: JournalCells, cell: number, step: number): void {
  const value = cells.state.counters[cell - cells.journal.rowCount];
  const isOld = counterBefore(cells, cell, step) === value;
  cells.isDirty[cell] = isOld && cells.isEdited[cell] === 0 ? 0 : 1;
}

/**
 * Rows of the ledger after a step: dirty from now on where what was added to them is not what its old one added.
 * @param step the old one; -1 none
 * @param made what was added to rows; those that are clean were brought to before the step
 */
export function settleRows(cells: JournalCells, step: number, now: number, made: Changes): void {
  const { journal, next, isDirty } = cells;
  const { rowCount, steps, changes, changesOf } = journal;
  for (let i = 0; i < made.count; i++) {
    const row = made.cell[i];
    if (isDirty[row] === 1) continue;
    const old = next[row] < changesOf.start[row + 1] ? changesOf.rows[next[row]] : -1;
    const isSame =
      old >= 0 &&
      changes.step[old] === step &&
      changes.day[old] === made.day[i] &&
      changes.quantity[old] === made.quantity[i];
    if (isSame) next[row] += 1;
    else isDirty[row] = 1;
  }
  if (step < 0) return;
  for (let i = steps.change[step]; i < steps.change[step + 1]; i++) {
    const row = changes.cell[i];
    if (row >= rowCount || isDirty[row] === 1) continue;
    bring(cells, row, now);
    if (next[row] < changesOf.start[row + 1] && changes.step[changesOf.rows[next[row]]] === step)
      isDirty[row] = 1;
  }
}

/** Brings the counters that the journal changes to what they are in the end; the others may be of another sub-network. */
export function bringCounters(cells: JournalCells): void {
  const { rowCount, steps, changesOf } = cells.journal;
  for (let cell = rowCount; cell < rulesStart(cells.journal); cell++) {
    const isChanged = changesOf.start[cell + 1] > changesOf.start[cell];
    if (isChanged && cells.isDirty[cell] === 0) bring(cells, cell, steps.count);
  }
}
