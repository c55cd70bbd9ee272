import { FileRefusal } from './file-refusal.ts';
import { openTable } from './open-table.ts';
import type { PreviewJob, SourcePreview } from './reader-messages.ts';
import { shownValue } from './shown-value.ts';
import { findSourceFiles } from './source-files.ts';

const CELL_LENGTH = 200;

/** Columns and first rows of each file, or why it cannot be read. One bad file does not hide the others. */
export async function previewFiles(job: PreviewJob): Promise<SourcePreview[]> {
  const previews: SourcePreview[] = [];
  for (const name of job.files) previews.push(await previewOf(job, name));
  return previews;
}

async function previewOf(job: PreviewJob, name: string): Promise<SourcePreview> {
  try {
    const [file] = findSourceFiles(job.folder, name);
    const head = await openTable(file, {}, job.limits);
    return {
      name: shownValue(name, 300),
      format: head.format,
      delimiter: head.delimiter ?? null,
      encoding: head.encoding ?? null,
      sheets: head.sheets ?? [],
      columns: head.columns.map((column) => shownValue(column, CELL_LENGTH)),
      rows: head.firstRows.map((row) => row.map((cell) => shownValue(cell, CELL_LENGTH))),
      doubts: head.doubts,
      issues: [],
    };
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return {
      name: shownValue(name, 300),
      format: 'csv',
      delimiter: null,
      encoding: null,
      sheets: [],
      columns: [],
      rows: [],
      doubts: [],
      issues: [error.issue],
    };
  }
}
