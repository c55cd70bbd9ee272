import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { emptyArchive } from './empty-archive.ts';
import { type DatabaseOptions, type Db, openDatabase } from '../src/open-database.ts';

/** A kind of database that a test runs on. `open` gives an empty database of its own, with the schema in place. */
export type DatabaseUnderTest = {
  readonly name: 'PGlite' | 'PostgreSQL';
  open(options?: Pick<DatabaseOptions, 'migrations'>): Promise<OpenDatabase>;
};

export type OpenDatabase = {
  readonly db: Db;
  /** How another process opens the same database; undefined for PGlite, which lives in memory here. */
  readonly url: string | undefined;
  /** Closes it and removes everything. */
  drop(): Promise<void>;
};

const SERVER_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/**
 * The databases that tests run on: PGlite always, and PostgreSQL where one answers at TEST_DATABASE_URL.
 * Where none answers, says so, and only half is tested.
 *
 *     describe.each(await databasesUnderTest())('... on $name', ({ open }) => { ... });
 */
export async function databasesUnderTest(): Promise<DatabaseUnderTest[]> {
  const embedded: DatabaseUnderTest = { name: 'PGlite', open: openInMemory };
  const problem = await whyNoServer();
  if (problem === undefined) return [embedded, { name: 'PostgreSQL', open: openOnServer }];
  process.stderr.write(
    `SKIPPED the PostgreSQL half of these tests: no server at ${SERVER_URL} (${problem}).\n`,
  );
  return [embedded];
}

async function openInMemory(options: Pick<DatabaseOptions, 'migrations'> = {}): Promise<OpenDatabase> {
  const archive = options.migrations === undefined ? await emptyArchive() : undefined;
  const db = await openDatabase({ ...options, archive });
  return { db, url: undefined, drop: () => db.close() };
}

async function openOnServer(options: Pick<DatabaseOptions, 'migrations'> = {}): Promise<OpenDatabase> {
  const { url, drop } = await createServerDatabase();
  const db = await openDatabase({ ...options, url });
  return {
    db,
    url,
    async drop() {
      await db.close();
      await drop();
    },
  };
}

/** An empty database on the test server, without a schema. */
export async function createServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `planwright_test_${randomUUID().replaceAll('-', '')}`;
  await onServer((client) => client.query(`create database ${name}`));
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer((client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

async function whyNoServer(): Promise<string | undefined> {
  try {
    await onServer((client) => client.query('select 1'));
    return undefined;
  } catch (error) {
    return (error as Error).message || String((error as NodeJS.ErrnoException).code);
  }
}

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER_URL, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
