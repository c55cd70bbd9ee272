import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { EmbeddedDatabase } from './pglite-session.ts';
import type { Session } from './session.ts';
import type { ReleaseTurn } from './turn.ts';

/** Called before a connection is asked for; throws where waiting for one could never end. */
export type BeforeAcquire = () => void;

/**
 * Kysely over the one connection of PGlite.
 *
 * A query holds the connection for itself; a transaction holds it from BEGIN to the end, so that a
 * query of somebody else can never slip into it. Everyone waits in the order of asking.
 */
export function pgliteDialect(database: EmbeddedDatabase, beforeAcquire: BeforeAcquire): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PgliteDriver(database, beforeAcquire),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PgliteConnection implements DatabaseConnection {
  readonly session: Session;
  readonly release: ReleaseTurn;

  constructor(session: Session, release: ReleaseTurn) {
    this.session = session;
    this.release = release;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, affectedRows, command } = await this.session.query(query.sql, query.parameters);
    const counts =
      command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
    return { rows: rows as R[], numAffectedRows: counts ? BigInt(affectedRows) : undefined };
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Broken invariant: rows are paged by key, not streamed');
  }
}

class PgliteDriver implements Driver {
  readonly #database: EmbeddedDatabase;
  readonly #beforeAcquire: BeforeAcquire;

  constructor(database: EmbeddedDatabase, beforeAcquire: BeforeAcquire) {
    this.#database = database;
    this.#beforeAcquire = beforeAcquire;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#beforeAcquire();
    const { session, release } = await this.#database.hold();
    return new PgliteConnection(session, release);
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`;
    const mode = settings.accessMode === undefined ? '' : ` ${settings.accessMode}`;
    await sessionOf(connection).script(`start transaction${level}${mode}`);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const { command } = await sessionOf(connection).script('commit');
    // A statement failed and its error was swallowed: COMMIT then quietly rolls back.
    if (command === 'ROLLBACK')
      throw new Error('The transaction was rolled back: a statement in it had failed.');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await sessionOf(connection).script('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as PgliteConnection).release();
  }

  async destroy(): Promise<void> {}
}

function sessionOf(connection: DatabaseConnection): Session {
  return (connection as PgliteConnection).session;
}
