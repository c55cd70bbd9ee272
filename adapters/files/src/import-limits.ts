/** What one import may use. The reader process is ended when it goes beyond. */
export type ImportLimits = {
  readonly wallClockSeconds: number;
  /** Resident memory of the reader process. */
  readonly residentMegabytes: number;
  /** DuckDB's share of it; beyond that it writes to the work folder. */
  readonly databaseMegabytes: number;
  readonly heapMegabytes: number;
  readonly workFolderMegabytes: number;
  readonly threads: number;
  /** Bytes of one file, after unpacking. */
  readonly fileMegabytes: number;
  /** Bytes of one workbook's parts, after unpacking. */
  readonly workbookMegabytes: number;
  readonly rowsPerFile: number;
  /** Longest cell; a longer one is a lost quotation mark. */
  readonly cellBytes: number;
  /** Longest line. */
  readonly rowBytes: number;
  /** Rows of the wrong width that are still told one by one. */
  readonly oddRows: number;
  /** Issues kept per target and code; the total is always told. */
  readonly issuesPerCode: number;
};

export const DEFAULT_LIMITS: ImportLimits = {
  wallClockSeconds: 600,
  residentMegabytes: 3_072,
  databaseMegabytes: 1_024,
  heapMegabytes: 512,
  workFolderMegabytes: 8_192,
  threads: 2,
  fileMegabytes: 4_096,
  workbookMegabytes: 1_024,
  rowsPerFile: 50_000_000,
  cellBytes: 1_048_576,
  rowBytes: 3_145_728,
  oddRows: 10_000,
  issuesPerCode: 1_000,
};
