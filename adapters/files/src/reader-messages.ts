/** What the importing process and its reader process say to each other. Plain JSON both ways. */
import type { Mapping, TargetName } from '@planwright/contracts';
import type { ImportIssue } from './finding-issue.ts';
import type { ImportLimits } from './import-limits.ts';
import type { TargetCount } from './stage-target.ts';

export type ReadJob = {
  readonly kind: 'read';
  readonly folder: string;
  readonly workFolder: string;
  readonly mapping: Mapping;
  readonly existingCodes: Readonly<Partial<Record<TargetName, readonly string[]>>>;
  readonly limits: ImportLimits;
};

export type PreviewJob = {
  readonly kind: 'preview';
  readonly folder: string;
  readonly workFolder: string;
  readonly files: readonly string[];
  readonly limits: ImportLimits;
};

export type ReaderJob = ReadJob | PreviewJob;

export type ReadProgress = {
  readonly stage: 'opening' | 'loading' | 'checking' | 'writing';
  /** A file or a target. */
  readonly subject: string;
  readonly rows: number;
  /** Share of the work that is done, 0 to 1. */
  readonly ratio: number;
};

export type IssueTotal = {
  readonly target?: TargetName;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly total: number;
};

export type RejectsFile = { readonly target: TargetName; readonly path: string; readonly rows: number };
export type BatchFile = { readonly target: TargetName; readonly path: string; readonly rows: number };

export type ReadResult = {
  /** True where the mapping or the files are wrong as a whole: then nothing was read. */
  readonly refused: boolean;
  readonly issues: readonly ImportIssue[];
  readonly issueTotals: readonly IssueTotal[];
  readonly counts: Readonly<Partial<Record<TargetName, TargetCount>>>;
  readonly rejectsFiles: readonly RejectsFile[];
  readonly batchFiles: readonly BatchFile[];
};

export type SourcePreview = {
  readonly name: string;
  readonly format: 'csv' | 'xlsx' | 'parquet';
  readonly delimiter: string | null;
  readonly encoding: string | null;
  readonly sheets: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What a person should confirm, such as a guessed encoding. */
  readonly doubts: readonly string[];
  readonly issues: readonly ImportIssue[];
};

export type ReaderReply =
  | { readonly kind: 'progress'; readonly progress: ReadProgress }
  | { readonly kind: 'read'; readonly result: ReadResult }
  | { readonly kind: 'preview'; readonly previews: readonly SourcePreview[] }
  | { readonly kind: 'failed'; readonly message: string };
