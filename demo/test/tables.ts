import { createHash } from 'node:crypto';
import type { CellValue, TargetName } from '@planwright/contracts';
import { demoCompany, type DemoOptions, type DemoProfile, type DemoSize } from '@planwright/demo';

export type Row = Readonly<Record<string, CellValue>>;
type Tables = { readonly profile: DemoProfile; rows(target: TargetName): readonly Row[] };

/** The whole company as rows, for laws that look across tables. */
function demoTables(options: DemoOptions): Tables {
  const company = demoCompany(options);
  const tables = new Map<TargetName, Row[]>();
  for (const { target, rowCount, columns } of company.batches()) {
    const rows = tables.get(target) ?? [];
    tables.set(target, rows);
    const entries = Object.entries(columns);
    for (let row = 0; row < rowCount; row++) {
      rows.push(Object.fromEntries(entries.map(([name, cells]) => [name, cells[row]])));
    }
  }
  return { profile: company.profile, rows: (target) => tables.get(target) ?? [] };
}

export const SIZES = ['S', 'M'] as const;
type Demo = {
  readonly tables: Tables;
  /** All order lines, and those that are not returns. */
  readonly orders: readonly Row[];
  readonly lines: readonly Row[];
  readonly asOf: string;
};

const built = new Map<string, Demo>();

/** The company of a size, built once for all tests of a file. */
export function demoOf(size: DemoSize): Demo {
  const known = built.get(size);
  if (known !== undefined) return known;
  const tables = demoTables({ size });
  const orders = tables.rows('sales_order_line');
  const lines = orders.filter((row) => Number(row.quantity) > 0);
  const demo = { tables, orders, lines, asOf: tables.profile.asOf };
  built.set(size, demo);
  return demo;
}

export const sum = (values: Iterable<number>): number =>
  [...values].reduce((total, value) => total + value, 0);
export const monthOf = (value: unknown): string => String(value).slice(0, 7);

/** Sums of a value by name. */
export function totals(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  valueOf: (row: Row) => number,
): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(nameOf(row), (result.get(nameOf(row)) ?? 0) + valueOf(row));
  return result;
}

/** Cents of a money cell. */
export function centsOf(value: CellValue): number {
  return Math.round(Number(value) * 100);
}

export function fingerprint(options: DemoOptions): string {
  const hash = createHash('sha256');
  const company = demoCompany(options);
  hash.update(JSON.stringify(company.profile));
  for (const batch of company.batches()) hash.update(JSON.stringify(batch));
  return hash.digest('hex');
}
