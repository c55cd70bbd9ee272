import type { Staging } from '@planwright/app';
import {
  type TargetBatch,
  type TargetColumn,
  type TargetName,
  TARGET_NAMES,
  targetOf,
} from '@planwright/contracts';
import { assert } from '@planwright/units';
import type { Kysely } from 'kysely';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';
import { quoted, SQL_TYPES, targetSql } from './target-sql.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The table in which the rows of an import for a target wait. */
export function stagingTable(importId: string, target: TargetName): string {
  assert(UUID.test(importId), 'an import id is a UUID');
  return `staging."i${importId.replaceAll('-', '')}_${target}"`;
}

/**
 * Unlogged tables, one an import and target: the fastest to fill, and dropped whole, so that nothing has to be
 * cleaned out of them. A server that crashes empties them, but then the import is over too.
 */
export function stagingTables(db: Kysely<Database>): Staging {
  return {
    async add(importId, chunk, batch) {
      const name = stagingTable(importId, batch.target);
      if (chunk === 0) await createTable(db, name, batch.target);
      const { text, values } = insertion(name, chunk, batch);
      await rawQuery(db, text, values);
    },
    async drop(importId) {
      const names = TARGET_NAMES.map((target) => stagingTable(importId, target));
      await rawQuery(db, `drop table if exists ${names.join(', ')}`);
    },
  };
}

async function createTable(db: Kysely<Database>, name: string, target: TargetName): Promise<void> {
  const { table, columns } = targetSql(target);
  await rawQuery(
    db,
    `create unlogged table ${name} as select 0 as chunk, ${columns.join(', ')} from ${table} where false`,
  );
  await rawQuery(db, `create index on ${name} (chunk)`);
}

function insertion(name: string, chunk: number, batch: TargetBatch): { text: string; values: unknown[] } {
  const { columns } = targetOf(batch.target);
  const arrays = columns.map((column, index) => `$${index + 2}::${SQL_TYPES[column.type]}[]`);
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const text =
    `insert into ${name} (chunk, ${names}) select $1::integer, ${columns.map(withFallback).join(', ')} ` +
    `from unnest(${arrays.join(', ')}) as u(${names})`;
  return { text, values: [chunk, ...columns.map((column) => batch.columns[column.name])] };
}

/** The target's own constant where a row has no value. */
function withFallback(column: TargetColumn): string {
  const name = `u.${quoted(column.name)}`;
  if (column.fallback === undefined) return name;
  const constant = String(column.fallback).replaceAll("'", "''");
  return `coalesce(${name}, '${constant}'::${SQL_TYPES[column.type]})`;
}
