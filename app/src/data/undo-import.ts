import { TARGET_NAMES } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import type { ImportReader } from './import-reader.ts';
import type { ImportedSettings } from './import-source.ts';
import type { DataTransact, DataTx, ImportState, ImportTargetCounts } from './ports.ts';

export type UndoImportDeps = {
  readonly transact: DataTransact;
  readonly imports: ImportReader;
  readonly refreshStatistics: (targets: readonly ImportTargetCounts['target'][]) => Promise<void>;
};

/**
 * Takes the newest stored import back: rows it added go, rows it changed or removed return as they were.
 * Only the newest: an older one's rows may have been changed since by the newer.
 */
export function undoImport(deps: UndoImportDeps): Service<'undoImport'> {
  return async (member, { params }) => {
    const { companyId } = member;
    const { importId } = params;
    await deps.transact(async (tx) => {
      await tx.rows.lockCompany(companyId);
      const state = await tx.imports.lock(companyId, importId);
      if (state === undefined) throw new PlanningError('NOT_FOUND', { what: 'import', id: importId });
      if (state.status !== 'done')
        throw new PlanningError('IMPORT_NOT_STORED', { importId, status: state.status });
      const newest = await tx.imports.newestStored(companyId);
      if (newest !== undefined && newest.id !== importId) {
        throw new PlanningError('IMPORT_NOT_NEWEST', {
          importId,
          newestId: newest.id,
          newestName: newest.name,
        });
      }
      for (const target of TARGET_NAMES) await tx.rows.restore(target, companyId, importId);
      await restoreSettings(tx, companyId, state);
      await tx.imports.setOutcome(importId, { status: 'undone', progress: { ratio: 1, text: 'Undone' } });
      await audit(tx, member, {
        action: 'import.undo',
        objectType: 'import',
        objectId: importId,
        before: { name: state.name },
      });
      await tx.announceImport(companyId, importId);
    });
    await deps.refreshStatistics(TARGET_NAMES).catch(() => undefined);
    return deps.imports.get(companyId, importId);
  };
}

/** A setting that somebody has changed since stays as they want it. */
async function restoreSettings(tx: DataTx, companyId: number, state: ImportState): Promise<void> {
  const { settingsBefore, settingsAfter } = state;
  if (settingsBefore === null || settingsAfter === null) return;
  const current = await tx.rows.readSettings(companyId);
  const names = (Object.keys(settingsBefore) as (keyof ImportedSettings)[]).filter(
    (name) => JSON.stringify(current[name]) === JSON.stringify(settingsAfter[name]),
  );
  await tx.rows.changeSettings(
    companyId,
    Object.fromEntries(names.map((name) => [name, settingsBefore[name]])),
  );
}
