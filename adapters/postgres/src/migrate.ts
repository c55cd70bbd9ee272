import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Session } from './session.ts';

export type Migration = { readonly number: number; readonly name: string; readonly text: string };

const MIGRATIONS_FOLDER = new URL('../migrations/', import.meta.url);
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
// Any constant does: it names "the schema of Planwright" among advisory locks.
const ADVISORY_LOCK = 7_305_818_332;

/** The numbered migrations that come with the program, in order. */
export async function readMigrations(folder: URL = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      text: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}

/**
 * Brings the schema up to date in one transaction, and does nothing where it is.
 *
 * Two programs that start at once are safe: the second waits at the lock and then finds the work done.
 * Refuses a database that a newer program has changed, and a migration whose text is not what was applied.
 * Returns the names of the migrations that were applied.
 */
export async function migrate(session: Session, migrations: readonly Migration[]): Promise<string[]> {
  await session.script('start transaction');
  try {
    await session.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    const applied = await applyMissing(session, migrations);
    await session.script('commit');
    return applied;
  } catch (error) {
    await session.script('rollback');
    throw error;
  }
}

async function applyMissing(session: Session, migrations: readonly Migration[]): Promise<string[]> {
  // Quiet where it exists: `if not exists` alone would print a notice at each start.
  const found = await session.query("select to_regclass('schema_migration')::text as name", []);
  if ((found.rows[0] as { name: string | null }).name === null) {
    await session.script(`create table schema_migration (
      number integer primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default now())`);
  }
  const { rows } = await session.query(
    'select number, name, checksum from schema_migration order by number',
    [],
  );
  const known = new Map(
    (rows as { number: number; name: string; checksum: string }[]).map((row) => [row.number, row]),
  );

  const newest = migrations.at(-1)?.number ?? 0;
  const beyond = [...known.values()].find((row) => row.number > newest);
  if (beyond !== undefined) throw new NewerDatabaseError(beyond.name);

  const names: string[] = [];
  for (const migration of migrations) {
    const checksum = createHash('sha256').update(migration.text).digest('hex');
    const before = known.get(migration.number);
    if (before !== undefined && before.checksum !== checksum) throw new ChangedMigrationError(migration.name);
    if (before !== undefined) continue;
    await session.script(migration.text);
    await session.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      checksum,
    ]);
    names.push(migration.name);
  }
  return names;
}

/** The program is older than the database. */
export class NewerDatabaseError extends Error {
  constructor(migrationName: string) {
    super(
      `This database was written by a newer Planwright: it holds the schema change ${migrationName}, which this program does not know. ` +
        'Start the newer program again, or restore a backup made before the update.',
    );
    this.name = 'NewerDatabaseError';
  }
}

/** A migration file is not the one that built this database. */
export class ChangedMigrationError extends Error {
  constructor(migrationName: string) {
    super(
      `The schema change ${migrationName} is not the one this database was built with. ` +
        'Use the released program files unchanged; a schema change is always a new file.',
    );
    this.name = 'ChangedMigrationError';
  }
}
