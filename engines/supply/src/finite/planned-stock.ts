/**
 * The stock of a sub-network with all that is planned in it. Few points may be looked at once all orders stand, so a row
 * of the ledger is written only when somebody looks at it or adds to it.
 */
import { type ReceiptsOfPoint, writeReceipts } from './open-subnetwork.ts';
import { beginLedger, type PlanState } from './plan-state.ts';
import { pointsOfOrders, rowsByPoint, type SortedRows } from './sorted-rows.ts';
import { type Additions, fillRow } from './stock-ledger.ts';

export type PlannedStock = {
  readonly receiptsOf: ReceiptsOfPoint;
  /** What orders make and what uses take. */
  readonly made: AdditionsByPoint;
  readonly taken: AdditionsByPoint;
  /** By slot: 1 where the row of the ledger is written. */
  readonly isWritten: Uint8Array;
  /** What is added on each day to the row that is being written. */
  readonly daily: Float64Array;
};

type AdditionsByPoint = Additions & { readonly bySlot: SortedRows };

/**
 * From now on the ledger is that of the sub-network as it is planned, each row to be written before it is looked at. What it
 * is made of are rows of the plan in the making (see `keptStock`).
 */
export function plannedStock(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): PlannedStock {
  const { network, orders, uses } = state;
  const { pointStart } = network.subnetworks;
  const slotCount = pointStart[subnetwork + 1] - pointStart[subnetwork];
  beginLedger(state, new Int32Array(slotCount).fill(network.dayCount));
  const made = new Float64Array(orders.count);
  for (let row = firstOrder; row < made.length; row++) {
    made[row] = orders.quantity[row] * network.sources.yieldRatio[orders.source[row]];
  }
  const ordered = { slotCount, points: pointsOfOrders(network, orders, firstOrder) };
  return {
    receiptsOf,
    made: {
      day: orders.endDay,
      quantity: made,
      bySlot: rowsByPoint(network, ordered, firstOrder, orders.count),
    },
    taken: {
      day: uses.day,
      quantity: uses.quantity,
      bySlot: rowsByPoint(network, { slotCount, points: uses.point }, 0, uses.count),
    },
    isWritten: new Uint8Array(slotCount),
    daily: new Float64Array(network.dayCount),
  };
}

/** The same, to be kept when the plan is done. */
export function keptStock(planned: PlannedStock): PlannedStock {
  const copied = ({ day, quantity, bySlot }: AdditionsByPoint): AdditionsByPoint => ({
    day: day.slice(),
    quantity: quantity.slice(),
    bySlot,
  });
  return { ...planned, made: copied(planned.made), taken: copied(planned.taken) };
}

/** Writes the row of a point, unless it is. */
export function writeRow(
  { network, ledger }: PlanState,
  { receiptsOf, made, taken, isWritten, daily }: PlannedStock,
  point: number,
): void {
  const slot = network.subnetworks.slot[point];
  if (isWritten[slot] === 1) return;
  isWritten[slot] = 1;
  writeReceipts(network, point, receiptsOf, daily);
  for (let i = made.bySlot.start[slot]; i < made.bySlot.start[slot + 1]; i++) {
    const row = made.bySlot.rows[i];
    if (made.day[row] < network.dayCount) daily[made.day[row]] += made.quantity[row];
  }
  for (let i = taken.bySlot.start[slot]; i < taken.bySlot.start[slot + 1]; i++) {
    const row = taken.bySlot.rows[i];
    daily[taken.day[row]] -= taken.quantity[row];
  }
  fillRow(ledger, slot, daily);
}

/** Does a row hold the same but for what is on hand and under way? */
export function hasSameRow(a: PlannedStock, b: PlannedStock, slot: number): boolean {
  return addsTheSame(a.made, b.made, slot) && addsTheSame(a.taken, b.taken, slot);
}

function addsTheSame(a: AdditionsByPoint, b: AdditionsByPoint, slot: number): boolean {
  const first = a.bySlot.start[slot];
  const otherFirst = b.bySlot.start[slot];
  const count = a.bySlot.start[slot + 1] - first;
  if (b.bySlot.start[slot + 1] - otherFirst !== count) return false;
  for (let i = 0; i < count; i++) {
    const row = a.bySlot.rows[first + i];
    const other = b.bySlot.rows[otherFirst + i];
    if (a.day[row] !== b.day[other] || a.quantity[row] !== b.quantity[other]) return false;
  }
  return true;
}
