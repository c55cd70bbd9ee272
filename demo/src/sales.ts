/** Adds up what was sold, what it cost and what lay in stock, in whole cents. */
import type { Sales } from './books.ts';
import { FAMILIES, SPARE_LINES } from './catalogue.ts';
import type { Company } from './company.ts';
import { priceIndex } from './events.ts';
import { AVERAGE_DISCOUNT_RATIO } from './parts.ts';
import { monthIndexOf } from './timeline.ts';

type Flow = Omit<Company, 'sales' | 'ledger' | 'quotas' | 'deals' | 'leads'>;

/** Cost of one unit of an item on a day, in cents: standard costs are set each January. */
export function unitCostCents(
  company: Pick<Company, 'items' | 'timeline'>,
  item: number,
  day: number,
): number {
  return Math.max(1, Math.round(company.items[item].cost * priceIndex(company.timeline, day) * 100));
}

/** What a line is billed: all that was ordered while it is open, what was shipped once it is closed. */
export function netCents(flow: Pick<Company, 'lines' | 'operations'>, line: number): number {
  const { lines, operations } = flow;
  const units = operations.shippedOn[line] === 0 ? lines.quantity[line] : operations.shippedQuantity[line];
  return units * lines.unitCents[line];
}

/** Family of each sold item, as a position in FAMILIES. */
function familiesOf(flow: Flow): number[] {
  return flow.sold.map((item) => {
    const family = item.line?.family ?? SPARE_LINES.find((line) => line.code === item.group)?.family;
    return FAMILIES.findIndex(([code]) => code === family);
  });
}

export function salesOf(flow: Flow): Sales {
  const { timeline, lines, operations, keys, returns } = flow;
  const { historyMonths } = timeline;
  const families = familiesOf(flow);
  const cells = FAMILIES.length * historyMonths;
  const revenue = new Float64Array(cells);
  const returned = new Float64Array(cells);
  const costOfSales = new Float64Array(cells);
  const cellOf = (item: number, day: number): number =>
    families[item] * historyMonths + monthIndexOf(timeline, day);
  for (let line = 0; line < lines.count; line++) {
    const day = operations.shippedOn[line];
    if (day === 0) continue;
    const { item } = keys[lines.key[line]];
    revenue[cellOf(item, day)] += netCents(flow, line);
    costOfSales[cellOf(item, day)] += operations.shippedQuantity[line] * unitCostCents(flow, item, day);
  }
  for (const { line, on, quantity } of returns) {
    returned[cellOf(keys[lines.key[line]].item, on)] -= quantity * lines.unitCents[line];
  }
  return {
    revenue,
    returns: returned,
    costOfSales,
    inventory: inventoryCents(flow),
    ...expectedSales(flow, families),
  };
}

/** Quantity as it is written: whole pieces, and kilograms or metres to the gram or millimetre. */
export function writtenQuantity(quantity: number): number {
  return Math.round(quantity * 1000) / 1000;
}

function balanceCents(flow: Flow, node: number, month: number): number {
  const { operations, timeline, nodes } = flow;
  const quantity = writtenQuantity(operations.balances[node * timeline.historyMonths + month]);
  return Math.round(quantity * unitCostCents(flow, nodes[node].item, timeline.monthStarts[month + 1] - 1));
}

function inventoryCents(flow: Flow): Float64Array {
  const { timeline, nodes } = flow;
  const inventory = new Float64Array(timeline.historyMonths);
  nodes.forEach((_, node) => {
    for (let month = 0; month < timeline.historyMonths; month++)
      inventory[month] += balanceCents(flow, node, month);
  });
  return inventory;
}

/** Expected revenue and cost by family and month of the whole timeline, at the prices of each month. */
function expectedSales(
  flow: Flow,
  families: readonly number[],
): Pick<Sales, 'expectedRevenue' | 'expectedCost'> {
  const { timeline, items, sold, listPrices } = flow;
  const monthCount = timeline.monthStarts.length - 1;
  const expectedRevenue = new Float64Array(FAMILIES.length * monthCount);
  const expectedCost = new Float64Array(FAMILIES.length * monthCount);
  const indexes = Array.from({ length: monthCount }, (_, month) =>
    priceIndex(timeline, timeline.monthStarts[month]),
  );
  sold.forEach((_, item) => {
    for (let month = 0; month < monthCount; month++) {
      const cell = families[item] * monthCount + month;
      const units = items[item].expected[month] * indexes[month] * 100;
      expectedRevenue[cell] += units * listPrices[item] * (1 - AVERAGE_DISCOUNT_RATIO);
      expectedCost[cell] += units * items[item].cost;
    }
  });
  return { expectedRevenue, expectedCost };
}

/** Net value of the orders of each territory by month of ordering, in cents: `[territory * historyMonths + month]`. */
export function ordersByTerritory(flow: Flow): Float64Array {
  const { timeline, lines, force } = flow;
  const ordered = new Float64Array(force.territories.length * timeline.historyMonths);
  for (let line = 0; line < lines.count; line++) {
    const territory = force.territoryOfAccount[lines.account[line]];
    const month = monthIndexOf(timeline, lines.orderedOn[line]);
    ordered[territory * timeline.historyMonths + month] += lines.quantity[line] * lines.unitCents[line];
  }
  return ordered;
}
