import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import type { ActiveImports } from './active-imports.ts';
import type { ImportReader } from './import-reader.ts';
import type { DataTransact } from './ports.ts';

export type CancelImportDeps = {
  readonly transact: DataTransact;
  readonly active: ActiveImports;
  readonly imports: ImportReader;
};

/**
 * Stops an import. One that waits is over at once; one that works stops at its next step, wherever it runs.
 * After that nothing of it is stored, and a stored import can only be undone.
 */
export function cancelImport(deps: CancelImportDeps): Service<'cancelImport'> {
  return async (member, { params }) => {
    const { importId } = params;
    // First here: the embedded database would let us ask only after the rows are stored.
    await deps.active.cancel(member.companyId, importId);
    await deps.transact(async (tx) => {
      const state = await tx.imports.lock(member.companyId, importId);
      if (state === undefined) throw new PlanningError('NOT_FOUND', { what: 'import', id: importId });
      const { status } = state;
      if (status === 'cancelled') return;
      if (status !== 'queued' && status !== 'reading' && status !== 'storing') {
        throw new PlanningError('IMPORT_ENDED', { importId, status });
      }
      await tx.imports.requestCancel(importId);
      if (status === 'queued') {
        const progress = { ratio: 1, text: 'Cancelled: nothing was stored' };
        await tx.imports.setOutcome(importId, { status: 'cancelled', progress });
      }
      await audit(tx, member, { action: 'import.requestCancel', objectType: 'import', objectId: importId });
      await tx.announceImport(member.companyId, importId);
    });
    return deps.imports.get(member.companyId, importId);
  };
}
