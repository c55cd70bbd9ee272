/**
 * Draws supply together after all demand has its promises: fewer and later orders for the same deliveries.
 *
 * Promises are made by priority, not by day, so lots and stock end up with uses for which a later order would do. With
 * the deliveries fixed, points are gone through from what customers get down to raw materials, each after all that
 * consumes it, and its orders are
 *   netted anew    where nothing but lead time limits it: the fewest whole lots, each on the last day
 *   placed anew    where one resource limits it and its components are free: see `placeJobs`
 *   moved later    where resources limit it: what stock can replace is cut, and every order moves to the last bucket
 *                  that has the hours while its uses still have their units
 *   kept           where sources or components have alternatives, dates, maxima, or stock ages or is bounded;
 * and then those of one source are joined by day or by week (see `joinOrders`).
 *
 * Nothing that starts before components could be had from nothing ever moves to an earlier day, and from that day on
 * any quantity can be had: so no point is ever short. Cost: O(points x days + rows x levels).
 */
import { USE_KIND } from '../model/finite-plan.ts';
import { rowsByOwner } from './compile-points.ts';
import { grown, type OrderTable, orderTable, type UseTable, useTable } from './columns.ts';
import { freeSetups } from './capacity-window.ts';
import { fitsLot, joinOrders, type Joining } from './join-orders.ts';
import { JOINED_BY_DAY, JOINED_BY_WEEK } from './joining.ts';
import { lotOf } from './lot-of.ts';
import { usesOfKeptOrders } from './kept-uses.ts';
import { moveLater, moveUncut } from './move-later.ts';
import { addMoved, type MovedOrders, movedOrders } from './moved-orders.ts';
import { freeStartDay, type JobTable, jobTable, placeJobs, writeJobs } from './place-late.ts';
import { type ReceiptsOfPoint, writeReceipts } from './open-subnetwork.ts';
import { CRUMB, OWED, type PlanState } from './plan-state.ts';
import { replaceRows } from './replace-rows.ts';
import { pointsOfOrders, rowsByPointAndDay, rowsOfSlot, type SortedRows } from './sorted-rows.ts';
import { KEPT, NETTED, PLACED } from './tightening.ts';

type Work = {
  readonly state: PlanState;
  readonly firstOrder: number;
  readonly receiptsOf: ReceiptsOfPoint;
  readonly orders: OrderTable;
  readonly uses: UseTable;
  /** Old orders by point and day; of each old order that is kept, its uses, and its new row. */
  readonly orderRows: SortedRows;
  readonly usesOf: SortedRows;
  readonly newRow: Int32Array;
  /** Of each source, its newest new order of those that are kept; -1 none. */
  readonly newestOf: Int32Array;
  /** Uses by point, in their order: the first and the last of each slot, and of each use the next of its point; -1 none. */
  readonly firstUse: Int32Array;
  readonly lastUse: Int32Array;
  readonly nextUse: { count: number; row: Int32Array };
  /** Projected stock of the point at hand. */
  readonly projected: Float64Array;
  /** Orders of the source at hand. */
  readonly moved: MovedOrders;
  readonly joining: Joining;
};

/** Replaces the orders of a sub-network (from `firstOrder` on) and all its uses. */
export function tightenSubnetwork(
  state: PlanState,
  subnetwork: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): void {
  const { network, orders, uses } = state;
  const { subnetworks, points, dayCount } = network;
  const own = subnetworks.points.slice(
    subnetworks.pointStart[subnetwork],
    subnetworks.pointStart[subnetwork + 1],
  );
  const slotCount = own.length;
  const ordered = { slotCount, points: pointsOfOrders(network, orders, firstOrder) };
  const work: Work = {
    state,
    firstOrder,
    receiptsOf,
    orders: orderTable((orders.count - firstOrder) * 2),
    uses: useTable(uses.count * 2),
    orderRows: rowsByPointAndDay(network, ordered, firstOrder, orders.count, orders.endDay),
    usesOf: usesOfKeptOrders(state, firstOrder),
    newRow: new Int32Array(orders.count - firstOrder),
    newestOf: new Int32Array(network.sources.count).fill(-1),
    firstUse: new Int32Array(slotCount).fill(-1),
    lastUse: new Int32Array(slotCount).fill(-1),
    nextUse: { count: 0, row: new Int32Array(uses.count * 2) },
    projected: new Float64Array(dayCount),
    moved: movedOrders(),
    joining: {
      state,
      slotCount,
      suppliesOf: (point, daily) => writeSupplies(work, point, daily),
      useRows: undefined,
      spare: new Map(),
    },
  };
  for (let row = 0; row < uses.count; row++) {
    if (uses.kind[row] === USE_KIND.demand || uses.kind[row] === OWED) {
      addUse(work, uses.point[row], uses.day[row], uses.quantity[row], uses.kind[row], uses.index[row]);
    }
  }
  own.sort((a, b) => points.depth[a] - points.depth[b] || a - b);
  for (let from = 0; from < own.length; ) {
    let to = from + 1;
    while (to < own.length && points.depth[own[to]] === points.depth[own[from]]) to += 1;
    tightenLevel(work, own.subarray(from, to));
    from = to;
  }
  replaceRows(state, work);
}

function addUse(work: Work, point: number, day: number, quantity: number, kind: number, index: number): void {
  const { uses, nextUse, firstUse, lastUse } = work;
  grown(uses, uses.day);
  grown(nextUse, nextUse.row);
  const row = uses.count++;
  const slot = work.state.network.subnetworks.slot[point];
  if (firstUse[slot] < 0) firstUse[slot] = row;
  else nextUse.row[lastUse[slot]] = row;
  lastUse[slot] = row;
  nextUse.row[row] = -1;
  nextUse.count = uses.count;
  uses.point[row] = point;
  uses.day[row] = day;
  uses.quantity[row] = quantity;
  uses.kind[row] = kind;
  uses.index[row] = index;
}

/** All points of one depth: what consumes them is done. */
function tightenLevel(work: Work, level: Int32Array): void {
  const { how } = work.state;
  const placed = placeLevel(work, level);
  for (const point of level) {
    if (placed.has(point)) continue;
    if (how[point] === NETTED) netAnew(work, point);
    else if (how[point] === KEPT) keepOrders(work, point);
    else moveOrders(work, point);
  }
}

const ordersOf = ({ orderRows, state }: Work, point: number): Int32Array =>
  rowsOfSlot(orderRows, state.network.subnetworks.slot[point]);

/** What comes in of a point each day by the orders as promised. */
function writeSupplies(work: Work, point: number, daily: Float64Array): void {
  const { orders, network } = work.state;
  writeReceipts(network, point, work.receiptsOf, daily);
  for (const row of ordersOf(work, point)) {
    daily[orders.endDay[row]] += orders.quantity[row] * network.sources.yieldRatio[orders.source[row]];
  }
}

/** What comes in and goes out of a point each day, without its orders. */
function writeDaily(work: Work, point: number, daily: Float64Array): void {
  const { uses, firstUse, nextUse } = work;
  const { network } = work.state;
  writeReceipts(network, point, work.receiptsOf, daily);
  for (let row = firstUse[network.subnetworks.slot[point]]; row >= 0; row = nextUse.row[row]) {
    daily[uses.day[row]] -= uses.quantity[row];
  }
}

/** Stock at the end of each day with the orders as they were. */
function project(work: Work, point: number, rows: Int32Array): void {
  const { state, projected } = work;
  const { orders, network } = state;
  writeDaily(work, point, projected);
  for (const row of rows) {
    projected[orders.endDay[row]] += orders.quantity[row] * network.sources.yieldRatio[orders.source[row]];
  }
  for (let day = 1; day < projected.length; day++) projected[day] += projected[day - 1];
}

const onlySource = ({ network: { points } }: PlanState, point: number) =>
  points.sources[points.sourceStart[point]];

/** Places the orders of one level anew, resource by resource; the points for which that went well. */
function placeLevel(work: Work, level: Int32Array): Set<number> {
  const { state } = work;
  const { sources, loads } = state.network;
  const resourceOf = (point: number) =>
    loads.resource[loads.optionStart[sources.loadStart[onlySource(state, point)]]];
  const own = level.filter((point) => state.how[point] === PLACED);
  own.sort((a, b) => resourceOf(a) - resourceOf(b) || a - b);
  const done = new Set<number>();
  for (let from = 0; from < own.length; ) {
    let to = from + 1;
    while (to < own.length && resourceOf(own[to]) === resourceOf(own[from])) to += 1;
    const group = own.subarray(from, to);
    if (placeGroup(work, group, resourceOf(own[from]))) for (const point of group) done.add(point);
    from = to;
  }
  return done;
}

function placeGroup(work: Work, group: Int32Array, resource: number): boolean {
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
  joinOrders(work.joining, source, moved);
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

/** Index of the order as it will be in the plan. */
function addOrder(
  { orders, state, firstOrder }: Work,
  source: number,
  startDay: number,
  quantity: number,
): number {
  grown(orders, orders.startDay);
  const row = orders.count++;
  orders.source[row] = source;
  orders.startDay[row] = startDay;
  orders.endDay[row] = startDay + state.network.sources.leadDays[source];
  orders.quantity[row] = quantity;
  return firstOrder + row;
}
