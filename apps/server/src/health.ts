import type { HealthReport, WorkCounts } from '@planwright/http';
import type { Db } from '@planwright/postgres';

const ANSWER_WITHIN_MS = 5_000;

/** Whether the database answers. Nothing in it tells an outsider where or what it is. */
export async function healthOf(db: Db): Promise<HealthReport> {
  const ok = await Promise.race([
    db.executeSql('select 1').then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, false).unref()),
  ]);
  const check = { name: 'database', ok, detail: ok ? 'answers' : 'does not answer' };
  return { ok, database: db.kind === 'pglite' ? 'embedded' : 'postgresql', checks: [check] };
}

/** Runs and imports by status. */
export async function workCountsOf(db: Db): Promise<WorkCounts> {
  const countsOf = async (table: 'run' | 'import'): Promise<Record<string, number>> => {
    const { rows } = await db.executeSql(
      `select status, count(*)::int as count from ${table} group by status`,
    );
    return Object.fromEntries(
      (rows as { status: string; count: number }[]).map(({ status, count }) => [status, count]),
    );
  };
  return { runs: await countsOf('run'), imports: await countsOf('import') };
}
