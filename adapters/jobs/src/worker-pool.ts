/**
 * Threads that compute chunks of plan runs.
 *
 * The frozen inputs and the blocks of a run are shared memory: each thread gets them once, by reference, and reads and
 * writes them in place. A task is a few words; its answer is what the stage found, as JSON. A thread that dies fails
 * the chunk it had, with its reason, and is replaced.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ChunkDone, ChunkTask, PoolRun, SharedRun, StagePool } from '@planwright/app';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export type WorkerPool = StagePool & {
  /** Ends all threads. */
  destroy(): Promise<void>;
};

export type WorkerPoolOptions = {
  /** Default: one a processor, eight at most. */
  readonly size?: number;
  /** The program of a thread; for tests of what a thread can do wrong. */
  readonly program?: URL;
};

const SIZE_MAX = 8;
const STAGE_WORKER = new URL('./stage-worker.ts', import.meta.url);

export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  const size = options.size ?? Math.min(SIZE_MAX, Math.max(1, availableParallelism()));
  const pool = new Pool(size, options.program ?? STAGE_WORKER);
  return { open: (run) => pool.open(run), destroy: () => pool.destroy() };
}

type Waiting = {
  readonly run: number;
  readonly task: ChunkTask;
  readonly onProgress: ((share: number) => void) | undefined;
  readonly resolve: (done: ChunkDone) => void;
  readonly reject: (reason: Error) => void;
};

type Thread = {
  readonly worker: Worker;
  busyWith: Waiting | undefined;
  /** It has told how far its chunk is. */
  isLong: boolean;
};

class Pool {
  readonly #size: number;
  readonly #program: URL;
  readonly #threads = new Set<Thread>();
  readonly #runs = new Map<number, SharedRun>();
  readonly #waiting: Waiting[] = [];
  #nextRun = 1;
  #isDestroyed = false;

  constructor(size: number, program: URL) {
    this.#size = size;
    this.#program = program;
  }

  open(shared: SharedRun): PoolRun {
    const run = this.#nextRun++;
    this.#runs.set(run, shared);
    while (this.#threads.size < this.#size) this.#startThread();
    for (const thread of this.#threads) this.#tell(thread, { kind: 'open', run, ...shared });
    return {
      width: this.#size,
      compute: (task, onProgress) =>
        new Promise<ChunkDone>((resolve, reject) => {
          this.#waiting.push({ run, task, onProgress, resolve, reject });
          this.#handOut();
        }),
      close: async () => this.#close(run),
    };
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    for (const run of this.#runs.keys()) this.#close(run);
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  /**
   * Chunks of the run that no thread has begun are given up. A thread that is at one ends it for nobody; if it is a long one, which
   * tells how far it is, the thread is ended and replaced.
   */
  #close(run: number): void {
    this.#runs.delete(run);
    for (let index = this.#waiting.length - 1; index >= 0; index--) {
      if (this.#waiting[index].run !== run) continue;
      const [given] = this.#waiting.splice(index, 1);
      given.reject(new Error('The run was closed.'));
    }
    for (const thread of this.#threads) {
      if (thread.busyWith?.run === run && thread.isLong) void thread.worker.terminate();
      else this.#tell(thread, { kind: 'close', run });
    }
  }

  #handOut(): void {
    for (const thread of this.#threads) {
      if (thread.busyWith !== undefined) continue;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      thread.busyWith = next;
      this.#tell(thread, { kind: 'compute', run: next.run, task: next.task });
    }
  }

  #startThread(): void {
    const worker = new Worker(this.#program);
    const thread: Thread = { worker, busyWith: undefined, isLong: false };
    this.#threads.add(thread);
    let reason = 'its thread ended';
    worker.on('message', (message: FromWorker) => this.#onAnswer(thread, message));
    worker.on('error', (error: unknown) => {
      reason = `its thread broke down: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => this.#onExit(thread, reason));
  }

  #onAnswer(thread: Thread, message: FromWorker): void {
    if (message.kind === 'progress') {
      thread.isLong = true;
      thread.busyWith?.onProgress?.(message.share);
      return;
    }
    const asked = thread.busyWith;
    thread.busyWith = undefined;
    thread.isLong = false;
    if (message.kind === 'done') asked?.resolve({ result: message.result, hash: message.hash });
    else asked?.reject(new Error(message.reason));
    this.#handOut();
  }

  #onExit(thread: Thread, reason: string): void {
    this.#threads.delete(thread);
    thread.busyWith?.reject(new Error(reason));
    if (this.#isDestroyed || this.#runs.size === 0) return;
    this.#startThread();
    const [replacement] = [...this.#threads].slice(-1);
    for (const [run, shared] of this.#runs) this.#tell(replacement, { kind: 'open', run, ...shared });
    this.#handOut();
  }

  #tell(thread: Thread, message: ToWorker): void {
    thread.worker.postMessage(message);
  }
}
