import type { Import, TargetBatch, TargetName } from '@planwright/contracts';
import type { AuditTrail } from '../access/audit.ts';
import type {
  ImportedSettings,
  ImportIssue,
  ImportProgress,
  RejectsFile,
  ImportSource,
} from './import-source.ts';

export type ImportTargetCounts = Import['targets'][number];
export type ImportStatus = Import['status'];

export type NewImport = {
  readonly id: string;
  readonly companyId: number;
  readonly name: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
};

/** How an import ended, or the state it came to. */
export type ImportOutcome = {
  readonly status: ImportStatus;
  readonly progress: ImportProgress;
  readonly failure?: string | null;
  readonly targets?: readonly ImportTargetCounts[];
};

/** What the rules need to know of an import before they change it. */
export type ImportState = {
  readonly id: string;
  readonly companyId: number;
  readonly name: string;
  readonly status: ImportStatus;
  readonly cancelRequested: boolean;
  readonly settingsBefore: ImportedSettings | null;
  readonly settingsAfter: ImportedSettings | null;
};

export type MergeCounts = { readonly inserted: number; readonly updated: number; readonly unchanged: number };

/** Port: the register of imports, inside a transaction. */
export type ImportRegister = {
  insert(row: NewImport): Promise<void>;
  /** The import with its row locked until the transaction ends. */
  lock(companyId: number, importId: string): Promise<ImportState | undefined>;
  /** Makes this process the one at work on an import that waits; false where it is not waiting any more. */
  claim(importId: string): Promise<boolean>;
  requestCancel(importId: string): Promise<void>;
  setOutcome(importId: string, outcome: ImportOutcome): Promise<void>;
  /** Marks it stored as the newest of the company. */
  setStored(importId: string): Promise<void>;
  setSettings(importId: string, before: ImportedSettings, after: ImportedSettings): Promise<void>;
  setRejectsFiles(importId: string, files: readonly RejectsFile[]): Promise<void>;
  /** Keeps the issues; `totals` where there are more than are kept. */
  addIssues(
    importId: string,
    issues: readonly ImportIssue[],
    totals?: ImportSource['issueTotals'],
  ): Promise<void>;
  /** The newest import of the company whose rows stand. */
  newestStored(companyId: number): Promise<{ id: string; name: string } | undefined>;
  /**
   * Imports that wait or work although their process is gone; of this process, those that should be at work but
   * are not `isActive`: their end could not be written down.
   */
  abandoned(isActive: (importId: string) => boolean): Promise<ImportState[]>;
};

/** Port: the rows of the targets, inside a transaction. */
export type RowStore = {
  /** Waits until no other import of the company stores or is undone, and keeps them out until the end. */
  lockCompany(companyId: number): Promise<void>;
  /** Inserts or updates the rows of one staged chunk, keeping the rows it changes as they were. */
  mergeChunk(target: TargetName, companyId: number, importId: string, chunk: number): Promise<MergeCounts>;
  /** Removes stored rows that were not staged, keeping them as they were. Returns how many. */
  removeAbsent(target: TargetName, companyId: number, importId: string): Promise<number>;
  /** Takes back what the import did to a target, row by row. */
  restore(target: TargetName, companyId: number, importId: string): Promise<void>;
  readSettings(companyId: number): Promise<Required<ImportedSettings>>;
  changeSettings(companyId: number, settings: ImportedSettings): Promise<void>;
};

export type DataTx = {
  readonly imports: ImportRegister;
  readonly rows: RowStore;
  readonly audit: AuditTrail;
  /** Tells the open pages, once the transaction commits. */
  announceImport(companyId: number, importId: string): Promise<void>;
};

/** Port: rows that wait outside the company's tables until all have come. Nothing of it is ever read by others. */
export type Staging = {
  add(importId: string, chunk: number, batch: TargetBatch): Promise<void>;
  drop(importId: string): Promise<void>;
};

/** Port: what an import shows while it works. Returns whether someone asked to cancel it. */
export type ImportPulse = {
  beat(
    importId: string,
    status: ImportStatus,
    progress: ImportProgress,
  ): Promise<{ cancelRequested: boolean }>;
};

export type DataTransact = <T>(work: (tx: DataTx) => Promise<T>) => Promise<T>;
