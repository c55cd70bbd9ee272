/** A database with one company in it, for tests of plan runs. */
import { type TargetBatch, targetOf, sqlName } from '@planwright/contracts';
import { demoCompany, type DemoSize } from '@planwright/demo';
import type { Db } from '../src/index.ts';
import { sql } from 'kysely';

const SQL_TYPES = {
  text: 'text',
  day: 'date',
  number: 'float8',
  integer: 'int4',
  money: 'numeric',
  flag: 'bool',
};

/** Stores the demo company of a size and returns its id. */
export async function storeDemo(db: Db, size: DemoSize): Promise<number> {
  const { profile, batches } = demoCompany({ size });
  const companyId = await storeCompany(db, {
    slug: profile.slug,
    currency: profile.currency,
    calendarKind: profile.calendarKind,
    fiscalYearStartMonth: profile.fiscalYearStartMonth,
    asOf: profile.asOf,
  });
  for (const batch of batches()) await storeBatch(db, companyId, batch);
  return companyId;
}

export type StoredCompany = {
  readonly slug: string;
  readonly currency?: string;
  readonly calendarKind?: 'month' | 'iso-week' | '445';
  readonly fiscalYearStartMonth?: number;
  readonly asOf?: string | null;
};

export async function storeCompany(db: Db, company: StoredCompany): Promise<number> {
  const { slug, currency = 'USD', calendarKind = 'month', fiscalYearStartMonth = 1, asOf = null } = company;
  const { rows } = await sql<{ id: number }>`insert into company
      (slug, name, currency, calendar_kind, fiscal_year_start_month, as_of)
    values (${slug}, ${slug}, ${currency}, ${calendarKind}, ${fiscalYearStartMonth}, ${asOf}) returning id`.execute(
    db.kysely,
  );
  return rows[0].id;
}

/** Inserts the rows of a batch; columns that it lacks take their fallback. */
export async function storeBatch(db: Db, companyId: number, batch: TargetBatch): Promise<void> {
  const { columns } = targetOf(batch.target);
  const records = Array.from({ length: batch.rowCount }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        const value =
          batch.columns[column.name]?.[row] ??
          column.fallback ??
          (column.key && column.type === 'text' ? '' : null);
        return [sqlName(column.name), value];
      }),
    ),
  );
  const names = sql.join(columns.map((column) => sql.ref(sqlName(column.name))));
  const definition = sql.join(
    columns.map((column) => sql`${sql.ref(sqlName(column.name))} ${sql.raw(SQL_TYPES[column.type])}`),
  );
  await sql`insert into ${sql.table(batch.target)} (company_id, ${names})
    select ${companyId}::int, ${names} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (${definition})`.execute(
    db.kysely,
  );
}
