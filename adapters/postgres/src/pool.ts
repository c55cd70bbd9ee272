import pg from 'pg';
import type { Session } from './session.ts';
import { VALUE_PARSERS } from './value-types.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 120_000;

/**
 * Connections to a PostgreSQL server.
 *
 * A connection that dies while idle is dropped and replaced: without a listener for `error`, a restart of
 * the server would end this process.
 */
export function openPool(url: string, connectionCount: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionCount,
    application_name: 'planwright',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        (format === 'binary' ? undefined : VALUE_PARSERS[oid]) ??
        pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A client of the pool as a session. */
export function poolSession(client: pg.PoolClient | pg.Client): Session {
  return {
    async query(text, values) {
      const { rows, rowCount, command } = await client.query(text, [...values]);
      return { rows, affectedRows: rowCount ?? 0, command: command ?? '' };
    },
    async script(text) {
      // Several statements give one result each.
      const given = (await client.query(text)) as unknown as pg.QueryResult | pg.QueryResult[];
      const results = Array.isArray(given) ? given : [given];
      const last = results.at(-1);
      return {
        rows: results.flatMap((result) => result.rows as unknown[]),
        affectedRows: last?.rowCount ?? 0,
        command: last?.command ?? '',
      };
    },
  };
}
