/** The constrained plan of a run as it was stored, and what it stands on. */
import type { StoredPlanChunk, SupplyPlanReads } from '@planwright/app';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';
import { textArray } from './sql-arrays.ts';

export function supplyPlanReads(db: Kysely<Database>): SupplyPlanReads {
  return {
    async snapshotBlocks(run, names) {
      const { rows } = await sql<{ name: string; payload: Uint8Array }>`select b.name, b.payload
        from snapshot_block b join run r on r.company_id = b.company_id and r.snapshot_hash = b.hash
        where r.id = ${run.runId} and b.company_id = ${run.companyId} and b.name = any(${textArray(names)})`.execute(
        db,
      );
      return new Map(rows.map((row) => [row.name, row.payload]));
    },
    async planChunks(runId) {
      const { rows } = await sql<StoredPlanChunk>`select chunk, figures as sums, payload from run_supply_plan
        where run_id = ${runId} order by chunk`.execute(db);
      return rows;
    },
    async stockIds(runId) {
      const { rows } = await sql<{
        id: number;
        item: string;
        location: string;
      }>`select key_id as id, item, location
        from run_stock_point where run_id = ${runId}`.execute(db);
      return rows;
    },
    async resourceIds(runId) {
      const { rows } = await sql<{ id: number; code: string }>`select key_id as id, code from run_resource
        where run_id = ${runId}`.execute(db);
      return rows;
    },
    async supplierNames(companyId) {
      const { rows } = await sql<{ code: string; name: string }>`
        select code, name from supplier where company_id = ${companyId}`.execute(db);
      return new Map(rows.map(({ code, name }) => [code, name]));
    },
    async lastBucket(runId) {
      const { rows } = await sql<{ item: string; location: string; actual: number; forecast: number }>`
        select k.item, k.location, sum(a.values[array_length(a.values, 1)]) as actual,
          sum(f.values[array_length(f.values, 1)]) as forecast
        from run_series a join run_series f on f.run_id = a.run_id and f.key_id = a.key_id and f.measure = 'lag1'
          join plan_key k on k.id = a.key_id
        where a.run_id = ${runId} and a.measure = 'actual' group by k.item, k.location
        order by k.item collate "C", k.location collate "C"`.execute(db);
      return rows;
    },
    async consensus(runId) {
      const { rows } = await sql<{
        item: string;
        location: string;
        channel: string;
        values: number[];
      }>`select k.item, k.location, k.channel, s.values from run_series s join plan_key k on k.id = s.key_id
        where s.run_id = ${runId} and s.measure = 'consensus'`.execute(db);
      return rows;
    },
  };
}
