/**
 * Draws the orders of one source together: those of one day and, where it is asked for, those of one week that take the
 * same buckets of their resources, into the first of them, as far as the largest lot goes. What is joined is there sooner, never later.
 *
 * Starting sooner takes components sooner. Those that can be had in any quantity from some day on are there from then;
 * of the others the stock that the plan had before must last, and what is taken of it is remembered.
 */
import { freeSetups, haveSameBuckets } from './capacity-window.ts';
import { JOINED_BY_WEEK, NO_JOINING } from './joining.ts';
import { type MovedOrders, sortByDay, writeMoved } from './moved-orders.ts';
import { CRUMB, type PlanState } from './plan-state.ts';
import { type SpareStock, takesSooner } from './spare-stock.ts';

/** Puts the orders of a source by day, and joins them. */
export function joinOrders(spares: SpareStock, source: number, orders: MovedOrders): void {
  const { state } = spares;
  sortByDay(orders);
  if (orders.count === 0 || state.joining[source] === NO_JOINING) return;
  const { startDay, quantity, plannedDay } = orders;
  let into = 0;
  for (let row = 1; row < orders.count; row++) {
    if (joins(spares, source, orders, into, row)) {
      quantity[into] += quantity[row];
      plannedDay[into] = Math.min(plannedDay[into], plannedDay[row]);
      freeSetups(state, source, startDay[row]);
    } else {
      into += 1;
      writeMoved(orders, into, startDay[row], quantity[row], plannedDay[row]);
    }
  }
  orders.count = into + 1;
}

function joins(
  spares: SpareStock,
  source: number,
  { startDay, quantity, plannedDay }: MovedOrders,
  into: number,
  row: number,
): boolean {
  const { state } = spares;
  if (!fitsLot(state, source, quantity[into] + quantity[row])) return false;
  if (startDay[into] === startDay[row]) return true;
  return (
    state.joinsWeeks &&
    state.joining[source] === JOINED_BY_WEEK &&
    isSameWeek(state, source, startDay[into], startDay[row]) &&
    haveSameBuckets(state, source, startDay[into], startDay[row]) &&
    takesSooner(spares, source, startDay[into], Math.min(startDay[row], plannedDay[row]), quantity[row])
  );
}

export function fitsLot({ network }: PlanState, source: number, quantity: number): boolean {
  return quantity <= network.sources.lotMaximum[source] + CRUMB;
}

// 1970-01-01 was a Thursday: weeks begin on Mondays.
const weekOf = (day: number): number => Math.floor((day + 3) / 7);

/** Of one week, and of one bucket where the source's supplier gives no more than so much in each. */
function isSameWeek({ network }: PlanState, source: number, a: number, b: number): boolean {
  const { asOfDay, sources, bucketOfDay } = network;
  if (weekOf(asOfDay + a) !== weekOf(asOfDay + b)) return false;
  return sources.maximumRow[source] < 0 || bucketOfDay[a] === bucketOfDay[b];
}
