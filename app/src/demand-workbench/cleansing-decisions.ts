import { audit } from '../access/audit.ts';
import { dayFromIso, isoFromDay } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { DemandKeyRow, PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Member, Service } from '../services.ts';
import type { DriverTransact, StreamName } from './ports.ts';

type Deps = { readonly plan: PlanReader; readonly transact: DriverTransact };

/**
 * Keeps what a planner decided about one bucket of history. The numbers as ordered stay what they are; the next run
 * forecasts from the decision.
 *
 * @throws PlanningError NOT_FOUND, INVALID_INPUT for a day that starts no bucket of history, CHANGED_MEANWHILE.
 */
export function decideCleansing(deps: Deps): Service<'decideCleansing'> {
  return async (member, { params, body }) => {
    const { run, key } = await publishedKey(deps.plan, member, params.keyId);
    requireHistoryBucket(run, body.bucketOn);
    const stream = streamOf(key);
    return deps.transact(async (tx) => {
      const before = await tx.drivers.findDecision(member.companyId, stream, body.bucketOn);
      if ((before?.decidedAt ?? null) !== (body.seen?.decidedAt ?? null))
        throw new PlanningError('CHANGED_MEANWHILE', { what: `The decision about ${body.bucketOn}` });
      const { bucketOn, decision, quantity = null, reason } = body;
      const wanted = { bucketOn, decision, quantity, reason, decidedBy: member.name };
      const after = await tx.drivers.putDecision(member.companyId, stream, wanted);
      await audit(tx, member, {
        action: 'cleansing.decide',
        objectType: 'demand-stream',
        objectId: nameOf(stream),
        ...(before === undefined ? {} : { before }),
        after,
        reason,
      });
      await tx.announceDrivers(member.companyId);
      return after;
    });
  };
}

/**
 * Takes a decision back; one that is gone already is no error.
 *
 * @throws PlanningError NOT_FOUND, CHANGED_MEANWHILE where not the decision that was meant stands.
 */
export function undoCleansing(deps: Deps): Service<'undoCleansing'> {
  return async (member, { params, query }) => {
    const { key } = await publishedKey(deps.plan, member, params.keyId);
    const stream = streamOf(key);
    return deps.transact(async (tx) => {
      const before = await tx.drivers.findDecision(member.companyId, stream, params.bucketOn);
      if (before === undefined) return { removed: false };
      if (query.decidedAt !== undefined && query.decidedAt !== before.decidedAt)
        throw new PlanningError('CHANGED_MEANWHILE', { what: `The decision about ${params.bucketOn}` });
      await tx.drivers.removeDecision(member.companyId, stream, params.bucketOn);
      await audit(tx, member, {
        action: 'cleansing.undo',
        objectType: 'demand-stream',
        objectId: nameOf(stream),
        before,
      });
      await tx.announceDrivers(member.companyId);
      return { removed: true };
    });
  };
}

async function publishedKey(
  plan: PlanReader,
  member: Member,
  keyId: number,
): Promise<{ run: RunHead; key: DemandKeyRow }> {
  const run = await runInView(plan, member, {});
  const key = await plan.demandKey(run.runId, keyId);
  if (key === undefined) throw new PlanningError('NOT_FOUND', { what: 'demand stream', id: String(keyId) });
  return { run, key };
}

function requireHistoryBucket(run: RunHead, bucketOn: string): void {
  const day = dayFromIso(bucketOn);
  const bucket = run.calendar.starts.indexOf(day);
  if (bucket >= 0 && bucket < run.historyBuckets) return;
  const first = isoFromDay(run.calendar.starts[0]);
  const last = isoFromDay(run.calendar.starts[run.historyBuckets - 1]);
  throw new PlanningError('INVALID_INPUT', {
    problem: `bucketOn ${bucketOn} is not the first day of a bucket of history; those start from ${first} to ${last}.`,
  });
}

export const streamOf = ({ item, location, channel }: StreamName): StreamName => ({
  item,
  location,
  channel,
});

const nameOf = ({ item, location, channel }: StreamName): string => [item, location, channel].join(' · ');
