import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import type pg from 'pg';
import { CHANGE_CHANNEL, ChangeFeed, type ChangeListener } from './changes.ts';
import { lockFolder } from './folder-lock.ts';
import { listenOn } from './listen.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { pgliteDialect } from './pglite-dialect.ts';
import { EmbeddedDatabase } from './pglite-session.ts';
import { openPool, poolSession } from './pool.ts';
import type { Database } from './schema.ts';
import type { Session } from './session.ts';
import type { ReleaseTurn } from './turn.ts';

export type Tx = Transaction<Database>;

export type DatabaseOptions = {
  /** Data folder of the embedded database; in memory where neither this nor `url` is given. */
  readonly dataDir?: string;
  /** A PostgreSQL server instead: postgres://user:password@host:port/database. */
  readonly url?: string;
  /** What the lock of the data folder tells others that we do. */
  readonly activity?: string;
  /** Connections to the server at most. Default 10. */
  readonly connectionCount?: number;
  /** Archive of `writeBackup` to start from; only into an empty data folder or memory. */
  readonly archive?: Blob;
  /** Other migrations than the program's; for tests of migrating. */
  readonly migrations?: readonly Migration[];
};

export type Db = {
  readonly kind: 'pglite' | 'postgres';
  readonly kysely: Kysely<Database>;
  /**
   * Runs `work` in one transaction and commits it when it resolves. Everything in `work` goes through `tx`:
   * asking `kysely` for another connection in there is refused, since on the embedded database it would wait for itself.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Holds one connection for as long as `work` lasts. */
  withSession<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** One statement with values, or a script without: what the job queue asks of a database. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Calls `listener` after each committed change, also of other processes on the same server. */
  subscribe(listener: ChangeListener): () => void;
  /** What the user should be told at start. */
  readonly notices: readonly string[];
  /** Changes what the lock of the data folder tells others. */
  describe(activity: string): void;
  /** All of the embedded database as one archive; undefined on a server, which has its own tools. */
  dump(): Promise<Blob | undefined>;
  close(): Promise<void>;
};

const NO_FSYNC =
  'The embedded database survives a crash of the program, but not a power failure of the machine: it does not force its files to disk. ' +
  'Planwright writes backups that are; for a team, point DATABASE_URL to a PostgreSQL server.';

/**
 * Opens the database, brings its schema up to date and returns it ready for use.
 *
 * Throws FolderInUseError where another process has the data folder, NewerDatabaseError where a newer
 * program has written the database.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Db> {
  const migrations = options.migrations ?? (await readMigrations());
  return options.url === undefined
    ? openEmbedded(options, migrations)
    : openServer(options.url, options.connectionCount ?? 10, migrations);
}

async function openEmbedded(options: DatabaseOptions, migrations: readonly Migration[]): Promise<Db> {
  const { dataDir } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const activity = options.activity ?? `process ${process.pid}`;
  // Beside the database's own folder: nothing of ours lies among its files.
  const lock =
    dataDir === undefined ? undefined : lockFolder(dataDir, join(dataDir, 'database.lock'), activity);
  try {
    const folder = dataDir === undefined ? undefined : join(dataDir, 'database');
    const embedded = await EmbeddedDatabase.open(folder, options.archive);
    const feed = new ChangeFeed();
    await embedded.pglite.listen(CHANGE_CHANNEL, (payload) => feed.deliver(payload));
    const parts: Parts = {
      kind: 'pglite',
      dialect: (beforeAcquire) => pgliteDialect(embedded, beforeAcquire),
      hold: () => embedded.hold(),
      feed,
      notices: dataDir === undefined ? [] : [NO_FSYNC],
      describe: (text) => lock?.describe(text),
      async dump() {
        const { release } = await embedded.hold();
        try {
          return await embedded.pglite.dumpDataDir('gzip');
        } finally {
          release();
        }
      },
      async close() {
        await embedded.close();
        lock?.release();
      },
    };
    return await assemble(parts, migrations);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function openServer(
  url: string,
  connectionCount: number,
  migrations: readonly Migration[],
): Promise<Db> {
  const pool = openPool(url, connectionCount);
  const feed = new ChangeFeed();
  const listening = listenOn(url, CHANGE_CHANNEL, (payload) => feed.deliver(payload));
  const hold = async (): Promise<{ session: Session; release: ReleaseTurn }> => {
    const client: pg.PoolClient = await pool.connect();
    return { session: poolSession(client), release: () => client.release() };
  };
  const parts: Parts = {
    kind: 'postgres',
    dialect: (beforeAcquire) => new PostgresDialect({ pool: guardedPool(pool, beforeAcquire) }),
    hold,
    feed,
    notices: [],
    describe: () => undefined,
    dump: async () => undefined,
    async close() {
      await listening.stop();
      await pool.end();
    },
  };
  try {
    return await assemble(parts, migrations);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** The pool, asking first: a connection refused after it was taken would never be given back. */
function guardedPool(pool: pg.Pool, beforeAcquire: () => void): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      beforeAcquire();
      return (await pool.connect()) as unknown as Awaited<ReturnType<PostgresPool['connect']>>;
    },
  };
}

/** What differs between the embedded database and a server. */
type Parts = Pick<Db, 'kind' | 'notices' | 'describe' | 'dump' | 'close'> & {
  dialect(beforeAcquire: () => void): ConstructorParameters<typeof Kysely>[0]['dialect'];
  hold(): Promise<{ session: Session; release: ReleaseTurn }>;
  readonly feed: ChangeFeed;
};

async function assemble(parts: Parts, migrations: readonly Migration[]): Promise<Db> {
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const { session, release } = await parts.hold();
    try {
      return await work(session);
    } finally {
      release();
    }
  };
  await withSession((session) => migrate(session, migrations));

  const transactions = new AsyncLocalStorage<{ isOpen: boolean }>();
  const refuseSecondConnection = (): void => {
    if (transactions.getStore()?.isOpen === true) {
      throw new Error('Broken invariant: inside a transaction every query goes through its tx');
    }
  };
  const kysely = new Kysely<Database>({ dialect: parts.dialect(refuseSecondConnection) });
  return {
    kind: parts.kind,
    kysely,
    transact: (work) =>
      kysely.transaction().execute((tx) => {
        const state = { isOpen: true };
        return transactions
          .run(state, () => work(tx))
          .finally(() => {
            state.isOpen = false;
          });
      }),
    withSession,
    executeSql: (text, values) => withSession((session) => executeSql(session, text, values)),
    subscribe: (listener) => parts.feed.subscribe(listener),
    notices: parts.notices,
    describe: parts.describe,
    dump: parts.dump,
    close: parts.close,
  };
}

/** A failed script must not leave its transaction open on a connection that others use next. */
async function executeSql(
  session: Session,
  text: string,
  values: unknown[] = [],
): Promise<{ rows: unknown[] }> {
  try {
    return await (values.length > 0 ? session.query(text, values) : session.script(text));
  } catch (error) {
    await session.script('rollback').catch(() => undefined);
    throw error;
  }
}
