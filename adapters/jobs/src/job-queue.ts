/**
 * The queue of work that outlives a request, kept in the database itself by pg-boss: on PostgreSQL and on PGlite alike.
 *
 * A job only says "look at this row": the row knows what is to be done and how far it is. Jobs may come twice or late,
 * so handlers are idempotent; a row whose job got lost is sent again by whoever sweeps.
 */
import type { JobSender } from '@planwright/app';
import { fromKysely, type KyselyTransactionLike, PgBoss } from 'pg-boss';

/** The database as the queue needs it. */
export type JobsDatabase = {
  readonly kind: 'pglite' | 'postgres';
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  subscribe(listener: (change: { readonly what: string }) => void): () => void;
};

export type JobHandler = (id: string, stop: AbortSignal) => Promise<void>;

export type JobOptions = {
  /** A change of this kind may mean work: look at once instead of at the next poll. */
  readonly wakeOn?: 'run' | 'import';
};

export type Jobs = {
  /** Before `start`. Handlers of one queue run one after the other in a process. */
  registerJob(name: string, handler: JobHandler, options?: JobOptions): void;
  /** Sends within a transaction: the job is there exactly when the transaction commits. */
  sendIn(tx: KyselyTransactionLike): JobSender;
  start(): Promise<void>;
  /** Asks the handlers to stop, waits for them, and closes the queue. */
  stop(): Promise<void>;
};

export type JobsProblem = (error: Error) => void;

const SCHEMA = 'jobs';
const POLL_SECONDS = 2;
const STOP_TIMEOUT_MS = 20_000;
// Long enough for any work: a job that dies with its process is found by its row, not by the queue.
const JOB_EXPIRES_SECONDS = 6 * 3600;

export function createJobs(db: JobsDatabase, onProblem: JobsProblem): Jobs {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.executeSql(text, values) as Promise<{ rows: never[] }> },
    backend: db.kind,
    schema: SCHEMA,
    schedule: false,
    // One connection, no autovacuum daemon to wait for: there is nothing for these to find on PGlite.
    ...(db.kind === 'pglite' ? { reindex: false, monitorVacuum: false } : {}),
  });
  boss.on('error', onProblem);
  const registered = new Map<string, { handler: JobHandler; options: JobOptions }>();
  const stopping = new AbortController();
  const wakers: (() => void)[] = [];
  return {
    registerJob: (name, handler, options = {}) => void registered.set(name, { handler, options }),
    sendIn: (tx) => ({
      async enqueue(name, { id }) {
        // Null: a job for this row waits already, and it will find everything that this one would.
        await boss.send(name, { id }, { singletonKey: id, db: fromKysely(tx) });
      },
    }),
    async start() {
      await boss.start();
      for (const [name, { handler, options }] of registered) {
        await boss.createQueue(name, {
          policy: 'short',
          expireInSeconds: JOB_EXPIRES_SECONDS,
          retryLimit: 3,
          retryDelay: 5,
        });
        const workerId = await boss.work<{ id: string }>(
          name,
          { pollingIntervalSeconds: POLL_SECONDS },
          async ([job]) => {
            if (stopping.signal.aborted) throw new Error('Stopping: the job goes back to the queue.');
            await handler(job.data.id, stopping.signal);
          },
        );
        wakers.push(db.subscribe((change) => change.what === options.wakeOn && boss.notifyWorker(workerId)));
      }
    },
    async stop() {
      stopping.abort();
      for (const unsubscribe of wakers) unsubscribe();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}
