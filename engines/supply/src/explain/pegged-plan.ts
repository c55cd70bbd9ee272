/**
 * An unconstrained plan in the form of a constrained one: deliveries of demands, hours of resources, and soft pegs.
 *
 * Pegging at each stock point is first come, first served: supplies (what is on hand, then receipts and orders by the
 * day they come) serve uses (demands and consuming orders) by their day. Stock owed is paid off first; what no use takes
 * fills the safety stock. A supply of the same bucket counts as in time, for the plan does not look into its buckets.
 *
 * Laws     no unit of a supply or of a use is in two pegs; a supply's pegs sum to at most its good units, a use's to at
 *          most its quantity; units short at the end of the horizon are pegged to nothing.
 * Cost     O(orders x components + demands + stock points + days).
 */
import {
  DELAY_CAUSE,
  type FiniteDemands,
  type FinitePlan,
  NO_ALTERNATES,
  SUPPLY_KIND,
  USE_KIND,
} from '../model/finite-plan.ts';
import {
  type DelayTable,
  delayTable,
  type DeliveryTable,
  deliveryTable,
  grown,
  type PegTable,
  pegTable,
  type UseTable,
  useTable,
} from '../finite/columns.ts';
import type { FiniteNetwork } from '../finite/network.ts';
import { CRUMB_RATIO } from '../lots.ts';
import { optionInForce } from '../unconstrained/order-starts.ts';
import type { UnconstrainedPlan } from '../unconstrained/plan-unconstrained.ts';
import { type RowLists, rowLists, rowsOf } from './row-lists.ts';

/** The plan with pegs; orders keep their rows. `orders.pastDueDays` stays with the unconstrained plan. */
export function peggedPlan(network: FiniteNetwork, plan: UnconstrainedPlan): FinitePlan {
  const { asOfDay, points, receipts, demands } = network;
  const uses = allUses(network, plan);
  const { orders } = plan;
  const useLists = byPointAndDay(uses.count, uses.point, uses.day, points.count);
  const orderPoint = Int32Array.from(orders.source, (source) => network.sources.point[source]);
  const orderDay = orders.endDay.map((day) => day - asOfDay);
  const orderLists = byPointAndDay(orders.count, orderPoint, orderDay, points.count);
  const receiptLists = byPointAndDay(receipts.count, receipts.point, receipts.day, points.count);
  const pegs = pegTable(uses.count);
  const deliveries = deliveryTable(demands.count);
  const left = new Float64Array(demands.count).fill(0);
  for (let point = 0; point < points.count; point++) {
    const supplies = suppliesOf(network, plan, point, rowsOf(receiptLists, point), rowsOf(orderLists, point));
    serve(network, plan, point, supplies, uses, rowsOf(useLists, point), pegs, deliveries, left);
  }
  return {
    demands,
    orders,
    deliveries: cut(deliveries),
    pegs: cut(pegs),
    delays: cut(delaysOf(network, demands, deliveries, left)),
    alternates: NO_ALTERNATES,
    resourceStart: network.resources.bucketStart,
    loadHours: loadHours(network, plan),
  };
}

/** Demands, then what orders take of their components; days from the as-of day. */
function allUses(network: FiniteNetwork, { orders }: UnconstrainedPlan): UseTable {
  const { demands, terms, sources, needs, asOfDay } = network;
  const uses = useTable(demands.count + orders.count);
  const add = (point: number, day: number, quantity: number, kind: number, index: number): void => {
    grown(uses, uses.day);
    const row = uses.count++;
    uses.point[row] = point;
    uses.day[row] = day;
    uses.quantity[row] = quantity;
    uses.kind[row] = kind;
    uses.index[row] = index;
  };
  for (let d = 0; d < demands.count; d++) {
    add(demands.stockPoint[d], terms.day[d], demands.quantity[d], USE_KIND.demand, d);
  }
  for (let order = 0; order < orders.count; order++) {
    const source = orders.source[order];
    const start = orders.startDay[order] - asOfDay;
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      const option = optionInForce(network, need, start);
      if (option < 0) continue;
      const quantity = orders.quantity[order] * needs.per[option] + needs.perOrder[option];
      if (quantity > 0) add(needs.point[option], start, quantity, USE_KIND.order, order);
    }
  }
  return uses;
}

/** Rows by stock point, and of each point by day; rows of a day keep their order. */
function byPointAndDay(count: number, point: Int32Array, day: Int32Array, pointCount: number): RowLists {
  let lastDay = 0;
  for (let row = 0; row < count; row++) lastDay = Math.max(lastDay, day[row]);
  const byDay = rowLists(count, lastDay + 1, (row) => day[row]).rows;
  const lists = rowLists(count, pointCount, (row) => point[byDay[row]]);
  return { start: lists.start, rows: lists.rows.map((row) => byDay[row]) };
}

type Supply = {
  readonly kind: number;
  readonly index: number;
  readonly day: number;
  readonly quantity: number;
};

function suppliesOf(
  { points, receipts, sources, asOfDay, dayCount }: FiniteNetwork,
  { orders }: UnconstrainedPlan,
  point: number,
  receiptRows: Int32Array,
  orderRows: Int32Array,
): Supply[] {
  const onHand = points.onHand[point];
  const supplies: Supply[] = [
    { kind: SUPPLY_KIND.onHand, index: point, day: -1, quantity: Math.max(0, onHand) },
  ];
  for (const index of receiptRows) {
    const day = receipts.day[index];
    if (day < dayCount)
      supplies.push({ kind: SUPPLY_KIND.receipt, index, day, quantity: receipts.quantity[index] });
  }
  for (const index of orderRows) {
    const quantity = orders.quantity[index] * sources.yieldRatio[orders.source[index]];
    supplies.push({ kind: SUPPLY_KIND.order, index, day: orders.endDay[index] - asOfDay, quantity });
  }
  return supplies.sort((a, b) => a.day - b.day || a.kind - b.kind || a.index - b.index);
}

/** Walks supplies and uses of a stock point side by side. `left`: what each demand is still owed at the end. */
function serve(
  network: FiniteNetwork,
  plan: UnconstrainedPlan,
  point: number,
  supplies: readonly Supply[],
  uses: UseTable,
  useRows: Int32Array,
  pegs: PegTable,
  deliveries: DeliveryTable,
  left: Float64Array,
): void {
  let owed = Math.max(0, -network.points.onHand[point]);
  let next = 0;
  let rest = 0;
  const scale = supplies.reduce((most, { quantity }) => Math.max(most, quantity), owed);
  const crumb = scale * CRUMB_RATIO;
  const refill = (): boolean => {
    while (rest <= crumb && next < supplies.length) {
      rest = supplies[next++].quantity;
      const paid = Math.min(owed, rest);
      owed -= paid;
      rest -= paid;
    }
    return rest > crumb;
  };
  const take = (useKind: number, use: number, wanted: number, day: number): number => {
    let missing = wanted;
    while (missing > crumb && refill()) {
      const supply = supplies[next - 1];
      const taken = Math.min(missing, rest);
      addPeg(pegs, supply, useKind, use, taken);
      if (useKind === USE_KIND.demand) addDelivery(network, deliveries, use, day, supply.day, taken);
      missing -= taken;
      rest -= taken;
    }
    return missing > crumb ? missing : 0;
  };
  for (const row of useRows) {
    const missing = take(uses.kind[row], uses.index[row], uses.quantity[row], uses.day[row]);
    if (uses.kind[row] === USE_KIND.demand) left[uses.index[row]] = missing;
  }
  const { bucketCount } = network;
  let target = 0;
  for (let t = 0; t < bucketCount; t++)
    target = Math.max(target, plan.safetyStock.values[point * bucketCount + t]);
  take(USE_KIND.safetyStock, point, target, 0);
}

function addPeg(pegs: PegTable, supply: Supply, useKind: number, use: number, quantity: number): void {
  grown(pegs, pegs.quantity);
  const row = pegs.count++;
  pegs.supplyKind[row] = supply.kind;
  pegs.supply[row] = supply.index;
  pegs.useKind[row] = useKind;
  pegs.use[row] = use;
  pegs.quantity[row] = quantity;
}

/** Units of one demand and day are one delivery. */
function addDelivery(
  { bucketOfDay, asOfDay }: FiniteNetwork,
  deliveries: DeliveryTable,
  demand: number,
  dueDay: number,
  supplyDay: number,
  quantity: number,
): void {
  const isInTime = supplyDay <= dueDay || bucketOfDay[supplyDay] === bucketOfDay[dueDay];
  const day = asOfDay + (isInTime ? dueDay : supplyDay);
  const last = deliveries.count - 1;
  if (last >= 0 && deliveries.demand[last] === demand && deliveries.day[last] === day) {
    deliveries.quantity[last] += quantity;
    return;
  }
  grown(deliveries, deliveries.day);
  const row = deliveries.count++;
  deliveries.demand[row] = demand;
  deliveries.day[row] = day;
  deliveries.quantity[row] = quantity;
}

/** Without capacity to look at, only a missing source holds a demand up, or keeps it from coming at all. */
function delaysOf(
  { points, asOfDay, terms }: FiniteNetwork,
  demands: FiniteDemands,
  deliveries: DeliveryTable,
  left: Float64Array,
): DelayTable {
  const delays = delayTable(0);
  const add = (demand: number, day: number, quantity: number): void => {
    const point = demands.stockPoint[demand];
    const first = points.sourceStart[point];
    const hasSource = first < points.sourceStart[point + 1];
    grown(delays, delays.day);
    const row = delays.count++;
    delays.demand[row] = demand;
    delays.cause[row] = hasSource ? DELAY_CAUSE.effectivity : DELAY_CAUSE.noSource;
    delays.subject[row] = hasSource ? points.sources[first] : point;
    delays.day[row] = day;
    delays.quantity[row] = quantity;
  };
  for (let row = 0; row < deliveries.count; row++) {
    const demand = deliveries.demand[row];
    // Overdue demand that the first day serves is late by no fault of the plan.
    if (deliveries.day[row] > asOfDay + terms.day[demand])
      add(demand, deliveries.day[row], deliveries.quantity[row]);
  }
  for (let demand = 0; demand < demands.count; demand++) {
    if (left[demand] > 0) add(demand, -1, left[demand]);
  }
  return delays;
}

/** Hours of the orders on the first resource of each load, and what is committed. */
function loadHours(
  { resources, sources, loads, asOfDay, dayCount }: FiniteNetwork,
  { orders }: UnconstrainedPlan,
): Float64Array {
  const hours = resources.committed.slice();
  for (let order = 0; order < orders.count; order++) {
    const source = orders.source[order];
    for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
      const option = loads.optionStart[load];
      const day = orders.startDay[order] - asOfDay + loads.offsetDays[option];
      if (day < 0 || day >= dayCount) continue;
      const resource = loads.resource[option];
      const bucket = resources.calendarDays[resources.calendar[resource] * dayCount + day];
      if (bucket < 0) continue;
      const needed = orders.quantity[order] * loads.hoursPer[option] + loads.setupHours[option];
      hours[resources.bucketStart[resource] + bucket] += needed;
    }
  }
  return hours;
}

function cut<Table extends { count: number }>(table: Table): Table {
  const columns = Object.entries(table).map(([name, value]: [string, unknown]) => [
    name,
    ArrayBuffer.isView(value) ? (value as Int32Array).slice(0, table.count) : value,
  ]);
  return Object.fromEntries(columns) as Table;
}
