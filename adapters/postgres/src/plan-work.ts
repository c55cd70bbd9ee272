/** The work on a run: taking it on, showing that one is alive, and storing what each chunk brings. */
import type {
  ChunkCommit,
  Claim,
  ClaimedRun,
  FinishedChunk,
  RunEnd,
  RunIssue,
  RunWork,
  SnapshotBlocks,
} from '@planwright/app';
import { joinedIssues, WORKING_MEASURES } from '@planwright/app';
import { sql } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import type { Db, Tx } from './open-database.ts';
import { planKeyIds } from './plan-key-ids.ts';
import { type JobsInTransaction, publishRun } from './plan-register.ts';
import { insertPlanRows } from './plan-rows.ts';
import { insertSeries } from './plan-series.ts';
import { textArray } from './sql-arrays.ts';

const leaseEnd = (seconds: number) => sql`clock_timestamp() + ${seconds}::float8 * interval '1 second'`;

export function runWork(db: Db, jobsIn: JobsInTransaction): RunWork {
  return {
    claim: (runId, how) => claim(db, runId, how),
    async renew(runId, worker, leaseSeconds, chunkShare) {
      const { rows } = await sql<{
        cancelRequested: boolean;
      }>`update run set lease_until = ${leaseEnd(leaseSeconds)}, chunk_share = ${chunkShare}
        where id = ${runId} and worker = ${worker} and status = 'running'
        returning cancel_requested as "cancelRequested"`.execute(db.kysely);
      return { held: rows.length === 1, cancelRequested: rows[0]?.cancelRequested ?? false };
    },
    loadSnapshot: (companyId, hash) => loadSnapshot(db, companyId, hash),
    keyIds: (companyId, keys) => db.transact((tx) => planKeyIds(tx, companyId, keys)),
    finishedChunks: (runId) => finishedChunks(db, runId),
    async loadSeries(runId, measure, use) {
      const { rows } = await sql<{ key_id: number; values: number[] }>`select key_id, values from run_series
        where run_id = ${runId} and measure = ${measure}`.execute(db.kysely);
      for (const row of rows) use(row.key_id, row.values);
    },
    commitChunk: (runId, worker, leaseSeconds, commit) =>
      db.transact((tx) => commitChunk(tx, runId, worker, leaseSeconds, commit)),
    finish: (runId, worker, end) => db.transact((tx) => finish(tx, runId, worker, end)),
    async release(runId, worker, { counts }) {
      await db.transact(async (tx) => {
        const { numAffectedRows } =
          await sql`update run set status = 'queued', worker = null, lease_until = null,
            attempts = attempts - case when ${counts} then 0 else 1 end
          where id = ${runId} and worker = ${worker} and status = 'running'`.execute(tx);
        if (numAffectedRows === 1n) await jobsIn(tx).enqueue('execute-run', { id: runId });
      });
    },
    async releaseOthers(worker) {
      await sql`update run set status = 'queued', worker = null, lease_until = null where status = 'running' and worker is distinct from ${worker}`.execute(
        db.kysely,
      );
    },
    requeueAbandoned: () => requeueAbandoned(db, jobsIn),
  };
}

/** One conditional statement: of many that try, one gets the run. */
async function claim(
  db: Db,
  runId: string,
  { worker, leaseSeconds, engineVersion }: Claim,
): Promise<ClaimedRun | undefined> {
  const { rows } = await sql<ClaimedRun>`update run set status = 'running', worker = ${worker},
      lease_until = ${leaseEnd(leaseSeconds)}, chunk_share = 0, started_at = coalesce(started_at, clock_timestamp()),
      attempts = attempts + 1, engine_version = case
        when exists (select from run_chunk where run_id = ${runId}) then engine_version else ${engineVersion} end
    where id = ${runId} and (status = 'queued' or (status = 'running' and lease_until < clock_timestamp()))
    returning id, company_id as "companyId", snapshot_hash as "snapshotHash", seed, created_by as "createdBy", attempts,
      engine_version as "engineVersion", publish_on_success as "publishOnSuccess"`.execute(db.kysely);
  return rows[0];
}

async function loadSnapshot(db: Db, companyId: number, hash: string): Promise<SnapshotBlocks> {
  const rows = await db.kysely
    .selectFrom('snapshot_block')
    .select(['name', 'payload'])
    .where('company_id', '=', companyId)
    .where('hash', '=', hash)
    .execute();
  return new Map(rows.map((row) => [row.name, row.payload]));
}

async function finishedChunks(db: Db, runId: string): Promise<FinishedChunk[]> {
  const { rows } = await sql<FinishedChunk>`select stage, chunk, output_hash as hash, result from run_chunk
    where run_id = ${runId} order by stage, chunk`.execute(db.kysely);
  return rows;
}

/** The row of the run is locked first: whoever takes the run over waits, and then finds this chunk done. */
async function commitChunk(
  tx: Tx,
  runId: string,
  worker: string,
  leaseSeconds: number,
  commit: ChunkCommit,
): Promise<boolean> {
  const held = await sql`update run set lease_until = ${leaseEnd(leaseSeconds)}, chunk_share = 0
    where id = ${runId} and worker = ${worker} and status = 'running'`.execute(tx);
  if (held.numAffectedRows !== 1n) return false;
  await insertSeries(tx, runId, commit.series);
  await insertPlanRows(tx, runId, commit.rows);
  await tx
    .insertInto('run_chunk')
    .values({
      run_id: runId,
      stage: commit.stage,
      chunk: commit.chunk,
      seconds: commit.seconds,
      output_hash: commit.hash,
      result: commit.result,
    })
    .execute();
  return true;
}

async function finish(tx: Tx, runId: string, worker: string, end: RunEnd): Promise<boolean> {
  const { rows } = await sql<Ended>`update run set status = ${end.status}, finished_at = clock_timestamp(),
      worker = null, lease_until = null, failure = ${end.status === 'failed' ? end.failure : null},
      output_hash = ${end.status === 'succeeded' ? end.outputHash : null}
    where id = ${runId} and worker = ${worker} and status = 'running'
    returning company_id as "companyId", created_by as "createdBy", publish_on_success as "publishOnSuccess",
      issues, snapshot_hash as "snapshotHash"`.execute(tx);
  const [run] = rows;
  if (run === undefined) return false;
  await sql`update run_chunk set result = null where run_id = ${runId} and result is not null`.execute(tx);
  await sql`delete from run_series where run_id = ${runId} and measure = any(${textArray(WORKING_MEASURES)})`.execute(
    tx,
  );
  if (end.status !== 'succeeded') return true;
  const issues = joinedIssues(run.issues, end.issues);
  await sql`update run set summary = ${JSON.stringify(end.summary)}, issues = ${JSON.stringify(issues)}
    where id = ${runId}`.execute(tx);
  if (run.publishOnSuccess && (await publishRun(tx, runId))) {
    await auditTrail(tx).addAuditRecord({
      companyId: run.companyId,
      actorId: 'planwright',
      actor: `Planwright for ${run.createdBy}`,
      action: 'run.publish',
      objectType: 'run',
      objectId: runId,
      after: { outputHash: end.outputHash, snapshotHash: run.snapshotHash },
      reason: 'It was started to be published when it succeeds',
    });
  }
  return true;
}

type Ended = {
  readonly companyId: number;
  readonly createdBy: string;
  readonly publishOnSuccess: boolean;
  readonly issues: RunIssue[];
  readonly snapshotHash: string;
};

/** Runs that wait, and runs whose worker has not been heard of. A job too many does no harm: claiming decides. */
async function requeueAbandoned(db: Db, jobsIn: JobsInTransaction): Promise<string[]> {
  return db.transact(async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from run
      where status = 'queued' or (status = 'running' and lease_until < clock_timestamp()) order by created_at`.execute(
      tx,
    );
    for (const { id } of rows) await jobsIn(tx).enqueue('execute-run', { id });
    return rows.map(({ id }) => id);
  });
}
