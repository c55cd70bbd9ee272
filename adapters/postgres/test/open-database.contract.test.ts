import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announce, type Change, type Db, openDatabase } from '../src/index.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

describe.each(await databasesUnderTest())('a database on $name', ({ name, open }) => {
  let opened: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    await db.executeSql('create table note (id integer primary key, text text not null)');
  });
  afterAll(() => opened.drop());

  const noteCount = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from note`.execute(db.kysely);
    return rows[0].count;
  };

  test('gives the same values on both drivers', async () => {
    const { rows } =
      await sql`select 12::int8 as small, 9007199254740993::int8 as big, 1.10::numeric(18,4) as money,
      date '2024-02-29' as day, '{1.5,NaN,-0.25}'::float8[] as series, 'NaN'::float8 as missing,
      timestamptz '2024-03-01T10:00:00Z' as at, '{1,NULL,3}'::int4[] as whole, array[date '2024-01-01'] as days,
      '{1.10,2}'::numeric[] as prices, true as flag, '{"a":[1]}'::jsonb as doc, '\\x00ff'::bytea as bytes,
      array['a,b', null, 'c"d']::text[] as words, '{}'::float8[] as none`.execute(db.kysely);
    expect(rows).toEqual([
      {
        small: 12,
        big: 9007199254740993n,
        money: '1.1000',
        day: '2024-02-29',
        series: [1.5, Number.NaN, -0.25],
        missing: Number.NaN,
        at: new Date('2024-03-01T10:00:00Z'),
        whole: [1, null, 3],
        days: ['2024-01-01'],
        prices: ['1.10', '2'],
        flag: true,
        doc: { a: [1] },
        bytes: expect.any(Uint8Array),
        words: ['a,b', null, 'c"d'],
        none: [],
      },
    ]);
    expect([...(rows[0] as { bytes: Uint8Array }).bytes]).toEqual([0, 255]);
  });

  test('takes arrays, instants and bytes as parameters', async () => {
    const at = new Date('2024-03-01T10:00:00.123Z');
    const bytes = new Uint8Array([0, 1, 254, 255]).subarray(1);
    const { rows } =
      await sql`select ${[1.5, Number.NaN]}::float8[] as series, ${['a"b', '{x}', null]}::text[] as words,
      ${at}::timestamptz as at, ${bytes}::bytea as bytes`.execute(db.kysely);
    expect(rows).toMatchObject([{ series: [1.5, Number.NaN], words: ['a"b', '{x}', null], at }]);
    expect([...(rows[0] as { bytes: Uint8Array }).bytes]).toEqual([1, 254, 255]);
  });

  test('undoes a transaction that throws, and keeps one that does not', async () => {
    const before = await noteCount();
    const failing = db.transact(async (tx) => {
      await sql`insert into note values (1, 'gone')`.execute(tx);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await noteCount()).toBe(before);
    await db.transact((tx) => sql`insert into note values (2, 'kept')`.execute(tx));
    expect(await noteCount()).toBe(before + 1);
  });

  test('keeps the queries of others out of an open transaction', async () => {
    const before = await noteCount();
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isInserted = (): void => undefined;
    const inserted = new Promise<void>((resolve) => {
      isInserted = resolve;
    });
    const open = db.transact(async (tx) => {
      await sql`insert into note values (10, 'pending')`.execute(tx);
      isInserted();
      await gate;
      throw new Error('undo');
    });
    await inserted;
    const other = sql`insert into note values (11, 'other')`.execute(db.kysely);
    const counted = noteCount();
    letGo();
    await expect(open).rejects.toThrow('undo');
    await other;
    // What the other one wrote is not undone with the transaction it had to wait for.
    expect([before, before + 1]).toContain(await counted);
    expect(await noteCount()).toBe(before + 1);
  });

  test('runs hundreds of transactions at once without losing one', async () => {
    await db.executeSql('create table counter (value integer not null); insert into counter values (0)');
    const work = Array.from({ length: 200 }, () =>
      db.transact((tx) => sql`update counter set value = value + 1`.execute(tx)),
    );
    await Promise.all(work);
    const { rows } = await sql`select value from counter`.execute(db.kysely);
    expect(rows).toEqual([{ value: 200 }]);
  });

  test('refuses a second connection inside a transaction instead of waiting for ever', async () => {
    const nested = db.transact(() => sql`select 1`.execute(db.kysely));
    await expect(nested).rejects.toThrow('through its tx');
    expect(await noteCount()).toBeGreaterThanOrEqual(0);
  });

  test('does not commit silently what a swallowed error has undone', async () => {
    const swallowing = db.transact(async (tx) => {
      await sql`insert into note values (20, 'lost')`.execute(tx);
      await sql`select 1 / 0`.execute(tx).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(/rolled back|aborted/i);
    expect(await noteCount()).toBeGreaterThanOrEqual(0);
  });

  test('serves the job queue: scripts, values, and a clean connection after a failure', async () => {
    const script = await db.executeSql(
      'begin; insert into note values (30, $$queued$$) returning id; commit',
    );
    expect(script.rows).toEqual([{ id: 30 }]);
    await expect(db.executeSql('begin; select broken; commit')).rejects.toThrow('broken');
    const { rows } = await db.executeSql('select text from note where id = $1', [30]);
    expect(rows).toEqual([{ text: 'queued' }]);
  });

  test('announces a change after commit, and none of a transaction that failed', async () => {
    const heard: Change[] = [];
    let hear = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const stop = db.subscribe((change) => {
      heard.push(change);
      hear();
    });
    const failing = db.transact(async (tx) => {
      await announce(tx, { companyId: 1, what: 'run', id: 'failed' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await db.transact((tx) => announce(tx, { companyId: 1, what: 'import', id: 'kept' }));
    await first;
    stop();
    expect(heard).toEqual([{ companyId: 1, what: 'import', id: 'kept' }]);
  });

  test('counts the rows a statement touched', async () => {
    await sql`insert into note values (40, 'a'), (41, 'b')`.execute(db.kysely);
    const result = await sql`update note set text = 'c' where id in (40, 41)`.execute(db.kysely);
    expect(result.numAffectedRows).toBe(2n);
  });

  test.runIf(name === 'PostgreSQL')('lives on when the server ends every connection', async () => {
    const heard: Change[] = [];
    db.subscribe((change) => heard.push(change));
    const busy = sql`select pg_sleep(30)`.execute(db.kysely).catch((error: unknown) => error);
    const pid = sql`select pid from pg_stat_activity where query like 'select pg_sleep%' and datname = current_database()`;
    while ((await pid.execute(db.kysely)).rows.length === 0) continue;
    await db
      .executeSql(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() order by pid = pg_backend_pid()',
      )
      .catch(() => undefined);
    expect(await busy).toBeInstanceOf(Error);
    // A query that still meets a broken connection fails; none of them stays in the pool.
    let count: number | undefined;
    while (count === undefined) count = await noteCount().catch(() => undefined);
    expect(count).toBeGreaterThan(0);
    // The listener connects again by itself.
    while (heard.length === 0) {
      await db.transact((tx) => announce(tx, { companyId: 1, what: 'run', id: 'again' }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(heard[0].id).toBe('again');
  });
});

test('a server that is not there is refused, and nothing keeps the process waiting', async () => {
  const refusal = await openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ code: 'ECONNREFUSED' });
});
