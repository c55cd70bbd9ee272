import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  closeDatabase,
  type Database,
  lockDatabase,
  openDatabase,
  rowsOf,
  sqlParser,
} from '../src/duckdb.ts';
import { ExpressionRefusal } from '../src/expression-refusal.ts';
import { type ColumnLookup, compiledExpression } from '../src/expression-sql.ts';
import { DEFAULT_LIMITS } from '../src/import-limits.ts';

let database: Database;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'planwright-sql-'));
  database = await openDatabase(DEFAULT_LIMITS, path.join(folder, 'spill'));
  await lockDatabase(database);
});
afterAll(() => {
  closeDatabase(database);
  rmSync(folder, { recursive: true, force: true });
});

const COLUMNS = ['a', 'b', 'Postal Code', 'Group', "it's"];
const lookup: ColumnLookup = (parts) => {
  const index = COLUMNS.indexOf(parts.at(-1) ?? '');
  const known = index >= 0 && (parts.length === 1 || (parts.length === 2 && parts[0] === 'src'));
  if (!known) throw new ExpressionRefusal(`names the column ${parts.join('.')}`, 'COLUMN_MISSING');
  return { sql: `c${index}`, decimal: '.' };
};
const compiled = (text: string): Promise<string> =>
  compiledExpression(text, lookup, sqlParser(database)).then(({ sql }) => sql);

/** The value of an expression over one row of texts, NULL where it fails. */
async function valueOf(text: string, row: readonly (string | null)[]): Promise<unknown> {
  const cells = COLUMNS.map((_, index) => {
    const cell = row[index] ?? null;
    return `CAST(${cell === null ? 'NULL' : `'${cell.replaceAll("'", "''")}'`} AS VARCHAR) AS c${index}`;
  });
  const [[value]] = await rowsOf(
    database,
    `SELECT CAST(TRY(${await compiled(text)}) AS VARCHAR) FROM (SELECT ${cells.join(', ')})`,
  );
  return value;
}

// Every one of these was an attack on some product that let users write SQL, or a way to hang or crash DuckDB.
const REFUSED = [
  // Files, network, settings
  "(SELECT content FROM read_text('/etc/passwd'))",
  "(SELECT count(*) FROM read_csv('/etc/passwd'))",
  "(SELECT * FROM '/etc/passwd')",
  "read_text('/etc/passwd')",
  "read_blob('/etc/passwd')",
  "glob('/*')",
  "(SELECT * FROM sniff_csv('/etc/passwd'))",
  "(SELECT * FROM read_parquet('https://example.org/x.parquet'))",
  "(SELECT count(*) FROM enable_logging(storage='file', storage_config={'path':'/tmp/planwright-attack'}))",
  "enable_logging(storage='file')",
  "getenv('HOME')",
  "current_setting('access_mode')",
  '(SELECT value FROM duckdb_settings() LIMIT 1)',
  '(SELECT count(*) FROM duckdb_secrets())',
  '(SELECT count(*) FROM information_schema.tables)',
  "pragma_table_info('s0')",
  // More than one expression
  "a) FROM src; COPY (SELECT 1) TO '/tmp/planwright-attack' --",
  'a) FROM src; SELECT (1',
  'a; DROP TABLE s0',
  'a; INSTALL httpfs',
  'a FROM s0',
  'a, b',
  'a WHERE true',
  'a UNION SELECT b',
  'a ORDER BY 1',
  'a LIMIT 1',
  'a -- comment\n, b',
  // Queries inside
  '(SELECT 1)',
  'EXISTS (SELECT 1)',
  'a IN (SELECT b FROM s1)',
  'a = ANY (SELECT b)',
  'a = ANY ([1, 2])',
  '(WITH x AS (SELECT 1) SELECT * FROM x)',
  '(FROM s0)',
  // Columns nobody named
  '*',
  'COLUMNS(*)',
  "COLUMNS('c.*')",
  's0.*',
  'rowid',
  'c0',
  's0.c0',
  'src.a.b',
  '"a"."b"."c"."d"',
  // Work without end
  'unnest(range(1000000))',
  'range(1000000000)',
  "repeat('x', 2000000000)",
  "lpad(a, 2000000000, 'x')",
  "rpad(a, 2000000000, 'x')",
  "format('{:1000000000d}', 1)",
  "printf('%1000000000d', 1)",
  'bar(1, 0, 1, 1000000000)',
  "string_split(a, '')",
  'list_transform(range(1000000), lambda x: x)',
  'array_value(1, 2)',
  "regexp_extract_all(a, '.')",
  "regexp_split_to_array(a, '')",
  '[1, 2, 3]',
  "{'k': a}",
  'row(1, 2)',
  'map([1], [2])',
  'a[1:2]',
  // Aggregates, windows, lambdas, parameters
  'sum(a)',
  'count(*)',
  'string_agg(a, b)',
  'row_number() OVER ()',
  'lower(a) FILTER (WHERE true)',
  'concat(DISTINCT a)',
  'x -> x + 1',
  '?',
  '$1',
  // Casts beyond the list
  'a::JSON',
  'a::BLOB',
  'a::BIT',
  'a::UUID',
  'a::INTEGER[]',
  'a::STRUCT(x INTEGER)',
  "a::ENUM('x')",
  'CAST(a AS HUGEINT)',
  'a::regclass',
  // State, clock, chance
  'now()',
  'current_date',
  "nextval('s')",
  'random()',
  'uuid()',
  'current_user',
  'version()',
  'txid_current()',
  "error('x')",
  'a COLLATE nocase',
  // Patterns that a file would choose
  "regexp_matches('x', a)",
  'replace(a, b, b)',
  'left(a, number(b)::INTEGER)',
  'strptime(a, b)',
  // Growth: each step multiplies the length
  `replace(replace(replace(a, 'x', '${'y'.repeat(150)}'), 'y', '${'z'.repeat(150)}'), 'z', '${'x'.repeat(150)}')`,
  `regexp_replace(a, '', '${'x'.repeat(100)}', 'g')`,
  `concat(${Array.from({ length: 12 }, () => 'a').join(', ')})`,
  "regexp_replace(a, '(.*)', '\\1\\1\\1\\1\\1\\1\\1\\1\\1\\1\\1\\1')",
  // Size
  `a${' || a'.repeat(300)}`,
  `${'('.repeat(60)}a${')'.repeat(60)}`,
  Array.from({ length: 201 }, () => '1').join('+'),
  `'${'x'.repeat(2_100)}'`,
  `a IN (${Array.from({ length: 250 }, (_, i) => i).join(', ')})`,
  `regexp_matches(a, '${'(a{1,9}){1,9}'.repeat(20)}')`,
  // Numbers that no cell holds
  '1e400',
  '123456789012345678901234567890',
];

describe('an expression is refused', () => {
  test.each(REFUSED)('%s', async (text) => {
    await expect(compiled(text)).rejects.toBeInstanceOf(ExpressionRefusal);
  });

  test('and the database is as it was', async () => {
    expect(await rowsOf(database, 'SELECT 40 + 2')).toEqual([[42]]);
    expect(existsSync('/tmp/planwright-attack')).toBe(false);
  });
});

const ACCEPTED: readonly (readonly [string, readonly (string | null)[], string | null])[] = [
  ['a', ['x'], 'x'],
  ['src.a', ['x'], 'x'],
  ['Postal Code', [null, null, '98011'], '98011'],
  ['"Postal Code"', [null, null, '98011'], '98011'],
  ['Group', [null, null, null, 'Pacific'], 'Pacific'],
  ["it's", [null, null, null, null, 'quoted'], 'quoted'],
  ["'T' || a", ['7'], 'T7'],
  ["concat_ws(' ', a, b)", ['Ken', null], 'Ken'],
  ["coalesce(a, b, 'none')", [null, 'second'], 'second'],
  ["nullif(a, 'n/a')", ['n/a'], null],
  ["CASE WHEN a = '1' THEN 'make' ELSE 'buy' END", ['1'], 'make'],
  ["CASE a WHEN 'BM' THEN 'x' WHEN 'BS' THEN 'y' END", ['BS'], 'y'],
  ['number(a) * number(b)', ['2.5', '4'], '10.0'],
  ['a::INTEGER + 1', ['41'], '42'],
  ['a::DECIMAL(18,4)', ['1.23456'], '1.2346'],
  ['number(a)', ['abc'], null],
  ['a::DOUBLE', ['0x10'], null],
  ['a::INTEGER', ['1_000'], null],
  ['a::DOUBLE', ['NaN'], null],
  ['number(a)', ['Infinity'], null],
  ['TRY_CAST(a AS DATE)', ['31.12.2020'], null],
  ["strptime(a, '%d.%m.%Y')::DATE", ['31.12.2020'], '2020-12-31'],
  ["coalesce(try_strptime(a, '%d.%m.%Y'), try_strptime(a, '%Y/%m/%d'))::DATE", ['2020/12/31'], '2020-12-31'],
  ['a::DATE + 153', ['2010-12-29'], '2011-05-31'],
  ["date_trunc('month', a::DATE)::DATE", ['2020-02-29'], '2020-02-01'],
  ['last_day(a::DATE - 3) + 1', ['2012-05-30'], '2012-06-01'],
  ['(a::DATE + INTERVAL 3 MONTH)::DATE', ['2020-01-31'], '2020-04-30'],
  ['extract(year FROM a::DATE)', ['2020-01-31'], '2020'],
  ["strftime(a::DATE, '%Y-%m')", ['2020-01-31'], '2020-01'],
  ["regexp_replace(a, '[^0-9]', '', 'g')", ['EUR 1,200'], '1200'],
  ["regexp_extract(a, '([A-Z]+)-([0-9]+)', 2)", ['BK-93'], '93'],
  ["replace(a, ',', '.')::DOUBLE", ['1,5'], '1.5'],
  ["upper(trim(split_part(a, '/', 2)))", ['x/ y'], 'Y'],
  ["right('00000' || a, 5)", ['42'], '00042'],
  ['round(number(a) / 3, 2)', ['10'], '3.33'],
  ["a IN ('1', '2') AND b IS NOT NULL OR NOT (a LIKE 'x%')", ['3', null], 'true'],
  ['number(a) BETWEEN 1 AND 2.5', ['2.5'], 'true'],
  ["if(a = '1', b, 'z')", ['1', 'y'], 'y'],
  ["a = 'it''s; -- not SQL'", ["it's; -- not SQL"], 'true'],
  ['-number(a)', ['5'], '-5.0'],
  ['0.07', [], '0.07'],
  ['-1.5', [], '-1.5'],
  ['true', [], 'true'],
];

describe('an expression is computed', () => {
  test.each(ACCEPTED)('%s of %j is %s', async (text, row, expected) => {
    expect(await valueOf(text, row)).toBe(expected);
  });
});
