import type { Alert, Kpi } from '@planwright/contracts';
import type { FinanceSeries, PlanReader, RunHead } from '@planwright/app';
import type { CalendarSpec } from '@planwright/time';
import { type Kysely, sql } from 'kysely';
import { demandReads } from './plan-read-demand.ts';
import { supplyReads } from './plan-read-supply.ts';
import { workbenchReads } from './plan-read-workbench.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Reads of what runs wrote. Each reads only what is shown; lists are sorted and cut by the database. */
export function createPlanReader(db: Db): PlanReader {
  return {
    ...demandReads(db),
    ...supplyReads(db),
    ...workbenchReads(db),
    findRun: (companyId, runId) => findRun(db, companyId, runId),
    async groupSeries(runId, group, measures) {
      const { rows } = await sql<{
        measure: string;
        values: number[];
      }>`SELECT measure, values FROM run_group_series
        WHERE run_id = ${runId} AND group_code = ${group} AND measure = ANY(${measures})`.execute(db);
      return new Map(rows.map((row) => [row.measure, row.values]));
    },
    async finance(runId, groups, measures) {
      const which = measures === undefined ? sql`true` : sql`measure = ANY(${measures})`;
      const { rows } =
        await sql<FinanceSeries>`SELECT group_code AS "group", measure, kind, values FROM run_finance
        WHERE run_id = ${runId} AND group_code = ANY(${groups}) AND ${which}`.execute(db);
      return rows;
    },
    async kpis(runId) {
      const { rows } =
        await sql<Kpi>`SELECT code, name, definition, unit, good_direction AS "goodDirection", value, numerator,
        denominator, target, status, trend, note FROM run_kpi WHERE run_id = ${runId} ORDER BY position`.execute(
          db,
        );
      return rows;
    },
    async alerts(runId, filter, page) {
      const parts = [sql`run_id = ${runId}`];
      if (filter.kind !== undefined) parts.push(sql`kind = ${filter.kind}`);
      if (filter.severity !== undefined) parts.push(sql`severity = ${filter.severity}`);
      const where = sql.join(parts, sql` AND `);
      const behind = page.after === undefined ? sql`true` : sql`number > ${page.after[0]}::int`;
      const { rows } =
        await sql<Alert>`SELECT number, severity, kind, title, detail, item, location, resource, bucket, quantity,
        amount, stock_point_id AS "stockPointId" FROM run_alert WHERE ${where} AND ${behind}
        ORDER BY number LIMIT ${page.limit + 1}`.execute(db);
      const counted = await sql<{
        total: number;
      }>`SELECT count(*)::int AS total FROM run_alert WHERE ${where}`.execute(db);
      return { rows, total: counted.rows[0]!.total };
    },
    async alertCounts(runId) {
      const { rows } = await sql<{ high: number; medium: number; low: number }>`SELECT
        count(*) FILTER (WHERE severity = 'high')::int AS high, count(*) FILTER (WHERE severity = 'medium')::int AS medium,
        count(*) FILTER (WHERE severity = 'low')::int AS low FROM run_alert WHERE run_id = ${runId}`.execute(
        db,
      );
      return rows[0]!;
    },
  };
}

type HeadRow = Omit<RunHead, 'calendar' | 'createdAt' | 'finishedAt'> & {
  createdAt: Date;
  finishedAt: Date;
  calendar: CalendarSpec & { starts: readonly number[] };
};

async function findRun(db: Db, companyId: number, runId: string | undefined): Promise<RunHead | undefined> {
  const which =
    runId === undefined
      ? sql`run.id = (SELECT published_run_id FROM scenario WHERE company_id = ${companyId} AND parent_id IS NULL)`
      : sql`run.id = ${runId}`;
  const { rows } =
    await sql<HeadRow>`SELECT run.id AS "runId", run.company_id AS "companyId", company.currency, run.as_of AS "asOf",
    run.created_at AS "createdAt", run.finished_at AS "finishedAt", run.calendar, run.history_buckets AS "historyBuckets",
    run.horizon_buckets AS "horizonBuckets", run.summary
    FROM run JOIN company ON company.id = run.company_id
    WHERE run.company_id = ${companyId} AND run.status = 'succeeded' AND ${which}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { kind, fiscalYearStartMonth, starts } = row.calendar;
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    calendar: {
      spec: { kind, fiscalYearStartMonth },
      starts: Int32Array.from(starts),
      bucketCount: starts.length - 1,
    },
  };
}
