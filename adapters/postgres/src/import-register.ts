import type { ImportedSettings, ImportPulse, ImportRegister, ImportState } from '@planwright/app';
import { type Kysely, sql, type UpdateObject } from 'kysely';
import type { ImportTable } from './company-tables.ts';
import { lifeOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';

/** How long a process on another machine may stay silent before its import counts as abandoned. */
const QUEUED_LEASE = sql<Date>`now() + interval '1 hour'`;
const WORKING_LEASE = sql<Date>`now() + interval '1 minute'`;

type StateRow = Pick<
  { [C in keyof ImportTable]: unknown },
  'id' | 'company_id' | 'name' | 'status' | 'cancel_requested' | 'settings_before' | 'settings_after'
>;

const STATE_COLUMNS = [
  'id',
  'company_id',
  'name',
  'status',
  'cancel_requested',
  'settings_before',
  'settings_after',
] as const;

function stateOf(row: StateRow): ImportState {
  return {
    id: row.id as string,
    companyId: row.company_id as number,
    name: row.name as string,
    status: row.status as ImportState['status'],
    cancelRequested: row.cancel_requested as boolean,
    settingsBefore: row.settings_before as ImportedSettings | null,
    settingsAfter: row.settings_after as ImportedSettings | null,
  };
}

/** The register of imports, inside the transaction given. */
export function importRegister(tx: Kysely<Database>): ImportRegister {
  return { ...admissions(tx), ...results(tx), abandoned: (isActive) => abandonedImports(tx, isActive) };
}

type Admissions = Pick<ImportRegister, 'insert' | 'lock' | 'claim' | 'requestCancel' | 'newestStored'>;

function admissions(tx: Kysely<Database>): Admissions {
  return {
    async insert(row) {
      await tx
        .insertInto('import')
        .values({
          id: row.id,
          company_id: row.companyId,
          name: row.name,
          status: 'queued',
          created_by: row.createdBy,
          created_by_name: row.createdByName,
          files: JSON.stringify(row.files),
          progress_text: 'Waiting to start',
          worker: JSON.stringify(ownIdentity()),
          lease_until: QUEUED_LEASE,
        })
        .execute();
    },
    async lock(companyId, importId) {
      const row = await tx
        .selectFrom('import')
        .select(STATE_COLUMNS)
        .where('id', '=', importId)
        .where('company_id', '=', companyId)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? undefined : stateOf(row);
    },
    async claim(importId) {
      const claimed = await tx
        .updateTable('import')
        .set({ status: 'reading', worker: JSON.stringify(ownIdentity()), lease_until: WORKING_LEASE })
        .where('id', '=', importId)
        .where('status', '=', 'queued')
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },
    requestCancel: (importId) => change(tx, importId, { cancel_requested: true }),
    newestStored: (companyId) =>
      tx
        .selectFrom('import')
        .select(['id', 'name'])
        .where('company_id', '=', companyId)
        .where('status', '=', 'done')
        .orderBy('stored_number', 'desc')
        .limit(1)
        .executeTakeFirst(),
  };
}

type Results = Pick<
  ImportRegister,
  'setOutcome' | 'setStored' | 'setSettings' | 'setRejectsFiles' | 'addIssues'
>;

function results(tx: Kysely<Database>): Results {
  return {
    async setOutcome(importId, { status, progress, failure, targets }) {
      const isEnd = status !== 'queued' && status !== 'reading' && status !== 'storing';
      await change(tx, importId, {
        status,
        progress_ratio: progress.ratio,
        progress_text: progress.text,
        ...(isEnd ? { worker: null, lease_until: null } : {}),
        // An undone import keeps the time at which it was stored.
        ...(isEnd && status !== 'undone' ? { finished_at: sql<Date>`now()` } : {}),
        ...(failure === undefined ? {} : { failure }),
        ...(targets === undefined ? {} : { targets: JSON.stringify(targets) }),
      });
    },
    setStored: (importId) =>
      change(tx, importId, { stored_number: sql<number>`nextval('import_stored_number')` }),
    setSettings: (importId, before, after) =>
      change(tx, importId, {
        settings_before: JSON.stringify(before),
        settings_after: JSON.stringify(after),
      }),
    setRejectsFiles: (importId, files) => change(tx, importId, { rejects_files: JSON.stringify(files) }),
    addIssues: (importId, issues, totals) => addIssues(tx, importId, issues, totals),
  };
}

async function change(
  tx: Kysely<Database>,
  importId: string,
  values: UpdateObject<Database, 'import'>,
): Promise<void> {
  await tx.updateTable('import').set(values).where('id', '=', importId).execute();
}

async function addIssues(
  tx: Kysely<Database>,
  importId: string,
  issues: Parameters<ImportRegister['addIssues']>[1],
  totals: Parameters<ImportRegister['addIssues']>[2],
): Promise<void> {
  if (issues.length === 0) return;
  const errorCount = issues.filter((issue) => issue.severity === 'error').length;
  await rawQuery(
    tx,
    `insert into import_issue (import_id, number, severity, code, message, advice, target, file, row, "column", value)
     select $1::uuid, number, severity, code, message, advice, target, file, row, "column", value
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::text[], $10::text[])
       with ordinality as u(severity, code, message, advice, target, file, row, "column", value, number)`,
    [
      importId,
      ...(['severity', 'code', 'message', 'advice', 'target', 'file', 'row', 'column', 'value'] as const).map(
        (name) => issues.map((issue) => storable(issue[name])),
      ),
    ],
  );
  await tx
    .updateTable('import')
    .set({
      error_count: totals?.errors ?? errorCount,
      warning_count: totals?.warnings ?? issues.length - errorCount,
    })
    .where('id', '=', importId)
    .execute();
}

const isOwn = (worker: ProcessIdentity): boolean => {
  const own = ownIdentity();
  return (
    worker.pid === own.pid &&
    worker.startedAt === own.startedAt &&
    worker.host === own.host &&
    worker.boot === own.boot
  );
};

/** PostgreSQL keeps no NUL in a text; files do. */
const storable = (value: string | number | null): string | number | null =>
  typeof value === 'string' ? value.replaceAll('\0', '\u2400') : value;

/** A locked row is at work this moment, whatever its lease says. */
async function abandonedImports(
  tx: Kysely<Database>,
  isActive: (importId: string) => boolean,
): Promise<ImportState[]> {
  const rows = await tx
    .selectFrom('import')
    .select([...STATE_COLUMNS, 'worker', sql<boolean>`lease_until < now()`.as('is_silent')])
    .where('status', 'in', ['queued', 'reading', 'storing'])
    .forUpdate()
    .skipLocked()
    .execute();
  return rows
    .filter((row) => {
      if (row.worker === null) return true;
      const worker = row.worker as ProcessIdentity;
      if (isOwn(worker)) return row.status !== 'queued' && !isActive(row.id);
      const life = lifeOf(worker);
      return life === 'dead' || (life === 'unknown' && row.is_silent);
    })
    .map(stateOf);
}

/** Shows progress and a sign of life. An import that has ended meanwhile stays as it ended. */
export function importPulse(
  db: Kysely<Database>,
  announce: (tx: Kysely<Database>, companyId: number, importId: string) => Promise<void>,
): ImportPulse {
  return {
    async beat(importId, status, progress) {
      const row = await db
        .updateTable('import')
        .set({
          status,
          progress_ratio: progress.ratio,
          progress_text: progress.text,
          lease_until: WORKING_LEASE,
        })
        .where('id', '=', importId)
        .where('status', 'in', ['reading', 'storing'])
        .returning(['company_id', 'cancel_requested'])
        .executeTakeFirst();
      if (row === undefined) return { cancelRequested: false };
      await announce(db, row.company_id, importId);
      return { cancelRequested: row.cancel_requested };
    },
  };
}
