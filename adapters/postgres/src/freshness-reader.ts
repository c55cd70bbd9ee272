import { type FreshnessReader, MAIN_DAY, type TargetFreshness } from '@planwright/app';
import { TARGET_NAMES } from '@planwright/contracts';
import type { Kysely } from 'kysely';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';
import { quoted } from './target-sql.ts';

/** How much there is of each target, from when to when, and which import brought it last. */
export function freshnessReader(db: Kysely<Database>): FreshnessReader {
  return {
    async freshness(companyId) {
      const counts = TARGET_NAMES.map((target) => {
        const day = MAIN_DAY[target];
        const range =
          day === undefined ? 'null::date, null::date' : `min(${quoted(day)}), max(${quoted(day)})`;
        return `select '${target}' as target, count(*), ${range} from ${quoted(target)} where company_id = $1`;
      });
      // The newest stored import that read rows of the target, whether or not they changed anything.
      const { rows } = await rawQuery<FreshnessRow>(
        db,
        `with counted (target, row_count, first_day, last_day) as (${counts.join(' union all ')}),
           brought as (
             select distinct on (t.value ->> 'target') t.value ->> 'target' as target, i.id, i.finished_at
             from import i cross join lateral jsonb_array_elements(i.targets) t
             where i.company_id = $1 and i.status = 'done' and (t.value ->> 'read')::bigint > 0
             order by t.value ->> 'target', i.stored_number desc)
         select counted.*, brought.id, brought.finished_at from counted left join brought using (target)`,
        [companyId],
      );
      return rows.map(
        (row): TargetFreshness => ({
          target: row.target,
          rowCount: row.row_count,
          firstDay: row.first_day,
          lastDay: row.last_day,
          lastImportId: row.id,
          lastImportAt: row.finished_at?.toISOString() ?? null,
        }),
      );
    },
  };
}

type FreshnessRow = {
  target: TargetFreshness['target'];
  row_count: number;
  first_day: string | null;
  last_day: string | null;
  id: string | null;
  finished_at: Date | null;
};
