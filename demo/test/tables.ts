import { createHash } from 'node:crypto';
import type { CellValue, TargetName } from '@planwright/contracts';
import { demoCompany, type DemoOptions, type DemoProfile } from '@planwright/demo';

export type Row = Readonly<Record<string, CellValue>>;
export type Tables = { readonly profile: DemoProfile; rows(target: TargetName): readonly Row[] };

/** The whole company as rows, for laws that look across tables. */
export function demoTables(options: DemoOptions): Tables {
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
