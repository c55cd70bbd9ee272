import type { ActiveImports } from './active-imports.ts';
import type { DataTransact, Staging } from './ports.ts';

export type RecoverImportsDeps = {
  readonly transact: DataTransact;
  readonly staging: Staging;
  readonly active: ActiveImports;
};

/**
 * Ends the imports whose process has died or lost them, at start and now and then. Nothing of them was stored, since rows
 * become visible with the import's end or not at all. Returns their ids.
 */
export async function recoverImports(deps: RecoverImportsDeps): Promise<string[]> {
  const ids = await deps.transact(async (tx) => {
    const abandoned = await tx.imports.abandoned((id) => deps.active.has(id));
    for (const { id, companyId } of abandoned) {
      await tx.imports.setOutcome(id, {
        status: 'failed',
        progress: { ratio: 1, text: 'Failed: nothing was stored' },
        failure:
          'Planwright stopped while this import was under way. Nothing of it was stored; start it again.',
      });
      await tx.audit.addAuditRecord({
        companyId,
        actorId: 'planwright',
        actor: 'Planwright',
        action: 'import.fail',
        objectType: 'import',
        objectId: id,
        reason: 'Its process ended before the rows were stored',
      });
      await tx.announceImport(companyId, id);
    }
    return abandoned.map(({ id }) => id);
  });
  for (const id of ids) await deps.staging.drop(id);
  return ids;
}
