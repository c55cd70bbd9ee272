import { mkdir, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ImportIssue, ImportSource, SourceReader } from '@planwright/app';
import { type Mapping, modeOf, TARGETS, type TargetName } from '@planwright/contracts';
import { importFiles, type ImportIssue as FileIssue, type ImportReading } from '@planwright/files';

export type FileSourceSetup = {
  readonly mapping: Mapping;
  /** Folder of the uploaded files. */
  readonly folder: string;
  readonly dataDir: string;
  readonly importId: string;
  /** Codes stored already, which references of the files may lead to. */
  readonly codesOf: (target: TargetName) => Promise<readonly string[]>;
};

const STAGE_WORDS = {
  opening: 'Opening',
  loading: 'Reading',
  checking: 'Checking',
  writing: 'Preparing',
} as const;

/** The files of an upload, read through their mapping, as an import's source. Rejects are kept in the data folder. */
export function fileSource(setup: FileSourceSetup): SourceReader {
  const { mapping, folder, dataDir, importId, codesOf } = setup;
  return async ({ signal, onProgress }) => {
    const reading = await importFiles({
      folder,
      mapping,
      workFolder: join(dataDir, 'work'),
      existingCodes: await codesFor(mapping, codesOf),
      signal,
      onProgress: ({ stage, subject, ratio }) =>
        onProgress({ ratio, text: `${STAGE_WORDS[stage]} ${subject}` }),
    });
    const rejectsFiles = await keepRejects(dataDir, importId, reading.rejectsFiles);
    const { company } = mapping;
    const names = Object.keys(mapping.targets) as TargetName[];
    return {
      refused: reading.refused,
      issues: reading.issues.map(rowOfIssue),
      issueTotals: { errors: totalOf(reading, 'error'), warnings: totalOf(reading, 'warning') },
      counts: Object.entries(reading.counts).map(([target, { read, rejected }]) => ({
        target: target as TargetName,
        read,
        rejected,
      })),
      rejectsFiles,
      modes: Object.fromEntries(
        names.map((name) => [name, modeOf(mapping, name) === 'replace' ? 'replace' : 'merge']),
      ),
      company:
        company === undefined
          ? {}
          : {
              currency: company.currency,
              calendarKind: company.calendar,
              fiscalYearStartMonth: company.fiscalYearStartMonth,
              asOf: company.asOf,
            },
      async *batches() {
        yield* reading.batches();
        await reading.dispose();
      },
    } satisfies ImportSource;
  };
}

function totalOf(reading: ImportReading, severity: 'error' | 'warning'): number {
  return reading.issueTotals
    .filter((one) => one.severity === severity)
    .reduce((sum, one) => sum + one.total, 0);
}

/** Only the targets that the mapping's rows refer to are asked for. */
async function codesFor(mapping: Mapping, codesOf: FileSourceSetup['codesOf']) {
  const referenced = new Set(
    TARGETS.filter((target) => mapping.targets[target.name] !== undefined).flatMap((target) =>
      target.columns.flatMap((column) => (column.references === undefined ? [] : [column.references])),
    ),
  );
  const entries = await Promise.all(
    [...referenced].map(async (name) => [name, await codesOf(name)] as const),
  );
  return Object.fromEntries(entries);
}

async function keepRejects(
  dataDir: string,
  importId: string,
  files: readonly { readonly target: TargetName; readonly path: string }[],
) {
  const folder = join(dataDir, 'rejects', importId);
  if (files.length > 0) await mkdir(folder, { recursive: true });
  return Promise.all(
    files.map(async ({ target, path }) => {
      const kept = join(folder, `${target}.csv`);
      await rename(path, kept);
      return { target, path: relative(dataDir, kept) };
    }),
  );
}

function rowOfIssue(issue: FileIssue): ImportIssue {
  const { severity, code, message, advice, target, file, row, column, value } = issue;
  return {
    severity,
    code,
    message,
    advice,
    target: target ?? null,
    file: file ?? null,
    row: row ?? null,
    column: column ?? null,
    value: value ?? null,
  };
}

/** Takes an upload's files away once its import has ended. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
