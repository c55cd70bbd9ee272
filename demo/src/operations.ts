/**
 * Four years of running the company, day by day: orders are shipped from what is in stock, warehouses draw on the
 * plants, plants and buyers reorder by their rules, work queues at the work centres, suppliers are late.
 *
 * Late and short shipments, shortages and excess all come out of this and are nowhere drawn by lot.
 */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { Account } from './accounts.ts';
import type { Resource } from './capacity.ts';
import type { DemandKey } from './demand.ts';
import type { OrderLines } from './order-lines.ts';
import type { BillRow, RoutingStep } from './parts.ts';
import { openFloor, type StockOut } from './floor.ts';
import { review } from './reordering.ts';
import { closeDeadLines, receive, shipDue } from './shipping.ts';
import { closeStockOuts, loseOrders, noteStockOuts } from './stock-outs.ts';
import type { PlannedItem, StockNode } from './stock-nodes.ts';
import type { Supplier } from './suppliers.ts';
import type { Timeline } from './timeline.ts';

export type WorkOrder = {
  readonly item: number;
  readonly startOn: CalendarDay;
  readonly dueOn: CalendarDay;
  /** May lie after the as-of day: then it has not happened yet. */
  readonly endOn: CalendarDay;
  readonly quantity: number;
  readonly completedQuantity: number;
};

export type PurchaseLine = {
  readonly item: number;
  readonly supplier: number;
  readonly orderedOn: CalendarDay;
  readonly dueOn: CalendarDay;
  /** Day of the last delivery; may lie after the as-of day. */
  readonly receivedOn: CalendarDay;
  /** An earlier delivery of a part of the quantity, where there was one. */
  readonly firstOn: CalendarDay;
  readonly firstQuantity: number;
  readonly quantity: number;
  readonly rejectedQuantity: number;
  readonly price: number;
};

export type OperationsLog = {
  /** Day on which a line was closed, or 0 while it is open. */
  readonly shippedOn: Int32Array;
  readonly shippedQuantity: Int32Array;
  /** 1 for lines whose customer found the shelf empty and did not order: see `withoutLost`. */
  readonly lost: Uint8Array;
  /** Of items that are sold, in the order in which they ended. */
  readonly stockOuts: readonly StockOut[];
  readonly workOrders: readonly WorkOrder[];
  readonly purchases: readonly PurchaseLine[];
  /** Stock by node at each month's end, row-major: node * historyMonths + month. */
  readonly balances: Float64Array;
  /** Stock by node on the evening before the as-of day. Goods on their way between sites count where they came from. */
  readonly onHand: Float64Array;
};

export type OperationsInputs = {
  readonly items: readonly PlannedItem[];
  readonly nodes: readonly StockNode[];
  readonly lines: OrderLines;
  readonly lineNode: Int32Array;
  readonly keys: readonly DemandKey[];
  readonly accounts: readonly Account[];
  readonly bill: readonly BillRow[];
  readonly routing: readonly RoutingStep[];
  readonly resources: readonly Resource[];
  readonly suppliers: readonly Supplier[];
  readonly timeline: Timeline;
  readonly seed: number;
};

const MONDAY = 4; // 1970-01-05 was one.

/** Runs from the first day of the history to the day before the as-of day. */
export function runOperations(inputs: OperationsInputs): OperationsLog {
  const floor = openFloor(inputs);
  const { timeline, nodes } = inputs;
  const { start, asOf, monthStarts, historyMonths } = timeline;
  const stockOf = (node: number): number => floor.onHand[node] + floor.onTheWay[node];
  const customers = randomStream(inputs.seed, 'customers who leave');
  for (let day = start; day < asOf; day++) {
    loseOrders(floor, customers, day);
    for (const receipt of floor.receipts[day - start] ?? []) receive(floor, receipt, day);
    shipDue(floor, day);
    noteStockOuts(floor, day);
    if (day % 7 === MONDAY) review(floor, day);
    const month = monthStarts.indexOf(day + 1) - 1;
    if (month < 0) continue;
    for (let node = 0; node < nodes.length; node++)
      floor.balances[node * historyMonths + month] = stockOf(node);
  }
  closeDeadLines(floor);
  closeStockOuts(floor, asOf - 1);
  const { shippedOn, shippedQuantity, lost, stockOuts, workOrders, purchases, balances } = floor;
  const onHand = Float64Array.from(nodes, (_, node) => stockOf(node));
  return { shippedOn, shippedQuantity, lost, stockOuts, workOrders, purchases, balances, onHand };
}
