/**
 * A constrained plan as bytes, and back: its columns one behind the other, each at a multiple of eight. Little-endian,
 * the same on every machine. A head in JSON names tables, columns and lengths; its own length stands in the first four bytes.
 */
import type { FinitePlan } from '@planwright/supply';
import { assert } from '@planwright/units';

type Column = Float64Array | Int32Array | Uint8Array;
type Head = readonly (readonly [table: string, column: string, type: keyof typeof TYPES, length: number])[];

const TYPES = { f8: Float64Array, i4: Int32Array, u1: Uint8Array } as const;
const ALIGN = 8;
/** A table that a stored plan does not name has no rows: earlier versions wrote no alternates. */
const TABLES = ['demands', 'orders', 'deliveries', 'pegs', 'delays', 'alternates'] as const;
/** Columns that belong to no table. */
const PLAN = 'plan';

export function planBytes(plan: FinitePlan): Uint8Array {
  const columns: [string, string, Column][] = [
    ...TABLES.flatMap((table) =>
      Object.entries(plan[table])
        .filter((entry): entry is [string, Column] => typeof entry[1] !== 'number')
        .map(([name, column]): [string, string, Column] => [table, name, column]),
    ),
    [PLAN, 'resourceStart', plan.resourceStart],
    [PLAN, 'loadHours', plan.loadHours],
  ];
  const head: Head = columns.map(([table, name, column]) => [table, name, typeOf(column), column.length]);
  const headBytes = Buffer.from(JSON.stringify(head));
  let size = aligned(4 + headBytes.length);
  for (const [, , column] of columns) size = aligned(size + column.byteLength);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  let at = aligned(4 + headBytes.length);
  for (const [, , column] of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at = aligned(at + column.byteLength);
  }
  return bytes;
}

/** Reads what `planBytes` wrote. */
export function planFromBytes(given: Uint8Array): FinitePlan {
  // Columns are views: the bytes must lie at a multiple of eight, and be nobody else's.
  const bytes = Uint8Array.from(given);
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(Buffer.from(bytes.subarray(4, 4 + headLength)).toString('utf8')) as Head;
  const tables: Record<string, Record<string, unknown>> = { [PLAN]: {} };
  for (const table of TABLES) tables[table] = { count: 0 };
  let at = aligned(4 + headLength);
  for (const [table, name, type, length] of head) {
    const column = new TYPES[type](bytes.buffer, bytes.byteOffset + at, length);
    at = aligned(at + column.byteLength);
    tables[table][name] = column;
    if (table !== PLAN) tables[table].count = length;
  }
  assert(at === bytes.length, 'the columns of a plan fill its bytes');
  const { [PLAN]: loose, ...rest } = tables;
  return { ...rest, ...loose } as unknown as FinitePlan;
}

function typeOf(column: Column): keyof typeof TYPES {
  return column instanceof Float64Array ? 'f8' : column instanceof Int32Array ? 'i4' : 'u1';
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGN) * ALIGN;
}
