/** The state of the company on one day: stock, what is under way, and who waits for it. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { OperationsInputs, PurchaseLine, WorkOrder } from './operations.ts';
import type { BillRow, RoutingStep } from './parts.ts';
import { expectedBefore, type StockNode } from './stock-nodes.ts';

/** Goods that arrive at a node. `home` is the node they left, or -1 where they were made or bought. */
export type Receipt = {
  readonly node: number;
  readonly home: number;
  readonly quantity: number;
  /** What the order was for: it leaves the books whatever came of it. */
  readonly ordered: number;
};

/** Days on which a node had nothing to sell and somebody waited. Both days included. */
export type StockOut = {
  readonly node: number;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
};

type StepOfItem = { readonly resource: number; readonly step: RoutingStep };
type PartOfItem = { readonly node: number; readonly per: number };

/** What the days change. All arrays by node unless they say otherwise. */
export type Floor = {
  readonly inputs: OperationsInputs;
  readonly random: RandomStream;
  readonly onHand: Float64Array;
  /** Quantity ordered and not yet received, from suppliers, work orders or the home site. */
  readonly onOrder: Float64Array;
  /** Quantity that left a home node and has not arrived. */
  readonly onTheWay: Float64Array;
  /** Unshipped quantity of the lines that wait. */
  readonly owed: Float64Array;
  /** Quantity of a part that work orders could not get at the last review. */
  readonly missed: Float64Array;
  /** Lines that wait for stock, oldest first: head and tail by node, next by line; -1 ends the queue. */
  readonly queueHead: Int32Array;
  readonly queueTail: Int32Array;
  readonly queueNext: Int32Array;
  /** By day since the start. */
  readonly receipts: Receipt[][];
  /** Lines in the order in which they are due, and the first that is not yet looked at. */
  readonly dueLines: Int32Array;
  nextDue: number;
  /** Lines that the dock could not load on their day, by nothing but arrival. */
  carriedOver: number[];
  /** 1 for lines whose customer went elsewhere, and the next line that may be ordered. */
  readonly lost: Uint8Array;
  nextOrdered: number;
  /** By node: the first day of the stock-out that lasts, -1 where there is none. */
  readonly outSince: Int32Array;
  readonly stockOuts: StockOut[];
  /** Lines a warehouse can load in a day. */
  readonly dockLines: number;
  /** By work centre: the day on which its queue is worked off, and hours it works in a calendar day. */
  readonly freeOn: Float64Array;
  readonly hoursPerDay: Float64Array;
  /** By work centre: days of work that lie before it on the Monday. */
  readonly waitDays: Float64Array;
  /** By item. */
  readonly stepsOf: readonly (readonly StepOfItem[])[];
  readonly partsOf: readonly (readonly PartOfItem[])[];
  /** Nodes that draw on each home node. */
  readonly dependants: readonly (readonly number[])[];
  readonly shippedOn: Int32Array;
  readonly shippedQuantity: Int32Array;
  readonly workOrders: WorkOrder[];
  readonly purchases: PurchaseLine[];
  readonly balances: Float64Array;
};

// A dock is built for a busy day, not for the busiest.
const DOCK_RATIO = 2.4;

/** Opens the company on the first day, with the stock that its rules would have left there. */
export function openFloor(inputs: OperationsInputs): Floor {
  const { nodes, lines, items, resources, timeline, seed } = inputs;
  const days = timeline.asOf - timeline.start;
  return {
    inputs,
    random: randomStream(seed, 'operations'),
    onHand: Float64Array.from(nodes, (node) => openingStock(node, inputs)),
    onOrder: new Float64Array(nodes.length),
    onTheWay: new Float64Array(nodes.length),
    owed: new Float64Array(nodes.length),
    missed: new Float64Array(nodes.length),
    queueHead: new Int32Array(nodes.length).fill(-1),
    queueTail: new Int32Array(nodes.length).fill(-1),
    queueNext: new Int32Array(lines.count).fill(-1),
    receipts: Array.from({ length: days }, () => []),
    dueLines: linesByDue(inputs),
    nextDue: 0,
    carriedOver: [],
    lost: new Uint8Array(lines.count),
    nextOrdered: 0,
    outSince: new Int32Array(nodes.length).fill(-1),
    stockOuts: [],
    dockLines: Math.max(8, Math.ceil((lines.count / days / 4) * (7 / 5) * DOCK_RATIO)),
    freeOn: new Float64Array(resources.length).fill(timeline.start),
    hoursPerDay: Float64Array.from(resources, (row) => (row.hoursPerWeek / 7) * row.efficiencyRatio),
    waitDays: new Float64Array(resources.length),
    stepsOf: stepsByItem(inputs),
    partsOf: partsByItem(inputs),
    dependants: items.map((_, item) =>
      [...nodes.keys()].slice(items.length).filter((node) => nodes[node].item === item),
    ),
    shippedOn: new Int32Array(lines.count),
    shippedQuantity: new Int32Array(lines.count),
    workOrders: [],
    purchases: [],
    balances: new Float64Array(nodes.length * timeline.historyMonths),
  };
}

function openingStock(node: StockNode, inputs: OperationsInputs): number {
  const { timeline, items } = inputs;
  const item = items[node.item];
  const lead = node.isHome ? item.leadTimeDays : node.transitDays;
  const cover = expectedBefore(node, timeline, timeline.start + lead + node.coverDays + 7);
  const lot = node.isHome && item.sold !== null ? item.lotMinimum : 0;
  return Math.round(cover + node.safetyStock * 0.8 + lot);
}

/** Lines that fall due before the as-of day, in the order of that day. */
function linesByDue(inputs: OperationsInputs): Int32Array {
  const { requestedOn, count } = inputs.lines;
  const { asOf } = inputs.timeline;
  const ranks: number[] = [];
  for (let line = 0; line < count; line++) {
    if (requestedOn[line] < asOf) ranks.push(requestedOn[line] * count + line);
  }
  return Int32Array.from(Float64Array.from(ranks).sort(), (rank) => rank % count);
}

function stepsByItem(inputs: OperationsInputs): StepOfItem[][] {
  const steps = Map.groupBy(inputs.routing, (step) => step.item);
  const resources = new Map(inputs.resources.map((resource, index) => [resource.code, index]));
  return inputs.items.map((item) =>
    (steps.get(item.code) ?? []).map((step) => ({ step, resource: resources.get(step.resource) ?? 0 })),
  );
}

function partsByItem(inputs: OperationsInputs): PartOfItem[][] {
  const rows = Map.groupBy(inputs.bill, (row: BillRow) => row.parent);
  const nodeOf = new Map(inputs.items.map((item, index) => [item.code, index]));
  return inputs.items.map((item) =>
    (rows.get(item.code) ?? []).map((row) => ({
      node: nodeOf.get(row.component) ?? 0,
      per: row.quantityPer / (1 - row.scrapRatio),
    })),
  );
}

/** Books goods to arrive on a day; after the as-of day they stay on order. */
export function expectReceipt(floor: Floor, day: CalendarDay, receipt: Receipt): void {
  floor.receipts[day - floor.inputs.timeline.start]?.push(receipt);
}

/** The day itself, or the Monday after a weekend. */
export function workday(day: CalendarDay): CalendarDay {
  const weekday = (day + 3) % 7; // 0 is Monday.
  return weekday < 5 ? day : day + 7 - weekday;
}
