/** DuckDB as the reader uses it: in memory, without extensions, and locked before any user's expression is bound. */
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { ImportLimits } from './import-limits.ts';

export type Database = { readonly instance: DuckDBInstance; readonly connection: DuckDBConnection };

/** Opens a database that may read files until `lockDatabase` is called. */
export async function openDatabase(limits: ImportLimits, temporaryFolder: string): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: `${limits.databaseMegabytes}MB`,
    temp_directory: temporaryFolder,
    max_temp_directory_size: `${limits.workFolderMegabytes}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
    allow_persistent_secrets: 'false',
    allow_unredacted_secrets: 'false',
    max_expression_depth: '250',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  // Taken out of two TRY()s as one common part, a failing cast would end the query instead of its row.
  await connection.run("SET disabled_optimizers = 'common_subexpressions'");
  await connection.run("SET TimeZone = 'UTC'");
  return { instance, connection };
}

/** From here on no statement reaches a file, the network or a setting. */
export async function lockDatabase(database: Database): Promise<void> {
  await database.connection.run('SET enable_external_access = false');
  await database.connection.run('SET lock_configuration = true');
}

export function closeDatabase(database: Database): void {
  database.connection.closeSync();
  database.instance.closeSync();
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The parsed form of a SELECT as JSON text; parsing runs nothing. */
export function sqlParser(database: Database): (selectSql: string) => Promise<string> {
  return async (selectSql) => {
    const [row] = await rowsOf(database, `SELECT json_serialize_sql(${literal(selectSql)})`);
    return String(row[0]);
  };
}

export async function rowsOf(database: Database, sql: string): Promise<DuckDBValue[][]> {
  const reader = await database.connection.runAndReadAll(sql);
  return reader.getRows();
}

export async function numberOf(database: Database, sql: string): Promise<number> {
  const [row] = await rowsOf(database, sql);
  return Number(row?.[0] ?? 0);
}

/** The columns of each chunk of a result, as it is computed. */
export async function* columnsOf(database: Database, sql: string): AsyncGenerator<DuckDBValue[][]> {
  const result = await database.connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getColumns();
  }
}
