/** Opens one file of a source: what it is by its bytes decides, and must agree with its name. */
import type { MappingSource } from '@planwright/contracts';
import { CONTENT_WORDS, type ContentKind, contentKind } from './content-kind.ts';
import { csvHead, headOf, readyCsv } from './csv-source.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportLimits } from './import-limits.ts';
import { parquetHead, readyParquet } from './parquet-source.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';
import type { ReadyTable, TableHead } from './source-table.ts';
import { readyXlsx, xlsxHead } from './xlsx-source.ts';

export type TableOptions = Pick<MappingSource, 'format' | 'delimiter' | 'encoding' | 'sheet' | 'header'>;

const FORMAT_OF_NAME: readonly { readonly pattern: RegExp; readonly format: TableHead['format'] }[] = [
  { pattern: /\.(csv|txt|tsv|tab)(\.gz)?$/i, format: 'csv' },
  { pattern: /\.xls[xm]?$/i, format: 'xlsx' },
  { pattern: /\.parquet$/i, format: 'parquet' },
];

const KINDS_OF_FORMAT: Readonly<Record<TableHead['format'], readonly ContentKind[]>> = {
  csv: ['text', 'gzip', 'empty'],
  xlsx: ['zip'],
  parquet: ['parquet'],
};

/** The name of the part in which an Office file with a password keeps its content. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** The head of a file. Throws a FileRefusal where the file is not what its name or the mapping says. */
export async function openTable(
  file: SourceFile,
  options: TableOptions,
  limits: ImportLimits,
): Promise<TableHead> {
  const format = options.format ?? FORMAT_OF_NAME.find(({ pattern }) => pattern.test(file.name))?.format;
  if (format === undefined) {
    throw new FileRefusal(
      'FORMAT_UNKNOWN',
      `${shownValue(file.name)} has no known ending.`,
      'Name it .csv, .csv.gz, .xlsx or .parquet, or write its format in the mapping.',
      { file: file.name },
    );
  }
  const kind = contentKind(headOf(file, false).bytes);
  if (kind === 'empty') {
    throw new FileRefusal(
      'FILE_EMPTY',
      `${shownValue(file.name)} is empty.`,
      'Export the file again, with its header line.',
      { file: file.name },
    );
  }
  if (kind === 'old-office' && Buffer.from(headOf(file, false).bytes).includes(ENCRYPTED_PACKAGE)) {
    throw new FileRefusal(
      'FILE_ENCRYPTED',
      `${shownValue(file.name)} is protected with a password.`,
      'Save it without a password.',
      { file: file.name },
    );
  }
  if (!KINDS_OF_FORMAT[format].includes(kind)) {
    throw new FileRefusal(
      'FORMAT_WRONG',
      `${shownValue(file.name)} should be ${format}, but it is ${CONTENT_WORDS[kind]}.`,
      'Save it as CSV (UTF-8) or as an Excel workbook (.xlsx) without password.',
      { file: file.name },
    );
  }
  switch (format) {
    case 'csv':
      return csvHead(file, kind === 'gzip', options);
    case 'xlsx':
      return xlsxHead(file, options, limits);
    case 'parquet':
      return parquetHead(file, limits);
  }
}

/** Checks all of a file and makes it ready for DuckDB. `workPath` may be written. */
export async function readyTable(
  head: TableHead,
  options: TableOptions,
  limits: ImportLimits,
  workPath: string,
): Promise<ReadyTable> {
  switch (head.format) {
    case 'csv':
      return readyCsv(
        head,
        contentKind(headOf(head.file, false).bytes) === 'gzip',
        options,
        limits,
        workPath,
      );
    case 'xlsx':
      return readyXlsx(head, options, limits, workPath);
    case 'parquet':
      return readyParquet(head, limits);
  }
}
