/**
 * Draws the supply of an edited sub-network together by the journal of how it was drawn together before: to the bytes
 * that drawing all of it together gives.
 *
 * A piece goes as it went, and its rows are taken over, where its points have the orders, uses and rules that they had,
 * the spare stock that it looks at is what it was, and counters give the answers that they gave. The others are drawn together anew; where they
 * then write other uses or take other spare stock, the points of these are no longer what they were.
 *
 * Cost  a look at what each piece looked at, copies of rows, and drawing together what is drawn anew.
 */
import { appendRows, reserve } from './columns.ts';
import { countersFollow } from './counters-follow.ts';
import type { Edited } from './journal-cells.ts';
import type { FiniteNetwork } from './network.ts';
import { otherPromises } from './other-promises.ts';
import { rowsOfSlot } from './sorted-rows.ts';
import { takeSpare } from './spare-stock.ts';
import { sparesFollow } from './spares-follow.ts';
import { type Drawing, ONE_POINT, type Turn, turnOf } from './tighten.ts';
import { addTaken, type SpareTaken, takenTable, type TightenJournal } from './tighten-journal.ts';
import type { Work } from './tighten-work.ts';
import { KEPT } from './tightening.ts';

type Again = {
  readonly work: Work;
  readonly journal: TightenJournal;
  readonly edited: Edited;
  readonly turn: Turn;
  /** By slot: 1 where orders, uses, stock or rules of the point, or rules of its components, may be others. */
  readonly isOther: Uint8Array;
  /** By slot: 1 where its spare stock may be another. */
  readonly isSpareOther: Uint8Array;
  /** By slot: 1 where the point was drawn together anew. */
  readonly isDrawn: Uint8Array;
  /** By piece: 1 where it goes as it went, and how far behind its old rows its uses stand. */
  readonly goes: Uint8Array;
  readonly useShift: Int32Array;
  /** The first piece whose rows are still to be taken over. */
  firstDue: number;
  /** Spare stock that the piece at hand takes. */
  readonly taken: SpareTaken;
};

/** @param isAsked by slot: 1 where promised orders and uses of a point were written anew, or are not written any more */
export const drawingAgain =
  (journal: TightenJournal, edited: Edited, isAsked: Uint8Array): Drawing =>
  (work) => {
    const again = newAgain(work, journal, edited, isAsked);
    const { spares } = work;
    work.usesTakenOver = (point) => usesTakenOver(again, point);
    spares.watch = {
      lookedAt() {},
      found() {},
      opened: (point, spare) => takeWhatWasTaken(again, point, spare),
      taken: (point, from, to, quantity) => addTaken(again.taken, point, from, to, quantity),
    };
    const { length } = journal.pieces;
    for (let piece = 0; piece < length; piece++) {
      if (goesAsBefore(again, piece)) leaveAsBefore(again, piece);
      else drawAnew(again, piece);
    }
    takeOverUntil(again, length);
    spares.watch = undefined;
    return again.isDrawn;
  };

function newAgain(work: Work, journal: TightenJournal, edited: Edited, isAsked: Uint8Array): Again {
  const { network } = work.state;
  const { ofPoint: isOther, ofStock: isSpareOther } = otherPromises(work, journal.promises, isAsked);
  const { pieces } = journal;
  const { slot } = network.subnetworks;
  for (const { points } of pieces) {
    for (const point of points) {
      if (!hasEditedRules(edited, point) && edited.stock[point] === 0) continue;
      isOther[slot[point]] = 1;
      isSpareOther[slot[point]] = 1;
    }
  }
  for (const { points } of pieces) {
    for (const point of points) if (hasEditedComponent(network, edited, point)) isOther[slot[point]] = 1;
  }
  return {
    work,
    journal,
    edited,
    turn: turnOf(work),
    isOther,
    isSpareOther,
    isDrawn: new Uint8Array(isOther.length),
    goes: new Uint8Array(pieces.length),
    useShift: new Int32Array(pieces.length),
    firstDue: 0,
    taken: takenTable(64),
  };
}

const hasEditedRules = ({ rules, traits }: Edited, point: number): boolean =>
  rules[point] === 1 || traits[point] === 1;

function hasEditedComponent(
  { points, sources, needs }: FiniteNetwork,
  edited: Edited,
  point: number,
): boolean {
  for (let i = points.sourceStart[point]; i < points.sourceStart[point + 1]; i++) {
    const source = points.sources[i];
    const end = needs.optionStart[sources.needStart[source + 1]];
    for (let option = needs.optionStart[sources.needStart[source]]; option < end; option++) {
      if (hasEditedRules(edited, needs.point[option])) return true;
    }
  }
  return false;
}

/** Does a piece go as it went? If so, its counters and what is not what it was of spare stock are left as it leaves them. */
function goesAsBefore(again: Again, piece: number): boolean {
  const { work, journal, edited, turn, isOther, isSpareOther } = again;
  const { slot } = work.state.network.subnetworks;
  const { points, resource } = journal.pieces[piece];
  if (resource === ONE_POINT) {
    const isPlaced = turn.isPlaced(journal.pieces[piece]);
    if (isPlaced !== (journal.wasPlaced[piece] === 1)) return false;
    if (isPlaced) return true; // There is nothing left to do.
  }
  for (const point of points) if (isOther[slot[point]] === 1) return false;
  const { state, spares } = work;
  const restore = sparesFollow(spares, journal, isSpareOther, piece);
  if (restore === undefined) return false;
  if (countersFollow(state, journal, edited, piece)) return true;
  restore();
  return false;
}

/** The rest of spare stock is left as the piece leaves it, too; its rows are taken over with those of its neighbours. */
function leaveAsBefore(again: Again, piece: number): void {
  const { work, journal, turn, goes, isSpareOther } = again;
  const { starts, taken } = journal;
  const { slot } = work.state.network.subnetworks;
  goes[piece] = 1;
  for (let row = starts.taken[piece]; row < starts.taken[piece + 1]; row++) {
    if (isSpareOther[slot[taken.point[row]]] === 1) continue;
    const spare = work.spares.spare.get(taken.point[row]);
    if (spare !== undefined) takeSpare(spare, taken.from[row], taken.to[row], taken.quantity[row]);
  }
  if (journal.wasPlaced[piece] === 1) turn.place(journal.pieces[piece]);
}

/** What pieces that go as they went took of the spare stock of a point that nobody asked for yet. */
function takeWhatWasTaken({ journal, goes }: Again, point: number, spare: Float64Array): void {
  const { taken, takenOf, pieceOfTaken } = journal;
  for (const row of rowsOfSlot(takenOf, point)) {
    if (goes[pieceOfTaken[row]] === 1) takeSpare(spare, taken.from[row], taken.to[row], taken.quantity[row]);
  }
}

function drawAnew(again: Again, piece: number): void {
  const { work, journal, turn, taken } = again;
  takeOverUntil(again, piece);
  again.firstDue = piece + 1;
  taken.count = 0;
  const { slot } = work.state.network.subnetworks;
  for (const point of journal.pieces[piece].points) again.isDrawn[slot[point]] = 1;
  const firstUse = work.uses.count;
  turn.run(journal.pieces[piece]);
  noteOtherUses(again, piece, firstUse);
  noteOtherTaken(again, piece);
}

/** Points of whose uses the piece writes others than before. */
function noteOtherUses(again: Again, piece: number, first: number): void {
  const { work, journal, isOther } = again;
  const { uses: now } = work;
  const { uses: old, starts } = journal;
  const { slot } = work.state.network.subnetworks;
  const [oldFirst, oldEnd] = [starts.use[piece], starts.use[piece + 1]];
  const isAsLong = now.count - first === oldEnd - oldFirst;
  const isSame = (row: number, was: number): boolean =>
    isAsLong &&
    now.point[row] === old.point[was] &&
    now.day[row] === old.day[was] &&
    now.quantity[row] === old.quantity[was];
  for (let row = first; row < now.count; row++) {
    if (!isSame(row, oldFirst + row - first)) isOther[slot[now.point[row]]] = 1;
  }
  for (let was = oldFirst; was < oldEnd; was++) {
    if (!isSame(first + was - oldFirst, was)) isOther[slot[old.point[was]]] = 1;
  }
}

/** Points of whose spare stock the piece takes something else than before. */
function noteOtherTaken({ work, journal, taken: now, isSpareOther }: Again, piece: number): void {
  const { taken: old, starts } = journal;
  const { slot } = work.state.network.subnetworks;
  const [oldFirst, oldEnd] = [starts.taken[piece], starts.taken[piece + 1]];
  let isSame = now.count === oldEnd - oldFirst;
  for (let row = 0; isSame && row < now.count; row++) {
    const was = oldFirst + row;
    isSame =
      now.point[row] === old.point[was] &&
      now.from[row] === old.from[was] &&
      now.to[row] === old.to[was] &&
      now.quantity[row] === old.quantity[was];
  }
  if (isSame) return;
  for (let row = 0; row < now.count; row++) isSpareOther[slot[now.point[row]]] = 1;
  for (let was = oldFirst; was < oldEnd; was++) isSpareOther[slot[old.point[was]]] = 1;
}

/** Writes the rows of the pieces before one that go as they went and are not written yet. */
function takeOverUntil(again: Again, end: number): void {
  const { work, journal, useShift, firstDue } = again;
  if (firstDue >= end) return;
  const { order, use } = journal.starts;
  const [orderShift, shift] = [work.orders.count - order[firstDue], work.uses.count - use[firstDue]];
  useShift.fill(shift, firstDue, end);
  appendRows(work.orders, journal.orders, order[firstDue], order[end]);
  const first = work.uses.count;
  appendRows(work.uses, journal.uses, use[firstDue], use[end]);
  const { uses, nextUse, firstOrder } = work;
  for (let row = first; row < uses.count; row++) uses.index[row] += orderShift + firstOrder;
  reserve(nextUse, uses.count);
  nextUse.count = uses.count;
  for (let piece = firstDue; piece < end; piece++) noteKeptRows(again, piece, orderShift);
  again.firstDue = end;
}

/** Where the old orders of a piece went that are kept. */
function noteKeptRows({ work, journal }: Again, piece: number, orderShift: number): void {
  const { points, resource } = journal.pieces[piece];
  const { how, network } = work.state;
  if (resource !== ONE_POINT || how[points[0]] !== KEPT) return;
  const slot = network.subnetworks.slot[points[0]];
  const { start, rows } = work.orderRows;
  const { firstOrder, newRow } = work;
  const old = journal.promises.ordersBySlot.start[slot] - start[slot];
  for (let i = start[slot]; i < start[slot + 1]; i++)
    newRow[rows[i] - firstOrder] = journal.newRow[i + old] + orderShift + firstOrder;
}

/** Uses of a point that pieces wrote which go as they went. */
function usesTakenOver({ work, journal, goes, useShift }: Again, point: number): number[] {
  const rows: number[] = [];
  for (const row of rowsOfSlot(journal.usesBySlot, work.state.network.subnetworks.slot[point])) {
    const piece = journal.pieceOfUse[row];
    if (goes[piece] === 1) rows.push(row + useShift[piece]);
  }
  return rows;
}
