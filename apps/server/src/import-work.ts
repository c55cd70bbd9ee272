import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createImport,
  type CreateImportDeps,
  executeImport,
  type ExecuteImportDeps,
  getImport,
  type ImportReader,
  type Member,
  type SourceReader,
} from '@planwright/app';
import type { Import, ImportPreview, TargetName } from '@planwright/contracts';
import { previewSources, readMapping } from '@planwright/files';
import type { UploadSlot } from '@planwright/http';
import type { Issue } from '@planwright/units';
import { fileSource, removeFolder } from './file-source.ts';
import { startingMapping } from './starting-mapping.ts';

export type ImportWorkDeps = ExecuteImportDeps &
  CreateImportDeps & {
    readonly imports: ImportReader;
    readonly dataDir: string;
    readonly codesOf: (companyId: number, target: TargetName) => Promise<readonly string[]>;
    readonly onError: (error: unknown) => void;
  };

/** Takes uploads in and works on them, one after the other: reading a company's files takes the whole machine. */
export class ImportWork {
  readonly #deps: ImportWorkDeps;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(deps: ImportWorkDeps) {
    this.#deps = deps;
  }

  /** A place for the files of an upload. Finishing it registers the import and puts it in the queue. */
  async receive(member: Member): Promise<UploadSlot<Import>> {
    const folder = await this.#newFolder();
    return {
      folder,
      discard: () => removeFolder(folder),
      finish: async ({ mapping, files }) => {
        const name = files.length === 1 ? files[0]!.name : `${files.length} files`;
        const importId = await createImport(this.#deps, member, { name, files });
        this.#enqueue(member, importId, this.#reader(member, importId, mapping ?? '', folder), folder);
        return getImport(this.#deps)(member, {
          params: { company: member.company, importId },
          query: {},
          body: undefined,
        });
      },
    };
  }

  /** A place for files that are only looked at. */
  async preview(): Promise<UploadSlot<ImportPreview>> {
    const folder = await this.#newFolder();
    return {
      folder,
      discard: () => removeFolder(folder),
      finish: async ({ files }) => {
        const names = files.map((file) => file.name);
        const sources = await previewSources(folder, names, { workFolder: join(this.#deps.dataDir, 'work') });
        await removeFolder(folder);
        return {
          files: sources.map(({ name, delimiter, encoding, columns, rows }) => ({
            name,
            delimiter,
            encoding,
            columns: [...columns],
            rows: rows.map((row) => [...row]),
          })),
          mapping: startingMapping(sources),
        };
      },
    };
  }

  /** Stops what is under way and waits for it. Imports that wait are picked up by nobody: they fail at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#deps.active.cancelAll();
    await this.#last;
  }

  async #newFolder(): Promise<string> {
    const folder = join(this.#deps.dataDir, 'uploads', randomUUID());
    await mkdir(folder, { recursive: true });
    return folder;
  }

  #reader(member: Member, importId: string, mappingText: string, folder: string): SourceReader {
    const reading = readMapping(mappingText);
    if (!('mapping' in reading)) return refusal(reading.issues);
    const { dataDir, codesOf } = this.#deps;
    const codes = (target: TargetName) => codesOf(member.companyId, target);
    return fileSource({ mapping: reading.mapping, folder, dataDir, importId, codesOf: codes });
  }

  #enqueue(member: Member, importId: string, read: SourceReader, folder: string): void {
    const work = async () => {
      if (this.#closed) return;
      await executeImport(this.#deps, member, importId, read);
    };
    this.#last = this.#last
      .then(work)
      .catch(this.#deps.onError)
      .finally(() => removeFolder(folder).catch(this.#deps.onError));
  }
}

/** A mapping that cannot be used refuses the import as a whole, with its issues. */
function refusal(issues: readonly Issue[]): SourceReader {
  return async () => ({
    refused: true,
    issues: issues.map(({ severity, code, message, advice, row, column, value }) => ({
      severity,
      code,
      message,
      advice,
      target: null,
      file: 'mapping',
      row: row ?? null,
      column: column ?? null,
      value: value ?? null,
    })),
    counts: [],
    rejectsFiles: [],
    batches: async function* none() {},
  });
}
