import { TARGETS, sqlName } from '@planwright/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '../src/index.ts';
import { type Migration, readMigrations } from '../src/migrate.ts';
import { isNotNull, SQL_TYPES } from '../src/target-sql.ts';
import { createServerDatabase, databasesUnderTest, type OpenDatabase } from './databases.ts';

const first: Migration = { number: 1, name: '0001_one.sql', text: 'create table one (id integer);' };
const second: Migration = {
  number: 2,
  name: '0002_two.sql',
  text: 'create table two (id integer); insert into two values (1);',
};

const underTest = await databasesUnderTest();

describe.each(underTest)('migrations on $name', ({ open }) => {
  test('apply in order, and a broken one leaves nothing', async () => {
    const broken: Migration = {
      number: 2,
      name: '0002_broken.sql',
      text: 'create table half (id integer); select nothing;',
    };
    await expect(open({ migrations: [first, broken] })).rejects.toThrow('nothing');
    const { db, drop } = await open({ migrations: [first, second] });
    const { rows } = await db.executeSql('select name from schema_migration order by number');
    expect(rows).toEqual([{ name: '0001_one.sql' }, { name: '0002_two.sql' }]);
    await drop();
  });
});

const server = underTest.find((one) => one.name === 'PostgreSQL');

describe.runIf(server !== undefined)('migrations on a server that others use too', () => {
  let place: Awaited<ReturnType<typeof createServerDatabase>>;
  beforeAll(async () => {
    place = await createServerDatabase();
  });
  afterAll(() => place.drop());

  test('two programs that start at once migrate once', async () => {
    const starts = Array.from({ length: 6 }, () =>
      openDatabase({ url: place.url, migrations: [first, second] }),
    );
    const opened = await Promise.all(starts);
    const { rows } = await opened[0].executeSql('select count(*) as count from two');
    expect(rows).toEqual([{ count: 1 }]);
    await Promise.all(opened.map((db) => db.close()));
  });

  test('a database of a newer program is refused with a clear text', async () => {
    await expect(openDatabase({ url: place.url, migrations: [first] })).rejects.toThrow(
      'written by a newer Planwright: it holds the schema change 0002_two.sql',
    );
  });

  test('a migration that is not what was applied is refused', async () => {
    const changed = { ...second, text: `${second.text} -- changed` };
    await expect(openDatabase({ url: place.url, migrations: [first, changed] })).rejects.toThrow(
      'The schema change 0002_two.sql is not the one this database was built with',
    );
  });
});

describe.each(underTest)('the schema on $name', ({ open }) => {
  let opened: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.drop());

  test('numbers the migrations without a gap', async () => {
    const migrations = await readMigrations();
    expect(migrations.map((migration) => migration.number)).toEqual(migrations.map((_, index) => index + 1));
  });

  test.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s has the columns of its target',
    async (_, target) => {
      const { rows } = await db.executeSql(
        `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
        [`public.${target.name}`],
      );
      const expected = target.columns.map((column) => ({
        name: sqlName(column.name),
        type: SQL_TYPES[column.type],
        not_null: isNotNull(column),
      }));
      // In any order: columns that a migration adds stand behind those that were there.
      expect(rows).toHaveLength(expected.length + 2);
      expect(rows).toEqual(
        expect.arrayContaining([
          { name: 'company_id', type: 'integer', not_null: true },
          ...expected,
          { name: 'import_id', type: 'uuid', not_null: false },
        ]),
      );
      const key = await db.executeSql(
        `select a.attname as name from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
       where i.indrelid = $1::regclass and i.indisprimary order by k.place`,
        [`public.${target.name}`],
      );
      const keyColumns = target.columns
        .filter((column) => column.key === true)
        .map((column) => sqlName(column.name));
      expect(key.rows).toEqual(['company_id', ...keyColumns].map((name) => ({ name })));
    },
  );
});
