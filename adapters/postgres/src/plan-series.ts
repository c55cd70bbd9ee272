/** Series of a run: one row an array. They are added and never changed. */
import type { SeriesRows } from '@planwright/app';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { doublesText, intArray, textArray } from './sql-arrays.ts';

// One statement a measure: large enough that statements cost nothing, small enough to parse in a breath.
const ROWS_PER_INSERT = 1_000;

export async function insertSeries(tx: Tx, runId: string, series: readonly SeriesRows[]): Promise<void> {
  for (const { measure, keyIds, values } of series) {
    for (let from = 0; from < keyIds.length; from += ROWS_PER_INSERT) {
      const to = from + ROWS_PER_INSERT;
      const arrays = values.slice(from, to).map(doublesText);
      await sql`insert into run_series (run_id, measure, key_id, values)
        select ${runId}::uuid, ${measure}, s.key_id, s.numbers::float8[]
        from unnest(${intArray(keyIds.slice(from, to))}, ${textArray(arrays)}) as s (key_id, numbers)`.execute(
        tx,
      );
    }
  }
}
