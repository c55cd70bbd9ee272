/**
 * Puts the files of one source into a table of texts: `s<number>(c0, c1, ...)`, trimmed, NULL where empty, with
 * a view `v<number>` that adds the file `f` (an index) and the row `r` (1 is the first data row) of each.
 */
import { type Database, literal, numberOf, rowsOf } from './duckdb.ts';
import { EXPRESSION_LIMITS } from './expression-allow-list.ts';
import { FileRefusal } from './file-refusal.ts';
import { shownValue } from './shown-value.ts';
import type { ReadyTable, TableHead } from './source-table.ts';

/** Everything that counts as a blank at the ends of a cell. */
const BLANKS = 'chr(9) || chr(10) || chr(13) || chr(32) || chr(160) || chr(8203) || chr(65279)';

export type LoadedFile = {
  readonly head: TableHead;
  readonly ready: ReadyTable;
  /** Index of the file among all files of the import. */
  readonly fileIndex: number;
};

/** Makes the empty table. `columns` are the names that the mapping uses. */
export async function createSourceTable(
  database: Database,
  number: number,
  columns: readonly string[],
): Promise<void> {
  const definitions = ['"only" BOOLEAN', ...columns.map((_, index) => `c${index} VARCHAR`)];
  await database.connection.run(`CREATE TABLE s${number} (${definitions.join(', ')})`);
  await database.connection.run(`CREATE TABLE g${number} (first_row BIGINT, f INTEGER, shift BIGINT)`);
}

/** Makes the view, when all files are loaded. */
export async function createSourceView(
  database: Database,
  number: number,
  columns: readonly string[],
): Promise<void> {
  const names = columns.map((_, index) => `, t.c${index}`).join('');
  const segments = await rowsOf(database, `SELECT f, shift FROM g${number} LIMIT 2`);
  const [f, shift] = segments[0] ?? [0, 1];
  // One file without left-out rows is the usual case, and needs no join to know its row numbers.
  const body =
    segments.length < 2
      ? `SELECT CAST(${f} AS INTEGER) AS f, t.rowid + ${shift} AS r${names} FROM s${number} t`
      : `SELECT g.f AS f, t.n + g.shift AS r${names}
         FROM (SELECT rowid AS n, * FROM s${number}) t ASOF JOIN g${number} g ON t.n >= g.first_row`;
  await database.connection.run(`CREATE VIEW v${number} AS ${body}`);
}

/** Reads one ready file into the source's table. Returns the number of rows. */
export async function loadFile(
  database: Database,
  number: number,
  columns: readonly string[],
  file: LoadedFile,
): Promise<number> {
  const { head, ready } = file;
  const before = await numberOf(database, `SELECT count(*) FROM s${number}`);
  const places = columns.map((column) => head.columns.indexOf(column));
  const cells = places.map((place) => cellSql(`k${place}`, ready));
  const from = ready.format === 'csv' ? csvSql(ready) : parquetSql(head, ready);
  await insertRows(
    database,
    `INSERT INTO s${number} SELECT ${['NULL', ...cells].join(', ')} FROM ${from}`,
    head,
  );
  const after = await numberOf(database, `SELECT count(*) FROM s${number}`);
  const loaded = after - before;
  if (loaded !== ready.rowCount) {
    // Two readers that count differently do not agree on where rows end: better no import than a shifted one.
    throw new FileRefusal(
      'FILE_AMBIGUOUS',
      `${shownValue(head.file.name)} can be read as ${ready.rowCount} rows or as ${loaded}.`,
      'Export the file again with quotation marks around texts.',
      { file: head.file.name },
    );
  }
  await addSegments(database, number, before, after, file);
  return loaded;
}

/** What DuckDB cannot read in a file is the file's fault, except where memory or disk ran out. */
async function insertRows(database: Database, sql: string, { file }: TableHead): Promise<void> {
  try {
    await database.connection.run(sql);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    if (/^(Out of Memory|IO|INTERNAL|FATAL)/i.test(message)) throw error;
    throw new FileRefusal(
      'FILE_UNREADABLE',
      `${shownValue(file.name)} cannot be read: ${shownValue(message.replaceAll(file.path, file.name), 200)}.`,
      'Export the file again.',
      { file: file.name },
    );
  }
}

/** Rows that were left out shift the numbers of those behind them. */
async function addSegments(
  database: Database,
  number: number,
  before: number,
  after: number,
  { fileIndex, ready }: LoadedFile,
): Promise<void> {
  if (after === before) return;
  const rows = ready.segments.map(
    ({ first, shift }) => `(${before + first}, ${fileIndex}, ${shift - before})`,
  );
  await database.connection.run(`INSERT INTO g${number} VALUES ${rows.join(', ')}`);
}

function cellSql(column: string, ready: ReadyTable): string {
  const text = ready.hasLongCells ? `left(${column}, ${EXPRESSION_LIMITS.cellCharacters + 1})` : column;
  // Looking for every kind of blank takes five times as long as for spaces, so it is done where there are any.
  return `nullif(trim(${text}${ready.oddBlanks ? `, ${BLANKS}` : ''}), '')`;
}

function csvSql(ready: ReadyTable): string {
  const columns = Array.from({ length: ready.columnCount }, (_, index) => `'k${index}': 'VARCHAR'`).join(
    ', ',
  );
  const quote = ready.hasQuotes ? '"' : '';
  const options = [
    'auto_detect = false',
    'header = false',
    `skip = ${ready.skip}`,
    `delim = ${literal(ready.delimiter)}`,
    `quote = '${quote}'`,
    `escape = '${quote}'`,
    "comment = ''",
    "nullstr = ''",
    'strict_mode = true',
    'null_padding = false',
    `compression = '${ready.gzip ? 'gzip' : 'none'}'`,
    'max_line_size = 4194304',
    'buffer_size = 8388608',
    `columns = {${columns}}`,
  ];
  // Told that lines end in CR LF, DuckDB 1.5.6 finds no row behind a skipped header; left alone it finds them.
  if (ready.lineEnd !== '\r\n') options.push(`new_line = ${literal(ready.lineEnd === '\n' ? '\\n' : '\\r')}`);
  return `read_csv(${literal(ready.path)}, ${options.join(', ')})`;
}

function parquetSql(head: TableHead, ready: ReadyTable): string {
  const columns = head.columns.map((column, index) => {
    return `CAST("${column.replaceAll('"', '""')}" AS VARCHAR) AS k${index}`;
  });
  return `(SELECT ${columns.join(', ')} FROM read_parquet(${literal(ready.path)}))`;
}
