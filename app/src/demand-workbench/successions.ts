import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import { requireCodes } from './known-codes.ts';
import type { DriverReader, DriverTransact } from './ports.ts';

/** Items that take over from others, the newest first. */
export function listSuccessions(deps: { drivers: DriverReader }): Service<'listSuccessions'> {
  return async (member, { query }) => {
    const after = decodeCursor(query.cursor, 3);
    const { rows, total } = await deps.drivers.successions(member.companyId, { after, limit: query.limit });
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.switchOn, row.predecessor, row.successor],
      (row) => row,
    );
  };
}

/**
 * Says that one item takes over from another, or changes how.
 *
 * @throws PlanningError INVALID_INPUT for unknown items, CHANGED_MEANWHILE.
 */
export function saveSuccession(deps: { transact: DriverTransact }): Service<'saveSuccession'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      const { succession, version } = body;
      const { predecessor, successor } = succession;
      const { companyId } = member;
      await requireCodes(tx.drivers, companyId, [
        { field: 'predecessor', target: 'item', codes: [predecessor] },
        { field: 'successor', target: 'item', codes: [successor] },
      ]);
      const before = await tx.drivers.findSuccession(companyId, predecessor, successor);
      if ((before?.version ?? null) !== version)
        throw new PlanningError('CHANGED_MEANWHILE', {
          what: `That ${successor} takes over from ${predecessor}`,
        });
      const after = await tx.drivers.putSuccession(companyId, succession);
      await audit(tx, member, {
        action: 'succession.save',
        objectType: 'succession',
        objectId: `${predecessor} → ${successor}`,
        ...(before === undefined ? {} : { before }),
        after: succession,
      });
      await tx.announceDrivers(companyId);
      return after;
    });
}

/** Removes a succession; one that is gone already is no error. */
export function removeSuccession(deps: { transact: DriverTransact }): Service<'removeSuccession'> {
  return async (member, { query }) =>
    deps.transact(async (tx) => {
      const { predecessor, successor } = query;
      const before = await tx.drivers.findSuccession(member.companyId, predecessor, successor);
      if (before === undefined) return { removed: false };
      await tx.drivers.removeSuccession(member.companyId, predecessor, successor);
      await audit(tx, member, {
        action: 'succession.remove',
        objectType: 'succession',
        objectId: `${predecessor} → ${successor}`,
        before,
      });
      await tx.announceDrivers(member.companyId);
      return { removed: true };
    });
}
