import { CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import type { Database } from './schema.ts';

/** One statement put together from known names, with its values as parameters. */
export function rawQuery<Row>(
  db: Kysely<Database>,
  text: string,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  return db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
}
