/** Moves the orders of one point to later days without leaving a use short, and cuts what stock can replace. */
import { bookLoads, limit, PREFERRED, startLimit } from './capacity-window.ts';
import { LOT_SLACK } from './lot-of.ts';
import { addMoved, type MovedOrders, reverseMoved } from './moved-orders.ts';
import { addHours, commit, CRUMB, type PlanState } from './plan-state.ts';

/**
 * Adds to `moved` what is left of the orders and where.
 * @param rows orders of the point by day, all of its only source
 * @param projected stock at the end of each day with them; on return with what is given back
 */
export function moveLater(
  state: PlanState,
  rows: Int32Array,
  projected: Float64Array,
  moved: MovedOrders,
): void {
  cutReplaceable(state, rows, projected);
  moveUncut(state, rows, projected, moved);
}

/** The same without the cut. */
export function moveUncut(
  state: PlanState,
  rows: Int32Array,
  projected: Float64Array,
  moved: MovedOrders,
): void {
  const first = moved.count;
  for (let i = rows.length - 1; i >= 0; i--) {
    if (state.orders.quantity[rows[i]] > 0) moveOrder(state, rows[i], projected, moved);
  }
  reverseMoved(moved, first);
}

/** From the first on, orders give up what the least stock after them shows to be too much. */
export function cutReplaceable(state: PlanState, rows: Int32Array, projected: Float64Array): void {
  const { orders, network } = state;
  const { sources } = network;
  let least = Number.POSITIVE_INFINITY;
  const from = new Float64Array(projected.length);
  for (let day = projected.length - 1; day >= 0; day--) {
    least = Math.min(least, projected[day]);
    from[day] = least;
  }
  let cutSoFar = 0;
  for (const row of rows) {
    const source = orders.source[row];
    const quantity = orders.quantity[row];
    const tooMuch = (from[orders.endDay[row]] - cutSoFar) / sources.yieldRatio[source];
    if (tooMuch <= CRUMB) continue;
    const next = keptLot(state, source, quantity, tooMuch);
    if (next >= quantity - CRUMB) continue;
    unbook(state, source, orders.startDay[row], quantity);
    if (next > 0) {
      bookLoads(state, source, orders.startDay[row], next, PREFERRED);
      commit(state);
    }
    orders.quantity[row] = next;
    const cut = (quantity - next) * sources.yieldRatio[source];
    cutSoFar += cut;
    for (let day = orders.endDay[row]; day < projected.length; day++) projected[day] -= cut;
  }
}

/** What stays of an order that may give up `tooMuch`, by its lot rules. */
function keptLot({ network }: PlanState, source: number, quantity: number, tooMuch: number): number {
  if (tooMuch >= quantity - CRUMB) return 0;
  const { lotMinimum, lotMultiple } = network.sources;
  const multiple = lotMultiple[source];
  const wanted = Math.max(lotMinimum[source], quantity - tooMuch);
  return multiple > 0 ? Math.ceil(wanted / multiple - LOT_SLACK) * multiple : wanted;
}

export function unbook(state: PlanState, source: number, day: number, quantity: number): void {
  const before = state.booked.count;
  bookLoads(state, source, day, quantity, PREFERRED);
  const { booked } = state;
  for (let row = before; row < booked.count; row++)
    addHours(state, booked.bucket[row], -2 * booked.hours[row]);
  commit(state);
}

function moveOrder(state: PlanState, row: number, projected: Float64Array, moved: MovedOrders): void {
  const { orders, network } = state;
  const { sources } = network;
  const source = orders.source[row];
  const startDay = orders.startDay[row];
  const endDay = orders.endDay[row];
  const yieldRatio = sources.yieldRatio[source];
  const quantity = orders.quantity[row];
  const least = quantity * yieldRatio - CRUMB;
  let neededDay = endDay;
  while (neededDay < projected.length && projected[neededDay] >= least) neededDay += 1;
  if (neededDay >= projected.length || neededDay === endDay) {
    addMoved(moved, startDay, quantity);
    return;
  }
  unbook(state, source, startDay, quantity);
  let rest = quantity;
  let day = neededDay - sources.leadDays[source];
  while (rest > CRUMB && day > startDay) {
    const fits = partThatFits(state, source, day, rest);
    const part = fits < rest && takesPerOrder(state, source) ? 0 : fits;
    if (part > 0) {
      bookLoads(state, source, day, part, PREFERRED);
      commit(state);
      addMoved(moved, day, part, startDay);
      const good = part * yieldRatio;
      for (let d = endDay; d < day + sources.leadDays[source]; d++) projected[d] -= good;
      rest -= part;
    }
    day = limit.earlierDay;
  }
  if (rest > CRUMB) {
    bookLoads(state, source, startDay, rest, PREFERRED);
    commit(state);
    addMoved(moved, startDay, rest);
  }
}

/** Two orders in place of one would take more of a component that may be short. */
function takesPerOrder({ network: { sources, needs }, isFree }: PlanState, source: number): boolean {
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    const option = needs.optionStart[need];
    if (needs.perOrder[option] > 0 && isFree[needs.point[option]] === 0) return true;
  }
  return false;
}

/** The part of an order that may start on a day; `limit` says before which day there may be more. */
export function partThatFits(state: PlanState, source: number, day: number, rest: number): number {
  const least = Math.min(rest, Math.max(state.network.sources.lotMinimum[source], CRUMB));
  startLimit(state, source, day, least, PREFERRED);
  const part = partThatMoves(state, source, rest, limit.quantity);
  state.watch?.lotFound(source, day, least, rest, part);
  return part;
}

/** A part that fits and, like what stays, is a lot. */
function partThatMoves({ network }: PlanState, source: number, rest: number, most: number): number {
  if (rest <= most) return rest;
  const { lotMinimum, lotMultiple } = network.sources;
  const multiple = lotMultiple[source];
  const least = lotMinimum[source];
  const part = Math.min(most, rest - least);
  const lot = multiple > 0 ? Math.floor(part / multiple + LOT_SLACK) * multiple : part;
  return lot >= Math.max(least, CRUMB) ? lot : 0;
}
