import type { SearchHit, SearchReader } from '@planwright/app';
import type { Kysely } from 'kysely';
import { rawQuery } from './raw-query.ts';
import { escapedLike } from './row-reader.ts';
import type { Database } from './schema.ts';

const KINDS: readonly SearchHit['kind'][] = [
  'item',
  'item_group',
  'location',
  'account',
  'supplier',
  'resource',
];

/** Equal code, code begins, name begins, a word of the name begins, anywhere. */
const RANK = `case when lower(code) = lower($2) then 0 when code ilike $3 then 1 when name ilike $3 then 2
  when name ilike $4 then 3 else 4 end`;

/** One pass over the master data. Each kind gives at most the limit, so that many accounts cannot hide an item. */
export function searchReader(db: Kysely<Database>): SearchReader {
  const parts = KINDS.map(
    (kind, order) =>
      `(select '${kind}' as kind, ${order} as kind_order, code, name, ${RANK} as rank from ${kind}
        where company_id = $1 and (code ilike $5 or name ilike $5) order by rank, code limit $6)`,
  );
  return {
    async search(companyId, text, limit) {
      const like = escapedLike(text);
      const { rows } = await rawQuery<SearchHit>(
        db,
        `select kind, code, name from (${parts.join(' union all ')}) hits order by rank, kind_order, code limit $6`,
        [companyId, text, `${like}%`, `% ${like}%`, `%${like}%`, limit],
      );
      return rows;
    },
  };
}
