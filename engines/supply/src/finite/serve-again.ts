/**
 * Makes the promises of an edited sub-network from the journal of how they were made before: to the bytes that serving
 * everybody gives, but only those are asked anew whom the edit reaches.
 *
 * A step that looked at clean cells alone goes as it went: its rows are taken over. One that looked at dirty cells is
 * asked what it found there; where it would find the same, it goes as it went, too, and what it adds is added to them.
 * The others, and those that are new or at another place of their pass, are asked anew. Rows of the ledger to which they
 * add something else are dirty from then on, counters while they hold something else.
 *
 * Cost  a look at every cell of every step, the findings of those that meet dirt, and serving those that are asked anew.
 */
import { limit, nextOpenDay, PREFERRED } from './capacity-window.ts';
import { grown } from './columns.ts';
import {
  bring,
  bringCounters,
  type Edited,
  type JournalCells,
  journalCells,
  settleCounter,
  settleRows,
} from './journal-cells.ts';
import { shortOf } from './fill-safety.ts';
import { passAgain } from './order-again.ts';
import type { PlanState } from './plan-state.ts';
import { lotOnDay, soonerByStock, stock, stockFor } from './procure.ts';
import {
  addChange,
  type Changes,
  changeTable,
  FINDING,
  promisedTables,
  putInOrder,
  type RowRange,
  rowsBefore,
  rulesStart,
  type ServeJournal,
  writesSameRows,
} from './serve-journal.ts';
import type { RunPass, Served, ServePass } from './serve-pass.ts';
import { addFrom } from './stock-ledger.ts';
import {
  keepAdditions,
  keepOverwritten,
  nothingOverwritten,
  type Overwritten,
  undoAdditions,
} from './undone-additions.ts';
import { NO_WATCH } from './watch.ts';

type Again = {
  readonly state: PlanState;
  readonly journal: ServeJournal;
  readonly cells: JournalCells;
  /** Passes that are begun. */
  passCount: number;
  /** By demand: its old step in the pass at hand, if it is not less than the first of the pass. */
  readonly stepOf: Int32Array;
  /** The old step at hand: those before it are behind us. */
  now: number;
  /** Rows of the plan, old and new, in their order: of old steps those before `takenOver`. */
  readonly made: RowRange[];
  takenOver: number;
  /** Rows of the state's tables before the first step. */
  readonly firstRows: readonly number[];
  /** The number of the look at a step, and what it looks at: cells, and what counters were. */
  lookCount: number;
  readonly seen: { count: number; cell: Int32Array; value: Float64Array };
  readonly seenIn: Int32Array;
  /** What was added to dirty rows on the way through a step. */
  readonly overwritten: Overwritten;
  /** What the step that is asked anew adds to rows of the ledger. */
  readonly changes: Changes;
  /** By slot: 1 where rows of the point were written anew, or are not written any more. */
  readonly isAsked: Uint8Array;
};

/**
 * Serves from now on by the journal; the ledger is that of the sub-network.
 * @param openRow writes the row of a point before somebody looks at it, unless it is written
 */
export function serveAgain(
  state: PlanState,
  subnetwork: number,
  journal: ServeJournal,
  edited: Edited,
  openRow: (point: number) => void,
): { readonly runPass: RunPass; end(): Served } {
  const again = newAgain(state, journal, journalCells(state, subnetwork, journal, edited, openRow));
  const { slot } = state.network.subnetworks;
  const { rowCount } = journal;
  state.watch = {
    ...NO_WATCH,
    point: (point) => look(again, slot[point]),
    counter: (counter) => look(again, rowCount + counter),
    stockAdded: (row, day, quantity) => addChange(again.changes, 0, row, day, quantity),
  };
  return {
    runPass: (pass) => runPass(again, pass),
    end() {
      state.watch = undefined;
      takeOverUntil(again, journal.steps.count);
      putInOrder(state, again.firstRows, again.made);
      bringCounters(again.cells);
      return { journal, isAsked: again.isAsked };
    },
  };
}

function newAgain(state: PlanState, journal: ServeJournal, cells: JournalCells): Again {
  const { demands, points } = state.network;
  return {
    state,
    journal,
    cells,
    passCount: 0,
    stepOf: new Int32Array(demands.count + points.count).fill(-1),
    now: 0,
    made: [],
    takenOver: 0,
    firstRows: promisedTables(state).map(({ count }) => count),
    lookCount: 0,
    seen: { count: 0, cell: new Int32Array(64), value: new Float64Array(64) },
    seenIn: new Int32Array(journal.rowCount + state.counters.length),
    overwritten: nothingOverwritten(),
    changes: changeTable(64),
    isAsked: new Uint8Array(journal.rowCount),
  };
}

/** Old and new order of a pass are merged: what has the same key in both stands in the same order in both. */
function runPass(again: Again, pass: ServePass): void {
  const { steps, passStart } = again.journal;
  const { left } = pass;
  const first = passStart[again.passCount];
  again.passCount += 1;
  const end = again.passCount < passStart.length ? passStart[again.passCount] : steps.count;
  const isKept = new Uint8Array(end - first);
  const { order, stepAt } = passAgain(again.journal, pass, first, end, again.stepOf);
  for (let i = 0; i < stepAt.length; i++) if (stepAt[i] >= 0) isKept[stepAt[i] - first] = 1;
  let at = first;
  const dropUntil = (step: number): void => {
    for (; at < step; at++) if (isKept[at - first] === 0) dropStep(again, at);
  };
  for (let i = 0; i < order.length; i++) {
    const step = stepAt[i];
    if (step >= 0) dropUntil(step);
    again.now = at;
    if (step >= 0) at += 1;
    if (step >= 0 && goesAsBefore(again, step)) left[order[i]] = steps.after[step];
    else askAnew(again, pass, order[i], step);
  }
  dropUntil(end);
}

/** Before a step looks at a cell. */
function look(again: Again, cell: number): void {
  const { seen, seenIn, cells, journal, state } = again;
  if (seenIn[cell] === again.lookCount) return;
  seenIn[cell] = again.lookCount;
  if (cells.isDirty[cell] === 0) bring(cells, cell, again.now);
  if (cell < journal.rowCount) return;
  grown(seen, seen.cell);
  const row = seen.count++;
  seen.cell[row] = cell;
  seen.value[row] = state.counters[cell - journal.rowCount];
}

function beginLook(again: Again): void {
  again.lookCount += 1;
  again.seen.count = 0;
  again.changes.count = 0;
}

/** Does an old step go as it went? If so, dirty cells are left as it leaves them. */
function goesAsBefore(again: Again, step: number): boolean {
  const { steps, cells: looked, rowCount } = again.journal;
  const { isDirty, isEdited } = again.cells;
  const firstRules = rulesStart(again.journal);
  let [meetsRow, meetsCounter] = [false, false];
  for (let i = steps.cell[step]; i < steps.cell[step + 1]; i++) {
    const cell = looked.cell[i];
    if (isDirty[cell] === 0) continue;
    if (cell >= firstRules) return false;
    if (cell >= rowCount) meetsCounter = true;
    else if (isEdited[cell] === 1) return false;
    else meetsRow = true;
  }
  if (!meetsRow && !meetsCounter) return true;
  if (steps.looksElsewhere[step] === 1) return false;
  beginLook(again);
  const { seen, overwritten, state } = again;
  if (findsTheSame(again, step, meetsCounter)) {
    keepAdditions(overwritten);
    for (let i = 0; i < seen.count; i++) settleCounter(again.cells, seen.cell[i], step + 1);
    return true;
  }
  undoAdditions(overwritten, state.ledger);
  for (let i = 0; i < seen.count; i++) state.counters[seen.cell[i] - rowCount] = seen.value[i];
  return false;
}

/** Are all questions at dirty cells answered as they were? What the step adds to them is added on the way. */
function findsTheSame(again: Again, step: number, meetsCounter: boolean): boolean {
  const { steps, findings } = again.journal;
  const { isDirty } = again.cells;
  let change = steps.change[step];
  for (let i = steps.finding[step]; i < steps.finding[step + 1]; i++) {
    for (; change < findings.change[i]; change++) passChange(again, change, meetsCounter);
    if (findings.kind[i] < FINDING.lot) {
      if (isDirty[findings.subject[i]] === 1 && !stockAnswersTheSame(again, i)) return false;
    } else if (meetsCounter && !capacityAnswersTheSame(again, i)) return false;
  }
  for (; change < steps.change[step + 1]; change++) passChange(again, change, meetsCounter);
  return true;
}

/** Adds what a step added, where that is not left to a clean cell. */
function passChange(again: Again, change: number, meetsCounter: boolean): void {
  const { state, journal, cells, overwritten } = again;
  const { changes, rowCount } = journal;
  const cell = changes.cell[change];
  if (cell >= rowCount) {
    if (!meetsCounter) return;
    look(again, cell);
    state.counters[cell - rowCount] += changes.quantity[change];
  } else if (cells.isDirty[cell] === 1) {
    keepOverwritten(overwritten, state.ledger, cell, changes.day[change]);
    addFrom(state.ledger, cell, changes.day[change], changes.quantity[change]);
  }
}

function stockAnswersTheSame({ state, cells, journal: { findings } }: Again, i: number): boolean {
  const point = cells.points[findings.subject[i]];
  const day = findings.day[i];
  const asked = findings.asked[i];
  const found = findings.found[i];
  const alsoAsked = findings.alsoAsked[i];
  if (findings.kind[i] === FINDING.short) return shortOf(state, point, day, asked, alsoAsked) === found;
  if (findings.kind[i] === FINDING.reply) return soonerByStock(state, point, day, asked) === found;
  stockFor(state, point, day, asked);
  return stock.had === found && (alsoAsked === 0 || stock.early === findings.alsoFound[i]);
}

function capacityAnswersTheSame({ state, journal: { findings } }: Again, i: number): boolean {
  const source = findings.subject[i];
  const day = findings.day[i];
  const least = findings.asked[i];
  if (findings.kind[i] === FINDING.openDay)
    return nextOpenDay(state, source, day, least) === findings.found[i];
  const lot = lotOnDay(state, source, day, least, findings.alsoAsked[i], PREFERRED);
  if (lot !== findings.found[i] || limit.earlierDay !== findings.earlierDay[i]) return false;
  if (limit.quantity === Number.POSITIVE_INFINITY) return findings.cause[i] < 0;
  return limit.cause === findings.cause[i] && limit.subject === findings.causeSubject[i];
}

/**
 * Asks for a demand; `step` is its old one, -1 where it has none at this place. Where the rows it writes are those of
 * before, they are taken over with those of its neighbours.
 */
function askAnew(again: Again, { serve }: ServePass, place: number, step: number): void {
  const { state, journal, made } = again;
  const tables = promisedTables(state);
  const firsts = tables.map(({ count }) => count);
  beginLook(again);
  serve(place);
  if (step >= 0 && writesSameRows(state, journal, step, firsts)) {
    tables.forEach((table, i) => (table.count = firsts[i]));
  } else {
    takeOverUntil(again, again.now);
    const own = { rows: state, firsts, ends: tables.map(({ count }) => count) };
    made.push(own);
    noteAsked(again, own);
    if (step >= 0) {
      noteAsked(again, rowsOfStep(journal, step));
      again.takenOver = step + 1;
    }
  }
  settleStep(again, step);
}

/** An old step that is not made any more. */
function dropStep(again: Again, step: number): void {
  takeOverUntil(again, step);
  noteAsked(again, rowsOfStep(again.journal, step));
  again.takenOver = step + 1;
  again.now = step;
  beginLook(again);
  settleStep(again, step);
}

const rowsOfStep = ({ rows, steps }: ServeJournal, step: number): RowRange => ({
  rows,
  firsts: rowsBefore(steps, step),
  ends: rowsBefore(steps, step + 1),
});

/** Points of rows that are in the plan now and may not have been, or the other way round. */
function noteAsked({ isAsked, state: { network } }: Again, { rows, firsts, ends }: RowRange): void {
  const { sources, subnetworks } = network;
  for (let row = firsts[0]; row < ends[0]; row++)
    isAsked[subnetworks.slot[sources.point[rows.orders.source[row]]]] = 1;
  for (let row = firsts[1]; row < ends[1]; row++) isAsked[subnetworks.slot[rows.uses.point[row]]] = 1;
}

/** Cells after a step that may have gone another way than its old one, -1 if it has none. */
function settleStep(again: Again, step: number): void {
  const { journal, cells, now, seen } = again;
  const { steps, changes, rowCount } = journal;
  settleRows(cells, step, now, again.changes);
  if (step >= 0) {
    for (let i = steps.change[step]; i < steps.change[step + 1]; i++) {
      if (changes.cell[i] >= rowCount) look(again, changes.cell[i]);
    }
  }
  for (let i = 0; i < seen.count; i++) settleCounter(cells, seen.cell[i], step < 0 ? now : step + 1);
}

/** Rows of all old steps before one are rows of the plan. */
function takeOverUntil(again: Again, step: number): void {
  const { journal, made, takenOver } = again;
  if (step <= takenOver) return;
  const [firsts, ends] = [rowsBefore(journal.steps, takenOver), rowsBefore(journal.steps, step)];
  made.push({ rows: journal.rows, firsts, ends });
  again.takenOver = step;
}
