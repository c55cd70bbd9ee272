import type { RowFilter, RowReader, StoredRow } from '@planwright/app';
import { keyColumnsOf, type TargetName, targetOf } from '@planwright/contracts';
import type { Kysely } from 'kysely';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';
import { quoted, SQL_TYPES } from './target-sql.ts';

/** Reads rows of any target. Names are those of the list of targets; whatever a user gave is a parameter. */
export function rowReader(db: Kysely<Database>): RowReader {
  return {
    async rows(companyId, targetName, { filters, text, after, limit }) {
      const target = targetOf(targetName);
      const values: unknown[] = [companyId];
      const conditions = conditionsOf(targetName, filters, text, values);
      const keys = keyColumnsOf(target).map(quoted);
      if (after !== undefined) {
        const places = after.map((value) => `$${values.push(value)}`);
        conditions.push(`(${keys.join(', ')}) > (${places.join(', ')})`);
      }
      const columns = target.columns.map((column) => `${quoted(column.name)} as "${column.name}"`);
      const { rows } = await rawQuery<StoredRow>(
        db,
        `select ${columns.join(', ')} from ${quoted(targetName)}
         where ${conditions.join(' and ')} order by ${keys.join(', ')} limit $${values.push(limit)}`,
        values,
      );
      return rows;
    },
    async count(companyId, targetName, { filters, text }) {
      const values: unknown[] = [companyId];
      const conditions = conditionsOf(targetName, filters, text, values);
      const { rows } = await rawQuery<{ total: number }>(
        db,
        `select count(*) as total from ${quoted(targetName)} where ${conditions.join(' and ')}`,
        values,
      );
      return rows[0].total;
    },
  };
}

function conditionsOf(
  targetName: TargetName,
  filters: readonly RowFilter[],
  text: string | undefined,
  values: unknown[],
): string[] {
  const conditions = ['company_id = $1'];
  for (const { column, value } of filters) {
    // Only text can be there and empty.
    const isMissing = value === '' && (column.key !== true || column.type !== 'text');
    conditions.push(
      isMissing
        ? `${quoted(column.name)} is null`
        : `${quoted(column.name)} = $${values.push(value)}::${SQL_TYPES[column.type]}`,
    );
  }
  if (text !== undefined) {
    const place = `$${values.push(`%${escapedLike(text)}%`)}`;
    const texts = targetOf(targetName).columns.filter((column) => column.type === 'text');
    conditions.push(`(${texts.map((column) => `${quoted(column.name)} ilike ${place}`).join(' or ')})`);
  }
  return conditions;
}

/** `%` and `_` of a search stand for themselves. */
export function escapedLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (found) => `\\${found}`);
}
