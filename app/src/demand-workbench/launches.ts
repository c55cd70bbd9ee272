import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import { given, requireCodes } from './known-codes.ts';
import type { DriverReader, DriverTransact } from './ports.ts';

/** Items that start without a history, the newest first. */
export function listLaunches(deps: { drivers: DriverReader }): Service<'listLaunches'> {
  return async (member, { query }) => {
    const after = decodeCursor(query.cursor, 4);
    const { rows, total } = await deps.drivers.launches(member.companyId, { after, limit: query.limit });
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.startsOn, row.item, row.location, row.channel],
      (row) => row,
    );
  };
}

/**
 * Plans the launch of an item at a location and channel, or changes the one that is planned.
 *
 * @throws PlanningError INVALID_INPUT for unknown codes, CHANGED_MEANWHILE.
 */
export function saveLaunch(deps: { transact: DriverTransact }): Service<'saveLaunch'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      const { launch, version } = body;
      const { companyId } = member;
      await requireCodes(tx.drivers, companyId, [
        { field: 'item', target: 'item', codes: [launch.item] },
        { field: 'location', target: 'location', codes: given(launch.location) },
        { field: 'likeItems', target: 'item', codes: launch.likeItems },
      ]);
      const before = await tx.drivers.findLaunch(companyId, launch);
      if ((before?.version ?? null) !== version)
        throw new PlanningError('CHANGED_MEANWHILE', { what: `The launch of ${launch.item}` });
      const after = await tx.drivers.putLaunch(companyId, launch);
      await audit(tx, member, {
        action: 'launch.save',
        objectType: 'launch',
        objectId: launch.item,
        ...(before === undefined ? {} : { before }),
        after: launch,
      });
      await tx.announceDrivers(companyId);
      return after;
    });
}

/** Removes the launch of an item; one that is gone already is no error. */
export function removeLaunch(deps: { transact: DriverTransact }): Service<'removeLaunch'> {
  return async (member, { query }) =>
    deps.transact(async (tx) => {
      const before = await tx.drivers.findLaunch(member.companyId, query);
      if (before === undefined) return { removed: false };
      await tx.drivers.removeLaunch(member.companyId, query);
      await audit(tx, member, {
        action: 'launch.remove',
        objectType: 'launch',
        objectId: query.item,
        before,
      });
      await tx.announceDrivers(member.companyId);
      return { removed: true };
    });
}
