/** The rows of a sub-network while its supply is drawn together, and the stock that they leave at a point. */
import { grown, type OrderTable, orderTable, type UseTable, useTable } from './columns.ts';
import { usesOfKeptOrders } from './kept-uses.ts';
import { type MovedOrders, movedOrders } from './moved-orders.ts';
import { type ReceiptsOfPoint, writeReceipts } from './open-subnetwork.ts';
import type { PlanState } from './plan-state.ts';
import { pointsOfOrders, rowsByPointAndDay, rowsOfSlot, type SortedRows } from './sorted-rows.ts';
import type { SpareStock } from './spare-stock.ts';

export type Work = {
  readonly state: PlanState;
  readonly firstOrder: number;
  readonly receiptsOf: ReceiptsOfPoint;
  readonly slotCount: number;
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
  /** Rows of the uses of a point that were taken over, in their order: they are not among those above. */
  usesTakenOver: ((point: number) => ArrayLike<number>) | undefined;
  /** Projected stock of the point at hand. */
  readonly projected: Float64Array;
  /** Orders of the source at hand. */
  readonly moved: MovedOrders;
  readonly spares: SpareStock;
};

/** What is at hand before the first point is gone through. */
export function tightenWork(
  state: PlanState,
  slotCount: number,
  firstOrder: number,
  receiptsOf: ReceiptsOfPoint,
): Work {
  const { network, orders, uses } = state;
  const ordered = { slotCount, points: pointsOfOrders(network, orders, firstOrder) };
  const work: Work = {
    state,
    firstOrder,
    receiptsOf,
    slotCount,
    orders: orderTable(orders.count - firstOrder),
    uses: useTable(uses.count),
    orderRows: rowsByPointAndDay(network, ordered, firstOrder, orders.count, orders.endDay),
    usesOf: usesOfKeptOrders(state, firstOrder),
    newRow: new Int32Array(orders.count - firstOrder),
    newestOf: new Int32Array(network.sources.count).fill(-1),
    firstUse: new Int32Array(slotCount).fill(-1),
    lastUse: new Int32Array(slotCount).fill(-1),
    nextUse: { count: 0, row: new Int32Array(uses.count) },
    usesTakenOver: undefined,
    projected: new Float64Array(network.dayCount),
    moved: movedOrders(),
    spares: {
      state,
      slotCount,
      suppliesOf: (point, daily) => writeSupplies(work, point, daily),
      useRows: undefined,
      spare: new Map(),
      watch: undefined,
    },
  };
  return work;
}

export function addUse(
  work: Work,
  point: number,
  day: number,
  quantity: number,
  kind: number,
  index: number,
): void {
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

/** Index of the order as it will be in the plan. */
export function addOrder(
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

export const ordersOf = ({ orderRows, state }: Work, point: number): Int32Array =>
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
export function writeDaily(work: Work, point: number, daily: Float64Array): void {
  const { uses, firstUse, nextUse, usesTakenOver } = work;
  const { network } = work.state;
  writeReceipts(network, point, work.receiptsOf, daily);
  let row = firstUse[network.subnetworks.slot[point]];
  if (usesTakenOver !== undefined) {
    const taken = usesTakenOver(point);
    for (let i = 0; i < taken.length; i++) {
      for (; row >= 0 && row < taken[i]; row = nextUse.row[row]) daily[uses.day[row]] -= uses.quantity[row];
      daily[uses.day[taken[i]]] -= uses.quantity[taken[i]];
    }
  }
  for (; row >= 0; row = nextUse.row[row]) daily[uses.day[row]] -= uses.quantity[row];
}

/** Stock at the end of each day with the orders as they were. */
export function project(work: Work, point: number, rows: Int32Array): void {
  const { state, projected } = work;
  const { orders, network } = state;
  writeDaily(work, point, projected);
  for (const row of rows) {
    projected[orders.endDay[row]] += orders.quantity[row] * network.sources.yieldRatio[orders.source[row]];
  }
  for (let day = 1; day < projected.length; day++) projected[day] += projected[day - 1];
}
