/** What the published plan said of demand, for a run that does not change numbers or methods for nothing. */
import type { CompanySettings, FitRow, PreviousPlan } from '@planwright/app';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';

/**
 * Undefined before a plan is published. Streams whose history a planner has decided about since are left out: they are to
 * change. Sorted by stream.
 */
export async function readPreviousPlan(
  tx: Tx,
  { companyId }: CompanySettings,
): Promise<PreviousPlan | undefined> {
  const head = await sql<{ id: string; starts: number[]; historyBuckets: number; createdAt: Date }>`
    select run.id, run.calendar -> 'starts' as starts, run.history_buckets as "historyBuckets", run.created_at as "createdAt"
    from run join scenario on scenario.published_run_id = run.id
    where run.company_id = ${companyId} and scenario.name = 'Base'`.execute(tx);
  const run = head.rows[0];
  if (run === undefined) return undefined;
  const { rows } = await sql<PreviousPlan['streams'][number]>`
    select k.item, k.location, k.channel, base.values as baseline,
      uplift.values[${run.historyBuckets + 1}::int:] as uplift, held.values as "heldBack"
    from run_demand_key k
      join run_series base on base.run_id = k.run_id and base.key_id = k.key_id and base.measure = 'baseline'
      join run_series uplift on uplift.run_id = k.run_id and uplift.key_id = k.key_id and uplift.measure = 'uplift'
      left join run_series held on held.run_id = k.run_id and held.key_id = k.key_id and held.measure = 'heldBack'
    where k.run_id = ${run.id} and not exists (
      select from audit_event a where a.company_id = ${companyId} and a.at > ${run.createdAt}
        and a.object_type = 'demand-stream' and a.object_id = k.item || ' · ' || k.location || ' · ' || k.channel)
    order by k.item collate "C", k.location collate "C", k.channel collate "C"`.execute(tx);
  return { starts: run.starts.slice(run.historyBuckets), streams: rows };
}

/** None before a plan is published. Sorted by stream. */
export async function readPreviousFits(tx: Tx, { companyId }: CompanySettings): Promise<readonly FitRow[]> {
  const { rows } = await sql<FitRow>`
    select k.item, k.location, k.channel, k.fitted_until - date '1970-01-01' as until, k.fit_inputs as inputs
    from run_demand_key k join scenario on scenario.published_run_id = k.run_id
    where scenario.company_id = ${companyId} and scenario.name = 'Base' and k.fitted_until is not null
    order by k.item collate "C", k.location collate "C", k.channel collate "C"`.execute(tx);
  return rows;
}
