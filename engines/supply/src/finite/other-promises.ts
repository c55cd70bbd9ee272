/**
 * Of which points the promises are others than before. Whoever asks a demand anew writes all of its rows anew, most of
 * them as they were: only points in which that happened are looked at, row by row.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import type { UseTable } from './columns.ts';
import type { PromisedRows } from './serve-journal.ts';
import { rowsByPoint, rowsOfSlot, type SortedRows } from './sorted-rows.ts';
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
  return { rows, ordersBySlot, usesBySlot: usesBySlotOf(work), usesOf };
}

function usesBySlotOf({ state: { network, uses }, joining, slotCount }: Work): SortedRows {
  joining.useRows ??= rowsByPoint(network, { slotCount, points: uses.point }, 0, uses.count);
  return joining.useRows;
}

/** @param isAsked by slot: 1 where rows of the point were written anew, or are not written any more */
export function otherPromises(work: Work, old: OldPromises, isAsked: Uint8Array): OtherPromises {
  const ofPoint = new Uint8Array(isAsked.length);
  const ofStock = new Uint8Array(isAsked.length);
  const usesBySlot = isAsked.includes(1) ? usesBySlotOf(work) : old.usesBySlot;
  for (let slot = 0; slot < isAsked.length; slot++) {
    if (isAsked[slot] === 0) continue;
    const areOrdersOther = !hasSameOrders(work, old, slot);
    const [taken, wasTaken] = [rowsOfSlot(usesBySlot, slot), rowsOfSlot(old.usesBySlot, slot)];
    const { uses } = work.state;
    const areUsesOther = !takesTheSame(uses, taken, old.rows.uses, wasTaken);
    const areDemandsOther =
      areUsesOther &&
      !takesTheSame(uses, ofDemands(uses, taken), old.rows.uses, ofDemands(old.rows.uses, wasTaken));
    ofPoint[slot] = areOrdersOther || areDemandsOther ? 1 : 0;
    ofStock[slot] = areOrdersOther || areUsesOther ? 1 : 0;
  }
  return { ofPoint, ofStock };
}

/** The same orders of a point, and the same uses of those that are kept. */
function hasSameOrders(work: Work, old: OldPromises, slot: number): boolean {
  const { orders, uses } = work.state;
  const { orders: oldOrders, uses: oldUses } = old.rows;
  const [rows, oldRows] = [rowsOfSlot(work.orderRows, slot), rowsOfSlot(old.ordersBySlot, slot)];
  if (rows.length !== oldRows.length) return false;
  for (let i = 0; i < rows.length; i++) {
    const [row, was] = [rows[i], oldRows[i]];
    const isSame =
      orders.source[row] === oldOrders.source[was] &&
      orders.startDay[row] === oldOrders.startDay[was] &&
      orders.endDay[row] === oldOrders.endDay[was] &&
      orders.quantity[row] === oldOrders.quantity[was] &&
      takesTheSame(
        uses,
        rowsOfSlot(work.usesOf, row - work.firstOrder),
        oldUses,
        rowsOfSlot(old.usesOf, was),
      );
    if (!isSame) return false;
  }
  return true;
}

const ofDemands = (uses: UseTable, rows: Int32Array): Int32Array =>
  rows.filter((row) => uses.kind[row] !== USE_KIND.order);

function takesTheSame(a: UseTable, rows: Int32Array, b: UseTable, others: Int32Array): boolean {
  if (rows.length !== others.length) return false;
  for (let i = 0; i < rows.length; i++) {
    const [row, other] = [rows[i], others[i]];
    if (a.point[row] !== b.point[other] || a.day[row] !== b.day[other]) return false;
    if (a.quantity[row] !== b.quantity[other]) return false;
  }
  return true;
}
