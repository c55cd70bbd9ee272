import { randomUUID } from 'node:crypto';
import { createImport, executeImport, type ImportEnd, type ImportSource, type Member } from '@planwright/app';
import {
  type CellValue,
  TARGET_NAMES,
  type TargetBatch,
  type TargetName,
  targetOf,
} from '@planwright/contracts';
import { dataPorts } from '../src/data-ports.ts';
import type { Db } from '../src/open-database.ts';

export type DataDeps = ReturnType<typeof dataPorts> & { newId: () => string };

export const dataDeps = (db: Db): DataDeps => ({ ...dataPorts(db), newId: () => randomUUID() });

/** An empty company with its administrator. */
export async function createTestCompany(db: Db, slug = `c${randomUUID().slice(0, 8)}`): Promise<Member> {
  const { id } = await db.kysely
    .insertInto('company')
    .values({
      slug,
      name: slug,
      currency: 'USD',
      calendar_kind: 'month',
      fiscal_year_start_month: 1,
      as_of: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const userId = `user-${slug}`;
  const person = { id: userId, name: 'Ada Planner', email: `${slug}@example.com` };
  await db.kysely.insertInto('auth_user').values(person).execute();
  await db.kysely.insertInto('member').values({ company_id: id, user_id: userId, role: 'admin' }).execute();
  return { companyId: id, company: slug, userId, name: person.name, email: person.email, role: 'admin' };
}

export type GivenRow = Readonly<Record<string, CellValue>>;

/** Rows as a batch; columns that are not given are empty. */
export function batchOf(target: TargetName, rows: readonly GivenRow[]): TargetBatch {
  const columns = targetOf(target).columns.map(({ name }) => [name, rows.map((row) => row[name] ?? null)]);
  return { target, rowCount: rows.length, columns: Object.fromEntries(columns) };
}

/** What a reader of files would give for these rows. */
export function sourceOf(
  given: Partial<Record<TargetName, readonly GivenRow[]>>,
  rest: Partial<ImportSource> = {},
): ImportSource {
  const targets = TARGET_NAMES.filter((target) => given[target] !== undefined);
  return {
    issues: [],
    rejectsFiles: [],
    counts: targets.map((target) => ({ target, read: given[target]?.length ?? 0, rejected: 0 })),
    async *batches() {
      for (const target of targets) {
        const rows = given[target] ?? [];
        if (rows.length > 0) yield batchOf(target, rows);
      }
    },
    ...rest,
  };
}

/** Creates and executes an import. */
export async function importRows(
  deps: DataDeps,
  member: Member,
  source: ImportSource,
  name = 'Test import',
): Promise<{ importId: string; end: ImportEnd }> {
  const importId = await createImport(deps, member, { name, files: [{ name: 'rows.csv', bytes: 12 }] });
  const end = await executeImport(deps, member, importId, async () => source);
  return { importId, end };
}

/** A hash of every row of every target of a company, with the import that wrote it. */
export async function hashOfData(db: Db, companyId: number): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const target of TARGET_NAMES) {
    const { rows } = await db.executeSql(
      `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash
       from ${target} t where company_id = $1`,
      [companyId],
    );
    hashes[target] = (rows[0] as { hash: string }).hash;
  }
  return hashes;
}

/** A small company: two items, one location, a customer, and `lineCount` order lines. */
export function smallCompany(lineCount = 6): Partial<Record<TargetName, readonly GivenRow[]>> {
  const day = (i: number): string => `2024-${String((i % 12) + 1).padStart(2, '0')}-15`;
  return {
    item_group: [{ code: 'G1', name: 'Bikes' }],
    location: [{ code: 'L1', name: 'Plant' }],
    item: [
      { code: 'I1', name: 'Road bike', groupCode: 'G1', standardCost: '100.5', listPrice: '199.99' },
      { code: 'I2', name: 'City bike', groupCode: 'G1' },
    ],
    account: [{ code: 'A1', name: 'Shop', latitude: 47.5, longitude: -122.25 }],
    sales_order: [{ code: 'O1', orderedOn: '2024-01-15', account: 'A1', totalAmount: '1000.1234' }],
    sales_order_line: Array.from({ length: lineCount }, (_, i) => ({
      order: 'O1',
      line: String(i),
      item: i % 2 === 0 ? 'I1' : 'I2',
      location: 'L1',
      orderedOn: day(i),
      quantity: i + 0.1,
      netAmount: `${i}.1`,
    })),
  };
}
