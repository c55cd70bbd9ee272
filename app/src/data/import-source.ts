import type { Company, IssueRow, TargetBatch, TargetName } from '@planwright/contracts';

/** Something wrong in the files, with the target it concerns. */
export type ImportIssue = IssueRow & { readonly target: TargetName | null };

/** A file with the refused rows of one target; its path is relative to the data folder. */
export type RejectsFile = { readonly target: TargetName; readonly path: string };

/** Settings of the company that a mapping may carry. */
export type ImportedSettings = Partial<
  Pick<Company, 'currency' | 'calendarKind' | 'fiscalYearStartMonth' | 'asOf' | 'northStar'>
>;

/**
 * What reading the files gave: sound rows to store, and what was wrong.
 *
 * `merge` keeps stored rows that the files do not name, `replace` removes them (unless the files hold no sound
 * row of that target: an empty file never empties a table). Where no mode is given a target is merged.
 */
export type ImportSource = {
  /** The mapping or the files are wrong as a whole: nothing is stored and the issues say why. */
  readonly refused?: boolean;
  readonly issues: readonly ImportIssue[];
  /** How many there are in all, where `issues` holds only the first of a kind. */
  readonly issueTotals?: { readonly errors: number; readonly warnings: number };
  /** Rows read and refused. Rows that went into `batches` are `read - rejected`. */
  readonly counts: readonly {
    readonly target: TargetName;
    readonly read: number;
    readonly rejected: number;
  }[];
  readonly rejectsFiles: readonly RejectsFile[];
  readonly modes?: Partial<Record<TargetName, 'merge' | 'replace'>>;
  readonly company?: ImportedSettings;
  /** May be called once. Batches of 5,000 to 20,000 rows suit best. */
  batches(): AsyncIterable<TargetBatch>;
};

export type ImportProgress = { readonly ratio: number; readonly text: string };

/** What a reader of files gets: when to stop, and where to say how far it is (0 to 1 of the reading). */
export type ReadHooks = {
  readonly signal: AbortSignal;
  onProgress(progress: ImportProgress): void;
};

/** Reads the files of one import. Thrown errors fail the import with their message. */
export type SourceReader = (hooks: ReadHooks) => Promise<ImportSource>;
