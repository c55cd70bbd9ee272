/** What proposals of stock and of stops are worked out from. */
import type { MachineFailureRow, PolicyReads } from '@planwright/app';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

export function policyReads(db: Kysely<Database>): PolicyReads {
  return {
    async stockDemand(runId) {
      const { rows } = await sql<{ id: number; own: number[]; dependent: number[] }>`
        select i.key_id as id, i.values as own, d.values as dependent from run_series i
          join run_series d on d.run_id = i.run_id and d.key_id = i.key_id and d.measure = 'dependentDemand'
        where i.run_id = ${runId} and i.measure = 'independentDemand' order by i.key_id`.execute(db);
      return rows.map(({ id, own, dependent }) => ({
        id,
        values: own.map((quantity, t) => quantity + dependent[t]),
      }));
    },
    async streamErrors(runId) {
      // Of a normal distribution the standard deviation is 1.25 mean absolute errors; streams err apart from each other.
      const { rows } = await sql<{ item: string; location: string; spread: number; wape: number | null }>`
        select k.item, k.location, sqrt(sum((1.2533 * a.absolute_error / a.bucket_count) ^ 2))::float8 as spread,
          sum(a.absolute_error) / nullif(sum(a.actual), 0) as wape
        from run_accuracy a join plan_key k on k.id = a.key_id
        where a.run_id = ${runId} and a.lag = 1 and a.bucket_count > 0 group by k.item, k.location`.execute(
        db,
      );
      return rows;
    },
    async machineFailures(companyId, before) {
      const { rows } =
        await sql<MachineFailureRow>`select resource, to_char(failed_on, 'YYYY-MM-DD') as "failedOn",
          repair_hours as "repairHours"
        from machine_failure where company_id = ${companyId} and failed_on < ${before}::date
        order by resource collate "C", failed_on, machine_failure.number`.execute(db);
      return rows;
    },
  };
}
