/** Rows of the transactions: stock, sales orders, purchase orders and work orders. */
import { isoFromDay } from '@planwright/time';
import { CHANNELS } from './catalogue.ts';
import type { Company } from './company.ts';
import { dayText, dollarText, listSource, moneyText, type RowSource } from './row-batches.ts';
import { netCents, unitCostCents, writtenQuantity } from './sales.ts';
import { holderFinder } from './sales-force.ts';
import { SITES, WAREHOUSES } from './sites.ts';

const CURRENCY = 'USD';
const FIRST_ORDER = 100_001;

export function onHandRows({ nodes, items, operations, timeline }: Company): RowSource {
  return listSource('on_hand', nodes, {
    item: (node) => items[node.item].code,
    location: (node) => SITES[node.site].code,
    quantity: (_, row) => writtenQuantity(operations.onHand[row]),
    asOf: () => isoFromDay(timeline.asOf),
  });
}

/** Month after month, every node: the month that is not over yet has no balance. */
export function balanceRows(company: Company): RowSource {
  const { nodes, items, operations, timeline } = company;
  const { historyMonths, monthStarts, asOf } = timeline;
  const finished = monthStarts[historyMonths] <= asOf ? historyMonths : historyMonths - 1;
  const count = nodes.length;
  const monthOf = (row: number): number => Math.floor(row / count);
  const lastDay = (row: number): number => monthStarts[monthOf(row) + 1] - 1;
  const days = Array.from({ length: finished }, (_, month) => isoFromDay(monthStarts[month + 1] - 1));
  return {
    target: 'stock_balance',
    rowCount: count * finished,
    cells: {
      item: (row) => items[nodes[row % count].item].code,
      location: (row) => SITES[nodes[row % count].site].code,
      on: (row) => days[monthOf(row)],
      quantity: (row) => writtenQuantity(operations.balances[(row % count) * historyMonths + monthOf(row)]),
      unitCost: (row) => moneyText(unitCostCents(company, nodes[row % count].item, lastDay(row))),
    },
  };
}

/** An order as it is billed. Returns come after the orders, one each. */
type OrderHead = { readonly line: number; readonly end: number };

function orderHeads(company: Company): OrderHead[] {
  const { order, count, orderCount } = company.lines;
  const first = new Int32Array(orderCount + 1).fill(count);
  for (let line = count - 1; line >= 0; line--) first[order[line]] = line;
  return Array.from({ length: orderCount }, (_, index) => ({ line: first[index], end: first[index + 1] }));
}

const orderCode = (index: number): string => `SO-${FIRST_ORDER + index}`;
const returnCode = (index: number): string => `RA-${FIRST_ORDER + index}`;
const FREE_FREIGHT_CENTS = 250_000;
const SALES_TAX_RATIO = 0.065;

export function orderRows(company: Company): RowSource {
  const { lines, operations, accounts, force, returns } = company;
  const holderOf = holderFinder(force);
  const heads = orderHeads(company);
  const orderCount = heads.length;
  const isReturn = (row: number): boolean => row >= orderCount;
  const lineOf = (row: number): number => (isReturn(row) ? returns[row - orderCount].line : heads[row].line);
  const orderedOn = (row: number): number =>
    isReturn(row) ? returns[row - orderCount].on : lines.orderedOn[heads[row].line];
  const accountOf = (row: number): number => lines.account[lineOf(row)];
  const over = (
    row: number,
    what: (line: number) => number,
    fold: (a: number, b: number) => number,
  ): number => {
    let result = what(heads[row].line);
    for (let line = heads[row].line + 1; line < heads[row].end; line++) result = fold(result, what(line));
    return result;
  };
  const net = (row: number): number => {
    if (!isReturn(row))
      return over(
        row,
        (line) => netCents(company, line),
        (a, b) => a + b,
      );
    const { line, quantity } = returns[row - orderCount];
    return -quantity * lines.unitCents[line];
  };
  // Shops buy for resale and pay no sales tax; public buyers are exempt; end users who buy online pay it.
  const tax = (row: number): number =>
    accounts[accountOf(row)].segment === 'Web shop' ? Math.round(net(row) * SALES_TAX_RATIO) : 0;
  const freight = (row: number): number => {
    const value = net(row);
    return value <= 0 || value >= FREE_FREIGHT_CENTS ? 0 : Math.max(1500, Math.round(value * 0.025));
  };
  const shippedOn = (row: number): number | null => {
    if (isReturn(row)) return returns[row - orderCount].on;
    const isOpen = over(row, (line) => Number(operations.shippedOn[line] === 0), Math.max) === 1;
    return isOpen ? null : over(row, (line) => operations.shippedOn[line], Math.max);
  };
  return {
    target: 'sales_order',
    rowCount: orderCount + returns.length,
    cells: {
      code: (row) => (isReturn(row) ? returnCode(row - orderCount) : orderCode(row)),
      account: (row) => accounts[accountOf(row)].code,
      territory: (row) => force.territories[force.territoryOfAccount[accountOf(row)]].code,
      seller: (row) => {
        const seller = holderOf(force.territoryOfAccount[accountOf(row)], orderedOn(row));
        return seller < 0 ? null : force.employees[seller].code;
      },
      channel: (row) => CHANNELS[accounts[accountOf(row)].channel],
      orderedOn: (row) => isoFromDay(orderedOn(row)),
      requestedOn: (row) =>
        isoFromDay(isReturn(row) ? orderedOn(row) : over(row, (line) => lines.requestedOn[line], Math.max)),
      shippedOn: (row) => dayText(shippedOn(row)),
      currency: () => CURRENCY,
      netAmount: (row) => moneyText(net(row)),
      taxAmount: (row) => moneyText(tax(row)),
      freightAmount: (row) => moneyText(freight(row)),
      totalAmount: (row) => moneyText(net(row) + tax(row) + freight(row)),
    },
  };
}

export function orderLineRows(company: Company): RowSource {
  const { lines, operations, keys, sold, accounts, returns } = company;
  const isReturn = (row: number): boolean => row >= lines.count;
  const lineOf = (row: number): number => (isReturn(row) ? returns[row - lines.count].line : row);
  const keyOf = (row: number) => keys[lines.key[lineOf(row)]];
  const returned = (row: number) => returns[row - lines.count];
  const firstOf = orderHeads(company).map((head) => head.line);
  const days = new Map<number, string>();
  const dayOf = (day: number): string => {
    const text = days.get(day) ?? isoFromDay(day);
    days.set(day, text);
    return text;
  };
  return {
    target: 'sales_order_line',
    rowCount: lines.count + returns.length,
    cells: {
      order: (row) => (isReturn(row) ? returnCode(row - lines.count) : orderCode(lines.order[row])),
      line: (row) => (isReturn(row) ? '1' : String(row - firstOf[lines.order[row]] + 1)),
      item: (row) => sold[keyOf(row).item].code,
      location: (row) => SITES[WAREHOUSES[keyOf(row).warehouse]].code,
      channel: (row) => CHANNELS[keyOf(row).channel],
      account: (row) => accounts[lines.account[lineOf(row)]].code,
      orderedOn: (row) => dayOf(isReturn(row) ? returned(row).on : lines.orderedOn[row]),
      requestedOn: (row) => dayOf(isReturn(row) ? returned(row).on : lines.requestedOn[row]),
      shippedOn: (row) => {
        const day = isReturn(row) ? returned(row).on : operations.shippedOn[row];
        return day === 0 ? null : dayOf(day);
      },
      quantity: (row) => (isReturn(row) ? -returned(row).quantity : lines.quantity[row]),
      shippedQuantity: (row) => (isReturn(row) ? -returned(row).quantity : operations.shippedQuantity[row]),
      netAmount: (row) =>
        moneyText(
          isReturn(row) ? -returned(row).quantity * lines.unitCents[lineOf(row)] : netCents(company, row),
        ),
      currency: () => CURRENCY,
    },
  };
}

export function purchaseRows({ operations, items, suppliers, timeline }: Company): RowSource {
  const { asOf } = timeline;
  type Purchase = (typeof operations.purchases)[number];
  const isClosed = (row: Purchase): boolean => row.receivedOn < asOf;
  const received = (row: Purchase): number => {
    if (isClosed(row)) return row.quantity;
    return row.firstOn > 0 && row.firstOn < asOf ? row.firstQuantity : 0;
  };
  return listSource('purchase_order_line', operations.purchases, {
    order: (_, row) => `PO-${FIRST_ORDER + row}`,
    line: () => '1',
    supplier: (row) => suppliers[row.supplier].code,
    item: (row) => items[row.item].code,
    location: (row) => SITES[items[row.item].home].code,
    orderedOn: (row) => isoFromDay(row.orderedOn),
    dueOn: (row) => isoFromDay(row.dueOn),
    receivedOn: (row) => (isClosed(row) ? isoFromDay(row.receivedOn) : null),
    quantity: (row) => row.quantity,
    receivedQuantity: received,
    rejectedQuantity: (row) => (isClosed(row) ? row.rejectedQuantity : 0),
    price: (row) => dollarText(row.price),
    currency: (row) => suppliers[row.supplier].currency,
    status: (row) => (isClosed(row) ? 'closed' : 'open'),
  });
}

export function workOrderRows({ operations, items, timeline }: Company): RowSource {
  type Work = (typeof operations.workOrders)[number];
  const isClosed = (row: Work): boolean => row.endOn < timeline.asOf;
  return listSource('work_order', operations.workOrders, {
    code: (_, row) => `WO-${FIRST_ORDER + row}`,
    item: (row) => items[row.item].code,
    location: (row) => SITES[items[row.item].home].code,
    startOn: (row) => isoFromDay(row.startOn),
    dueOn: (row) => isoFromDay(row.dueOn),
    endOn: (row) => (isClosed(row) ? isoFromDay(row.endOn) : null),
    quantity: (row) => row.quantity,
    completedQuantity: (row) => (isClosed(row) ? row.completedQuantity : 0),
    scrappedQuantity: (row) => (isClosed(row) ? row.quantity - row.completedQuantity : 0),
    status: (row) => (isClosed(row) ? 'closed' : 'open'),
  });
}
