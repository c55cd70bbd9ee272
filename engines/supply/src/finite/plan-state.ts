/**
 * What a plan in the making has booked: stock, hours, suppliers' maxima, orders and uses. Every booking can be taken
 * back to a mark, so that a way that leads nowhere costs nothing but time.
 *
 * The orders and uses themselves are the journal: taking back a row undoes what it did to the ledgers. Hours are
 * journalled apart and only until `commit`.
 */
import { DELAY_CAUSE, SUPPLY_KIND } from '../model/finite-plan.ts';
import {
  type AlternateTable,
  alternateTable,
  type DelayTable,
  type DeliveryTable,
  delayTable,
  deliveryTable,
  grown,
  type HourTable,
  hourTable,
  type OrderTable,
  orderTable,
  type PegTable,
  pegTable,
  type UseTable,
  useTable,
} from './columns.ts';
import { ages, type FiniteNetwork, NEVER, type NetworkTraits } from './network.ts';
import { addFrom, freeOn, type StockLedger, stockLedger } from './stock-ledger.ts';
import type { Watch } from './watch.ts';

/** The traits are those of the network, or what a plan goes by in their place. */
export type PlanState = NetworkTraits & {
  readonly network: FiniteNetwork;
  /** Of the sub-network at hand; empty while its orders are drawn together, which needs the memory. */
  ledger: StockLedger;
  readonly spare: SpareLedger | undefined;
  /** Are orders of one week joined, or only those of one day? */
  readonly joinsWeeks: boolean;
  /** How many days before its use an order for a demand may come at most. */
  readonly buildAheadMaxDays: number;
  /** All that is counted, in one column; the next three are parts of it, in their order. */
  readonly counters: Float64Array;
  /** Hours booked per resource bucket. */
  readonly hours: Float64Array;
  /** Units ordered of each source's maxima, and in all (for shares). */
  readonly maximumUsed: Float64Array;
  readonly ordered: Float64Array;
  readonly orders: OrderTable;
  readonly uses: UseTable;
  readonly booked: HourTable;
  readonly deliveries: DeliveryTable;
  readonly delays: DelayTable;
  /** Rows of orders that are taken back are the last. */
  readonly alternates: AlternateTable;
  /** Pegs of points whose stock ages; those of the others are found at the end. */
  readonly pegs: PegTable;
  /** The pegs of sub-networks that are done. */
  readonly donePegs: PegTable;
  readonly batches: Batches;
  /** The newest batch of each point; -1 none. */
  readonly newestBatch: Int32Array;
  /** For whom stock is taken: kind and index as in `UseTable`. */
  useKind: number;
  useIndex: number;
  /** May overtime be considered in the sub-network at hand? */
  hasOvertime: boolean;
  /** May hours beyond the stated capacity be booked? */
  overtimeAllowed: boolean;
  /** Are free points counted like the others? Set for filling safety stock, when all orders stand. */
  countsAll: boolean;
  /** May the point that is asked first be supplied from earlier buckets of a resource? */
  buildsAhead: boolean;
  /** After an answer that falls short: the first day on which more may be had, and what holds it up till then. */
  replyDay: number;
  cause: number;
  subject: number;
  /** Where a journal of the promises is kept or read. */
  watch: Watch | undefined;
};

/** A ledger whose memory is kept from one plan to the next: many small plans would spend much of their time on it. */
export type SpareLedger = { ledger: StockLedger | undefined };

/** Supplies of points whose stock ages: a list for each point, the newest first. */
export type Batches = {
  count: number;
  older: Int32Array;
  day: Int32Array;
  lastUseDay: Int32Array;
  left: Float64Array;
  kind: Uint8Array;
  index: Int32Array;
};

/** Kind of a use beside `USE_KIND`: paying off what a point owes at the start. It has no peg. */
export const OWED = 3;

/** Below this there is no need: crumbs of decimals. */
export const CRUMB = 1e-6;

export type PointTraits = NetworkTraits & Pick<PlanState, 'joinsWeeks' | 'buildAheadMaxDays'>;

/** State for planning the sub-networks [from, to), one after the other. */
export function planState(
  network: FiniteNetwork,
  from: number,
  to: number,
  traits: PointTraits,
  spare?: SpareLedger,
): PlanState {
  const { points, sources, resources } = network;
  const { demandStart } = network.subnetworks;
  const demandRows = demandStart[to] - demandStart[from];
  const [bucketCount, maximumCount] = [resources.committed.length, sources.maximum.length];
  const counters = new Float64Array(bucketCount + maximumCount + sources.count);
  counters.set(resources.committed);
  return {
    network,
    ...traits,
    ledger: stockLedger([]),
    spare,
    counters,
    hours: counters.subarray(0, bucketCount),
    maximumUsed: counters.subarray(bucketCount, bucketCount + maximumCount),
    ordered: counters.subarray(bucketCount + maximumCount),
    orders: orderTable(demandRows),
    uses: useTable(demandRows),
    booked: hourTable(64),
    deliveries: deliveryTable(demandRows + (demandRows >> 2)),
    delays: delayTable(demandRows >> 2),
    alternates: alternateTable(64),
    pegs: pegTable(64),
    donePegs: pegTable(64),
    batches: {
      count: 0,
      older: new Int32Array(64),
      day: new Int32Array(64),
      lastUseDay: new Int32Array(64),
      left: new Float64Array(64),
      kind: new Uint8Array(64),
      index: new Int32Array(64),
    },
    newestBatch: new Int32Array(points.count).fill(-1),
    useKind: 0,
    useIndex: 0,
    hasOvertime: false,
    overtimeAllowed: false,
    countsAll: false,
    buildsAhead: true,
    replyDay: NEVER,
    cause: DELAY_CAUSE.noSource,
    subject: 0,
    watch: undefined,
  };
}

/** From now on the ledger has rows of these lengths in days, each to be written before it is looked at. */
export function beginLedger(state: PlanState, rowDays: ArrayLike<number>): void {
  state.ledger = stockLedger(rowDays, state.spare?.ledger);
  if (state.spare !== undefined) state.spare.ledger = state.ledger;
}

/** What may be promised of a point on a day. */
export function available(state: PlanState, point: number, day: number): number {
  const { network, ledger } = state;
  const free = freeOn(ledger, network.subnetworks.slot[point], day);
  if (!ages(network, point)) return free > CRUMB ? free : 0;
  let fresh = 0;
  const { older, day: from, lastUseDay, left } = state.batches;
  for (let b = state.newestBatch[point]; b >= 0; b = older[b]) {
    if (from[b] <= day && day <= lastUseDay[b]) fresh += left[b];
  }
  return fresh > CRUMB ? fresh : 0;
}

/** Can a point have anything on a day, so that what it gives need not be counted? */
export function isOpen({ isFree, openDay, countsAll }: PlanState, point: number, day: number): boolean {
  return isFree[point] === 1 && day >= openDay[point] && !countsAll;
}

function addStock(state: PlanState, row: number, day: number, quantity: number): void {
  addFrom(state.ledger, row, day, quantity);
  state.watch?.stockAdded(row, day, quantity);
}

/** Takes stock that is available for whom the state says. */
export function take(state: PlanState, point: number, day: number, quantity: number): void {
  const { uses, network } = state;
  grown(uses, uses.day);
  const row = uses.count++;
  uses.point[row] = point;
  uses.day[row] = day;
  uses.quantity[row] = quantity;
  uses.kind[row] = state.useKind;
  uses.index[row] = state.useIndex;
  if (isOpen(state, point, day)) return;
  addStock(state, network.subnetworks.slot[point], day, -quantity);
  if (ages(network, point)) takeFromBatches(state, point, day, quantity);
}

/** The one that goes bad first is taken first. */
function takeFromBatches(state: PlanState, point: number, day: number, quantity: number): void {
  const { batches, pegs } = state;
  let rest = quantity;
  while (rest > CRUMB) {
    let best = -1;
    for (let b = state.newestBatch[point]; b >= 0; b = batches.older[b]) {
      if (batches.day[b] > day || day > batches.lastUseDay[b] || batches.left[b] <= 0) continue;
      if (best < 0 || batches.lastUseDay[b] <= batches.lastUseDay[best]) best = b;
    }
    if (best < 0) return;
    const taken = Math.min(rest, batches.left[best]);
    batches.left[best] -= taken;
    rest -= taken;
    grown(pegs, pegs.quantity);
    const row = pegs.count++;
    pegs.supplyKind[row] = batches.kind[best];
    pegs.supply[row] = best; // The batch, until the plan is done: a take-back must find it.
    pegs.useKind[row] = state.useKind;
    pegs.use[row] = state.useIndex;
    pegs.quantity[row] = taken;
  }
}

/** Remembers a supply of a point whose stock ages. */
export function addBatch(
  state: PlanState,
  point: number,
  day: number,
  quantity: number,
  kind: number,
  index: number,
  useDays: number,
): void {
  if (!ages(state.network, point) || !(quantity > 0)) return;
  const { batches, newestBatch } = state;
  grown(batches, batches.left);
  const row = batches.count++;
  batches.older[row] = newestBatch[point];
  newestBatch[point] = row;
  batches.day[row] = day;
  batches.lastUseDay[row] = Math.min(NEVER, day + useDays);
  batches.left[row] = quantity;
  batches.kind[row] = kind;
  batches.index[row] = index;
}

/** Adds an order and its receipt. */
export function placeOrder(state: PlanState, source: number, startDay: number, quantity: number): number {
  const { network, orders } = state;
  const { sources, subnetworks, points } = network;
  const point = sources.point[source];
  grown(orders, orders.startDay);
  const row = orders.count++;
  const endDay = startDay + sources.leadDays[source];
  orders.source[row] = source;
  orders.startDay[row] = startDay;
  orders.endDay[row] = endDay;
  orders.quantity[row] = quantity;
  countOrder(state, source, startDay, quantity);
  const good = quantity * sources.yieldRatio[source];
  addStock(state, subnetworks.slot[point], endDay, good);
  addBatch(state, point, endDay, good, SUPPLY_KIND.order, row, points.orderUseDays[point]);
  return row;
}

function countOrder(
  { network, ordered, maximumUsed, counters, hours, watch }: PlanState,
  source: number,
  startDay: number,
  quantity: number,
) {
  const { sources, points } = network;
  ordered[source] += quantity;
  if (points.hasShares[sources.point[source]] === 1) {
    watch?.counterAdded(counters.length - sources.count + source, quantity);
  }
  const row = sources.maximumRow[source];
  if (row < 0) return;
  const entry = row + network.bucketOfDay[startDay];
  maximumUsed[entry] += quantity;
  watch?.counterAdded(hours.length + entry, quantity);
}

export function bookHours(state: PlanState, bucket: number, hours: number): void {
  const { booked } = state;
  grown(booked, booked.hours);
  booked.bucket[booked.count] = bucket;
  booked.hours[booked.count] = hours;
  booked.count += 1;
  addHours(state, bucket, hours);
}

export function addHours({ hours, watch }: PlanState, bucket: number, more: number): void {
  watch?.counter(bucket);
  hours[bucket] += more;
  watch?.counterAdded(bucket, more);
}

/** Takes back every booking since the tables had so many rows. */
export function rollBack(state: PlanState, orders: number, uses: number, booked: number, pegs: number): void {
  const { network, batches } = state;
  const { slot } = network.subnetworks;
  const t = state.booked;
  while (t.count > booked) {
    t.count -= 1;
    addHours(state, t.bucket[t.count], -t.hours[t.count]);
  }
  while (state.pegs.count > pegs) {
    const row = --state.pegs.count;
    batches.left[state.pegs.supply[row]] += state.pegs.quantity[row];
  }
  const u = state.uses;
  while (u.count > uses) {
    const row = --u.count;
    if (isOpen(state, u.point[row], u.day[row])) continue;
    addStock(state, slot[u.point[row]], u.day[row], u.quantity[row]);
  }
  const a = state.alternates;
  while (a.count > 0 && a.order[a.count - 1] >= orders) a.count -= 1;
  const o = state.orders;
  while (o.count > orders) {
    const row = --o.count;
    const source = o.source[row];
    const point = network.sources.point[source];
    addStock(state, slot[point], o.endDay[row], -o.quantity[row] * network.sources.yieldRatio[source]);
    countOrder(state, source, o.startDay[row], -o.quantity[row]);
    if (ages(network, point)) {
      state.newestBatch[point] = batches.older[state.newestBatch[point]];
      batches.count -= 1;
    }
  }
}

/** What is booked so far stays. */
export function commit(state: PlanState): void {
  state.booked.count = 0;
}
