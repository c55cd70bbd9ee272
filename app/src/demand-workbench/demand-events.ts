import type { EventBody } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import type { EventEffectRow } from '../plan-view/workbench-reader.ts';
import type { Service } from '../services.ts';
import { given, requireCodes } from './known-codes.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { DriverReader, DriverTransact, DriverTx } from './ports.ts';

/** Events by first day, with what the run in view estimated of each. Works before there is a run. */
export function listDemandEvents(deps: {
  plan: PlanReader;
  drivers: DriverReader;
}): Service<'listDemandEvents'> {
  return async (member, { query }) => {
    const run = await deps.plan.findRun(member.companyId, query.run);
    if (run === undefined && query.run !== undefined)
      throw new PlanningError('NOT_FOUND', { what: 'finished run', id: query.run });
    const { from, to, kind, limit } = query;
    const after = decodeCursor(query.cursor, 2);
    const [{ rows, total }, effects] = await Promise.all([
      deps.drivers.events(member.companyId, { from, to, kind }, { after, limit }),
      run === undefined ? [] : deps.plan.eventEffects(run.runId),
    ]);
    const effectOf = new Map(effects.map((effect) => [effect.eventCode, effect]));
    return pageFrom(
      rows,
      limit,
      total,
      (row) => [row.startsOn, row.code],
      (row) => ({ ...row, effect: effectShown(effectOf.get(row.code)) }),
    );
  };
}

/** Codes under which a run lists feasts. */
const FEAST_CODE = /^feast:/;

/** Feasts by first day, as the run in view found them; none before there is a run. */
export function listFeasts(deps: { plan: PlanReader }): Service<'listFeasts'> {
  return async (member, { query }) => {
    const run = await deps.plan.findRun(member.companyId, query.run);
    if (run === undefined && query.run !== undefined)
      throw new PlanningError('NOT_FOUND', { what: 'finished run', id: query.run });
    const effects = run === undefined ? [] : await deps.plan.eventEffects(run.runId);
    const feasts = effects
      .filter(({ eventCode }) => FEAST_CODE.test(eventCode))
      .map(({ number: _number, eventCode: code, name, kind: _kind, startsOn, endsOn, ...effect }) => ({
        code,
        name,
        startsOn,
        endsOn,
        effect,
      }));
    return { feasts: feasts.sort((a, b) => compared(a.startsOn, b.startsOn) || compared(a.code, b.code)) };
  };
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function effectShown(effect: EventEffectRow | undefined) {
  if (effect === undefined) return null;
  const { number: _number, eventCode: _code, name: _name, kind: _kind, ...dated } = effect;
  const { startsOn: _startsOn, endsOn: _endsOn, ...shown } = dated;
  return { ...shown, explanation: spoken(shown.explanation) };
}

type WriteDeps = { readonly transact: DriverTransact; readonly newId: () => string };

/**
 * Plans an event, or records one that was.
 *
 * @throws PlanningError INVALID_INPUT for a group, item or location that the company does not have.
 */
export function createDemandEvent(deps: WriteDeps): Service<'createDemandEvent'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      await requireScope(tx, member.companyId, body);
      const code = `event-${deps.newId()}`;
      const event = await tx.drivers.putEvent(member.companyId, code, body);
      await audit(tx, member, {
        action: 'demand-event.create',
        objectType: 'demand-event',
        objectId: code,
        after: body,
      });
      await tx.announceDrivers(member.companyId);
      return { ...event, effect: null };
    });
}

/**
 * Changes an event that is still as the caller saw it.
 *
 * @throws PlanningError NOT_FOUND, CHANGED_MEANWHILE, INVALID_INPUT.
 */
export function changeDemandEvent(deps: WriteDeps): Service<'changeDemandEvent'> {
  return async (member, { params, body }) =>
    deps.transact(async (tx) => {
      const before = await tx.drivers.findEvent(member.companyId, params.code);
      if (before === undefined) throw new PlanningError('NOT_FOUND', { what: 'event', id: params.code });
      if (before.version !== body.version)
        throw new PlanningError('CHANGED_MEANWHILE', { what: `The event ${before.name}` });
      await requireScope(tx, member.companyId, body.event);
      const event = await tx.drivers.putEvent(member.companyId, params.code, body.event);
      await audit(tx, member, {
        action: 'demand-event.change',
        objectType: 'demand-event',
        objectId: params.code,
        before,
        after: body.event,
      });
      await tx.announceDrivers(member.companyId);
      return { ...event, effect: null };
    });
}

/** Removes an event; one that is gone already is no error. */
export function removeDemandEvent(deps: WriteDeps): Service<'removeDemandEvent'> {
  return async (member, { params }) =>
    deps.transact(async (tx) => {
      const before = await tx.drivers.findEvent(member.companyId, params.code);
      if (before === undefined) return { removed: false };
      await tx.drivers.removeEvent(member.companyId, params.code);
      await audit(tx, member, {
        action: 'demand-event.remove',
        objectType: 'demand-event',
        objectId: params.code,
        before,
      });
      await tx.announceDrivers(member.companyId);
      return { removed: true };
    });
}

const requireScope = (tx: DriverTx, companyId: number, event: EventBody): Promise<void> =>
  requireCodes(tx.drivers, companyId, [
    { field: 'itemGroup', target: 'item_group', codes: given(event.itemGroup) },
    { field: 'item', target: 'item', codes: given(event.item) },
    { field: 'location', target: 'location', codes: given(event.location) },
  ]);
