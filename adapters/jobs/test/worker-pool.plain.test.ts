import type { ChunkTask, SharedRun } from '@planwright/app';
import { createWorkerPool } from '@planwright/jobs';
import { expect, test } from 'vitest';

const program = new URL('./programs/dying-thread.ts', import.meta.url);
const shared = { snapshot: new Map(), blocks: {} } as unknown as SharedRun;
const task = (stage: ChunkTask['stage'], chunk = 0): ChunkTask => ({ stage, chunk, earlier: {} });

test('each task gets its own answer, and all threads work', async () => {
  const pool = createWorkerPool({ size: 3, program });
  const run = pool.open(shared);
  expect(run.width).toBe(3);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, chunk) => run.compute(task('forecast', chunk))),
  );
  expect(answers.map(({ hash }) => hash)).toEqual(
    Array.from({ length: 30 }, (_, chunk) => `forecast ${chunk}`),
  );
  await pool.destroy();
});

test('a thread that dies fails its chunk with the reason, and is replaced', async () => {
  const pool = createWorkerPool({ size: 1, program });
  const run = pool.open(shared);
  const before = await run.compute(task('forecast'));
  const [dead, behind] = await Promise.allSettled([
    run.compute(task('supply')),
    run.compute(task('forecast', 7)),
  ]);
  expect(dead.status === 'rejected' && dead.reason.message).toBe('its thread broke down: out of memory, say');
  expect(behind.status === 'fulfilled' && behind.value.hash).toBe('forecast 7');
  expect(behind.status === 'fulfilled' && behind.value.result).not.toBe(before.result);
  await pool.destroy();
});

test('closing a run gives up what waits, and leaves other runs alone', async () => {
  const pool = createWorkerPool({ size: 1, program });
  const [first, second] = [pool.open(shared), pool.open(shared)];
  const waiting = Array.from({ length: 5 }, (_, chunk) => first.compute(task('forecast', chunk)));
  const other = second.compute(task('finance'));
  const settled = Promise.allSettled(waiting);
  await first.close();
  expect((await settled).filter((one) => one.status === 'rejected')).toHaveLength(4); // The first was begun.
  expect((await other).hash).toBe('finance 0');
  await pool.destroy();
});

test('a long chunk tells how far it is, and closing its run ends it while it is at it', async () => {
  const pool = createWorkerPool({ size: 1, program: new URL('./programs/long-thread.ts', import.meta.url) });
  const run = pool.open(shared);
  const told = Promise.withResolvers<number>();
  const long = run.compute(task('learn'), told.resolve);
  const given = Promise.allSettled([long]);
  expect(await told.promise).toBe(0.25);
  await run.close();
  expect((await given)[0]?.status).toBe('rejected');
  const next = pool.open(shared);
  expect((await next.compute(task('finance'))).hash).toBe('finance');
  await pool.destroy();
});
