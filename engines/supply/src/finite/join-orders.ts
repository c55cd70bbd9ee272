/**
 * Draws the orders of one source together: those of one day and, where it is asked for, those of one week that take the
 * same buckets of their resources, into the first of them, as far as the largest lot goes. What is joined is there sooner, never later.
 *
 * Starting sooner takes components sooner. Those that can be had in any quantity from some day on are there from then;
 * of the others the stock that the plan had before must last, and what is taken of it is remembered.
 */
import { rowsByPoint, type SortedRows } from './sorted-rows.ts';
import { freeSetups, haveSameBuckets } from './capacity-window.ts';
import { JOINED_BY_WEEK, NO_JOINING } from './joining.ts';
import { type MovedOrders, sortByDay, writeMoved } from './moved-orders.ts';
import { CRUMB, type PlanState } from './plan-state.ts';

/** What is needed to know the stock of components that are still to be gone through. */
export type Joining = {
  readonly state: PlanState;
  readonly slotCount: number;
  /** Stock of a point at the end of each day, from its supplies as planned, before any use of it. */
  readonly suppliesOf: (point: number, daily: Float64Array) => void;
  /** Uses as they were planned, by point; undefined until someone asks. */
  useRows: SortedRows | undefined;
  /** What of the stock of each point is left from each day on, of the points that were asked for. */
  readonly spare: Map<number, Float64Array>;
  /** Who is told whose spare stock is looked at, and what is taken of it. */
  watch: SpareWatch | undefined;
};

export type SpareWatch = {
  lookedAt(point: number): void;
  /** It is known for the first time. */
  opened(point: number, spare: Float64Array): void;
  taken(point: number, from: number, to: number, quantity: number): void;
};

/** Puts the orders of a source by day, and joins them. */
export function joinOrders(joining: Joining, source: number, orders: MovedOrders): void {
  const { state } = joining;
  sortByDay(orders);
  if (orders.count === 0 || state.joining[source] === NO_JOINING) return;
  const { startDay, quantity, plannedDay } = orders;
  let into = 0;
  for (let row = 1; row < orders.count; row++) {
    if (joins(joining, source, orders, into, row)) {
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
  joining: Joining,
  source: number,
  { startDay, quantity, plannedDay }: MovedOrders,
  into: number,
  row: number,
): boolean {
  const { state } = joining;
  if (!fitsLot(state, source, quantity[into] + quantity[row])) return false;
  if (startDay[into] === startDay[row]) return true;
  return (
    state.joinsWeeks &&
    state.joining[source] === JOINED_BY_WEEK &&
    isSameWeek(state, source, startDay[into], startDay[row]) &&
    haveSameBuckets(state, source, startDay[into], startDay[row]) &&
    takesSooner(joining, source, startDay[into], Math.min(startDay[row], plannedDay[row]), quantity[row])
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

/** Takes the components of an order that has them from `untilDay` on already on `day`, where they are there. */
function takesSooner(
  joining: Joining,
  source: number,
  day: number,
  untilDay: number,
  quantity: number,
): boolean {
  const { sources, needs } = joining.state.network;
  const { isFree, openDay } = joining.state;
  const [first, end] = [sources.needStart[source], sources.needStart[source + 1]];
  for (let need = first; need < end; need++) {
    const option = needs.optionStart[need];
    const point = needs.point[option];
    if (isFree[point] === 1 ? day >= openDay[point] : day >= untilDay) continue;
    if (isFree[point] === 1) return false;
    const used = needs.per[option] * quantity;
    const spare = spareOf(joining, point);
    for (let d = day; d < untilDay; d++) if (spare[d] < used) return false;
  }
  for (let need = first; need < end; need++) {
    const option = needs.optionStart[need];
    const point = needs.point[option];
    if (isFree[point] === 1 || day >= untilDay) continue;
    takeSpare(spareOf(joining, point), day, untilDay, needs.per[option] * quantity);
    joining.watch?.taken(point, day, untilDay, needs.per[option] * quantity);
  }
  return true;
}

/** Takes a quantity of what is left on each day of [from, to). */
export function takeSpare(spare: Float64Array, from: number, to: number, quantity: number): void {
  for (let day = from; day < to; day++) spare[day] -= quantity;
}

/** Stock at the end of each day by the plan as it was promised, less what was joined since. */
function spareOf(joining: Joining, point: number): Float64Array {
  joining.watch?.lookedAt(point);
  const known = joining.spare.get(point);
  if (known !== undefined) return known;
  const { state, slotCount } = joining;
  const { network, uses } = state;
  joining.useRows ??= rowsByPoint(network, { slotCount, points: uses.point }, 0, uses.count);
  const { start, rows } = joining.useRows;
  const stock = new Float64Array(network.dayCount);
  joining.suppliesOf(point, stock);
  const slot = network.subnetworks.slot[point];
  for (let i = start[slot]; i < start[slot + 1]; i++) stock[uses.day[rows[i]]] -= uses.quantity[rows[i]];
  for (let day = 1; day < stock.length; day++) stock[day] += stock[day - 1];
  joining.watch?.opened(point, stock);
  joining.spare.set(point, stock);
  return stock;
}
