/**
 * The figures that the gates of the cycle look at: a handful of set-based reads over one run.
 *
 * Membership is asked as `x in (select ...)` in the select list: that is hashed whatever the planner knows of the
 * tables. A join took 5 s on PostgreSQL for 20,000 items of a run whose tables nobody had analyzed yet.
 */
import { NEAR_BUCKETS, type PlanFacts } from '@planwright/app';
import { calendarFromStarts, type CalendarSpec } from '@planwright/time';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

type Reads = Kysely<Database>;

type HeadRow = Pick<
  PlanFacts,
  'runId' | 'currency' | 'createdAt' | 'newestDataAt' | 'accuracyRatio' | 'biasRatio' | 'historyBuckets'
> & { readonly calendar: CalendarSpec & { starts: readonly number[] } };

/** One after the other: in a transaction they share a connection. Undefined unless the run succeeded. */
export async function readPlanFacts(
  db: Reads,
  companyId: number,
  runId: string,
): Promise<PlanFacts | undefined> {
  const head = await readHead(db, companyId, runId);
  if (head === undefined) return undefined;
  const { kind, fiscalYearStartMonth, starts } = head.calendar;
  return {
    ...head,
    calendar: calendarFromStarts({ kind, fiscalYearStartMonth }, Int32Array.from(starts)),
    ...(await readItems(db, companyId, runId)),
    ...(await readLaunches(db, companyId, runId)),
    ...(await readSupply(db, runId)),
    resourcePeaks: await readResourcePeaks(db, runId),
    ...(await readRevenue(db, runId)),
  };
}

async function readHead(db: Reads, companyId: number, runId: string): Promise<HeadRow | undefined> {
  const { rows } = await sql<HeadRow>`
    select run.id as "runId", company.currency, run.created_at as "createdAt", run.calendar,
      run.history_buckets as "historyBuckets",
      (select max(finished_at) from import
        where import.company_id = run.company_id and import.status in ('done', 'undone')) as "newestDataAt",
      (select value from run_kpi where run_id = run.id and code = 'forecast-accuracy') as "accuracyRatio",
      (select value from run_kpi where run_id = run.id and code = 'demand-plan-bias') as "biasRatio"
    from run join company on company.id = run.company_id
    where run.company_id = ${companyId} and run.id = ${runId} and run.status = 'succeeded'`.execute(db);
  return rows[0];
}

type ItemRow = Pick<PlanFacts, 'itemCount' | 'itemsWithoutCost' | 'itemsWithoutPrice'>;

/** A cost is the company's own or the one that the run found; a price the list price or one that makes revenue. */
async function readItems(db: Reads, companyId: number, runId: string): Promise<ItemRow> {
  const { rows } = await sql<ItemRow>`
    with demanded as (
      select item, min(item_name) as name,
        coalesce(sum(plan_revenue) filter (where plan_revenue <> 'NaN'), 0) > 0 as has_revenue
      from run_demand_key where run_id = ${runId} and (actual_quantity > 0 or plan_quantity > 0)
      group by item
    ), judged as (
      select d.item, d.name,
        d.item in (select item from run_stock_point where run_id = ${runId} and unit_cost > 0 and unit_cost <> 'NaN')
          or coalesce(item.standard_cost, 0) > 0 as has_cost,
        d.has_revenue or coalesce(item.list_price, 0) > 0 as has_price
      from demanded as d
      left join item on item.company_id = ${companyId} and item.code = d.item
    )
    select count(*)::int as "itemCount",
      coalesce(array_agg(name order by name collate "C", item) filter (where not has_cost), '{}') as "itemsWithoutCost",
      coalesce(array_agg(name order by name collate "C", item) filter (where not has_price), '{}') as "itemsWithoutPrice"
    from judged`.execute(db);
  return rows[0];
}

type LaunchRow = Pick<PlanFacts, 'launchCount' | 'launchesFromNothing'>;

async function readLaunches(db: Reads, companyId: number, runId: string): Promise<LaunchRow> {
  const { rows } = await sql<LaunchRow>`
    with launch as (
      select item.code, item.name,
        item.code in (select item from run_demand_key where run_id = ${runId} and actual_quantity > 0)
        or item.code in (select successor_code from item
          where company_id = ${companyId} and successor_code is not null) as has_basis
      from run join item on item.company_id = run.company_id
      where run.company_id = ${companyId} and run.id = ${runId} and item.kind = 'finished'
        and item.active_from > run.as_of - interval '1 year'
        and (item.active_to is null or item.active_to >= run.as_of)
    )
    select count(*)::int as "launchCount",
      coalesce(array_agg(name order by name collate "C", code) filter (where not has_basis), '{}') as "launchesFromNothing"
    from launch`.execute(db);
  return rows[0];
}

type SupplyRow = Pick<PlanFacts, 'shortageValue' | 'horizonCost' | 'pastDueCount' | 'pastDueValue'>;

async function readSupply(db: Reads, runId: string): Promise<SupplyRow> {
  const { rows } = await sql<SupplyRow>`
    select
      (select coalesce(sum(shortage_value), 0) from run_stock_point where run_id = ${runId}) as "shortageValue",
      (select sum(value) from run_finance, unnest("values") as value
        where run_id = ${runId} and group_code = '' and measure = 'cost' and kind = 'plan'
          and value <> 'NaN') as "horizonCost",
      count(*)::int as "pastDueCount", coalesce(sum(value), 0) as "pastDueValue"
    from planned_order where run_id = ${runId} and past_due`.execute(db);
  return rows[0];
}

/** Buckets whose hours are not known (NaN) say nothing; load on no hours at all is without measure. */
async function readResourcePeaks(db: Reads, runId: string): Promise<PlanFacts['resourcePeaks']> {
  const { rows } = await sql<PlanFacts['resourcePeaks'][number]>`
    select r.name, max(case when hours.capacity > 0 then hours.load / hours.capacity else 'Infinity' end) as ratio
    from run_resource as r
    join run_series as l on l.run_id = r.run_id and l.key_id = r.key_id and l.measure = 'loadHours'
    join run_series as c on c.run_id = r.run_id and c.key_id = r.key_id and c.measure = 'capacityHours'
    cross join unnest(l."values", c."values") with ordinality as hours (load, capacity, bucket)
    where r.run_id = ${runId} and hours.bucket <= ${NEAR_BUCKETS}
      and hours.load <> 'NaN' and hours.capacity <> 'NaN' and (hours.capacity > 0 or hours.load > 0)
    group by r.key_id, r.name order by ratio desc, r.name collate "C"`.execute(db);
  return rows;
}

type RevenueRows = Pick<PlanFacts, 'actualRevenue' | 'planRevenue' | 'budgetRevenue'>;

async function readRevenue(db: Reads, runId: string): Promise<RevenueRows> {
  const { rows } = await sql<{ kind: string; values: number[] }>`select kind, "values" from run_finance
    where run_id = ${runId} and group_code = '' and measure = 'revenue'`.execute(db);
  const of = (kind: string): readonly number[] => rows.find((row) => row.kind === kind)?.values ?? [];
  return { actualRevenue: of('actual'), planRevenue: of('plan'), budgetRevenue: of('budget') };
}
