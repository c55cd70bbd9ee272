import {
  type AccessReader,
  createImport,
  executeImport,
  type Caller,
  type ImportSource,
  insertCompany,
  type Member,
  type Services,
} from '@planwright/app';
import type { TargetName } from '@planwright/contracts';
import { demoCompany, type DemoSize } from '@planwright/demo';
import type { accessPorts, dataPorts } from '@planwright/postgres';
import { randomUUID } from 'node:crypto';

export type FirstStartDeps = {
  readonly access: ReturnType<typeof accessPorts>;
  readonly data: ReturnType<typeof dataPorts>;
  readonly services: Pick<Services, 'startRun' | 'listRuns' | 'getRun' | 'createCycle' | 'listCycles'>;
  readonly onProgress: (text: string) => void;
};

const POLL_MS = 200;

/**
 * Makes the demo company by the same doors as any other: an import, a run of the plan that is published, and an open cycle.
 * Where a first start was cut off, the next one goes on: the company stays, the import is idempotent.
 */
export async function makeDemoCompany(deps: FirstStartDeps, owner: Caller, size: DemoSize): Promise<void> {
  const { profile, batches } = demoCompany({ size });
  const existing = await deps.access.access.companyBySlug(profile.slug);
  const companyId =
    existing?.companyId ??
    (await deps.access.transact((tx) =>
      insertCompany(tx, owner, { ...profile, isDemo: true }, [owner.userId]),
    ));
  const member: Member = { ...owner, companyId, company: profile.slug, role: 'admin' };

  const params = { company: profile.slug };
  deps.onProgress(`Making the demo company ${profile.name}`);
  const rowsRead = new Map<TargetName, number>();
  const source: ImportSource = {
    issues: [],
    // Asked for after the batches were read.
    get counts() {
      return [...rowsRead].map(([target, read]) => ({ target, read, rejected: 0 }));
    },
    rejectsFiles: [],
    company: {
      asOf: profile.asOf,
      northStar: { ...profile.northStar, amount: Number(profile.northStar.amount) },
    },
    async *batches() {
      for (const batch of batches()) {
        rowsRead.set(batch.target, (rowsRead.get(batch.target) ?? 0) + batch.rowCount);
        yield batch;
      }
    },
  };
  const dataDeps = { ...deps.data, newId: randomUUID };
  const importId = await createImport(dataDeps, member, { name: 'Demo company', files: [] });
  const end = await executeImport(dataDeps, member, importId, async () => source, {
    onProgress: ({ text }) => deps.onProgress(`Demo company: ${text}`),
  });
  if (end !== 'done') throw new Error(`The demo company could not be stored (${end}).`);
  await runPlan(deps, member);
  const { total } = await deps.services.listCycles(member, { params, query: { limit: 1 }, body: undefined });
  const periodStart = `${profile.asOf.slice(0, 7)}-01`;
  if (total === 0) await deps.services.createCycle(member, { params, query: {}, body: { periodStart } });
}

/** Runs and publishes the plan, or goes on with the run that a first start before this one left. */
async function runPlan(deps: FirstStartDeps, member: Member): Promise<void> {
  const params = { company: member.company };
  const page = await deps.services.listRuns(member, { params, query: { limit: 1 }, body: undefined });
  const isActive = (status: string) => status === 'queued' || status === 'running';
  let run =
    page.items.find(({ status }) => isActive(status)) ??
    (await deps.services.startRun(member, {
      params,
      query: {},
      body: { seed: 0, tier: 'standard', refit: 'all', publish: true },
    }));
  while (isActive(run.status)) {
    await new Promise((wake) => setTimeout(wake, POLL_MS));
    run = await deps.services.getRun(member, {
      params: { ...params, runId: run.id },
      query: {},
      body: undefined,
    });
    deps.onProgress(`Running its plan: ${Math.round(run.progressRatio * 100)} %`);
  }
  if (run.status !== 'succeeded')
    throw new Error(`The plan of the demo company ${run.status}: ${run.failure ?? ''}`);
}

/** True on the first start, and where an earlier first start was cut off before its plan was published. */
export async function wantsDemo(access: AccessReader): Promise<boolean> {
  const [only, ...others] = await access.allMemberships();
  if (only === undefined) return true;
  const found = others.length > 0 ? undefined : await access.companyBySlug(only.company);
  if (found === undefined) return false;
  const { company, publishedRunId, currentCycleId } = await access.overview(found.companyId);
  return company.isDemo && (publishedRunId === null || currentCycleId === null);
}
