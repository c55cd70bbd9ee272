/**
 * Places the orders of all points that share one resource anew, each as late as its uses allow, so that the least
 * money lies in stock made ahead: of what has to be made before its day, it is what costs least for each hour.
 *
 * Uses are fixed, so each order has a last start day. Orders are placed by value for an hour, the highest first, into
 * the latest bucket that has hours left. Whatever the order of placing, as long as all can be placed they are, so the
 * choice is free to follow value (unit jobs with due days form a matroid); what whole units leave over in a bucket can
 * break that, and then the resource keeps its orders and they only move later (`moveLater`).
 *
 * Orders that start before the components could be had from nothing stay where they are.
 */
import { bookLoads, limit, PREFERRED } from './capacity-window.ts';
import { grown } from './columns.ts';
import { lotOf } from './lot-of.ts';
import { cutReplaceable, partThatFits, unbook } from './move-later.ts';
import { commit, CRUMB, type PlanState } from './plan-state.ts';

export type JobTable = {
  count: number;
  source: Int32Array;
  lastStartDay: Int32Array;
  firstStartDay: Int32Array;
  quantity: Float64Array;
};

export function jobTable(rows: number): JobTable {
  return {
    count: 0,
    source: new Int32Array(rows),
    lastStartDay: new Int32Array(rows),
    firstStartDay: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

function addJob(jobs: JobTable, source: number, first: number, last: number, quantity: number): void {
  grown(jobs, jobs.source);
  const row = jobs.count++;
  jobs.source[row] = source;
  jobs.firstStartDay[row] = first;
  jobs.lastStartDay[row] = last;
  jobs.quantity[row] = quantity;
}

/** The first day on which a source can start with components from nothing. */
export function freeStartDay({ network, openDay }: PlanState, source: number): number {
  const { sources, needs } = network;
  let first = sources.firstStartDay[source];
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    first = Math.max(first, openDay[needs.point[needs.optionStart[need]]]);
  }
  return first;
}

/**
 * Cuts the orders of a point to what its uses need, takes the hours of those that may move, and writes what has to be
 * made as jobs. Orders that stay keep their quantity in the plan's table; the others are 0 there, remembered in `moved`.
 */
export function writeJobs(
  state: PlanState,
  source: number,
  rows: Int32Array,
  projected: Float64Array,
  jobs: JobTable,
): void {
  const { orders, network } = state;
  const { sources } = network;
  const lead = sources.leadDays[source];
  const yieldRatio = sources.yieldRatio[source];
  const first = freeStartDay(state, source);
  cutReplaceable(state, rows, projected);
  let removed = 0;
  let next = 0;
  let stock = 0;
  for (let day = 0; day < projected.length; day++) {
    while (next < rows.length && orders.endDay[rows[next]] <= day) {
      const row = rows[next++];
      if (orders.startDay[row] < first || orders.quantity[row] === 0) continue;
      unbook(state, source, orders.startDay[row], orders.quantity[row]);
      removed += orders.quantity[row] * yieldRatio;
    }
    stock = projected[day] - removed;
    while (stock < -CRUMB) {
      const lot = lotOf(network, source, -stock / yieldRatio);
      addJob(jobs, source, first, day - lead, lot);
      removed -= lot * yieldRatio;
      stock += lot * yieldRatio;
    }
  }
}

/** Gives every job its hours; the orders go to `placed`. False where one found no room. */
export function placeJobs(state: PlanState, jobs: JobTable, placed: JobTable): boolean {
  const { points, sources, loads } = state.network;
  const value = (row: number) => {
    const source = jobs.source[row];
    return (
      points.unitCost[sources.point[source]] / loads.hoursPer[loads.optionStart[sources.loadStart[source]]]
    );
  };
  const values = Float64Array.from({ length: jobs.count }, (_, row) => value(row));
  const byValue = Int32Array.from(values, (_, row) => row).sort((a, b) => values[b] - values[a] || a - b);
  for (const row of byValue) if (!placeJob(state, jobs, row, placed)) return false;
  return true;
}

function placeJob(state: PlanState, jobs: JobTable, row: number, placed: JobTable): boolean {
  const source = jobs.source[row];
  const first = jobs.firstStartDay[row];
  let rest = jobs.quantity[row];
  let day = jobs.lastStartDay[row];
  while (rest > CRUMB && day >= first) {
    const part = partThatFits(state, source, day, rest);
    if (part > 0) {
      bookLoads(state, source, day, part, PREFERRED);
      commit(state);
      addJob(placed, source, day, day, part);
      rest -= part;
    }
    day = limit.earlierDay;
  }
  return rest <= CRUMB;
}
