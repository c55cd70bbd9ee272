/** The tables of a plan file as CSV, line by line. */
import type { PlanningPlanFile } from '@planwright/contracts';
import { BLOCKS, type PlanDraft } from './plan-to-file.ts';
import { inPieces } from './write-plan.ts';

const ORDER_COLUMNS =
  'order kind source item location from startOn dueOn quantity receiptQuantity pastDueDays serves reason';
const DELIVERY_COLUMNS = 'demand item location dueOn on quantity daysLate';
const RESOURCE_COLUMNS = 'resource bucketStart loadHours capacityHours overtimeHours';
const SHORTAGE_COLUMNS =
  'demand item location dueOn quantity lateQuantity shortQuantity daysLate backlogCost margin lostSalesCost reason';

/** By the end of the file's name: orders, deliveries, stock, resources, shortages. */
export function planTables(plan: PlanDraft): Record<string, Iterable<string>> {
  return {
    orders: csv(
      ORDER_COLUMNS.split(' '),
      mapped(plan.orders, (row) => [{ ...row, serves: row.serves.join('; ') }]),
    ),
    deliveries: csv(DELIVERY_COLUMNS.split(' '), plan.deliveries),
    stock: csv(
      ['item', 'location', 'bucketStart', ...BLOCKS],
      mapped(plan.stockPoints, (row) => stockRows(row, plan.bucketStarts)),
    ),
    resources: csv(RESOURCE_COLUMNS.split(' '), mapped(plan.resources, resourceRows)),
    shortages: csv(
      SHORTAGE_COLUMNS.split(' '),
      mapped(plan.shortages, ({ cost, ...row }) => [
        {
          ...row,
          backlogCost: cost.backlog,
          margin: cost.margin,
          lostSalesCost: cost.lostSales,
        },
      ]),
    ),
  };
}

type Cells = Readonly<Record<string, string | number | null>>;

function* mapped<Row>(rows: Iterable<Row>, cellsOf: (row: Row) => Cells[]): Generator<Cells> {
  for (const row of rows) yield* cellsOf(row);
}

function stockRows(row: PlanningPlanFile['stockPoints'][number], bucketStarts: readonly string[]): Cells[] {
  return row.projectedOnHand.map((_, t) => ({
    item: row.item,
    location: row.location,
    bucketStart: bucketStarts[t],
    ...Object.fromEntries(BLOCKS.map((name) => [name, row[name][t]])),
  }));
}

function resourceRows(row: PlanningPlanFile['resources'][number]): Cells[] {
  return row.loadHours.map((loadHours, t) => ({
    resource: row.resource,
    bucketStart: row.bucketStarts[t],
    loadHours,
    capacityHours: row.capacityHours[t],
    overtimeHours: row.overtimeHours[t],
  }));
}

function* csv(columns: readonly string[], rows: Iterable<object>): Generator<string> {
  yield `${columns.join(',')}\n`;
  for (const piece of inPieces(rows as Iterable<Cells>)) {
    yield piece.map((row) => `${columns.map((column) => cell(row[column])).join(',')}\n`).join('');
  }
}

/** A text that a spreadsheet would run as a formula is made plain by an apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
