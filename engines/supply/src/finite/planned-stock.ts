/**
 * The stock of a sub-network with all that is planned in it. Few points are looked at once all orders stand, so a row of
 * the ledger is written only when somebody looks at it or adds to it.
 */
import { openRow, type ReceiptsOfPoint, writeReceipts } from './open-subnetwork.ts';
import type { PlanState } from './plan-state.ts';
import { pointsOfOrders, rowsByPoint, rowsOfSlot, type SortedRows } from './sorted-rows.ts';
import { addAll, stockLedger } from './stock-ledger.ts';
import { NO_WATCH } from './watch.ts';

export type PlannedStock = {
  readonly state: PlanState;
  readonly receiptsOf: ReceiptsOfPoint;
  /** Orders and uses that were there at the start, by point, and what they add to its stock. */
  readonly orderRows: SortedRows;
  readonly useRows: SortedRows;
  readonly made: Float64Array;
  readonly taken: Float64Array;
  /** Uses from this row on came since. */
  readonly firstUse: number;
  /** By slot: 1 where the row of the ledger is written. */
  readonly isWritten: Uint8Array;
};

/** From now on the ledger is that of the sub-network as it is planned. */
export function plannedStock(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): PlannedStock {
  const { network, orders, uses } = state;
  const { pointStart } = network.subnetworks;
  const slotCount = pointStart[subnetwork + 1] - pointStart[subnetwork];
  const orderPoints = pointsOfOrders(network, orders, firstOrder);
  const planned: PlannedStock = {
    state,
    receiptsOf,
    orderRows: rowsByPoint(network, { slotCount, points: orderPoints }, firstOrder, orders.count),
    useRows: rowsByPoint(network, { slotCount, points: uses.point }, 0, uses.count),
    made: madeByOrders(state, firstOrder),
    taken: uses.quantity.slice(0, uses.count).map((quantity) => -quantity),
    firstUse: uses.count,
    isWritten: new Uint8Array(slotCount),
  };
  state.ledger = stockLedger(new Int32Array(slotCount).fill(network.dayCount));
  state.watch = { ...NO_WATCH, point: (point) => writeRow(planned, point) };
  return planned;
}

/** Good units of orders, from a row on. */
function madeByOrders({ orders, network: { sources } }: PlanState, firstOrder: number): Float64Array {
  const made = new Float64Array(orders.count);
  for (let row = firstOrder; row < made.length; row++) {
    made[row] = orders.quantity[row] * sources.yieldRatio[orders.source[row]];
  }
  return made;
}

/** Writes the row of a point, unless it is. */
export function writeRow(planned: PlannedStock, point: number): void {
  const { state, receiptsOf, orderRows, useRows, made, taken, isWritten } = planned;
  const { network, ledger, orders, uses } = state;
  const slot = network.subnetworks.slot[point];
  if (isWritten[slot] === 1) return;
  isWritten[slot] = 1;
  openRow(state, point, receiptsOf);
  addAll(ledger, slot, orders.endDay, made, rowsOfSlot(orderRows, slot));
  addAll(ledger, slot, uses.day, taken, rowsOfSlot(useRows, slot));
}

/** Stock of a point at the end of each day, as it was at the start: what its row holds, but for the last bits. */
export function projectPlanned(planned: PlannedStock, point: number, stock: Float64Array): void {
  const { state, receiptsOf, orderRows, useRows, made, taken } = planned;
  const { network, orders, uses } = state;
  const slot = network.subnetworks.slot[point];
  writeReceipts(network, point, receiptsOf, stock);
  for (const row of rowsOfSlot(orderRows, slot)) stock[orders.endDay[row]] += made[row];
  for (const row of rowsOfSlot(useRows, slot)) stock[uses.day[row]] += taken[row];
  for (let day = 1; day < stock.length; day++) stock[day] += stock[day - 1];
}
