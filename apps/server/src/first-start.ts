import {
  createImport,
  executeImport,
  type Caller,
  type ImportSource,
  insertCompany,
  type Member,
  type Services,
} from '@planwright/app';
import { demoCompany, type DemoSize } from '@planwright/demo';
import type { accessPorts, dataPorts } from '@planwright/postgres';
import { randomUUID } from 'node:crypto';

export type FirstStartDeps = {
  readonly access: ReturnType<typeof accessPorts>;
  readonly data: ReturnType<typeof dataPorts>;
  readonly services: Pick<Services, 'startRun' | 'getRun' | 'createCycle'>;
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

  deps.onProgress(`Making the demo company ${profile.name}`);
  const source: ImportSource = {
    issues: [],
    counts: [],
    rejectsFiles: [],
    company: {
      asOf: profile.asOf,
      northStar: { ...profile.northStar, amount: Number(profile.northStar.amount) },
    },
    async *batches() {
      yield* batches();
    },
  };
  const dataDeps = { ...deps.data, newId: randomUUID };
  const importId = await createImport(dataDeps, member, { name: 'Demo company', files: [] });
  const end = await executeImport(dataDeps, member, importId, async () => source, {
    onProgress: ({ text }) => deps.onProgress(`Demo company: ${text}`),
  });
  if (end !== 'done') throw new Error(`The demo company could not be stored (${end}).`);
  await runPlan(deps, member);
  const periodStart = `${profile.asOf.slice(0, 7)}-01`;
  if (process.env.XCYCLE)
    await deps.services.createCycle(member, {
      params: { company: profile.slug },
      query: {},
      body: { periodStart },
    });
}

async function runPlan(deps: FirstStartDeps, member: Member): Promise<void> {
  const params = { company: member.company };
  const body = { seed: 0, publish: true };
  let run = await deps.services.startRun(member, { params, query: {}, body });
  while (run.status === 'queued' || run.status === 'running') {
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
