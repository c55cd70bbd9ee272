/** Rows of a table by stock point and day, by two counting sorts. */
import type { FiniteNetwork } from './network.ts';

/** Rows of slot s (place of a point in its sub-network) lie in `rows` from start[s] to start[s + 1]. */
export type SortedRows = { readonly start: Int32Array; readonly rows: Int32Array };

/** Rows [from, to) by slot of their point and then by day; of equal days in the order of the rows. */
export function rowsByPointAndDay(
  network: FiniteNetwork,
  slotCount: number,
  from: number,
  to: number,
  days: Int32Array,
  pointOf: (row: number) => number,
): SortedRows {
  const { slot } = network.subnetworks;
  const dayStart = new Int32Array(network.dayCount + 1);
  const start = new Int32Array(slotCount + 1);
  const slots = new Int32Array(to - from);
  for (let row = from; row < to; row++) {
    const own = slot[pointOf(row)];
    slots[row - from] = own;
    dayStart[days[row] + 1] += 1;
    start[own + 1] += 1;
  }
  for (let day = 0; day < network.dayCount; day++) dayStart[day + 1] += dayStart[day];
  for (let s = 0; s < slotCount; s++) start[s + 1] += start[s];
  const byDay = new Int32Array(to - from);
  for (let row = from; row < to; row++) byDay[dayStart[days[row]]++] = row;
  const next = start.slice();
  const rows = new Int32Array(to - from);
  for (let i = 0; i < byDay.length; i++) rows[next[slots[byDay[i] - from]]++] = byDay[i];
  return { start, rows };
}
