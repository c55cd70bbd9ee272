/** A Parquet file: its frame is checked by hand before DuckDB is allowed to believe the lengths it states. */
import { closeSync, openSync, readSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { checkColumns } from './csv-source.ts';
import { literal } from './duckdb.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportLimits } from './import-limits.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';
import type { ReadyTable, TableHead } from './source-table.ts';

const FOOTER_LIMIT_BYTES = 64 * 1024 * 1024;
const ROW_GROUP_LIMIT = 20_000;
const PREVIEW_ROWS = 20;
const SIMPLE_TYPE =
  /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL\(\d+,\s?\d+\)|VARCHAR|DATE|TIME|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|UUID|ENUM\(.*\))$/s;

/** Columns and first rows of a Parquet file. Columns of lists, structures and bytes are refused when they are used. */
export async function parquetHead(file: SourceFile, limits: ImportLimits): Promise<TableHead> {
  checkFrame(file);
  const source = `read_parquet(${literal(file.path)})`;
  const answer = await asked(file, limits, async (rows) => {
    const [counts] = await rows(`SELECT num_row_groups FROM parquet_file_metadata(${literal(file.path)})`);
    if (Number(counts?.[0]) > ROW_GROUP_LIMIT) {
      throw new FileRefusal(
        'FILE_TOO_LARGE',
        `${shownValue(file.name)} has more than ${ROW_GROUP_LIMIT} row groups.`,
        'Write it again with larger row groups.',
        { file: file.name },
      );
    }
    const described = await rows(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
    const simple = columns.filter(({ type }) => SIMPLE_TYPE.test(type));
    const cells = simple.map(({ name }) => `left(CAST("${name.replaceAll('"', '""')}" AS VARCHAR), 200)`);
    const firstRows =
      cells.length === 0 ? [] : await rows(`SELECT ${cells.join(', ')} FROM ${source} LIMIT ${PREVIEW_ROWS}`);
    return { columns, simple, firstRows };
  });
  const columns = answer.simple.map(({ name }) => name);
  checkColumns(columns, file);
  const doubts = answer.columns
    .filter(({ type }) => !SIMPLE_TYPE.test(type))
    .map(({ name, type }) => `The column ${shownValue(name)} holds ${shownValue(type, 40)} and is left out.`);
  return {
    file,
    columns,
    format: 'parquet',
    firstRows: answer.firstRows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : ''))),
    doubts,
  };
}

/** Counts the rows by the file's own index; DuckDB's count must agree when it reads them. */
export async function readyParquet(head: TableHead, limits: ImportLimits): Promise<ReadyTable> {
  const { file } = head;
  const rowCount = await asked(file, limits, async (rows) => {
    const [first] = await rows(`SELECT num_rows FROM parquet_file_metadata(${literal(file.path)})`);
    return Number(first?.[0]);
  });
  if (rowCount > limits.rowsPerFile) {
    throw new FileRefusal(
      'TOO_MANY_ROWS',
      `${shownValue(file.name)} has more rows than an import reads.`,
      'Split the file, or raise the limit.',
      { file: file.name },
    );
  }
  return {
    path: file.path,
    format: 'parquet',
    delimiter: ',',
    gzip: false,
    lineEnd: '\n',
    hasQuotes: false,
    oddBlanks: true,
    skip: 0,
    columnCount: head.columns.length,
    rowCount,
    segments: [{ first: 0, shift: 1 }],
    oddRows: [],
    hasFormulas: false,
    hasLongCells: true,
  };
}

/** Magic bytes at both ends, and a footer that fits into the file. */
function checkFrame(file: SourceFile): void {
  const damaged = (what: string): FileRefusal =>
    new FileRefusal(
      'FILE_DAMAGED',
      `${shownValue(file.name)} is not a sound Parquet file: ${what}.`,
      'Copy the file again; it may have been cut off.',
      { file: file.name },
    );
  if (file.bytes < 12) throw damaged('it is too short');
  const tail = Buffer.alloc(8);
  const descriptor = openSync(file.path, 'r');
  try {
    readSync(descriptor, tail, 0, 8, file.bytes - 8);
  } finally {
    closeSync(descriptor);
  }
  const magic = tail.toString('latin1', 4);
  if (magic === 'PARE') throw damaged('it is encrypted');
  if (magic !== 'PAR1') throw damaged('its end is missing');
  const footerBytes = tail.readUInt32LE(0);
  if (footerBytes > file.bytes - 12)
    throw damaged(`its footer claims ${footerBytes} bytes, more than the file has`);
  if (footerBytes > FOOTER_LIMIT_BYTES) throw damaged(`its footer claims ${footerBytes} bytes`);
}

type Rows = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** Asks a small database of its own about the file, and gives every complaint of the format as a refusal. */
async function asked<T>(
  file: SourceFile,
  limits: ImportLimits,
  question: (rows: Rows) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${limits.databaseMegabytes}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    return await question(async (sql) => (await connection.runAndReadAll(sql)).getRows());
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new FileRefusal(
      'FILE_DAMAGED',
      `${shownValue(file.name)} cannot be read as Parquet: ${shownValue(message.replaceAll(file.path, file.name), 200)}.`,
      'Write the file again.',
      { file: file.name },
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
