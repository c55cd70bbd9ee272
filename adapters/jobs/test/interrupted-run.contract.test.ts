import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesUnderTest, type OpenDatabase } from '../../postgres/test/databases.ts';
import { storeDemo } from '../../postgres/test/demo-database.ts';
import { type BeforeChunk, inThreadPool, planFixture } from './plan-fixture.ts';

/** A gate that a chunk runs into: `reached` resolves when it is there, and it waits until `open` is called. */
function gateAt(stage: string): { before: BeforeChunk; reached: Promise<void>; open: () => void } {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const before: BeforeChunk = async (at) => {
    if (at !== stage) return;
    reached.resolve();
    await opened.promise;
  };
  return { before, reached: reached.promise, open: () => opened.resolve() };
}

/** The demo company of size S has 176 streams: three chunks of forecasts. */
const BEFORE_SUPPLY = [
  'actuals 0',
  'learn 0',
  'forecast 0',
  'forecast 1',
  'forecast 2',
  'reconcile 0',
  'consensus 0',
];

describe.each(await databasesUnderTest())('an interrupted run on $name', ({ open }) => {
  let database: OpenDatabase;
  let companyId: number;
  let wholeHash: string | null;
  const fixture = (before?: BeforeChunk) => planFixture(database.db, companyId, inThreadPool(before));
  const chunksOf = async (runId: string): Promise<string[]> => {
    const { rows } = await sql<{
      at: string;
    }>`select stage || ' ' || chunk || ' at ' || finished_at as at from run_chunk
      where run_id = ${runId} order by finished_at`.execute(database.db.kysely);
    return rows.map((row) => row.at);
  };
  const status = async (runId: string): Promise<string> => (await fixture().get(runId)).status;

  beforeAll(async () => {
    database = await open();
    companyId = await storeDemo(database.db, 'S');
    const plan = fixture();
    await plan.jobs.start(); // Makes the tables of the queue.
    await plan.jobs.stop();
    const sending = fixture();
    await sending.jobs.start();
    const run = await sending.start();
    await sending.executor.execute(run.id);
    wholeHash = (await sending.get(run.id)).outputHash;
    if (wholeHash === null) throw new Error('the run that others are held against has failed');
    await sending.jobs.stop();
  });
  afterAll(() => database.drop());

  /** Queues a run without anyone to take it. */
  async function queued(): Promise<string> {
    const plan = fixture();
    await plan.jobs.start();
    const run = await plan.start();
    await sql`delete from jobs.job where name = 'execute-run'`.execute(database.db.kysely);
    await plan.jobs.stop();
    return run.id;
  }

  test('that was cancelled while it waits never begins', async () => {
    const id = await queued();
    expect((await fixture().cancel(id)).status).toBe('cancelled');
    expect(await fixture().executor.execute(id)).toBe('not-taken');
  });

  test('that was cancelled while it works ends within its chunk, and leaves room for the next', async () => {
    const id = await queued();
    const gate = gateAt('supply');
    const outcome = fixture(gate.before).executor.execute(id);
    await gate.reached;
    expect((await fixture().cancel(id)).status).toBe('running');
    expect(await outcome).toBe('cancelled');
    gate.open();
    expect(await status(id)).toBe('cancelled');
    expect((await fixture().cancel(id)).status).toBe('cancelled');
    expect(await chunksOf(id)).toEqual(BEFORE_SUPPLY.map((chunk) => expect.stringContaining(chunk)));
  });

  test('that was asked to stop gives its run back, and the next goes on behind the last chunk', async () => {
    const id = await queued();
    const gate = gateAt('finance');
    const stop = new AbortController();
    const stopped = fixture(gate.before);
    await stopped.jobs.start();
    const outcome = stopped.executor.execute(id, stop.signal);
    await gate.reached;
    stop.abort();
    expect(await outcome).toBe('released');
    gate.open();
    await stopped.jobs.stop();
    expect(await status(id)).toBe('queued');
    const before = await chunksOf(id);
    expect(before).toHaveLength(BEFORE_SUPPLY.length + 3); // Supply, capacity and the constrained plan.

    const begun: string[] = [];
    expect(await fixture((stage) => void begun.push(stage)).executor.execute(id)).toBe('succeeded');
    expect(begun).toEqual(['finance', 'kpis']);
    expect((await chunksOf(id)).slice(0, before.length)).toEqual(before);
    expect((await fixture().get(id)).outputHash).toBe(wholeHash);
  });

  test('that stops before streams and groups agree still has the bands they start from, and keeps none in the end', async () => {
    const id = await queued();
    const gate = gateAt('reconcile');
    const stop = new AbortController();
    const stopped = fixture(gate.before);
    await stopped.jobs.start();
    const outcome = stopped.executor.execute(id, stop.signal);
    await gate.reached;
    stop.abort();
    expect(await outcome).toBe('released');
    gate.open();
    await stopped.jobs.stop();
    const working = async (): Promise<number> => {
      const { rows } = await sql<{ n: number }>`select count(distinct measure)::int as n from run_series
        where run_id = ${id} and measure like 'own%'`.execute(database.db.kysely);
      return rows[0].n;
    };
    expect(await working()).toBe(4);
    expect(await fixture().executor.execute(id)).toBe('succeeded');
    expect((await fixture().get(id)).outputHash).toBe(wholeHash);
    expect(await working()).toBe(0);
  });

  test('is left to the one who has it, and taken over when that one is not heard of', async () => {
    const id = await queued();
    const gate = gateAt('consensus');
    const first = fixture(gate.before).executor.execute(id);
    await gate.reached;
    expect(await fixture().executor.execute(id)).toBe('not-taken');
    await sql`update run set lease_until = now() - interval '1 second' where id = ${id}`.execute(
      database.db.kysely,
    );
    expect(await fixture().executor.execute(id)).toBe('succeeded');
    gate.open();
    expect(await first).toBe('lost');
    expect((await fixture().get(id)).outputHash).toBe(wholeHash);
  });

  test('fails with the reason of its chunk, and keeps nothing of it', async () => {
    const id = await queued();
    const failing: BeforeChunk = (stage) => {
      if (stage === 'supply') throw new Error('the supply of patience ran out');
    };
    expect(await fixture(failing).executor.execute(id)).toBe('failed');
    const run = await fixture().get(id);
    expect(run.failure).toBe('Chunk 1 of the stage supply failed: the supply of patience ran out');
    const { rows } = await sql`select from planned_order where run_id = ${id}`.execute(database.db.kysely);
    expect(rows).toHaveLength(0);
  });

  test('that brings its process down each time is given up', async () => {
    const id = await queued();
    await sql`update run set attempts = 5 where id = ${id}`.execute(database.db.kysely);
    expect(await fixture().executor.execute(id)).toBe('failed');
    expect((await fixture().get(id)).failure).toContain('5 times');
  });

  test('without a job is found and finished', async () => {
    const id = await queued();
    const plan = fixture();
    await plan.open();
    expect((await plan.ended(id)).outputHash).toBe(wholeHash);
    await plan.close();
    expect(plan.problems).toEqual([]);
  });
});
