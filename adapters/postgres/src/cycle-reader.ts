import type { CycleReader, CycleRecord, GateCheck, StepRecord } from '@planwright/app';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

type CycleRow = Omit<CycleRecord, 'steps'>;
type StepRow = Omit<StepRecord, 'signedGate'> & { cycleId: string; signedGate: unknown };

/** The cycles of a company; give it a transaction to see its writes. */
export function cycleReader(db: Kysely<Database>): CycleReader {
  return {
    async find(companyId, cycleId) {
      const [cycle] = await withSteps(db, await selectCycles(db, companyId, sql`id = ${cycleId}`, 1));
      return cycle;
    },
    async list(companyId, after, limit) {
      const behind = after === undefined ? sql`true` : sql`period_start < ${after}::date`;
      const rows = await selectCycles(db, companyId, behind, limit + 1);
      const counted = await sql<{ total: number }>`select count(*)::int as total from cycle
        where company_id = ${companyId}`.execute(db);
      return { rows: await withSteps(db, rows), total: counted.rows[0].total };
    },
    async findPlanOfRecord(companyId, cycleId) {
      const row = await db
        .selectFrom('plan_of_record as p')
        .innerJoin('cycle', 'cycle.id', 'p.cycle_id')
        .where('p.company_id', '=', companyId)
        .where('p.cycle_id', '=', cycleId)
        .select([
          'p.cycle_id as cycleId',
          'cycle.name as cycleName',
          'p.run_id as runId',
          'p.snapshot_hash as snapshotHash',
          'p.output_hash as outputHash',
          'p.approved_by as approvedBy',
          'p.approved_by_name as approvedByName',
          'p.approved_at as approvedAt',
          'p.note',
          'p.revenue',
          'p.margin',
          'p.currency',
        ])
        .executeTakeFirst();
      return row;
    },
    async publishedRun(companyId) {
      const { rows } = await sql<{ id: string | null }>`select published_run_id as id from scenario
        where company_id = ${companyId} and parent_id is null`.execute(db);
      return rows[0]?.id ?? null;
    },
  };
}

async function selectCycles(
  db: Kysely<Database>,
  companyId: number,
  where: ReturnType<typeof sql>,
  limit: number,
): Promise<CycleRow[]> {
  const { rows } = await sql<CycleRow>`
    select id, name, period_start as "periodStart", status, version, run_id as "runId",
      approved_by_name as "approvedByName", approved_at as "approvedAt"
    from cycle where company_id = ${companyId} and ${where}
    order by period_start desc limit ${limit}`.execute(db);
  return rows;
}

/** One read for the steps of them all. */
async function withSteps(db: Kysely<Database>, cycles: readonly CycleRow[]): Promise<CycleRecord[]> {
  if (cycles.length === 0) return [];
  const { rows } = await sql<StepRow>`
    select s.cycle_id as "cycleId", s.number, s.kind, s.name, s.question, s.owner_id as "ownerId",
      auth_user.name as "ownerName", s.due_on as "dueOn", s.status, s.signed_run_id as "signedRunId",
      s.signed_by_name as "signedByName", s.signed_at as "signedAt", s.note, s.waive_reason as "waiveReason",
      s.signed_gate as "signedGate"
    from cycle_step as s left join auth_user on auth_user.id = s.owner_id
    where s.cycle_id = any(${cycles.map(({ id }) => id)}::uuid[])
    order by s.number`.execute(db);
  const stepsOf = Map.groupBy(rows, ({ cycleId }) => cycleId);
  return cycles.map((cycle) => ({
    ...cycle,
    steps: (stepsOf.get(cycle.id) ?? []).map(({ signedGate, ...step }) => ({
      ...step,
      signedGate: signedGate as readonly GateCheck[] | null, // As `signStep` wrote it.
    })),
  }));
}
