/** Draws the supply of one stock point together, or of all points of one level that share a resource. */
import { USE_KIND } from '../model/finite-plan.ts';
import { freeSetups } from './capacity-window.ts';
import { rowsByOwner } from './compile-points.ts';
import { fitsLot, joinOrders } from './join-orders.ts';
import { JOINED_BY_DAY, JOINED_BY_WEEK } from './joining.ts';
import { lotOf } from './lot-of.ts';
import { moveLater, moveUncut } from './move-later.ts';
import { addMoved } from './moved-orders.ts';
import { freeStartDay, type JobTable, jobTable, placeJobs, writeJobs } from './place-late.ts';
import { CRUMB, type PlanState } from './plan-state.ts';
import { addOrder, addUse, ordersOf, project, type Work, writeDaily } from './tighten-work.ts';
import { KEPT, NETTED } from './tightening.ts';

const onlySource = ({ network: { points } }: PlanState, point: number) =>
  points.sources[points.sourceStart[point]];

export function resourceOfOnlySource(state: PlanState, point: number): number {
  const { sources, loads } = state.network;
  return loads.resource[loads.optionStart[sources.loadStart[onlySource(state, point)]]];
}

export function tightenPoint(work: Work, point: number): void {
  const how = work.state.how[point];
  if (how === NETTED) netAnew(work, point);
  else if (how === KEPT) keepOrders(work, point);
  else moveOrders(work, point);
}

/** Places the orders of points anew whose only resource this is; false where that does not go well, and nothing is changed. */
export function placeGroup(work: Work, group: Int32Array, resource: number): boolean {
  const { state, projected } = work;
  const { network, orders, hours } = state;
  const { bucketStart } = network.resources;
  const hoursBefore = hours.slice(bucketStart[resource], bucketStart[resource + 1]);
  const quantitiesBefore = new Map<number, number>();
  const jobs = jobTable(64);
  for (const point of group) {
    const rows = ordersOf(work, point);
    for (const row of rows) quantitiesBefore.set(row, orders.quantity[row]);
    project(work, point, rows);
    writeJobs(state, onlySource(state, point), rows, projected, jobs);
  }
  const placed = jobTable(jobs.count);
  if (!placeJobs(state, jobs, placed)) {
    hours.set(hoursBefore, bucketStart[resource]);
    for (const [row, quantity] of quantitiesBefore) orders.quantity[row] = quantity;
    return false;
  }
  const byPoint = rowsByOwner(
    placed.source.subarray(0, placed.count).map((source) => network.sources.point[source]),
    network.points.count,
  );
  for (const point of group) {
    emitPlaced(work, point, placed, byPoint.rows.subarray(byPoint.start[point], byPoint.start[point + 1]));
  }
  return true;
}

/** Writes what was placed for a point, and its early orders, which may still move to later days. */
function emitPlaced(work: Work, point: number, placed: JobTable, placedRows: Int32Array): void {
  const { state, projected, moved } = work;
  const { sources } = state.network;
  const { orders } = state;
  const source = onlySource(state, point);
  const first = freeStartDay(state, source);
  moved.count = 0;
  const early = ordersOf(work, point).filter(
    (row) => orders.startDay[row] < first && orders.quantity[row] > 0,
  );
  if (early.length > 0) {
    writeDaily(work, point, projected);
    for (const row of early)
      projected[orders.endDay[row]] += orders.quantity[row] * sources.yieldRatio[source];
    for (const row of placedRows) {
      const endDay = placed.lastStartDay[row] + sources.leadDays[source];
      projected[endDay] += placed.quantity[row] * sources.yieldRatio[source];
    }
    for (let day = 1; day < projected.length; day++) projected[day] += projected[day - 1];
    moveUncut(state, early, projected, moved);
  }
  for (const row of placedRows) {
    addMoved(moved, placed.lastStartDay[row], placed.quantity[row]);
  }
  emitOrders(work, source);
}

function moveOrders(work: Work, point: number): void {
  const rows = ordersOf(work, point);
  if (rows.length === 0) return;
  project(work, point, rows);
  work.moved.count = 0;
  moveLater(work.state, rows, work.projected, work.moved);
  emitOrders(work, onlySource(work.state, point));
}

/**
 * Orders by netting day by day. Those that come before the point could have anything from nothing only move later: they
 * rest on stock that later needs must not touch. From that day on any order can be made in time.
 */
function netAnew(work: Work, point: number): void {
  const { state, projected: daily, moved } = work;
  const { orders, network, openDay } = state;
  const { sources, dayCount } = network;
  const source = onlySource(state, point);
  const lead = sources.leadDays[source];
  const yieldRatio = sources.yieldRatio[source];
  const early = ordersOf(work, point).filter((row) => orders.endDay[row] < openDay[point]);
  moved.count = 0;
  if (early.length > 0) {
    project(work, point, early);
    moveUncut(state, early, daily, moved);
  }
  writeDaily(work, point, daily);
  for (let row = 0; row < moved.count; row++) {
    daily[moved.startDay[row] + lead] += moved.quantity[row] * yieldRatio;
  }
  let stock = 0;
  for (let day = 0; day < dayCount; day++) {
    stock += daily[day];
    while (day >= openDay[point] && stock < -CRUMB) {
      const lot = lotOf(network, source, -stock / yieldRatio);
      addMoved(moved, day - lead, lot);
      stock += lot * yieldRatio;
    }
  }
  emitOrders(work, source);
}

/** Writes the orders in `moved`, joined as far as they may be. */
function emitOrders(work: Work, source: number): void {
  const { moved } = work;
  joinOrders(work.spares, source, moved);
  for (let row = 0; row < moved.count; row++)
    emitOrder(work, source, moved.startDay[row], moved.quantity[row]);
}

/** Orders of a point that are not placed anew: joined where what they take follows from their quantity. */
function keepOrders(work: Work, point: number): void {
  const { state, moved } = work;
  const { orders, network } = state;
  const rows = ordersOf(work, point);
  for (const row of rows) {
    if (state.joining[orders.source[row]] !== JOINED_BY_WEEK) keepOrder(work, row);
  }
  for (let i = network.points.sourceStart[point]; i < network.points.sourceStart[point + 1]; i++) {
    const source = network.points.sources[i];
    if (state.joining[source] !== JOINED_BY_WEEK) continue;
    moved.count = 0;
    for (const row of rows) {
      if (orders.source[row] === source) addMoved(moved, orders.startDay[row], orders.quantity[row]);
    }
    emitOrders(work, source);
  }
}

/** Writes an order of a source without alternatives, with what it consumes. */
function emitOrder(work: Work, source: number, startDay: number, quantity: number): void {
  const { sources, needs } = work.state.network;
  const row = addOrder(work, source, startDay, quantity);
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    const option = needs.optionStart[need];
    const used = needs.per[option] * quantity + needs.perOrder[option];
    if (used > CRUMB) addUse(work, needs.point[option], startDay, used, USE_KIND.order, row);
  }
}

/** Keeps an order with its uses, as part of the newest of its source where that is of the same day. */
function keepOrder(work: Work, old: number): void {
  const { state, usesOf, firstOrder, newestOf } = work;
  const { orders, uses } = state;
  const source = orders.source[old];
  const into = newestOf[source];
  const joins =
    into >= 0 &&
    state.joining[source] === JOINED_BY_DAY &&
    work.orders.startDay[into] === orders.startDay[old] &&
    fitsLot(state, source, work.orders.quantity[into] + orders.quantity[old]);
  if (joins) {
    work.orders.quantity[into] += orders.quantity[old];
    freeSetups(state, source, orders.startDay[old]);
  }
  const row = joins ? into + firstOrder : addOrder(work, source, orders.startDay[old], orders.quantity[old]);
  newestOf[source] = row - firstOrder;
  work.newRow[old - firstOrder] = row;
  for (let i = usesOf.start[old - firstOrder]; i < usesOf.start[old - firstOrder + 1]; i++) {
    const use = usesOf.rows[i];
    addUse(work, uses.point[use], uses.day[use], uses.quantity[use], USE_KIND.order, row);
  }
}
