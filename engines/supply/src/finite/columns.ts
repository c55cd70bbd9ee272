/** Tables that grow: columns of one length, and a count of the rows in use. Taking rows back only lowers the count. */

export type OrderTable = {
  count: number;
  source: Int32Array;
  startDay: Int32Array;
  endDay: Int32Array;
  quantity: Float64Array;
};

/** What was taken from stock: by a demand or by an order (USE_KIND), `index` says which. */
export type UseTable = {
  count: number;
  point: Int32Array;
  day: Int32Array;
  quantity: Float64Array;
  kind: Uint8Array;
  index: Int32Array;
};

/** Hours booked on a bucket of a resource since the last commitment. */
export type HourTable = { count: number; bucket: Int32Array; hours: Float64Array };

export type DeliveryTable = { count: number; demand: Int32Array; day: Int32Array; quantity: Float64Array };

export type DelayTable = {
  count: number;
  demand: Int32Array;
  cause: Uint8Array;
  subject: Int32Array;
  day: Int32Array;
  quantity: Float64Array;
};

export type PegTable = {
  count: number;
  supplyKind: Uint8Array;
  supply: Int32Array;
  useKind: Uint8Array;
  use: Int32Array;
  quantity: Float64Array;
};

/** Hours of orders on a resource other than the one that is asked first. */
export type AlternateTable = {
  count: number;
  order: Int32Array;
  resource: Int32Array;
  insteadOf: Int32Array;
  hours: Float64Array;
};

type Column = Uint8Array | Int32Array | Float64Array;
export type Table = { count: number } & Record<string, Column | number>;

/** Makes room for one more row. */
export function grown(table: Table, column: Column): void {
  if (table.count < column.length) return;
  for (const name of Object.keys(table)) {
    const old = table[name];
    if (typeof old === 'number') continue;
    table[name] = withRoom(old);
  }
}

/** Makes room for at least so many rows in all: no more copies until then. */
export function reserve(table: Table, rows: number): void {
  for (const name of Object.keys(table)) {
    const old = table[name];
    if (typeof old !== 'number' && old.length < rows) table[name] = withRoom(old, rows);
  }
}

/** Rows [from, to) as a table of their own. */
export function rowsBetween<Rows extends Table>(table: Rows, from: number, to: number): Rows {
  const columns = Object.entries(table).map(([name, column]) => [
    name,
    typeof column === 'number' ? to - from : column.slice(from, to),
  ]);
  return Object.fromEntries(columns) as Rows;
}

/** Puts the rows [from, to) of one table behind those of another of the same columns. */
export function appendRows(into: Table, table: Table, from: number, to: number): void {
  const count = into.count + to - from;
  for (const [name, column] of Object.entries(table)) {
    const old = into[name];
    if (typeof column === 'number' || typeof old === 'number') continue;
    const roomy = count <= old.length ? old : withRoom(old, Math.max(count, old.length + (old.length >> 1)));
    roomy.set(column.subarray(from, to), into.count);
    into[name] = roomy;
  }
  into.count = count;
}

/** One table of ranges of rows, in their order. */
export function joinedRows(
  parts: readonly { readonly table: Table; readonly first: number; readonly end: number }[],
): Table {
  const count = parts.reduce((sum, { first, end }) => sum + end - first, 0);
  const joined: Table = { count };
  for (const [name, column] of Object.entries(parts[0].table)) {
    if (typeof column === 'number') continue;
    const whole = emptyLike(column, count);
    let at = 0;
    for (const { table, first, end } of parts) {
      const from = table[name] as Column;
      // A call for each of many short ranges costs more than their rows.
      if (end - first > 16) whole.set(from.subarray(first, end), at);
      else for (let row = first; row < end; row++) whole[at + row - first] = from[row];
      at += end - first;
    }
    joined[name] = whole;
  }
  return joined;
}

function emptyLike(column: Column, length: number): Column {
  if (column instanceof Float64Array) return new Float64Array(length);
  return column instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}

function withRoom(old: Column, rows = 0): Column {
  const length = Math.max(64, rows, rows > 0 ? 0 : old.length + (old.length >> 1));
  const next = emptyLike(old, length);
  next.set(old);
  return next;
}

export function orderTable(rows: number): OrderTable {
  return {
    count: 0,
    source: new Int32Array(rows),
    startDay: new Int32Array(rows),
    endDay: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function useTable(rows: number): UseTable {
  return {
    count: 0,
    point: new Int32Array(rows),
    day: new Int32Array(rows),
    quantity: new Float64Array(rows),
    kind: new Uint8Array(rows),
    index: new Int32Array(rows),
  };
}

export function hourTable(rows: number): HourTable {
  return { count: 0, bucket: new Int32Array(rows), hours: new Float64Array(rows) };
}

export function deliveryTable(rows: number): DeliveryTable {
  return {
    count: 0,
    demand: new Int32Array(rows),
    day: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function delayTable(rows: number): DelayTable {
  return {
    count: 0,
    demand: new Int32Array(rows),
    cause: new Uint8Array(rows),
    subject: new Int32Array(rows),
    day: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function pegTable(rows: number): PegTable {
  return {
    count: 0,
    supplyKind: new Uint8Array(rows),
    supply: new Int32Array(rows),
    useKind: new Uint8Array(rows),
    use: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function alternateTable(rows: number): AlternateTable {
  return {
    count: 0,
    order: new Int32Array(rows),
    resource: new Int32Array(rows),
    insteadOf: new Int32Array(rows),
    hours: new Float64Array(rows),
  };
}
