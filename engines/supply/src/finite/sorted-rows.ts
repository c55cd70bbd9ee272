/** Rows of a table by stock point, by counting sorts. */
import type { FiniteNetwork } from './network.ts';

/** Rows of slot s (place of a point in its sub-network) lie in `rows` from start[s] to start[s + 1]. */
export type SortedRows = { readonly start: Int32Array; readonly rows: Int32Array };

export function rowsOfSlot({ start, rows }: SortedRows, slot: number): Int32Array {
  return rows.subarray(start[slot], start[slot + 1]);
}

/** A table of the sub-network at hand: the stock point of each row, by rows of the table. */
export type RowsOfPoints = { readonly slotCount: number; readonly points: Int32Array };

/** Stock points of orders, from a row on. */
export function pointsOfOrders(
  { sources }: FiniteNetwork,
  orders: { readonly count: number; readonly source: Int32Array },
  from: number,
): Int32Array {
  const points = new Int32Array(orders.count);
  for (let row = from; row < points.length; row++) points[row] = sources.point[orders.source[row]];
  return points;
}

/** Rows [from, to) by slot of their point, in their order. */
export function rowsByPoint(
  { subnetworks: { slot } }: FiniteNetwork,
  { slotCount, points }: RowsOfPoints,
  from: number,
  to: number,
): SortedRows {
  const start = new Int32Array(slotCount + 1);
  for (let row = from; row < to; row++) start[slot[points[row]] + 1] += 1;
  for (let s = 0; s < slotCount; s++) start[s + 1] += start[s];
  const next = start.slice();
  const rows = new Int32Array(to - from);
  for (let row = from; row < to; row++) rows[next[slot[points[row]]]++] = row;
  return { start, rows };
}

/** Rows [from, to) by slot of their point and then by day; of equal days in the order of the rows. */
export function rowsByPointAndDay(
  network: FiniteNetwork,
  { slotCount, points }: RowsOfPoints,
  from: number,
  to: number,
  days: Int32Array,
): SortedRows {
  const { slot } = network.subnetworks;
  const dayStart = new Int32Array(network.dayCount + 1);
  const start = new Int32Array(slotCount + 1);
  for (let row = from; row < to; row++) {
    dayStart[days[row] + 1] += 1;
    start[slot[points[row]] + 1] += 1;
  }
  for (let day = 0; day < network.dayCount; day++) dayStart[day + 1] += dayStart[day];
  for (let s = 0; s < slotCount; s++) start[s + 1] += start[s];
  const byDay = new Int32Array(to - from);
  for (let row = from; row < to; row++) byDay[dayStart[days[row]]++] = row;
  const next = start.slice();
  const rows = new Int32Array(to - from);
  for (let i = 0; i < byDay.length; i++) rows[next[slot[points[byDay[i]]]]++] = byDay[i];
  return { start, rows };
}
