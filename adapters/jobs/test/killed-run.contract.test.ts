import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorkerPool } from '@planwright/jobs';
import { type Db, openDatabase } from '@planwright/postgres';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createServerDatabase, databasesUnderTest } from '../../postgres/test/databases.ts';
import { planFixture } from './plan-fixture.ts';

const PROGRAM = fileURLToPath(new URL('./programs/run-until-killed.ts', import.meta.url));
const hasServer = (await databasesUnderTest()).length > 1;

/** Starts the program and resolves with the run's id when it stands in the middle of the run. */
async function heldRun(env: Record<string, string>): Promise<{ child: ChildProcess; runId: string }> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, ...env, HOLD_AT: 'forecast 1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stderr?.on('data', (text: Buffer) => (complained += text));
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      const runId = /HELD (\S+)/.exec(said)?.[1];
      if (runId !== undefined) resolve({ child, runId });
    });
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${complained}`)));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await exited;
}

/** What a restart must find, do and leave behind. */
async function finishes(db: Db, runId: string): Promise<void> {
  const { rows } = await sql<{ company_id: number }>`select company_id from run where id = ${runId}`.execute(
    db.kysely,
  );
  const plan = planFixture(db, rows[0].company_id, createWorkerPool({ size: 2 }));
  const chunksOf = async () =>
    (
      await sql<{ stage: string; at: string }>`select stage, finished_at::text as at from run_chunk
        where run_id = ${runId} order by finished_at`.execute(db.kysely)
    ).rows;
  const before = await chunksOf();
  expect(before.map(({ stage }) => stage)).toEqual(['actuals', 'learn', 'forecast']);
  const half = await plan.get(runId);
  expect([half.status, half.published, half.outputHash]).toEqual(['running', false, null]);

  // On a server the dead worker might live on elsewhere until its lease ends; here nobody waits for that. Alone with
  // its embedded database, the program knows by itself.
  if (db.kind === 'postgres')
    await sql`update run set lease_until = now() - interval '1 second' where id = ${runId}`.execute(
      db.kysely,
    );
  await plan.open();
  const run = await plan.ended(runId);
  expect([run.status, run.published, run.failure]).toEqual(['succeeded', true, null]);
  expect((await chunksOf()).slice(0, before.length)).toEqual(before);

  const whole = await plan.ended((await plan.replay(runId)).id);
  expect(whole.outputHash).toBe(run.outputHash);
  await plan.close();
  expect(plan.problems).toEqual([]);
}

describe('a run whose process is killed goes on where it was', () => {
  test('in the embedded database', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'planwright-killed-'));
    try {
      const { child, runId } = await heldRun({ DATA_DIR: dataDir });
      await killed(child);
      const db = await openDatabase({ dataDir });
      await finishes(db, runId);
      await db.close();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test.skipIf(!hasServer)('on a PostgreSQL server', async () => {
    const { url, drop } = await createServerDatabase();
    const { child, runId } = await heldRun({ DATABASE_URL: url });
    await killed(child);
    const db = await openDatabase({ url });
    await finishes(db, runId);
    await db.close();
    await drop();
  });
});
