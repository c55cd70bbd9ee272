/** Scenarios, runs and snapshots: what the services of plan runs read and write. */
import { randomUUID } from 'node:crypto';
import type {
  AuditTrail,
  JobSender,
  NewRun,
  RunIssue,
  RunRecord,
  RunRegister,
  ScenarioTransact,
  SnapshotBlocks,
  SnapshotMeta,
  SnapshotStore,
  StageName,
  StagePlan,
} from '@planwright/app';
import { isoFromDay } from '@planwright/time';
import { sql } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import type { Db, Tx } from './open-database.ts';

/** A queue that can send inside a transaction. */
export type JobsInTransaction = (tx: Tx) => JobSender;

/** Transactions of the services of plan runs. */
export function scenarioTransact(db: Db, jobsIn: JobsInTransaction): ScenarioTransact {
  return (work) =>
    db.transact((tx) => {
      const audit: AuditTrail = auditTrail(tx);
      return work({
        runs: runRegister(tx),
        snapshots: snapshotStore(tx),
        jobs: jobsIn(tx),
        audit,
        announceRun: (companyId, runId) => announce(tx, { companyId, what: 'run', id: runId }),
      });
    });
}

/** Give it the transaction of the write. */
export function runRegister(tx: Tx): RunRegister {
  return {
    baseScenario: (companyId) => baseScenario(tx, companyId),
    async findActive(scenarioId) {
      const { rows } = await sql<{ id: string }>`select id from run
        where scenario_id = ${scenarioId} and status in ('queued', 'running')`.execute(tx);
      return rows[0]?.id;
    },
    insert: (run) => insertRun(tx, run),
    async find(companyId, runId) {
      const rows = await selectRuns(tx, sql`run.company_id = ${companyId} and run.id = ${runId}`, 1);
      return rows[0];
    },
    async list(companyId, after, limit) {
      const behind =
        after === undefined
          ? sql`true`
          : sql`(run.created_at, run.id) < (timestamptz 'epoch' + ${after.createdAt}::bigint * interval '1 microsecond', ${after.id}::uuid)`;
      const rows = await selectRuns(tx, sql`run.company_id = ${companyId} and ${behind}`, limit + 1);
      const counted = await sql<{ total: number }>`select count(*)::int as total from run
        where company_id = ${companyId}`.execute(tx);
      return { rows, total: counted.rows[0].total };
    },
    async requestCancel(runId) {
      const { numAffectedRows } = await sql`update run set cancel_requested = true,
          finished_at = case when status = 'queued' then clock_timestamp() end,
          status = case when status = 'queued' then 'cancelled' else status end
        where id = ${runId} and status in ('queued', 'running')`.execute(tx);
      return numAffectedRows === 1n;
    },
    publish: (runId) => publishRun(tx, runId),
  };
}

/**
 * Points the scenario of a succeeded run to it. One statement, so of many that publish at once each moves the
 * pointer whole. False where the run did not succeed or is published already.
 */
export async function publishRun(tx: Tx, runId: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update scenario set published_run_id = run.id, published_at = clock_timestamp()
    from run where run.id = ${runId} and run.status = 'succeeded' and scenario.id = run.scenario_id
      and scenario.published_run_id is distinct from run.id`.execute(tx);
  return numAffectedRows === 1n;
}

async function baseScenario(tx: Tx, companyId: number): Promise<string> {
  const find = () =>
    sql<{
      id: string;
    }>`select id from scenario where company_id = ${companyId} and parent_id is null`.execute(tx);
  const found = await find();
  if (found.rows[0] !== undefined) return found.rows[0].id;
  await sql`insert into scenario (id, company_id, name) values (${randomUUID()}, ${companyId}, 'Base')
    on conflict (company_id, name) do nothing`.execute(tx);
  const made = await find();
  return made.rows[0].id;
}

async function insertRun(tx: Tx, run: NewRun): Promise<boolean> {
  const { meta } = run;
  const calendar = { ...meta.calendar, starts: meta.starts };
  const stages: readonly StagePlan[] = run.stages;
  const { numAffectedRows } = await sql`
    insert into run (id, company_id, scenario_id, status, snapshot_hash, seed, engine_version, as_of, calendar,
      history_buckets, horizon_buckets, key_count, params, stages, issues, created_by, finished_at, publish_on_success, replay_of)
    values (${run.id}, ${run.companyId}, ${run.scenarioId}, ${run.status}, ${run.snapshotHash}, ${run.seed},
      ${run.engineVersion}, ${isoFromDay(meta.asOf)}, ${JSON.stringify(calendar)}, ${meta.historyBuckets},
      ${meta.horizonBuckets}, ${meta.keyCount}, ${JSON.stringify({ horizonBuckets: meta.horizonBuckets, tier: meta.tier })},
      ${JSON.stringify(stages)}, ${JSON.stringify(run.issues)}, ${run.createdBy},
      ${run.status === 'rejected' ? sql`clock_timestamp()` : null}, ${run.publishOnSuccess}, ${run.replayOf})
    on conflict (scenario_id) where status in ('queued', 'running') do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

type RunRow = Omit<RunRecord, 'progress'> & {
  readonly cursorAt: string;
  readonly progress: readonly { stage: StageName; chunksDone: number; finishedAt: string }[] | null;
};

async function selectRuns(
  tx: Tx,
  where: ReturnType<typeof sql>,
  limit: number,
): Promise<(RunRecord & { readonly cursorAt: string })[]> {
  const { rows } = await sql<RunRow>`
    select run.id, run.company_id as "companyId", run.scenario_id as "scenarioId", run.status,
      run.created_at as "createdAt", run.started_at as "startedAt", run.finished_at as "finishedAt",
      run.created_by as "createdBy", run.seed, run.engine_version as "engineVersion",
      run.snapshot_hash as "snapshotHash", run.output_hash as "outputHash", run.as_of as "asOf",
      run.history_buckets as "historyBuckets", run.horizon_buckets as "horizonBuckets", run.key_count as "keyCount",
      run.stages, run.issues, run.failure, run.chunk_share as "chunkShare", run.publish_on_success as "publishOnSuccess",
      coalesce(scenario.published_run_id = run.id, false) as published,
      (run.summary ->> 'keptFitCount')::int as "keptFitCount",
      (extract(epoch from run.created_at) * 1000000)::bigint::text as "cursorAt",
      (select json_agg(json_build_object('stage', stage, 'chunksDone', chunks_done, 'finishedAt', finished_at))
        from (select stage, count(*)::int as chunks_done, max(finished_at) as finished_at
          from run_chunk where run_chunk.run_id = run.id group by stage) as done) as progress
    from run join scenario on scenario.id = run.scenario_id
    where ${where} order by run.created_at desc, run.id desc limit ${limit}`.execute(tx);
  return rows.map(({ progress, ...row }) => ({
    ...row,
    issues: row.issues as RunIssue[],
    progress: (progress ?? []).map((entry) => ({ ...entry, finishedAt: new Date(entry.finishedAt) })),
  }));
}

/** Give it the transaction of the write. */
export function snapshotStore(tx: Tx): SnapshotStore {
  return {
    save: (companyId, hash, meta, blocks) => saveSnapshot(tx, companyId, hash, meta, blocks),
    async readMeta(companyId, hash) {
      const { rows } = await sql<{ meta: SnapshotMeta }>`select meta from snapshot
        where company_id = ${companyId} and hash = ${hash}`.execute(tx);
      return rows[0]?.meta;
    },
  };
}

async function saveSnapshot(
  tx: Tx,
  companyId: number,
  hash: string,
  meta: SnapshotMeta,
  blocks: SnapshotBlocks,
): Promise<void> {
  const { numAffectedRows } = await sql`insert into snapshot (company_id, hash, meta)
    values (${companyId}, ${hash}, ${JSON.stringify(meta)}) on conflict do nothing`.execute(tx);
  if (numAffectedRows === 0n) return; // Stored before, with all its blocks, in one transaction.
  for (const [name, payload] of blocks) {
    await tx
      .insertInto('snapshot_block')
      .values({
        company_id: companyId,
        hash,
        name,
        payload: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
      })
      .execute();
  }
}
