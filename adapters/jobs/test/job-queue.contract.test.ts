import { createJobs, type Jobs } from '@planwright/jobs';
import { announce } from '@planwright/postgres';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databasesUnderTest, type OpenDatabase } from '../../postgres/test/databases.ts';

describe.each(await databasesUnderTest())('the job queue on $name', ({ open }) => {
  let database: OpenDatabase;
  let jobs: Jobs;
  const problems: Error[] = [];
  beforeEach(async () => {
    database = await open();
    problems.length = 0;
    jobs = createJobs(database.db, (error) => problems.push(error));
  });
  afterEach(async () => {
    await jobs.stop();
    await database.drop();
    if (problems.length > 0) throw new AggregateError(problems, 'problems in the background');
  });

  const send = (id: string, wake = true) =>
    database.db.transact(async (tx) => {
      await jobs.sendIn(tx).enqueue('work', { id });
      if (wake) await announce(tx, { companyId: 1, what: 'run', id });
    });
  const waiting = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from jobs.job
      where name = 'work' and state = 'created'`.execute(database.db.kysely);
    return rows[0].n;
  };

  test('hands each job to its handler, one after the other', async () => {
    const done: string[] = [];
    const all = Promise.withResolvers<void>();
    let atWork = 0;
    jobs.registerJob(
      'work',
      async (id) => {
        atWork += 1;
        expect(atWork).toBe(1);
        await sql`select 1`.execute(database.db.kysely);
        atWork -= 1;
        done.push(id);
        if (done.length === 3) all.resolve();
      },
      { wakeOn: 'run' },
    );
    await jobs.start();
    for (const id of ['a', 'b', 'c']) await send(id);
    await all.promise;
    expect(done.sort()).toEqual(['a', 'b', 'c']);
  });

  test('a job exists exactly when its transaction commits', async () => {
    jobs.registerJob('work', async () => undefined);
    await jobs.start();
    await jobs.stop(); // Nobody takes the jobs now.
    jobs = createJobs(database.db, (error) => problems.push(error));
    await jobs.start();
    await expect(
      database.db.transact(async (tx) => {
        await jobs.sendIn(tx).enqueue('work', { id: 'never' });
        throw new Error('thought better of it');
      }),
    ).rejects.toThrow('thought better of it');
    expect(await waiting()).toBe(0);
    await send('kept', false);
    expect(await waiting()).toBe(1);
  });

  test('a second job for a row that waits already is one too many, and no error', async () => {
    jobs.registerJob('work', async () => undefined);
    await jobs.start();
    await jobs.stop();
    jobs = createJobs(database.db, (error) => problems.push(error));
    await jobs.start();
    await send('same', false);
    await send('same', false);
    await send('other', false);
    expect(await waiting()).toBe(2);
  });

  test('a job that fails is tried again', async () => {
    const tries: string[] = [];
    const second = Promise.withResolvers<void>();
    jobs.registerJob('work', async (id) => {
      tries.push(id);
      if (tries.length === 1) throw new Error('not yet');
      second.resolve();
    });
    await jobs.start();
    await send('x');
    await second.promise;
    expect(tries).toEqual(['x', 'x']);
  }, 120_000);

  test('stopping tells the handler, and waits for it', async () => {
    const begun = Promise.withResolvers<void>();
    let ended = false;
    jobs.registerJob(
      'work',
      async (_, stop) => {
        begun.resolve();
        await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
        ended = true;
      },
      { wakeOn: 'run' },
    );
    await jobs.start();
    await send('long');
    await begun.promise;
    await jobs.stop();
    expect(ended).toBe(true);
    jobs = createJobs(database.db, (error) => problems.push(error));
    await jobs.start();
  });
});
