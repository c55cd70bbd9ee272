/** Rows of optimal plans. */
import type { OptimumRows, OptimumTransact, StoredOptimum } from '@planwright/app';
import type { Optimum } from '@planwright/contracts';
import { sql } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import type { Db } from './open-database.ts';
import type { JobsInTransaction } from './plan-register.ts';
import { instant } from './supply-columns.ts';

const COLUMNS = sql`id, run_id as "runId", status, created_by as "createdBy", ${instant('created_at')} as "createdAt",
  ${instant('finished_at')} as "finishedAt", progress_ratio as "progressRatio", failure, result`;

const leaseEnd = (seconds: number) => sql`clock_timestamp() + ${seconds}::float8 * interval '1 second'`;

export function optimumRows(db: Db): OptimumRows {
  return {
    async newest(companyId, runId) {
      const { rows } = await sql<Optimum>`select ${COLUMNS} from supply_optimum
        where company_id = ${companyId} and run_id = ${runId} order by created_at desc, id limit 1`.execute(
        db.kysely,
      );
      return rows[0];
    },
    async claim(id, leaseSeconds) {
      const { rows } = await sql<StoredOptimum>`update supply_optimum set status = 'running',
          started_at = coalesce(started_at, clock_timestamp()), lease_until = ${leaseEnd(leaseSeconds)}
        where id = ${id} and (status = 'queued' or (status = 'running' and lease_until < clock_timestamp()))
        returning ${COLUMNS}, company_id as "companyId", params`.execute(db.kysely);
      return rows[0];
    },
    async report(id, progressRatio, leaseSeconds) {
      const { rows } = await sql<{ isCancelled: boolean }>`update supply_optimum
        set progress_ratio = ${progressRatio}, lease_until = ${leaseEnd(leaseSeconds)}
        where id = ${id} and status = 'running' returning cancel_requested as "isCancelled"`.execute(
        db.kysely,
      );
      return rows[0]?.isCancelled ?? true;
    },
    async finish(id, end) {
      await sql`update supply_optimum set status = ${end.status}, finished_at = clock_timestamp(), lease_until = null,
          progress_ratio = case when ${end.status} = 'succeeded' then 1 else progress_ratio end,
          failure = ${end.status === 'failed' ? end.failure : null},
          result = ${end.status === 'succeeded' ? JSON.stringify(end.result) : null}::jsonb
        where id = ${id} and status = 'running'`.execute(db.kysely);
    },
    async release(id) {
      await sql`update supply_optimum set status = 'queued', lease_until = null
        where id = ${id} and status = 'running'`.execute(db.kysely);
    },
    async abandoned() {
      const { rows } = await sql<{ id: string }>`select id from supply_optimum
        where status = 'queued' or (status = 'running' and lease_until < clock_timestamp()) order by created_at`.execute(
        db.kysely,
      );
      return rows.map(({ id }) => id);
    },
  };
}

export function optimumTransact(db: Db, jobsIn: JobsInTransaction): OptimumTransact {
  return (work) =>
    db.transact((tx) =>
      work({
        jobs: jobsIn(tx),
        audit: auditTrail(tx),
        optimums: {
          async insert({ id, companyId, runId, params, createdBy }) {
            const { rows } =
              await sql<Optimum>`insert into supply_optimum (id, company_id, run_id, status, params, created_by)
              values (${id}, ${companyId}, ${runId}, 'queued', ${JSON.stringify(params)}::jsonb, ${createdBy})
              returning ${COLUMNS}`.execute(tx);
            return rows[0];
          },
          async requestCancel(companyId, id) {
            const { rows } = await sql<Optimum>`update supply_optimum set cancel_requested = true,
                finished_at = case when status = 'queued' then clock_timestamp() else finished_at end,
                status = case when status = 'queued' then 'cancelled' else status end
              where company_id = ${companyId} and id = ${id} returning ${COLUMNS}`.execute(tx);
            return rows[0];
          },
        },
      }),
    );
}
