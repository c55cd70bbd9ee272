import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Member } from '../services.ts';
import type { ActiveImports } from './active-imports.ts';
import { type Pulse, startPulse } from './import-pulse.ts';
import type { ImportedSettings, ImportProgress, ImportSource, SourceReader } from './import-source.ts';
import type { DataTransact, DataTx, ImportPulse, ImportTargetCounts, Staging } from './ports.ts';
import { type StagedTarget, stageRows } from './stage-rows.ts';

export type ExecuteImportDeps = {
  readonly transact: DataTransact;
  readonly staging: Staging;
  readonly pulse: ImportPulse;
  readonly active: ActiveImports;
  /** After rows were stored: lets the database learn how many there are now. */
  readonly refreshStatistics: (targets: readonly StagedTarget['target'][]) => Promise<void>;
  readonly clock: () => number;
};

export type ImportHooks = {
  onProgress?(progress: ImportProgress): void;
  readonly signal?: AbortSignal;
};

/** How the work of an import ended. The issues and counts are in the register. */
export type ImportEnd = 'done' | 'refused' | 'cancelled' | 'failed';

/** Shares of the whole, as measured: reading and staging take about as long as storing. */
const READ_SHARE = 0.3;
const STAGE_SHARE = 0.3;

/**
 * Does the work of a waiting import: reads, puts all rows aside, then stores them in one transaction.
 *
 * The rows wait in staging tables because reading files takes long and a transaction must not: on the embedded
 * database nobody else is served while one is open. Either everything is stored and the import is `done`, or
 * nothing is and it is `refused`, `cancelled` or `failed` with the reason. Errors of the files and of the
 * database end the import and are not thrown; only a missing import is.
 */
export async function executeImport(
  deps: ExecuteImportDeps,
  member: Member,
  importId: string,
  read: SourceReader,
  hooks: ImportHooks = {},
): Promise<ImportEnd> {
  const notWaiting = new PlanningError('NOT_FOUND', { what: 'waiting import', id: importId });
  if (deps.active.has(importId)) throw notWaiting;
  return deps.active.run(member.companyId, importId, async (controller) => {
    const isClaimed = await deps.transact((tx) => tx.imports.claim(importId));
    if (!isClaimed) throw notWaiting;
    const stop = (): void => controller.abort();
    hooks.signal?.addEventListener('abort', stop);
    if (hooks.signal?.aborted === true) stop();
    const pulse = startPulse(deps.pulse, importId, controller, deps.clock);
    const work: Work = { deps, member, importId, signal: controller.signal, pulse, hooks };
    try {
      return await readAndStore(work, read);
    } catch (error) {
      return await recordEnd(work, error);
    } finally {
      await pulse.stop();
      hooks.signal?.removeEventListener('abort', stop);
      await deps.staging.drop(importId).catch(() => undefined); // Left-overs go at the next start.
    }
  });
}

type Work = {
  readonly deps: ExecuteImportDeps;
  readonly member: Member;
  readonly importId: string;
  readonly signal: AbortSignal;
  readonly pulse: Pulse;
  readonly hooks: ImportHooks;
};

class ImportCancelled extends Error {}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ImportCancelled('cancelled');
}

async function readAndStore(work: Work, read: SourceReader): Promise<ImportEnd> {
  const { deps, importId, signal, pulse, hooks } = work;
  const show = (status: 'reading' | 'storing', ratio: number, text: string): void => {
    pulse.show(status, { ratio, text });
    hooks.onProgress?.({ ratio, text });
  };
  show('reading', 0, 'Reading the files');
  const source = await read({
    signal,
    onProgress: ({ ratio, text }) => show('reading', ratio * READ_SHARE, text),
  });
  stopIfCancelled(signal);
  if (source.refused === true) return recordRefusal(work, source);

  const rowCount = source.counts.reduce((sum, count) => sum + count.read - count.rejected, 0);
  const staged = await stageRows(deps.staging, importId, source, signal, (rows) => {
    const ratio = READ_SHARE + STAGE_SHARE * Math.min(1, rows / Math.max(1, rowCount));
    show('storing', ratio, `${rows.toLocaleString('en')} rows read`);
  });
  stopIfCancelled(signal);
  await pulse.stop();
  await deps.transact((tx) => storeAll(work, tx, source, staged));
  await deps.refreshStatistics(staged.map((one) => one.target)).catch(() => undefined);
  return 'done';
}

/** The one transaction in which everything becomes visible. */
async function storeAll(
  work: Work,
  tx: DataTx,
  source: ImportSource,
  staged: readonly StagedTarget[],
): Promise<void> {
  const { member, importId, signal, hooks } = work;
  const { companyId } = member;
  await tx.rows.lockCompany(companyId);
  const state = await tx.imports.lock(companyId, importId);
  if (state === undefined || state.cancelRequested) throw new ImportCancelled('cancelled');

  const targets: ImportTargetCounts[] = [];
  const chunkCount = staged.reduce((sum, one) => sum + one.chunkCount, 0);
  let chunksDone = 0;
  for (const { target, chunkCount: chunksOfTarget } of staged) {
    const counts = { inserted: 0, updated: 0, unchanged: 0 };
    for (let chunk = 0; chunk < chunksOfTarget; chunk++) {
      stopIfCancelled(signal);
      const merged = await tx.rows.mergeChunk(target, companyId, importId, chunk);
      counts.inserted += merged.inserted;
      counts.updated += merged.updated;
      counts.unchanged += merged.unchanged;
      chunksDone += 1;
      const done = READ_SHARE + STAGE_SHARE + (1 - READ_SHARE - STAGE_SHARE) * (chunksDone / chunkCount);
      hooks.onProgress?.({ ratio: done, text: 'Storing the rows' });
    }
    const isReplaced = source.modes?.[target] === 'replace';
    const removed = isReplaced ? await tx.rows.removeAbsent(target, companyId, importId) : 0;
    targets.push({ target, ...readCounts(source, target), ...counts, removed });
  }
  for (const { target } of source.counts) {
    if (targets.some((one) => one.target === target)) continue;
    targets.push({
      target,
      ...readCounts(source, target),
      inserted: 0,
      updated: 0,
      unchanged: 0,
      removed: 0,
    });
  }
  stopIfCancelled(signal);
  await applySettings(work, tx, source.company ?? {});
  await tx.imports.addIssues(importId, source.issues, source.issueTotals);
  await tx.imports.setRejectsFiles(importId, source.rejectsFiles);
  await tx.imports.setOutcome(importId, { status: 'done', progress: { ratio: 1, text: 'Stored' }, targets });
  await tx.imports.setStored(importId);
  await audit(tx, member, {
    action: 'import.store',
    objectType: 'import',
    objectId: importId,
    after: { targets },
  });
  await tx.announceImport(companyId, importId);
}

function readCounts(
  source: ImportSource,
  target: StagedTarget['target'],
): { read: number; rejected: number } {
  const found = source.counts.find((count) => count.target === target);
  return { read: found?.read ?? 0, rejected: found?.rejected ?? 0 };
}

async function applySettings(work: Work, tx: DataTx, settings: ImportedSettings): Promise<void> {
  const { member, importId } = work;
  if (Object.values(settings).every((value) => value === undefined)) return;
  const current = await tx.rows.readSettings(member.companyId);
  await tx.rows.changeSettings(member.companyId, settings);
  const names = (Object.keys(settings) as (keyof ImportedSettings)[]).filter(
    (name) => settings[name] !== undefined,
  );
  const before = Object.fromEntries(names.map((name) => [name, current[name]])) as ImportedSettings;
  const after = Object.fromEntries(names.map((name) => [name, settings[name]])) as ImportedSettings;
  await tx.imports.setSettings(importId, before, after);
  await audit(tx, member, {
    action: 'company.change',
    objectType: 'company',
    objectId: member.company,
    before,
    after,
    reason: `By the mapping of import ${importId}`,
  });
}

async function recordRefusal(work: Work, source: ImportSource): Promise<ImportEnd> {
  const { deps, member, importId, pulse } = work;
  await pulse.stop();
  const targets = source.counts.map((count) => ({
    ...count,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
  }));
  await deps.transact(async (tx) => {
    await tx.imports.addIssues(importId, source.issues, source.issueTotals);
    await tx.imports.setRejectsFiles(importId, source.rejectsFiles);
    const progress = { ratio: 1, text: 'Refused: nothing was stored' };
    await tx.imports.setOutcome(importId, { status: 'refused', progress, targets });
    await audit(tx, member, { action: 'import.refuse', objectType: 'import', objectId: importId });
    await tx.announceImport(member.companyId, importId);
  });
  return 'refused';
}

async function recordEnd(work: Work, error: unknown): Promise<ImportEnd> {
  const { deps, member, importId, pulse, signal } = work;
  await pulse.stop();
  const isCancelled = error instanceof ImportCancelled || signal.aborted;
  const status = isCancelled ? 'cancelled' : 'failed';
  const reason = error instanceof Error ? error.message : String(error);
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  const failure = isCancelled ? null : `${sentence} Nothing of this import was stored.`;
  const text = isCancelled ? 'Cancelled: nothing was stored' : 'Failed: nothing was stored';
  await deps.transact(async (tx) => {
    await tx.imports.setOutcome(importId, { status, progress: { ratio: 1, text }, failure });
    const action = isCancelled ? 'import.cancel' : 'import.fail';
    await audit(tx, member, { action, objectType: 'import', objectId: importId, after: { failure } });
    await tx.announceImport(member.companyId, importId);
  });
  return status;
}
