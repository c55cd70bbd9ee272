import { type ImportedSettings, PlanningError, type RowStore } from '@planwright/app';
import type { TargetName } from '@planwright/contracts';
import type { Kysely } from 'kysely';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';
import { stagingTable } from './staging.ts';
import { rowOf, sameIn, type TargetSql, targetSql } from './target-sql.ts';

/** Only inside a transaction: what it remembers of the tables holds as long as that lasts. */
export function rowStore(tx: Kysely<Database>): RowStore {
  const hadRows = new Map<TargetName, boolean>();

  const hadRowsBefore = async (target: TargetName, companyId: number): Promise<boolean> => {
    const known = hadRows.get(target);
    if (known !== undefined) return known;
    const { table } = targetSql(target);
    const text = `select exists (select 1 from ${table} where company_id = $1) as found`;
    const { rows } = await rawQuery<{ found: boolean }>(tx, text, [companyId]);
    hadRows.set(target, rows[0].found);
    return rows[0].found;
  };

  return {
    async lockCompany(companyId) {
      // A large import takes longer than a request may.
      await rawQuery(tx, 'set local statement_timeout = 0');
      await rawQuery(tx, 'select id from company where id = $1 for update', [companyId]);
    },
    async mergeChunk(target, companyId, importId, chunk) {
      const names = targetSql(target);
      const staged = stagingTable(importId, target);
      const counted = await rawQuery<{ count: number }>(
        tx,
        `select count(*) as count from ${staged} where chunk = $1`,
        [chunk],
      );
      const rowCount = counted.rows[0].count;
      const isFirst = !(await hadRowsBefore(target, companyId));
      const values = [companyId, importId, chunk];
      try {
        const updated = isFirst ? 0 : await keepChanged(tx, target, names, staged, values);
        const stored = await rawQuery(
          tx,
          isFirst ? insertSql(names, staged) : upsertSql(names, staged),
          values,
        );
        const touched = Number(stored.numAffectedRows ?? 0n);
        return { inserted: touched - updated, updated, unchanged: rowCount - touched };
      } catch (error) {
        throw isSameKeyTwice(error) ? sameKeyTwice(target) : error;
      }
    },
    async removeAbsent(target, companyId, importId) {
      const { table, keys } = targetSql(target);
      const staged = stagingTable(importId, target);
      const { rows } = await rawQuery<{ removed: number }>(
        tx,
        `with gone as (
           delete from ${table} t where t.company_id = $1
             and not exists (select 1 from ${staged} s where ${sameIn('s', 't', keys)}) returning t.*
         ), kept as (
           insert into import_before (import_id, target, row) select $2::uuid, $3, to_jsonb(gone) from gone
         )
         select count(*) as removed from gone`,
        [companyId, importId, target],
      );
      return rows[0].removed;
    },
    async restore(target, companyId, importId) {
      const { table } = targetSql(target);
      // In slices: one statement over everything would hold the embedded database, and with it the process.
      await repeatUntilNone(tx, removeWrittenSql(table), [companyId, importId]);
      await repeatUntilNone(tx, putBackSql(table), [importId, target]);
    },
    readSettings: (companyId) => readSettings(tx, companyId),
    changeSettings: (companyId, settings) => changeSettings(tx, companyId, settings),
  };
}

const SLICE_ROWS = 10_000;

const removeWrittenSql = (table: string): string =>
  `delete from ${table} where ctid in (
     select ctid from ${table} where company_id = $1 and import_id = $2 limit ${SLICE_ROWS})`;

const putBackSql = (table: string): string =>
  `with kept as (
     delete from import_before where ctid in (
       select ctid from import_before where import_id = $1 and target = $2 limit ${SLICE_ROWS}) returning row)
   insert into ${table} select r.* from kept cross join lateral jsonb_populate_record(null::${table}, kept.row) r`;

async function repeatUntilNone(
  tx: Kysely<Database>,
  text: string,
  values: readonly unknown[],
): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await rawQuery(tx, text, values);
    if (numAffectedRows < SLICE_ROWS) return;
  }
}

/**
 * Keeps the rows that the chunk is about to change. Returns how many. Each staged row looks its key up in the index
 * (`offset 0` holds the planner to that): the statistics of both tables are of before this import, and a plan made
 * for the few rows they speak of would compare every row with every other.
 */
async function keepChanged(
  tx: Kysely<Database>,
  target: TargetName,
  { table, keys, values }: TargetSql,
  staged: string,
  parameters: readonly unknown[],
): Promise<number> {
  const { rows } = await rawQuery<{ updated: number; twice: number }>(
    tx,
    `with changed as materialized (
       select to_jsonb(t) as row, t.import_id is not distinct from $2::uuid as twice
       from ${staged} s cross join lateral (
         select * from ${table} o where o.company_id = $1 and ${sameIn('o', 's', keys)} offset 0) t
       where s.chunk = $3 and ${rowOf('t', values)} is distinct from ${rowOf('s', values)}
     ), kept as (
       insert into import_before (import_id, target, row) select $2::uuid, $4, row from changed
     )
     select count(*) as updated, count(*) filter (where twice) as twice from changed`,
    [...parameters, target],
  );
  // A row of this very import: an earlier chunk had the key already.
  if (rows[0].twice > 0) throw sameKeyTwice(target);
  return rows[0].updated;
}

function insertSql({ table, columns }: TargetSql, staged: string): string {
  const names = columns.join(', ');
  return `insert into ${table} (company_id, import_id, ${names})
    select $1::integer, $2::uuid, ${names} from ${staged} where chunk = $3`;
}

function upsertSql(names: TargetSql, staged: string): string {
  const { table, keys, values } = names;
  const changes = [...values, 'import_id'].map((column) => `${column} = excluded.${column}`);
  return `${insertSql(names, staged)}
    on conflict (company_id, ${keys.join(', ')}) do update set ${changes.join(', ')}
    where ${rowOf(table, values)} is distinct from ${rowOf('excluded', values)}`;
}

function isSameKeyTwice(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === '23505' || code === '21000';
}

const sameKeyTwice = (target: TargetName): PlanningError =>
  new PlanningError('INVALID_INPUT', { problem: `The same key comes twice among the rows for ${target}.` });

async function readSettings(tx: Kysely<Database>, companyId: number): Promise<Required<ImportedSettings>> {
  const row = await tx
    .selectFrom('company')
    .select(['currency', 'calendar_kind', 'fiscal_year_start_month', 'as_of', 'north_star'])
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  return {
    currency: row.currency,
    calendarKind: row.calendar_kind,
    fiscalYearStartMonth: row.fiscal_year_start_month,
    asOf: row.as_of,
    northStar: row.north_star,
  };
}

async function changeSettings(
  tx: Kysely<Database>,
  companyId: number,
  given: ImportedSettings,
): Promise<void> {
  const { currency, calendarKind, fiscalYearStartMonth, asOf, northStar } = given;
  const changes = {
    ...(currency === undefined ? {} : { currency }),
    ...(calendarKind === undefined ? {} : { calendar_kind: calendarKind }),
    ...(fiscalYearStartMonth === undefined ? {} : { fiscal_year_start_month: fiscalYearStartMonth }),
    ...(asOf === undefined ? {} : { as_of: asOf }),
    ...(northStar === undefined ? {} : { north_star: northStar === null ? null : JSON.stringify(northStar) }),
  };
  if (Object.keys(changes).length === 0) return;
  await tx.updateTable('company').set(changes).where('id', '=', companyId).execute();
}
