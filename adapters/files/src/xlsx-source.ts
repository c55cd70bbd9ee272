/** A workbook on its way to DuckDB: one sheet is written as even CSV into the work folder. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { checkColumns, quotedCell } from './csv-source.ts';
import { EXPRESSION_LIMITS } from './expression-allow-list.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportLimits } from './import-limits.ts';
import { readSheet, type SheetRow } from './sheet-rows.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';
import { columnNames, type ReadyTable, type RowSegment, type TableHead } from './source-table.ts';
import { openWorkbook, type Workbook } from './workbook.ts';
import type { ZipEntry } from './zip-directory.ts';

const HEADER_WIDTH_LIMIT = 2_001;
const PREVIEW_ROWS = 20;
const SEGMENT_LIMIT = 10_000;
/** Blanks other than spaces at the ends of a cell. */
const ODD_BLANK_AT_END = /^ *[\t\n\r\u00a0\u200b\ufeff]|[\t\n\r\u00a0\u200b\ufeff] *$/;
const WRITE_CHARACTERS = 256 * 1024;

export type XlsxOptions = { readonly sheet?: string; readonly header?: number };

/** Columns, sheets and first rows of a workbook. */
export async function xlsxHead(
  file: SourceFile,
  options: XlsxOptions,
  limits: ImportLimits,
): Promise<TableHead> {
  const workbook = await openWorkbook(file, limits.workbookMegabytes);
  const headerRow = options.header ?? 1;
  let header: readonly string[] | undefined;
  const firstRows: (readonly string[])[] = [];
  let formulas = false;
  await readSheet(file, partOf(file, workbook, options), workbook, HEADER_WIDTH_LIMIT, (row) => {
    if (headerRow > 0 && row.number < headerRow) return true;
    if (header === undefined) {
      if (row.tooWide) throw tooWide(file);
      header = headerRow === 0 ? row.cells.map((_, index) => `column${index + 1}`) : columnNames(row.cells);
      if (headerRow > 0) return true;
    }
    formulas ||= row.hasFormula;
    firstRows.push(row.cells.map((cell) => cell.slice(0, 200)));
    return firstRows.length < PREVIEW_ROWS;
  });
  if (header === undefined) {
    throw new FileRefusal(
      'FILE_EMPTY',
      `The sheet of ${shownValue(file.name)} has no row ${Math.max(headerRow, 1)}.`,
      'Name the sheet and the row of the column names in the mapping.',
      { file: file.name },
    );
  }
  checkColumns(header, file);
  const doubts = formulas ? ['The sheet has formulas; the values saved with the file are used.'] : [];
  return {
    file,
    columns: header,
    format: 'xlsx',
    sheets: workbook.sheets.map((sheet) => sheet.name),
    firstRows,
    doubts,
  };
}

/** Writes the sheet as CSV without header. Rows with cells beyond the header are left out and told. */
export async function readyXlsx(
  head: TableHead,
  options: XlsxOptions,
  limits: ImportLimits,
  workPath: string,
): Promise<ReadyTable> {
  const { file } = head;
  const workbook = await openWorkbook(file, limits.workbookMegabytes);
  const writer = new SheetWriter(head, options.header ?? 1, limits, workPath);
  try {
    await readSheet(file, partOf(file, workbook, options), workbook, head.columns.length, (row) =>
      writer.add(row),
    );
  } finally {
    writer.end();
  }
  return {
    path: workPath,
    format: 'csv',
    delimiter: ',',
    gzip: false,
    lineEnd: '\n',
    hasQuotes: true,
    oddBlanks: writer.oddBlanks,
    skip: 0,
    columnCount: head.columns.length,
    rowCount: writer.rowCount,
    segments: writer.segments,
    oddRows: writer.oddRows,
    hasLongCells: writer.longestCell > EXPRESSION_LIMITS.cellCharacters,
    hasFormulas: writer.hasFormulas,
  };
}

class SheetWriter {
  rowCount = 0;
  longestCell = 0;
  hasFormulas = false;
  oddBlanks = false;
  readonly segments: RowSegment[] = [];
  readonly oddRows: { row: number; width: number }[] = [];
  readonly #head: TableHead;
  readonly #headerRow: number;
  readonly #limits: ImportLimits;
  readonly #descriptor: number;
  #text = '';
  #shift = Number.NaN;

  constructor(head: TableHead, headerRow: number, limits: ImportLimits, workPath: string) {
    this.#head = head;
    this.#headerRow = headerRow;
    this.#limits = limits;
    this.#descriptor = openSync(workPath, 'w');
  }

  add(row: SheetRow): boolean {
    const number = row.number - this.#headerRow;
    if (number < 1) return true;
    const { file, columns } = this.#head;
    if (row.tooWide) {
      this.oddRows.push({ row: number, width: columns.length + 1 });
      if (this.oddRows.length > this.#limits.oddRows) throw tooWide(file);
      return true;
    }
    if (number - this.rowCount !== this.#shift) {
      this.#shift = number - this.rowCount;
      this.segments.push({ first: this.rowCount, shift: this.#shift });
      if (this.segments.length > SEGMENT_LIMIT) {
        throw new FileRefusal(
          'TOO_MANY_GAPS',
          `${shownValue(file.name)} has blank rows in more than ${SEGMENT_LIMIT} places.`,
          'Remove the blank rows.',
          { file: file.name },
        );
      }
    }
    this.hasFormulas ||= row.hasFormula;
    for (const cell of row.cells) {
      if (cell.length > this.longestCell) this.longestCell = cell.length;
      this.oddBlanks ||= ODD_BLANK_AT_END.test(cell);
    }
    const missing = columns.length - row.cells.length;
    this.#text += `${[...row.cells.map(quotedCell), ...Array.from({ length: missing }, () => '""')].join(',')}\n`;
    this.rowCount++;
    if (this.#text.length > WRITE_CHARACTERS) this.#flush();
    return true;
  }

  end(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#text);
    this.#text = '';
  }
}

function partOf(file: SourceFile, workbook: Workbook, options: XlsxOptions): ZipEntry {
  if (options.sheet === undefined) return workbook.sheets[0].part;
  const sheet = workbook.sheets.find(({ name }) => name === options.sheet);
  if (sheet !== undefined) return sheet.part;
  const names = workbook.sheets.map(({ name }) => shownValue(name)).join(', ');
  throw new FileRefusal(
    'SHEET_MISSING',
    `${shownValue(file.name)} has no sheet ${shownValue(options.sheet)}; it has ${names}.`,
    'Correct the sheet in the mapping.',
    { file: file.name },
  );
}

function tooWide(file: SourceFile): FileRefusal {
  return new FileRefusal(
    'TOO_MANY_COLUMNS',
    `${shownValue(file.name)} has cells far beyond its columns.`,
    'Delete what stands to the right of the table.',
    { file: file.name },
  );
}
