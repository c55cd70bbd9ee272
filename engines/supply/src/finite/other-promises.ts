/**
 * Of which points the promises are others than before. Whoever asks a demand anew writes all of its rows anew, most of
 * them as they were: only points in which that happened are looked at, row by row.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import type { UseTable } from './columns.ts';
import type { PromisedRows } from './serve-journal.ts';
import type { SortedRows } from './sorted-rows.ts';
import { plannedUses } from './spare-stock.ts';
import type { Work } from './tighten-work.ts';

/** The promises that a plan was drawn together from, orders numbered from 0. */
export type OldPromises = {
  readonly rows: Pick<PromisedRows, 'orders' | 'uses'>;
  /** Orders by slot and day; uses by slot, and by order where orders are kept. */
  readonly ordersBySlot: SortedRows;
  readonly usesBySlot: SortedRows;
  readonly usesOf: SortedRows;
};

/** By slot: 1 where they may be others. */
export type OtherPromises = {
  /** Orders of the point with what they take where they are kept, or what demands take of it. */
  readonly ofPoint: Uint8Array;
  /** Orders of the point or anything taken of it. */
  readonly ofStock: Uint8Array;
};

/** The promises at hand, as `otherPromises` will want to know them. */
export function promisesOf(work: Work, rows: Pick<PromisedRows, 'orders' | 'uses'>): OldPromises {
  const { orderRows, firstOrder, usesOf } = work;
  const ordersBySlot = { start: orderRows.start, rows: orderRows.rows.map((row) => row - firstOrder) };
  return { rows, ordersBySlot, usesBySlot: plannedUses(work.spares), usesOf };
}

/** @param isAsked by slot: 1 where rows of the point were written anew, or are not written any more */
export function otherPromises(work: Work, old: OldPromises, isAsked: Uint8Array): OtherPromises {
  const ofPoint = new Uint8Array(isAsked.length);
  const ofStock = new Uint8Array(isAsked.length);
  if (!isAsked.includes(1)) return { ofPoint, ofStock };
  const usesBySlot = plannedUses(work.spares);
  for (let slot = 0; slot < isAsked.length; slot++) {
    if (isAsked[slot] === 0) continue;
    const areOthers = !hasSameOrders(work, old, slot);
    const taken = areOthers
      ? OTHERS
      : sameUses(work.state.uses, usesBySlot, slot, old.rows.uses, old.usesBySlot, slot);
    ofPoint[slot] = taken === OTHERS ? 1 : 0;
    ofStock[slot] = taken === THE_SAME ? 0 : 1;
  }
  return { ofPoint, ofStock };
}

/** The same orders of a point, and the same uses of those that are kept. */
function hasSameOrders(
  { state, orderRows, usesOf, firstOrder }: Work,
  old: OldPromises,
  slot: number,
): boolean {
  const { orders, uses } = state;
  const { orders: oldOrders, uses: oldUses } = old.rows;
  const [first, end] = [orderRows.start[slot], orderRows.start[slot + 1]];
  const oldFirst = old.ordersBySlot.start[slot];
  if (end - first !== old.ordersBySlot.start[slot + 1] - oldFirst) return false;
  for (let i = first; i < end; i++) {
    const [row, was] = [orderRows.rows[i], old.ordersBySlot.rows[oldFirst + i - first]];
    const isSame =
      orders.source[row] === oldOrders.source[was] &&
      orders.startDay[row] === oldOrders.startDay[was] &&
      orders.endDay[row] === oldOrders.endDay[was] &&
      orders.quantity[row] === oldOrders.quantity[was] &&
      sameUses(uses, usesOf, row - firstOrder, oldUses, old.usesOf, was) === THE_SAME;
    if (!isSame) return false;
  }
  return true;
}

const THE_SAME = 0;
/** What demands take is the same, what orders take is not. */
const OTHERS_OF_ORDERS = 1;
const OTHERS = 2;

/** Are the rows of two lists of uses the same, and in the same order? */
function sameUses(
  uses: UseTable,
  lists: SortedRows,
  list: number,
  oldUses: UseTable,
  oldLists: SortedRows,
  oldList: number,
): number {
  const [end, oldEnd] = [lists.start[list + 1], oldLists.start[oldList + 1]];
  let [i, j] = [lists.start[list], oldLists.start[oldList]];
  const isSame = (row: number, was: number): boolean =>
    uses.day[row] === oldUses.day[was] &&
    uses.quantity[row] === oldUses.quantity[was] &&
    uses.point[row] === oldUses.point[was];
  while (i < end && j < oldEnd && isSame(lists.rows[i], oldLists.rows[j])) {
    i += 1;
    j += 1;
  }
  if (i === end && j === oldEnd) return THE_SAME;
  for (;;) {
    while (i < end && uses.kind[lists.rows[i]] === USE_KIND.order) i += 1;
    while (j < oldEnd && oldUses.kind[oldLists.rows[j]] === USE_KIND.order) j += 1;
    if (i === end || j === oldEnd) return i === end && j === oldEnd ? OTHERS_OF_ORDERS : OTHERS;
    if (!isSame(lists.rows[i++], oldLists.rows[j++])) return OTHERS;
  }
}
