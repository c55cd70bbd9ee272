/** Plan runs in the background: takes runs from the queue, works on them, and finds those that were left behind. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { executeRun, type RunOutcome, type RunWork } from '@planwright/app';
import type { Jobs, JobsProblem } from './job-queue.ts';
import { createWorkerPool, type WorkerPool } from './worker-pool.ts';

export type RunExecutorDeps = {
  readonly work: RunWork;
  readonly jobs: Pick<Jobs, 'registerJob'>;
  readonly announceRun: (companyId: number, runId: string) => Promise<void>;
  readonly onProblem: JobsProblem;
  /** Of `readEngineVersion`. */
  readonly engineVersion: string;
  /** True where no other process can have the database open: then no run can be at work elsewhere. */
  readonly isAlone: boolean;
  readonly pool?: WorkerPool;
  /** Called with how each run ended here. */
  readonly onOutcome?: (runId: string, outcome: RunOutcome) => void;
};

export type RunExecutor = {
  /** Executes one run in this process, now. */
  execute(runId: string, stop?: AbortSignal): Promise<RunOutcome>;
  /** Sends jobs for the runs that a crash left behind, and goes on doing so. Call it after `jobs.start`. */
  start(): Promise<void>;
  /** Ends the threads. Call it after `jobs.stop`, which lets runs at work give themselves back. */
  stop(): Promise<void>;
};

const SWEEP_EVERY_MS = 10_000;

/** Registers the job 'execute-run'; call it before `jobs.start`. */
export function createRunExecutor(deps: RunExecutorDeps): RunExecutor {
  const pool = deps.pool ?? createWorkerPool();
  const worker = `${hostname()}:${process.pid}:${randomUUID()}`;
  const never = new AbortController().signal;
  const atWork = new Set<string>();
  const execute = async (runId: string, stop: AbortSignal = never): Promise<RunOutcome> => {
    // A database that stalls lets a lease run out under our own hands; we do not take a run from ourselves.
    if (atWork.has(runId)) return 'not-taken';
    atWork.add(runId);
    try {
      const { work, announceRun, engineVersion } = deps;
      const clock = (): number => performance.now();
      const outcome = await executeRun(
        { work, pool, worker, engineVersion, announceRun, clock },
        runId,
        stop,
      );
      deps.onOutcome?.(runId, outcome);
      return outcome;
    } finally {
      atWork.delete(runId);
    }
  };
  deps.jobs.registerJob(
    'execute-run',
    async (runId, stop) => {
      await execute(runId, stop);
    },
    { wakeOn: 'run' },
  );
  let sweeping: NodeJS.Timeout | undefined;
  const sweep = async (): Promise<void> => {
    await deps.work.requeueAbandoned().catch(deps.onProblem);
  };
  return {
    execute,
    async start() {
      if (deps.isAlone) await deps.work.releaseOthers(worker);
      await deps.work.requeueAbandoned();
      sweeping = setInterval(() => void sweep(), SWEEP_EVERY_MS);
    },
    async stop() {
      clearInterval(sweeping);
      await pool.destroy();
    },
  };
}
