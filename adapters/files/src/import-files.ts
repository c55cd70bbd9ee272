/** Imports the files of a folder by a mapping: everything risky happens in a process of its own. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Mapping, TargetBatch, TargetName } from '@planwright/contracts';
import type { ImportIssue } from './finding-issue.ts';
import { DEFAULT_LIMITS, type ImportLimits } from './import-limits.ts';
import { type ReaderEnd, runReader } from './reader-child.ts';
import type {
  IssueTotal,
  PreviewJob,
  ReadJob,
  ReadProgress,
  ReadResult,
  RejectsFile,
  SourcePreview,
} from './reader-messages.ts';
import { shownValue } from './shown-value.ts';
import type { TargetCount } from './stage-target.ts';

export type ImportRequest = {
  /** Folder of the files; nothing outside it is read. */
  readonly folder: string;
  readonly mapping: Mapping;
  /** A folder that may be filled: rejects and rows wait there until `dispose`. */
  readonly workFolder: string;
  /** Codes of rows that are stored already, which references may lead to. */
  readonly existingCodes?: Readonly<Partial<Record<TargetName, Iterable<string>>>>;
  readonly limits?: Partial<ImportLimits>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
};

export type ImportReading = {
  /** True where nothing may be stored: the mapping or a file is wrong as a whole, or the reading was ended. */
  readonly refused: boolean;
  readonly cancelled: boolean;
  readonly issues: readonly ImportIssue[];
  readonly issueTotals: readonly IssueTotal[];
  readonly counts: Readonly<Partial<Record<TargetName, TargetCount>>>;
  readonly rejectsFiles: readonly RejectsFile[];
  /** The sound rows, referenced targets first, at most 10,000 a batch. May be read more than once. */
  readonly batches: () => AsyncIterable<TargetBatch>;
  /** Deletes what waits in the work folder, rejects too. A refused import leaves nothing there anyway. */
  readonly dispose: () => Promise<void>;
};

/** Reads and checks the files. Bad input is never thrown: it comes back as issues. */
export async function importFiles(request: ImportRequest): Promise<ImportReading> {
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const workFolder = await ownFolder(request.workFolder);
  const codes = Object.entries(request.existingCodes ?? {}) as [TargetName, Iterable<string>][];
  const job: ReadJob = {
    kind: 'read',
    folder: request.folder,
    workFolder,
    mapping: request.mapping,
    existingCodes: Object.fromEntries(codes.map(([name, list]) => [name, [...list]])),
    limits,
  };
  const end = await runReader(job, request.onProgress ?? (() => undefined), request.signal);
  const result =
    end.kind === 'reply' && end.reply.kind === 'read' ? end.reply.result : failedResult(end, limits);
  const dispose = (): Promise<void> => rm(workFolder, { recursive: true, force: true });
  if (result.refused) await dispose();
  return {
    refused: result.refused,
    cancelled: end.kind === 'cancelled',
    issues: result.issues,
    issueTotals: result.issueTotals,
    counts: result.counts,
    rejectsFiles: result.rejectsFiles,
    batches: () => storedBatches(result),
    dispose,
  };
}

/** Columns, delimiter, encoding and first rows of files, for a person who writes a mapping. */
export async function previewSources(
  folder: string,
  files: readonly string[],
  options: {
    readonly workFolder: string;
    readonly limits?: Partial<ImportLimits>;
    readonly signal?: AbortSignal;
  },
): Promise<readonly SourcePreview[]> {
  const limits = { ...DEFAULT_LIMITS, wallClockSeconds: 60, ...options.limits };
  const workFolder = await ownFolder(options.workFolder);
  try {
    const job: PreviewJob = { kind: 'preview', folder, workFolder, files, limits };
    const end = await runReader(job, () => undefined, options.signal);
    if (end.kind === 'reply' && end.reply.kind === 'preview') return end.reply.previews;
    const issues = failedResult(end, limits).issues;
    return files.map((name) => ({
      name,
      format: 'csv',
      delimiter: null,
      encoding: null,
      sheets: [],
      columns: [],
      rows: [],
      doubts: [],
      issues,
    }));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** A fresh folder for one job: two imports never share one, and `dispose` removes only what is ours. */
async function ownFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  return mkdtemp(path.join(parent, 'import-'));
}

async function* storedBatches(result: ReadResult): AsyncGenerator<TargetBatch> {
  for (const file of result.batchFiles) yield JSON.parse(await readFile(file.path, 'utf8')) as TargetBatch;
}

function failedResult(end: ReaderEnd, limits: ImportLimits): ReadResult {
  const issue: ImportIssue = { severity: 'error', ...failureWords(end, limits) };
  return {
    refused: true,
    issues: [issue],
    issueTotals: [{ code: issue.code, severity: 'error', total: 1 }],
    counts: {},
    rejectsFiles: [],
    batchFiles: [],
  };
}

function failureWords(
  end: ReaderEnd,
  limits: ImportLimits,
): Pick<ImportIssue, 'code' | 'message' | 'advice'> {
  switch (end.kind) {
    case 'cancelled':
      return {
        code: 'IMPORT_CANCELLED',
        message: 'The import was stopped.',
        advice: 'Start it again when you want it.',
      };
    case 'too-slow':
      return {
        code: 'READER_TOO_SLOW',
        message: `Reading took longer than ${limits.wallClockSeconds} seconds and was ended.`,
        advice: 'Import fewer or smaller files at once, or raise the limit.',
      };
    case 'too-large':
      return {
        code: 'READER_TOO_LARGE',
        message: `Reading needed more than ${limits.residentMegabytes} MB of memory and was ended.`,
        advice:
          'Import fewer or smaller files at once, or raise the limit. A small file that does this is damaged or hostile.',
      };
    case 'crashed':
      return {
        code: 'READER_CRASHED',
        message: `The reader process ended unexpectedly (${shownValue(end.detail, 200)}).`,
        advice: 'Leave out one file after another to find the one that is damaged.',
      };
    case 'reply': {
      const detail =
        end.reply.kind === 'failed'
          ? shownValue(end.reply.message.split('\n')[0] ?? '', 200)
          : 'an unexpected answer';
      if (/out of memory/i.test(detail)) return failureWords({ kind: 'too-large' }, limits);
      if (/file too large|no space left|EFBIG|ENOSPC/i.test(detail)) {
        return {
          code: 'WORK_FOLDER_FULL',
          message: `Reading needed more than ${limits.workFolderMegabytes} MB in the work folder, or the disk is full.`,
          advice: 'Free some space, or import fewer or smaller files at once.',
        };
      }
      return {
        code: 'READER_FAILED',
        message: `The files could not be read: ${detail}.`,
        advice: 'Leave out one file after another to find the one that is damaged.',
      };
    }
  }
}
