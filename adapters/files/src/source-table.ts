/** What the reader knows of one file of a source before any row is read. */
import type { SourceFile } from './source-files.ts';

export type TableHead = {
  readonly file: SourceFile;
  /** Column names in the order of the file, trimmed, each once. */
  readonly columns: readonly string[];
  readonly format: 'csv' | 'xlsx' | 'parquet';
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly sheets?: readonly string[];
  /** The first rows below the header, for previews. */
  readonly firstRows: readonly (readonly string[])[];
  /** What a person should confirm before the file is imported. */
  readonly doubts: readonly string[];
};

/** A file made ready: DuckDB reads `path` without guessing anything. */
export type ReadyTable = {
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  readonly delimiter: string;
  readonly gzip: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly hasQuotes: boolean;
  /** Cells may start or end with blanks other than spaces. */
  readonly oddBlanks: boolean;
  /** Lines above the first data row. */
  readonly skip: number;
  readonly columnCount: number;
  /** Data rows in `path`. */
  readonly rowCount: number;
  /** What turns a row of `path` into a row of the file, where rows are left out or blank; ascending. */
  readonly segments: readonly RowSegment[];
  /** Rows that `path` leaves out because they do not fit under the header, 1 is the first data row. */
  readonly oddRows: readonly { readonly row: number; readonly width: number }[];
  /** Cells above the length an expression may see. */
  readonly hasLongCells: boolean;
  readonly hasFormulas: boolean;
};

/** From row `first` of the ready file on (0 is its first), row i is row i + shift of the source (1 is its first). */
export type RowSegment = { readonly first: number; readonly shift: number };

/** Column names of a header: trimmed; an empty one is named after its place. */
export function columnNames(header: readonly string[]): string[] {
  return header.map((cell, index) => {
    const name = cell.replace(/^\ufeff/, '').trim();
    return name === '' ? `column${index + 1}` : name;
  });
}

/** The first column name that stands twice, capital letters apart. */
export function repeatedColumn(columns: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const column of columns) {
    const plain = column.toLowerCase();
    if (seen.has(plain)) return column;
    seen.add(plain);
  }
  return undefined;
}
