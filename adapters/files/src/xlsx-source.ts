import { FileRefusal } from './file-refusal.ts';
import type { ImportLimits } from './import-limits.ts';
import type { SourceFile } from './source-files.ts';
import type { ReadyTable, TableHead } from './source-table.ts';

export type XlsxOptions = { readonly sheet?: string; readonly header?: number };

export async function xlsxHead(
  file: SourceFile,
  _options: XlsxOptions,
  _limits: ImportLimits,
): Promise<TableHead> {
  throw new FileRefusal('FORMAT_UNKNOWN', `${file.name} is a workbook.`, 'Save it as CSV.', {
    file: file.name,
  });
}

export async function readyXlsx(
  head: TableHead,
  _options: XlsxOptions,
  _limits: ImportLimits,
  _workPath: string,
): Promise<ReadyTable> {
  throw new FileRefusal('FORMAT_UNKNOWN', `${head.file.name} is a workbook.`, 'Save it as CSV.', {
    file: head.file.name,
  });
}
