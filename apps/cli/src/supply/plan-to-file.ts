/**
 * A plan with its reasons as the plan file says it. The long tables are made row by row while they are written: as
 * objects all at once, the pegs of a million orders would not fit into memory.
 */
import type { PlanningPlanFile } from '@planwright/contracts';
import type { SeriesBlock } from '@planwright/series';
import {
  DEMAND_KIND,
  demandCost,
  explainDemand,
  explainOrder,
  nameOf,
  type PlanBlocks,
  type PlanCost,
  type PlanView,
  SUPPLY_KIND,
  USE_KIND,
} from '@planwright/supply';
import { isoFromDay } from '@planwright/time';

export type PlanMode = PlanningPlanFile['mode'];

/** Rows that are made anew each time they are walked. */
export type Rows<Row> = Iterable<Row>;
type LongTable = 'orders' | 'deliveries' | 'stockPoints' | 'shortages' | 'pegs';
/** What is in a plan file, its long tables not yet made. */
export type PlanDraft = Omit<PlanningPlanFile, LongTable> & {
  readonly [Table in LongTable]: Rows<PlanningPlanFile[Table][number]>;
};
type RowOf<Table extends LongTable> = PlanningPlanFile[Table][number];

function rows<Row>(count: number, rowAt: (index: number) => Row): Rows<Row> {
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) yield rowAt(index);
    },
  };
}

/** 'SO-17', or 'forecast BIKE at SHOP 2027-04-01', with the customer where the forecast is of one. */
export function demandName({ model, plan }: Pick<PlanView, 'model' | 'plan'>, demand: number): string {
  const row = plan.demands.row[demand];
  if (plan.demands.kind[demand] === DEMAND_KIND.order) return model.demands[row].demand;
  const forecast = model.forecasts[row];
  const from = isoFromDay(model.bucketStartDays[plan.demands.bucket[demand]]);
  return ['forecast', nameOf(forecast), from, forecast.customer ?? ''].join(' ').trim();
}

/** `blocks` are those of the plan: for an unconstrained one its own, with what is delivered. */
export function planFileOf(view: PlanView, mode: PlanMode, blocks: PlanBlocks, cost: PlanCost): PlanDraft {
  const { model } = view;
  const failing = failingDemands(view);
  const resources = resourcesOf(view);
  return {
    planwrightSupplyPlan: 2,
    mode,
    asOf: isoFromDay(model.asOfDay),
    bucketStarts: Array.from(model.bucketStartDays, isoFromDay),
    orders: rows(view.plan.orders.count, (order) => orderRow(view, order)),
    deliveries: rows(view.plan.deliveries.count, (row) => deliveryRow(view, row)),
    stockPoints: rows(model.stockPoints.length, (point) => stockPointRow(view, blocks, point)),
    resources,
    shortages: rows(failing.length, (row) => shortageRow(view, failing[row])),
    pegs: rows(view.plan.pegs.count, (row) => pegRow(view, row)),
    summary: summaryOf(view, resources, failing, cost),
    optimum: null,
  };
}

// A dozen things are enough to name those an order is for.
const NAMED_NODES = 12;

function orderRow(view: PlanView, order: number): RowOf<'orders'> {
  const { model, plan, network } = view;
  const { orders } = plan;
  const source = model.sources[orders.source[order]];
  const why = explainOrder(view, order, NAMED_NODES);
  const served = why.nodes.filter(({ type }) => type === 'demand').slice(0, 10);
  return {
    order: order + 1,
    kind: source.kind,
    source: source.source,
    item: source.item,
    location: source.location,
    from: source.supplier ?? source.fromLocation ?? null,
    startOn: isoFromDay(orders.startDay[order]),
    dueOn: isoFromDay(orders.endDay[order]),
    quantity: orders.quantity[order],
    receiptQuantity: orders.quantity[order] * network.sources.yieldRatio[orders.source[order]],
    pastDueDays: view.pastDueDays?.[order] ?? 0,
    serves: served.map(({ index }) => demandName(view, index)),
    reason: why.sentence,
  };
}

function deliveryRow(view: PlanView, row: number): RowOf<'deliveries'> {
  const { model, plan } = view;
  const { deliveries, demands } = plan;
  const demand = deliveries.demand[row];
  const { item, location } = model.stockPoints[demands.stockPoint[demand]];
  return {
    demand: demandName(view, demand),
    item,
    location,
    dueOn: isoFromDay(demands.dueDay[demand]),
    on: isoFromDay(deliveries.day[row]),
    quantity: deliveries.quantity[row],
    daysLate: Math.max(0, deliveries.day[row] - demands.dueDay[demand]),
  };
}

export const BLOCKS = [
  'independentDemand',
  'dependentDemand',
  'delivered',
  'scheduledReceipts',
  'plannedReceipts',
  'plannedReleases',
  'projectedOnHand',
  'shortage',
] as const;

function stockPointRow(
  { model, network }: PlanView,
  blocks: PlanBlocks,
  point: number,
): RowOf<'stockPoints'> {
  const { bucketCount } = network;
  const row = (block: SeriesBlock): number[] =>
    Array.from(block.values.subarray(point * bucketCount, (point + 1) * bucketCount));
  const { item, location } = model.stockPoints[point];
  return {
    item,
    location,
    independentDemand: row(blocks.independentDemand),
    dependentDemand: row(blocks.dependentDemand),
    delivered: row(blocks.delivered),
    scheduledReceipts: row(blocks.scheduledReceipts),
    plannedReceipts: row(blocks.plannedReceipts),
    plannedReleases: row(blocks.plannedReleases),
    projectedOnHand: row(blocks.projectedOnHand),
    shortage: row(blocks.shortage),
  };
}

function resourcesOf({ model, network, plan }: PlanView): PlanningPlanFile['resources'] {
  const { capacity } = network.resources;
  return model.resources.map(({ resource, bucketStartDays }, r) => {
    const [first, end] = [plan.resourceStart[r], plan.resourceStart[r + 1]];
    const loadHours = Array.from(plan.loadHours.subarray(first, end));
    return {
      resource,
      bucketStarts: Array.from(bucketStartDays ?? model.bucketStartDays, isoFromDay),
      loadHours,
      capacityHours: Array.from(capacity.subarray(first, end), (hours) =>
        Number.isFinite(hours) ? hours : null,
      ),
      overtimeHours: loadHours.map((hours, t) => beyond(hours, capacity[first + t])),
    };
  });
}

// A plan fills a bucket up to the crumbs of its arithmetic: those are no overtime.
const HOURS_SLACK_RATIO = 1e-6;

function beyond(hours: number, capacity: number): number {
  const over = hours - capacity;
  return over > Math.max(1, capacity) * HOURS_SLACK_RATIO ? over : 0;
}

/** Demands that are late or short, the costliest first; of equals by row. */
function failingDemands(view: PlanView): Int32Array {
  const failing: number[] = [];
  const money = new Map<number, number>();
  for (let demand = 0; demand < view.plan.demands.count; demand++) {
    const { lateQuantity, shortQuantity } = serviceOf(view, demand);
    if (lateQuantity + shortQuantity === 0) continue;
    const { backlog, margin, lostSales } = demandCost(view, demand);
    failing.push(demand);
    money.set(demand, backlog + margin + lostSales);
  }
  return Int32Array.from(failing.sort((a, b) => (money.get(b) ?? 0) - (money.get(a) ?? 0) || a - b));
}

function shortageRow(view: PlanView, demand: number): RowOf<'shortages'> {
  const { model, plan } = view;
  const { demands } = plan;
  const { item, location } = model.stockPoints[demands.stockPoint[demand]];
  const why = explainDemand(view, demand, NAMED_NODES);
  return {
    demand: demandName(view, demand),
    item,
    location,
    dueOn: isoFromDay(demands.dueDay[demand]),
    quantity: demands.quantity[demand],
    ...serviceOf(view, demand),
    reason: why.sentence,
    cost: why.cost,
  };
}

const CRUMB_RATIO = 1e-6;

function serviceOf({ model, plan, deliveriesOf: lists }: PlanView, demand: number) {
  const { deliveries, demands } = plan;
  const due = demands.dueDay[demand];
  const quantity = demands.quantity[demand];
  let [lateQuantity, shortQuantity, daysLate] = [0, quantity, 0];
  for (const row of lists.rows.subarray(lists.start[demand], lists.start[demand + 1])) {
    shortQuantity -= deliveries.quantity[row];
    if (deliveries.day[row] <= Math.max(due, model.asOfDay)) continue;
    lateQuantity += deliveries.quantity[row];
    daysLate = Math.max(daysLate, deliveries.day[row] - due);
  }
  const whole = (amount: number): number => (amount > quantity * CRUMB_RATIO ? amount : 0);
  return { lateQuantity: whole(lateQuantity), shortQuantity: whole(shortQuantity), daysLate };
}

function pegRow(view: PlanView, row: number): RowOf<'pegs'> {
  const { supply, use, quantity } = view.plan.pegs;
  return {
    supply: supplyName(view, view.plan.pegs.supplyKind[row], supply[row]),
    use: useName(view, view.plan.pegs.useKind[row], use[row]),
    quantity: quantity[row],
  };
}

function supplyName({ model }: PlanView, kind: number, supply: number): string {
  if (kind === SUPPLY_KIND.onHand) return `on hand ${nameOf(model.stockPoints[supply])}`;
  return kind === SUPPLY_KIND.receipt ? model.receipts[supply].receipt : `order ${supply + 1}`;
}

function useName(view: PlanView, kind: number, use: number): string {
  if (kind === USE_KIND.demand) return demandName(view, use);
  return kind === USE_KIND.order ? `order ${use + 1}` : `safety stock ${nameOf(view.model.stockPoints[use])}`;
}

function summaryOf(
  view: PlanView,
  resources: PlanningPlanFile['resources'],
  failing: Int32Array,
  cost: PlanCost,
): PlanningPlanFile['summary'] {
  const { demands, orders } = view.plan;
  const asked = demands.quantity.reduce((sum, quantity) => sum + quantity, 0);
  const { overtime } = view.network.resources;
  const overloaded = resources.map(({ overtimeHours }, r) => {
    const first = view.plan.resourceStart[r];
    return overtimeHours.filter((hours, t) => beyond(hours, overtime[first + t]) > 0).length;
  });
  let [late, short, lateQuantity, shortQuantity] = [0, 0, 0, 0];
  for (const demand of failing) {
    const service = serviceOf(view, demand);
    if (service.lateQuantity > 0) late += 1;
    if (service.shortQuantity > 0) short += 1;
    lateQuantity += service.lateQuantity;
    shortQuantity += service.shortQuantity;
  }
  return {
    stockPoints: view.model.stockPoints.length,
    orders: orders.count,
    pastDueOrders: view.pastDueDays?.reduce((count, days) => count + (days > 0 ? 1 : 0), 0) ?? 0,
    demands: demands.count,
    onTimeQuantityRatio: asked > 0 ? Math.max(0, 1 - (lateQuantity + shortQuantity) / asked) : 1,
    lateDemands: late,
    shortDemands: short,
    shortQuantity,
    overloadedBuckets: overloaded.reduce((sum, count) => sum + count, 0),
    cost: cost.total,
    byKind: { ...cost.byKind },
  };
}
