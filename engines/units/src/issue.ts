/**
 * A finding about input data, with its place and its cure. An issue is data, not an exception:
 * the caller keeps the sound rows and shows the rest to the person who can mend them.
 */
export type Issue = {
  readonly severity: 'error' | 'warning';
  /** Stable name in CAPITALS, for filters and tests. */
  readonly code: string;
  /** What is wrong, with the values that are. */
  readonly message: string;
  /** What to do about it, in the imperative. */
  readonly advice: string;
  readonly file?: string;
  /** 1 is the first data row, below the header. */
  readonly row?: number;
  readonly column?: string;
  readonly value?: string;
};
