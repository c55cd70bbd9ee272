/** Orders of one source while they are drawn together: a table that is filled anew for each source. */
import { grown } from './columns.ts';

export type MovedOrders = {
  count: number;
  startDay: Int32Array;
  quantity: Float64Array;
  /** The day on which the components of each were promised. */
  plannedDay: Int32Array;
};

export const movedOrders = (): MovedOrders => ({
  count: 0,
  startDay: new Int32Array(64),
  quantity: new Float64Array(64),
  plannedDay: new Int32Array(64),
});

/** Without a planned day, components can be had on the day of the order. */
export function addMoved(
  orders: MovedOrders,
  startDay: number,
  quantity: number,
  plannedDay = startDay,
): void {
  grown(orders, orders.startDay);
  writeMoved(orders, orders.count++, startDay, quantity, plannedDay);
}

export function writeMoved(
  orders: MovedOrders,
  row: number,
  startDay: number,
  quantity: number,
  plannedDay: number,
): void {
  orders.startDay[row] = startDay;
  orders.quantity[row] = quantity;
  orders.plannedDay[row] = plannedDay;
}

/** Turns the rows from `first` on round. */
export function reverseMoved({ count, startDay, quantity, plannedDay }: MovedOrders, first: number): void {
  for (const column of [startDay, quantity, plannedDay]) column.subarray(first, count).reverse();
}

// Far above the orders of one source, so that a day and a row make one number.
const ROWS_MAX = 2 ** 26;

/** By start day, those of one day as they were. */
export function sortByDay(orders: MovedOrders): void {
  const { count, startDay, quantity, plannedDay } = orders;
  let row = 1;
  while (row < count && startDay[row] >= startDay[row - 1]) row += 1;
  if (row >= count) return;
  const byDay = new Float64Array(count);
  for (let i = 0; i < count; i++) byDay[i] = startDay[i] * ROWS_MAX + i;
  byDay.sort(); // Numbers alone are sorted several times as fast as rows by a comparison.
  for (const column of [startDay, quantity, plannedDay]) {
    const before = column.slice(0, count);
    for (let i = 0; i < count; i++) column[i] = before[byDay[i] % ROWS_MAX];
  }
}
