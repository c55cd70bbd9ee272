/** Everything that plan runs need, wired as a server does it, for tests. */
import { randomUUID } from 'node:crypto';
import {
  cancelRun,
  computeChunk,
  decodeSnapshot,
  getRun,
  listRuns,
  type Member,
  parsedResults,
  publishRun,
  replayRun,
  type RunRecord,
  type StagePool,
  startRun,
} from '@planwright/app';
import type { Run } from '@planwright/contracts';
import { createJobs, createRunExecutor, type RunExecutor, type WorkerPool } from '@planwright/jobs';
import { announce, type Db, readConsistently, runWork, scenarioTransact } from '@planwright/postgres';

const ENDED: readonly string[] = [
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
] satisfies RunRecord['status'][];

export type PlanFixture = ReturnType<typeof planFixture>;

/** `pool` replaces the worker threads. Problems of the background are collected, and asserted empty by the tests. */
export function planFixture(db: Db, companyId: number, pool?: WorkerPool) {
  const problems: Error[] = [];
  const jobs = createJobs(db, (error) => problems.push(error));
  const work = runWork(db, jobs.sendIn);
  const executor: RunExecutor = createRunExecutor({
    work,
    jobs,
    pool,
    announceRun: (company, id) => announce(db.kysely, { companyId: company, what: 'run', id }),
    onProblem: (error) => problems.push(error),
    engineVersion: 'test',
    isAlone: db.kind === 'pglite',
  });
  const deps = {
    transact: scenarioTransact(db, jobs.sendIn),
    readConsistently: <T>(read: Parameters<typeof readConsistently<T>>[1]) => readConsistently(db, read),
    engineVersion: 'test',
    newId: randomUUID,
    clock: Date.now,
  };
  const member: Member = {
    companyId,
    company: 'c',
    userId: 'u1',
    name: 'Ann',
    email: 'ann@example.com',
    role: 'planner',
  };
  const params = (runId: string) => ({ params: { company: 'c', runId }, query: {}, body: undefined });
  const get = (runId: string): Promise<Run> => getRun(deps)(member, params(runId));
  return {
    problems,
    jobs,
    work,
    executor,
    start: (body: Partial<Parameters<ReturnType<typeof startRun>>[1]['body']> = {}): Promise<Run> =>
      startRun(deps)(member, {
        params: { company: 'c' },
        query: {},
        body: { seed: 0, publish: false, tier: 'standard', refit: 'all', ...body },
      }),
    get,
    list: (limit: number, cursor?: string) =>
      listRuns(deps)(member, { params: { company: 'c' }, query: { limit, cursor }, body: undefined }),
    cancel: (runId: string): Promise<Run> => cancelRun(deps)(member, params(runId)),
    publish: (runId: string): Promise<Run> => publishRun(deps)(member, params(runId)),
    replay: (runId: string): Promise<Run> => replayRun(deps)(member, params(runId)),
    /** Waits until the run has ended, however long that takes: the test's own limit is the limit. */
    async ended(runId: string): Promise<Run> {
      for (;;) {
        const run = await get(runId);
        if (ENDED.includes(run.status)) return run;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async open(): Promise<void> {
      await jobs.start();
      await executor.start();
    },
    async close(): Promise<void> {
      await jobs.stop();
      await executor.stop();
    },
  };
}

/** Called before each chunk; the chunk waits for it. Throwing fails the chunk. */
export type BeforeChunk = (stage: string, chunk: number) => Promise<void> | void;

/** A pool that computes in this thread, and can be stopped or made to fail at any chunk. */
export function inThreadPool(before: BeforeChunk = () => undefined): WorkerPool {
  const open: StagePool['open'] = (run) => {
    const snapshot = decodeSnapshot(run.snapshot);
    return {
      width: 1,
      async compute({ stage, chunk, earlier }) {
        await before(stage, chunk);
        return computeChunk(snapshot, run.blocks, parsedResults(earlier), stage, chunk);
      },
      close: async () => undefined,
    };
  };
  return { open, destroy: async () => undefined };
}
