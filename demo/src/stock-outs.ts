/** Empty shelves: when an item could not be sold, and the customers who went elsewhere meanwhile. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { CHANNELS, type Channel } from './catalogue.ts';
import type { Floor } from './floor.ts';
import type { OperationsLog } from './operations.ts';
import type { OrderLines } from './order-lines.ts';

/** An empty shelf is talked about after ten days; what is wanted later than this may still be there in time. */
const KNOWN_AFTER_DAYS = 10;
const RECORDED_FROM_DAYS = 14;
const PATIENT_DAYS = 21;
const LEAVES_CHANCE: Readonly<Record<Channel, number>> = { dealer: 0.4, retail: 0.6, online: 0.85 };

/**
 * Lines ordered on a day whose shelf has been empty for a while: some customers do not even order. Such a line is lost:
 * nobody ever sees it, and that is how a stock-out hides demand.
 */
export function loseOrders(floor: Floor, stream: RandomStream, day: CalendarDay): void {
  const { lines, lineNode, keys } = floor.inputs;
  for (; floor.nextOrdered < lines.count; floor.nextOrdered += 1) {
    const line = floor.nextOrdered;
    if (lines.orderedOn[line] > day) return;
    const since = floor.outSince[lineNode[line]];
    if (since < 0 || day - since < KNOWN_AFTER_DAYS || lines.requestedOn[line] - day > PATIENT_DAYS) continue;
    const chance = LEAVES_CHANCE[CHANNELS[keys[lines.key[line]].channel]];
    if (stream.uniform() < chance) floor.lost[line] = 1;
  }
}

/** Notes in the evening which shelves are empty while somebody waits. */
export function noteStockOuts(floor: Floor, day: CalendarDay): void {
  floor.outSince.forEach((since, node) => {
    const isOut = floor.queueHead[node] >= 0 && floor.onHand[node] < 1;
    if (isOut === since >= 0) return;
    if (since >= 0) closeStockOut(floor, node, day - 1);
    floor.outSince[node] = isOut ? day : -1;
  });
}

/** Stock-outs that last on the last day end with it, as far as anybody knows. */
export function closeStockOuts(floor: Floor, lastDay: CalendarDay): void {
  floor.outSince.forEach((since, node) => {
    if (since >= 0) closeStockOut(floor, node, lastDay);
  });
}

/** Shorter ones are nowhere written down: they cost few orders. */
function closeStockOut(floor: Floor, node: number, endsOn: CalendarDay): void {
  const startsOn = floor.outSince[node];
  if (endsOn - startsOn + 1 >= RECORDED_FROM_DAYS) floor.stockOuts.push({ node, startsOn, endsOn });
}

/** What the books show of the orders that customers wanted: `meant` without those that were lost, `lines` as typed. */
export function asBooked(wanted: OrderLines, log: OperationsLog, seed: number) {
  const { lines: meant, operations } = withoutLost(wanted, log);
  return { meant, lines: withSlips(meant, operations, seed), operations };
}

/** The books without the lines that nobody ever saw; orders are numbered anew. */
function withoutLost(
  lines: OrderLines,
  operations: OperationsLog,
): { readonly lines: OrderLines; readonly operations: OperationsLog } {
  const kept = Int32Array.from(lines.key.keys()).filter((line) => operations.lost[line] === 0);
  const pick = (column: Int32Array): Int32Array => kept.map((line) => column[line]);
  const order = new Int32Array(kept.length);
  let orderCount = 0;
  kept.forEach((line, row) => {
    if (row === 0 || lines.order[line] !== lines.order[kept[row - 1]]) orderCount += 1;
    order[row] = orderCount - 1;
  });
  const { key, account, orderedOn, requestedOn, quantity, unitCents } = lines;
  return {
    lines: {
      count: kept.length,
      key: pick(key),
      account: pick(account),
      orderedOn: pick(orderedOn),
      requestedOn: pick(requestedOn),
      quantity: pick(quantity),
      unitCents: pick(unitCents),
      order,
      orderCount,
    },
    operations: {
      ...operations,
      lost: new Uint8Array(kept.length),
      shippedOn: pick(operations.shippedOn),
      shippedQuantity: pick(operations.shippedQuantity),
    },
  };
}

const SLIP_CHANCE = 1 / 3500;
const SLIP_FACTOR = 10;

/**
 * Typing errors: an order entered with a zero too many, shipped and billed as the customer meant it, and closed. Goods
 * and money are right; the quantity ordered is not.
 */
function withSlips(lines: OrderLines, operations: OperationsLog, seed: number): OrderLines {
  const stream = randomStream(seed, 'typing errors');
  const quantity = lines.quantity.map((units, line) => {
    const slips = stream.uniform() < SLIP_CHANCE;
    const isFull = operations.shippedOn[line] !== 0 && operations.shippedQuantity[line] === units;
    return slips && isFull && units > 1 ? units * SLIP_FACTOR : units;
  });
  return { ...lines, quantity };
}
