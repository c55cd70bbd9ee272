import type { QualityCode, QualityCount, QualityReader } from '@planwright/app';
import type { Kysely } from 'kysely';
import { QUALITY_SQL } from './quality-sql.ts';
import { rawQuery } from './raw-query.ts';
import type { Database } from './schema.ts';

const EXAMPLE_COUNT = 5;

/** Runs the checks one after the other: together they would keep others waiting. */
export function qualityReader(db: Kysely<Database>): QualityReader {
  return {
    async qualityCounts(companyId) {
      const counts: QualityCount[] = [];
      for (const code of Object.keys(QUALITY_SQL) as QualityCode[]) {
        const { rows } = await rawQuery<{ count: number; examples: string[] }>(
          db,
          `with found as materialized (${QUALITY_SQL[code]})
           select (select count(*) from found) as count,
             array(select example from found order by example limit ${EXAMPLE_COUNT}) as examples`,
          [companyId],
        );
        counts.push({ code, ...rows[0] });
      }
      return counts;
    },
  };
}
