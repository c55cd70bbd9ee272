/**
 * A CSV file on its way to DuckDB: head first (for columns and previews), then one checking pass over all bytes.
 *
 * A UTF-8 file with even rows is read where it lies, gzip included. Anything else (another encoding, odd rows,
 * line ends of two kinds) is first rewritten into the work folder, so that DuckDB always gets
 * RFC 4180 in UTF-8 and nothing is left to its guessing.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream, openSync, readSync, closeSync } from 'node:fs';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import type { MappingSource } from '@planwright/contracts';
import { csvRows, guessDelimiter } from './csv-rows.ts';
import { type CsvFault, type CsvScan, scanCsv } from './csv-scan.ts';
import { EXPRESSION_LIMITS } from './expression-allow-list.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportLimits } from './import-limits.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';
import {
  columnNames,
  type ReadyTable,
  repeatedColumn,
  type RowSegment,
  type TableHead,
} from './source-table.ts';
import { decodedText, type EncodingGuess, guessEncoding, type TextEncodingName } from './text-encoding.ts';

const HEAD_BYTES = 256 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const COLUMN_LIMIT = 2_000;
const PREVIEW_ROWS = 20;

export type CsvOptions = Pick<MappingSource, 'delimiter' | 'encoding' | 'header'>;

/** The first bytes of a file, unpacked where it is gzip. */
export function headOf(file: SourceFile, gzip: boolean): { bytes: Uint8Array; complete: boolean } {
  const buffer = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(file.path, 'r');
  try {
    const length = readSync(descriptor, buffer, 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, length);
    if (!gzip) return { bytes, complete: length === file.bytes };
    return { bytes: unpackedHead(bytes, file), complete: false };
  } finally {
    closeSync(descriptor);
  }
}

function unpackedHead(bytes: Uint8Array, file: SourceFile): Uint8Array {
  try {
    // The head of the packed file ends anywhere: what it holds so far is enough. 64 MB stops a bomb.
    return gunzipSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 512 * HEAD_BYTES,
    }).subarray(0, HEAD_BYTES);
  } catch {
    throw new FileRefusal(
      'FILE_DAMAGED',
      `${shownValue(file.name)} is not a sound gzip file.`,
      'Pack the file again.',
      { file: file.name },
    );
  }
}

/** Columns, delimiter, encoding and first rows of a CSV file. */
export async function csvHead(file: SourceFile, gzip: boolean, options: CsvOptions): Promise<TableHead> {
  const { bytes, complete } = headOf(file, gzip);
  if (bytes.length === 0) throw emptyFile(file);
  const guess = guessEncoding(bytes);
  const encoding = options.encoding ?? guess.encoding;
  const text = headText(bytes, encoding, guess, file);
  const delimiter = options.delimiter ?? (await guessDelimiter(text, complete));
  const headerRow = options.header ?? 1;
  const rows: string[][] = [];
  for await (const row of csvRows([text], delimiter)) {
    rows.push(row);
    if (rows.length > headerRow + PREVIEW_ROWS) break;
  }
  if (!complete && rows.length > 1 && rows.length <= headerRow + PREVIEW_ROWS) rows.pop();
  const first = rows[Math.max(headerRow - 1, 0)];
  if (first === undefined) throw emptyFile(file);
  const columns = headerRow === 0 ? first.map((_, index) => `column${index + 1}`) : columnNames(first);
  checkColumns(columns, file);
  const doubts =
    options.encoding === undefined && !guess.certain ? [`The encoding looks like ${guess.encoding}.`] : [];
  return {
    file,
    columns,
    format: 'csv',
    delimiter,
    encoding,
    firstRows: rows.slice(headerRow, headerRow + PREVIEW_ROWS),
    doubts,
  };
}

export function checkColumns(columns: readonly string[], file: SourceFile): void {
  if (columns.length > COLUMN_LIMIT) {
    throw new FileRefusal(
      'TOO_MANY_COLUMNS',
      `${shownValue(file.name)} has ${columns.length} columns; ${COLUMN_LIMIT} are read.`,
      'Leave out the columns that are not needed.',
      { file: file.name },
    );
  }
  const repeated = repeatedColumn(columns);
  if (repeated === undefined) return;
  throw new FileRefusal(
    'DUPLICATE_COLUMN',
    `${shownValue(file.name)} has two columns named ${shownValue(repeated)}.`,
    'Give every column a name of its own.',
    { file: file.name, column: shownValue(repeated) },
  );
}

function headText(bytes: Uint8Array, encoding: string, guess: EncodingGuess, file: SourceFile): string {
  const decoder = new TextDecoder(encoding, { fatal: encoding !== 'utf-8' });
  try {
    return decoder.decode(bytes.subarray(guess.bomBytes), { stream: true });
  } catch {
    throw new FileRefusal(
      'ENCODING_WRONG',
      `${shownValue(file.name)} is not written in ${encoding}.`,
      `It looks like ${guess.encoding}: name that encoding in the mapping.`,
      { file: file.name },
    );
  }
}

/** Checks all of a CSV file and makes it ready for DuckDB. Throws a FileRefusal where it cannot be trusted. */
export async function readyCsv(
  head: TableHead,
  gzip: boolean,
  options: CsvOptions,
  limits: ImportLimits,
  workPath: string,
): Promise<ReadyTable> {
  const { file, delimiter = ',' } = head;
  const headerRow = options.header ?? 1;
  const encoding = head.encoding as TextEncodingName;
  refuseGuessedEncoding(head, gzip, options);
  // Behind a byte-order mark a file without header would get the mark into its first cell.
  const direct = encoding === 'utf-8' && headerRow === 1;
  const widthRow = Math.max(headerRow - 1, 0);
  const scan = await scanned(utf8Bytes(file, gzip, encoding, limits), delimiter, widthRow, limits, head);
  const table = {
    format: 'csv' as const,
    delimiter,
    gzip,
    lineEnd: scan.lineEnd,
    hasQuotes: scan.hasQuotes,
    oddBlanks: scan.oddBlanks,
    columnCount: head.columns.length,
    rowCount: Math.max(scan.rowCount - headerRow - scan.oddRows.length, 0),
    segments: segmentsWithout(scan.oddRows.map(({ row }) => row - headerRow)),
    oddRows: scan.oddRows.map(({ row, width }) => ({ row: row - headerRow + 1, width })),
    hasLongCells: scan.longestFieldBytes > EXPRESSION_LIMITS.cellCharacters,
    hasFormulas: false,
  };
  const headerIsOneLine = head.columns.every((column) => !/[\r\n]/.test(column));
  if (direct && !scan.irregular && headerIsOneLine) return { ...table, path: file.path, skip: headerRow };
  const text = decodedText(packedBytes(file, gzip, limits), encoding);
  await writeEven(text, delimiter, headerRow, head.columns.length, workPath);
  return { ...table, path: workPath, delimiter: ',', gzip: false, lineEnd: '\n', hasQuotes: true, skip: 0 };
}

/** How rows are numbered when those at `dropped` (0 is the first data row, ascending) are left out. */
function segmentsWithout(dropped: readonly number[]): RowSegment[] {
  const segments: RowSegment[] = [{ first: 0, shift: 1 }];
  dropped.forEach((row, index) => {
    const first = row - index;
    // Of rows dropped next to each other the last one tells the whole shift.
    if (segments[segments.length - 1].first === first) segments.pop();
    segments.push({ first, shift: index + 2 });
  });
  return segments;
}

function refuseGuessedEncoding(head: TableHead, gzip: boolean, options: CsvOptions): void {
  if (head.doubts.length === 0 || options.encoding !== undefined || head.encoding === 'utf-8') return;
  const offset = firstNonUtf8(headOf(head.file, gzip).bytes);
  throw new FileRefusal(
    'ENCODING_UNKNOWN',
    `${shownValue(head.file.name)} is not UTF-8: byte ${offset} does not fit.`,
    `It looks like ${head.encoding}. If the preview reads well, write "encoding: ${head.encoding}" in the mapping.`,
    { file: head.file.name },
  );
}

function firstNonUtf8(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let sound = 0;
  for (let i = 0; i < bytes.length; i++) {
    try {
      if (decoder.decode(bytes.subarray(i, i + 1), { stream: true }) !== '') sound = i + 1;
    } catch {
      return sound;
    }
  }
  return sound;
}

async function scanned(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  widthRow: number,
  limits: ImportLimits,
  head: TableHead,
): Promise<CsvScan> {
  const bounds = {
    fieldBytes: limits.cellBytes,
    rowBytes: limits.rowBytes,
    oddRows: limits.oddRows,
    rows: limits.rowsPerFile,
  };
  const result = await scanCsv(chunks, delimiter, widthRow, bounds);
  if ('kind' in result) throw refusalOfFault(result, head, widthRow);
  return result;
}

/** Rewrites a text as even CSV without header: rows of another width are left out. */
async function writeEven(
  text: AsyncIterable<string>,
  delimiter: string,
  headerRow: number,
  width: number,
  workPath: string,
): Promise<void> {
  const out = createWriteStream(workPath, { highWaterMark: CHUNK_BYTES });
  let row = 0;
  let lines = '';
  for await (const cells of csvRows(text, delimiter)) {
    if (row++ < headerRow || cells.length !== width) continue;
    lines += `${cells.map(quotedCell).join(',')}\n`;
    if (lines.length < CHUNK_BYTES) continue;
    if (!out.write(lines)) await once(out, 'drain');
    lines = '';
  }
  out.end(lines);
  await once(out, 'finish');
}

/** Always quoted: a row of one empty cell would otherwise be a blank line, which is no row. */
export function quotedCell(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

async function* packedBytes(
  file: SourceFile,
  gzip: boolean,
  limits: ImportLimits,
): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  const stream = gzip ? raw.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : raw;
  let total = 0;
  try {
    for await (const chunk of stream) {
      total += (chunk as Uint8Array).length;
      if (total > limits.fileMegabytes * 1024 * 1024) throw tooLarge(file, limits);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw new FileRefusal(
      'FILE_DAMAGED',
      `${shownValue(file.name)} breaks off or is damaged.`,
      'Copy or pack the file again.',
      { file: file.name },
    );
  } finally {
    raw.destroy();
  }
}

/** The file's bytes as UTF-8, for the checking pass. */
async function* utf8Bytes(
  file: SourceFile,
  gzip: boolean,
  encoding: TextEncodingName,
  limits: ImportLimits,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* packedBytes(file, gzip, limits);
    return;
  }
  try {
    for await (const text of decodedText(packedBytes(file, gzip, limits), encoding)) yield Buffer.from(text);
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw new FileRefusal(
      'ENCODING_WRONG',
      `${shownValue(file.name)} is not written in ${encoding}.`,
      'Name its encoding in the mapping, or export it in UTF-8.',
      { file: file.name },
    );
  }
}

function emptyFile(file: SourceFile): FileRefusal {
  return new FileRefusal(
    'FILE_EMPTY',
    `${shownValue(file.name)} is empty.`,
    'Export the file again, with its header line.',
    { file: file.name },
  );
}

function tooLarge(file: SourceFile, limits: ImportLimits): FileRefusal {
  return new FileRefusal(
    'FILE_TOO_LARGE',
    `${shownValue(file.name)} is larger than ${limits.fileMegabytes} MB unpacked.`,
    'Split the file, or raise the limit.',
    { file: file.name },
  );
}

function refusalOfFault(fault: CsvFault, head: TableHead, widthRow: number): FileRefusal {
  const file = head.file.name;
  const name = shownValue(file);
  if (fault.kind === 'nul') {
    return new FileRefusal(
      'NUL_BYTES',
      `${name} has a NUL byte at byte ${fault.offset}: it is not a text file.`,
      'Export the file as CSV in UTF-8.',
      { file },
    );
  }
  if (fault.kind === 'not-utf8') {
    return new FileRefusal(
      'ENCODING_WRONG',
      `${name} is not UTF-8: byte ${fault.offset} does not fit.`,
      'Export the file in UTF-8, or name its encoding in the mapping (windows-1252 is usual).',
      { file },
    );
  }
  const row = Math.max(fault.row - widthRow, 0);
  switch (fault.kind) {
    case 'field-too-long':
      return new FileRefusal(
        'CELL_TOO_LONG',
        `${name} has a cell in row ${row} without an end in sight${fault.quoted ? ': a quotation mark is opened there and not closed' : ''}.`,
        fault.quoted
          ? 'Close the quotation mark; a mark inside a cell is written twice.'
          : 'Check the delimiter and the line ends.',
        { file, row },
      );
    case 'row-too-long':
      return new FileRefusal(
        'LINE_TOO_LONG',
        `${name} has a line of more than a few megabytes in row ${row}.`,
        'Check the line ends and the delimiter.',
        { file, row },
      );
    case 'unclosed-quote':
      return new FileRefusal(
        'QUOTE_NOT_CLOSED',
        `${name} opens a quotation mark in row ${row} that is never closed.`,
        'Close it; a mark inside a cell is written twice.',
        { file, row },
      );
    case 'too-many-odd-rows':
      return new FileRefusal(
        'RAGGED_ROWS',
        `${name} has too many rows with another number of columns than its header (${head.columns.length}); the last one seen is row ${row}.`,
        `Check the delimiter: ${shownValue(head.delimiter ?? ',')} was used.`,
        { file, row },
      );
    case 'too-many-rows':
      return new FileRefusal(
        'TOO_MANY_ROWS',
        `${name} has more rows than an import reads.`,
        'Split the file, or raise the limit.',
        { file, row },
      );
  }
}
