/** The works with its plan, and the services of supply over it, as the tests of supply share them. */
import { randomUUID } from 'node:crypto';
import {
  bookKeeper,
  getConstrainedSummary,
  listExceptions,
  listProposals,
  type Member,
} from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { createWhatIfThread } from '@planwright/jobs';
import { createPlanReader, type Db, supplyPlanReads, supplyPorts } from '@planwright/postgres';
import { expect } from 'vitest';
import type { OpenDatabase } from '../../postgres/test/databases.ts';
import { inThreadPool, planFixture } from './plan-fixture.ts';
import { storeWorks } from './supply-company.ts';

export const params = { company: 'works' };
export const page = { limit: 100 };
export const OVERTIME: SupplyEdit = {
  kind: 'overtime',
  resource: 'SAW',
  startsOn: '2026-05-01',
  endsOn: '2027-10-31',
  hoursPerWeek: 20,
};

export type SupplyWorks = Awaited<ReturnType<typeof startWorks>>;

function servicesOn(db: Db) {
  const plan = createPlanReader(db.kysely);
  const reads = supplyPlanReads(db.kysely);
  const whyNotCallable = (url: string) =>
    url.startsWith('https://') ? undefined : 'it must begin with https://.';
  const thread = createWhatIfThread(reads);
  const { tryOut } = thread;
  const ports = supplyPorts(db);
  const deps = {
    ...ports,
    plan,
    reads,
    openBook: bookKeeper(reads),
    tryOut,
    newId: randomUUID,
    whyNotCallable,
  };
  return { deps, thread };
}

/** Stores the works, runs its plan and publishes it. `close` fails with what went wrong in the background. */
export async function startWorks(database: OpenDatabase) {
  const companyId = await storeWorks(database.db);
  const runs = planFixture(database.db, companyId, inThreadPool());
  await runs.open();
  const { deps, thread } = servicesOn(database.db);
  const ann: Member = {
    companyId,
    company: 'works',
    userId: 'ann',
    name: 'Ann',
    email: 'ann@x',
    role: 'planner',
  };
  const zoe: Member = {
    companyId,
    company: 'works',
    userId: 'zoe',
    name: 'Zoe',
    email: 'zoe@x',
    role: 'finance',
  };
  async function publishedRun(): Promise<string> {
    const { id } = await runs.start({ publish: true, tier: 'fast', horizonBuckets: 18 });
    const run = await runs.ended(id);
    expect([run.status, run.failure]).toEqual(['succeeded', null]);
    return id;
  }
  await publishedRun();
  return {
    database,
    companyId,
    deps,
    ann,
    zoe,
    publishedRun,
    summary: () => getConstrainedSummary(deps)(ann, { params, query: {}, body: undefined }),
    proposals: async (query: Record<string, unknown> = {}) =>
      (await listProposals(deps)(ann, { params, query: { ...page, limit: 500, ...query }, body: undefined }))
        .items,
    inbox: async (status: 'open' | 'closed' | 'snoozed' | 'accepted' = 'open') =>
      (await listExceptions(deps)(ann, { params, query: { ...page, status }, body: undefined })).items,
    bulk: (ids: readonly string[]) => ({ params, query: {}, body: { ids: [...ids], reason: null } }),
    async close() {
      await runs.close();
      await thread.destroy();
      await database.drop();
      if (runs.problems.length > 0) throw new AggregateError(runs.problems, 'problems in the background');
    },
  };
}
