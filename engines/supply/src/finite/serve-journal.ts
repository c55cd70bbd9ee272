/**
 * A journal of the promises of one sub-network: what each step of serving looked at, what it changed, and the rows that
 * it wrote. With it the promises of an edited network ask anew only what the edit reaches (see `serve-again.ts`).
 *
 * A step is one demand in one pass, or one point whose safety stock is filled. What it looks at are *cells*: the rows of
 * the ledger, behind them the counters of the state, and behind those the rules of each point, which no step changes; it
 * changes nothing else. Changes are kept one by one, also those that were taken back, for what is added and taken away
 * again does not leave the same last bits. *Findings* are the questions whose answers steer a step: where all are answered
 * as they were, it goes as it went.
 *
 * Memory  about 4 bytes a cell looked at, 24 a change, 57 a finding, and the rows as they were promised.
 */
import { USE_KIND } from '../model/finite-plan.ts';
import {
  type AlternateTable,
  appendRows,
  type DelayTable,
  type DeliveryTable,
  grown,
  joinedRows,
  type OrderTable,
  rowsBetween,
  type Table,
  type UseTable,
} from './columns.ts';

/** The tables that promises write. */
export type PromisedRows = {
  readonly orders: OrderTable;
  readonly uses: UseTable;
  readonly deliveries: DeliveryTable;
  readonly delays: DelayTable;
  readonly alternates: AlternateTable;
};

export const promisedTables = ({
  orders,
  uses,
  deliveries,
  delays,
  alternates,
}: PromisedRows): readonly Table[] => [orders, uses, deliveries, delays, alternates];

/** Each column has a last entry behind those of the steps: where the last one ends. */
type Steps = {
  count: number;
  demand: Int32Array;
  key: Float64Array;
  /** What was left of the demand before and after. */
  before: Float64Array;
  after: Float64Array;
  /** 1 where the step looked at something that is not among its findings. */
  looksElsewhere: Uint8Array;
  /** First rows in `cells`, `changes`, `findings` and the promised tables. */
  cell: Int32Array;
  change: Int32Array;
  finding: Int32Array;
  order: Int32Array;
  use: Int32Array;
  delivery: Int32Array;
  delay: Int32Array;
  alternate: Int32Array;
};

/** What was added to cells; to rows of the ledger from a day on. */
export type Changes = {
  count: number;
  step: Int32Array;
  cell: Int32Array;
  day: Int32Array;
  quantity: Float64Array;
};

/** What was asked and found, of each kind as `Watch` tells it; `change` is the number of changes before it. */
export type Findings = {
  count: number;
  kind: Uint8Array;
  change: Int32Array;
  /** A row of the ledger, or a source. */
  subject: Int32Array;
  day: Int32Array;
  asked: Float64Array;
  /** Of stock: 1 where it mattered what is taken last. */
  alsoAsked: Float64Array;
  found: Float64Array;
  alsoFound: Float64Array;
  /** Of a lot: what limits it (-1 nothing), and the day before on which there may be more. */
  cause: Int32Array;
  causeSubject: Int32Array;
  earlierDay: Int32Array;
};
export const FINDING = { stock: 0, reply: 1, short: 2, lot: 3, openDay: 4 } as const;

export type ServeJournal = {
  /** Rows of the ledger. */
  readonly rowCount: number;
  /** Counters before the first step. */
  readonly countersBefore: Float64Array;
  readonly steps: Steps;
  /** First step of each pass. */
  readonly passStart: readonly number[];
  readonly cells: { count: number; cell: Int32Array };
  readonly changes: Changes;
  /** Rows of `changes` by cell, in their order. */
  readonly changesOf: { readonly start: Int32Array; readonly rows: Int32Array };
  readonly findings: Findings;
  /** Orders are numbered from 0. */
  readonly rows: PromisedRows;
};

/** Where the cells of rules begin: one for each row of the ledger. */
export const rulesStart = ({
  rowCount,
  countersBefore,
}: Pick<ServeJournal, 'rowCount' | 'countersBefore'>): number => rowCount + countersBefore.length;

export function changeTable(rows: number): Changes {
  return {
    count: 0,
    step: new Int32Array(rows),
    cell: new Int32Array(rows),
    day: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function addChange(changes: Changes, step: number, cell: number, day: number, quantity: number): void {
  grown(changes, changes.quantity);
  const at = changes.count++;
  changes.step[at] = step;
  changes.cell[at] = cell;
  changes.day[at] = day;
  changes.quantity[at] = quantity;
}

export function findingTable(rows: number): Findings {
  const [int, real] = [() => new Int32Array(rows), () => new Float64Array(rows)];
  return {
    count: 0,
    kind: new Uint8Array(rows),
    change: int(),
    subject: int(),
    day: int(),
    asked: real(),
    alsoAsked: real(),
    found: real(),
    alsoFound: real(),
    cause: int(),
    causeSubject: int(),
    earlierDay: int(),
  };
}

export function stepTable(rows: number): Steps {
  const [int, real] = [() => new Int32Array(rows), () => new Float64Array(rows)];
  return {
    count: 0,
    demand: int(),
    key: real(),
    before: real(),
    after: real(),
    looksElsewhere: new Uint8Array(rows),
    cell: int(),
    change: int(),
    finding: int(),
    order: int(),
    use: int(),
    delivery: int(),
    delay: int(),
    alternate: int(),
  };
}

/** Rows of the promised tables that steps before one wrote. */
export const rowsBefore = (steps: Steps, step: number): readonly number[] => [
  steps.order[step],
  steps.use[step],
  steps.delivery[step],
  steps.delay[step],
  steps.alternate[step],
];

/** A copy of the promised rows behind the first of each table, their orders numbered from 0. */
export function rowsSince(tables: PromisedRows, firsts: readonly number[]): PromisedRows {
  const { orders, uses, deliveries, delays, alternates } = tables;
  const rows = {
    orders: rowsBetween(orders, firsts[0], orders.count),
    uses: rowsBetween(uses, firsts[1], uses.count),
    deliveries: rowsBetween(deliveries, firsts[2], deliveries.count),
    delays: rowsBetween(delays, firsts[3], delays.count),
    alternates: rowsBetween(alternates, firsts[4], alternates.count),
  };
  for (let row = 0; row < rows.uses.count; row++) {
    if (rows.uses.kind[row] === USE_KIND.order) rows.uses.index[row] -= firsts[0];
  }
  for (let row = 0; row < rows.alternates.count; row++) rows.alternates.order[row] -= firsts[0];
  return rows;
}

/** Are the rows of the tables behind the first of each those that a step wrote? */
export function writesSameRows(
  { orders, uses, deliveries, delays, alternates }: PromisedRows,
  { steps, rows }: ServeJournal,
  step: number,
  firsts: readonly number[],
): boolean {
  const [olds, ends] = [rowsBefore(steps, step), rowsBefore(steps, step + 1)];
  const counts = [orders.count, uses.count, deliveries.count, delays.count, alternates.count];
  for (let i = 0; i < counts.length; i++) if (counts[i] - firsts[i] !== ends[i] - olds[i]) return false;
  const [order, use, delivery, delay, alternate] = olds;
  const shift = firsts[0] - order;
  for (let i = firsts[0], j = order; i < orders.count; i++, j++) {
    if (orders.source[i] !== rows.orders.source[j] || orders.startDay[i] !== rows.orders.startDay[j])
      return false;
    if (orders.quantity[i] !== rows.orders.quantity[j] || orders.endDay[i] !== rows.orders.endDay[j])
      return false;
  }
  for (let i = firsts[1], j = use; i < uses.count; i++, j++) {
    const index = rows.uses.index[j] + (rows.uses.kind[j] === USE_KIND.order ? shift : 0);
    if (uses.point[i] !== rows.uses.point[j] || uses.day[i] !== rows.uses.day[j]) return false;
    if (uses.quantity[i] !== rows.uses.quantity[j] || uses.index[i] !== index) return false;
  }
  for (let i = firsts[2], j = delivery; i < deliveries.count; i++, j++) {
    if (deliveries.day[i] !== rows.deliveries.day[j]) return false;
    if (deliveries.quantity[i] !== rows.deliveries.quantity[j]) return false;
  }
  for (let i = firsts[3], j = delay; i < delays.count; i++, j++) {
    if (delays.cause[i] !== rows.delays.cause[j] || delays.subject[i] !== rows.delays.subject[j])
      return false;
    if (delays.day[i] !== rows.delays.day[j] || delays.quantity[i] !== rows.delays.quantity[j]) return false;
  }
  for (let i = firsts[4], j = alternate; i < alternates.count; i++, j++) {
    if (alternates.order[i] !== rows.alternates.order[j] + shift) return false;
    if (alternates.resource[i] !== rows.alternates.resource[j]) return false;
    if (alternates.insteadOf[i] !== rows.alternates.insteadOf[j]) return false;
    if (alternates.hours[i] !== rows.alternates.hours[j]) return false;
  }
  return true;
}

/** Rows [first, end) of each promised table. */
export type RowRange = {
  readonly rows: PromisedRows;
  readonly firsts: readonly number[];
  readonly ends: readonly number[];
};

/** Makes the tables of their rows before `firstRows` and of ranges, some of which are of their own later rows. */
export function putInOrder(
  tables: PromisedRows,
  firstRows: readonly number[],
  ranges: readonly RowRange[],
): void {
  if (ranges.length === 0) return;
  const firstOrders = ranges.map(({ firsts }) => firsts[0]);
  promisedTables(tables).forEach((table, i) => {
    const parts = ranges.map(({ rows, firsts, ends }) => ({
      table: promisedTables(rows)[i],
      first: firsts[i],
      end: ends[i],
    }));
    const joined = joinedRows(parts);
    if (firstRows[i] === 0) Object.assign(table, joined);
    else {
      table.count = firstRows[i];
      appendRows(table, joined, 0, joined.count);
    }
  });
  const { uses, alternates } = tables;
  let [order, use, alternate] = [firstRows[0], firstRows[1], firstRows[4]];
  ranges.forEach(({ firsts, ends }, i) => {
    const shift = order - firstOrders[i];
    for (const end = use + ends[1] - firsts[1]; use < end; use++) {
      if (uses.kind[use] === USE_KIND.order) uses.index[use] += shift;
    }
    for (const end = alternate + ends[4] - firsts[4]; alternate < end; alternate++)
      alternates.order[alternate] += shift;
    order += ends[0] - firsts[0];
  });
}
