import type {
  CycleRegister,
  NewCycle,
  PlanOfRecordRow,
  RunFigures,
  Signature,
  StepChange,
} from '@planwright/app';
import { sql } from 'kysely';
import { cycleReader } from './cycle-reader.ts';
import type { Tx } from './open-database.ts';
import { publishRun } from './plan-register.ts';

/** First half of the advisory lock under which a company opens cycles. Of no meaning beyond being ours. */
const OPENING_LOCK = 0x70_77_63;

/** Give it the transaction of the write. */
export function cycleRegister(tx: Tx): CycleRegister {
  return {
    ...cycleReader(tx),
    async lockCompany(companyId) {
      // Not the company's row: imports hold that one for as long as they store.
      await sql`select pg_advisory_xact_lock(${OPENING_LOCK}::int, ${companyId}::int)`.execute(tx);
    },
    findOpen: (companyId) => named(tx, companyId, sql`status = 'open'`),
    findMonth: (companyId, periodStart) => named(tx, companyId, sql`period_start = ${periodStart}::date`),
    insert: (cycle) => insertCycle(tx, cycle),
    async claim(companyId, cycleId, version) {
      const { numAffectedRows } = await sql`update cycle set version = version + 1
        where company_id = ${companyId} and id = ${cycleId} and version = ${version} and status = 'open'`.execute(
        tx,
      );
      return numAffectedRows === 1n;
    },
    async isMember(companyId, userId) {
      const row = await tx
        .selectFrom('member')
        .select('user_id')
        .where('company_id', '=', companyId)
        .where('user_id', '=', userId)
        .where('disabled', '=', false)
        .executeTakeFirst();
      return row !== undefined;
    },
    changeStep: (cycleId, step, change) => changeStep(tx, cycleId, step, change),
    signStep: (cycleId, step, signature) => signStep(tx, cycleId, step, signature),
    async openStep(cycleId, step) {
      await sql`update cycle_step set status = 'open' where cycle_id = ${cycleId} and number = ${step}`.execute(
        tx,
      );
    },
    async reopenFrom(cycleId, step) {
      await sql`update cycle_step set status = case when number = ${step}::int then 'open' else 'waiting' end,
          signed_run_id = null, signed_by = null, signed_by_name = null, signed_at = null, note = null,
          waive_reason = null, signed_gate = null
        where cycle_id = ${cycleId} and number >= ${step}::int`.execute(tx);
    },
    runFigures: (companyId, runId) => runFigures(tx, companyId, runId),
    publish: (runId) => publishRun(tx, runId),
    approve: (companyId, row) => approve(tx, companyId, row),
  };
}

async function named(
  tx: Tx,
  companyId: number,
  where: ReturnType<typeof sql>,
): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from cycle
    where company_id = ${companyId} and ${where}`.execute(tx);
  return rows[0];
}

async function insertCycle(tx: Tx, cycle: NewCycle): Promise<void> {
  const { id, companyId, name, periodStart, steps } = cycle;
  await tx
    .insertInto('cycle')
    .values({ id, company_id: companyId, name, period_start: periodStart })
    .execute();
  await tx
    .insertInto('cycle_step')
    .values(steps.map(({ dueOn, ...step }) => ({ cycle_id: id, due_on: dueOn, ...step })))
    .execute();
}

async function changeStep(tx: Tx, cycleId: string, step: number, change: StepChange): Promise<void> {
  await tx
    .updateTable('cycle_step')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.ownerId === undefined ? {} : { owner_id: change.ownerId }),
      ...(change.dueOn === undefined ? {} : { due_on: change.dueOn }),
    })
    .where('cycle_id', '=', cycleId)
    .where('number', '=', step)
    .execute();
}

async function signStep(tx: Tx, cycleId: string, step: number, signature: Signature): Promise<void> {
  await tx
    .updateTable('cycle_step')
    .set({
      status: 'signed',
      signed_run_id: signature.runId,
      signed_by: signature.by,
      signed_by_name: signature.byName,
      signed_at: signature.at,
      note: signature.note,
      waive_reason: signature.waiveReason,
      signed_gate: JSON.stringify(signature.gate),
    })
    .where('cycle_id', '=', cycleId)
    .where('number', '=', step)
    .execute();
}

async function runFigures(tx: Tx, companyId: number, runId: string): Promise<RunFigures | undefined> {
  const planned = (measure: 'revenue' | 'margin') => sql`coalesce((
    select sum(value) from run_finance, unnest("values") as value
    where run_id = run.id and group_code = '' and measure = ${measure} and kind = 'plan' and value <> 'NaN'), 0)`;
  const { rows } = await sql<RunFigures>`
    select run.snapshot_hash as "snapshotHash", run.output_hash as "outputHash", company.currency,
      ${planned('revenue')} as revenue, ${planned('margin')} as margin
    from run join company on company.id = run.company_id
    where run.company_id = ${companyId} and run.id = ${runId} and run.status = 'succeeded'`.execute(tx);
  return rows[0];
}

async function approve(tx: Tx, companyId: number, row: PlanOfRecordRow): Promise<void> {
  await tx
    .insertInto('plan_of_record')
    .values({
      cycle_id: row.cycleId,
      company_id: companyId,
      run_id: row.runId,
      snapshot_hash: row.snapshotHash,
      output_hash: row.outputHash,
      approved_by: row.approvedBy,
      approved_by_name: row.approvedByName,
      approved_at: row.approvedAt,
      note: row.note,
      revenue: row.revenue,
      margin: row.margin,
      currency: row.currency,
    })
    .execute();
  await tx
    .updateTable('cycle')
    .set({
      status: 'approved',
      run_id: row.runId,
      approved_by: row.approvedBy,
      approved_by_name: row.approvedByName,
      approved_at: row.approvedAt,
    })
    .where('id', '=', row.cycleId)
    .where('company_id', '=', companyId)
    .execute();
}
