/**
 * A solver in a thread of its own, so that neither a long search nor a breakdown of the solver touches the process.
 *
 * A thread is kept warm between programs (loading takes a tenth of a second) and does not keep the process alive. It is
 * ended, and the next program gets a new one, when it broke down, when its memory has grown large (WebAssembly memory
 * never shrinks), and when it does not come back in time: a limit that the solver overlooks is kept from outside.
 */
import { Worker } from 'node:worker_threads';
import type { LinearProgram, ProgramSolution, SolutionStatus } from '@planwright/supply';
import type { FromSolver, SolveLimits, SolveProgress, ToSolver } from './solver-messages.ts';

export type SolveOptions = Partial<SolveLimits> & {
  /** Calls it off, with status cancelled: of a search the best that was found is the answer, of a linear program nothing. */
  readonly signal?: AbortSignal;
  /** Called now and then while a program with whole numbers is searched. */
  readonly onProgress?: (progress: SolveProgress) => void;
  /** A feasible x to start from. */
  readonly start?: Float64Array;
};

export type Solver = {
  /** Never rejects for what the solver does: see the status and `failure`. Programs beyond `width` wait their turn. */
  solve(program: LinearProgram, options?: SolveOptions): Promise<ProgramSolution>;
  /** Ends all threads; what is being solved is answered as cancelled. */
  destroy(): Promise<void>;
};

export type SolverOptions = {
  /** Programs that are solved at once. Default 1. */
  readonly width?: number;
  /** The program of a thread; for tests of what a thread can do wrong. */
  readonly program?: URL;
  /** Seconds beyond the time limit, or after it was called off, that the thread is waited for. Default 10. */
  readonly graceSeconds?: number;
};

const DEFAULT_LIMITS: SolveLimits = { timeLimitSeconds: 60, gapRatio: 1e-4, method: 'choose' };
const THREAD = new URL('./solver-thread.ts', import.meta.url);
/** A thread whose memory has grown beyond this is ended after its answer. */
const KEPT_BYTES = 512 * 2 ** 20;
const GRACE_SECONDS = 10;

type Seat = { thread: Worker | undefined; waiting: Promise<unknown> };

export function createSolver(options: SolverOptions = {}): Solver {
  const { width = 1, program: threadProgram = THREAD, graceSeconds = GRACE_SECONDS } = options;
  const seats: Seat[] = Array.from({ length: width }, () => ({
    thread: undefined,
    waiting: Promise.resolve(),
  }));
  const ending = new AbortController();
  let turn = 0;
  return {
    solve(program, solveOptions = {}) {
      const seat = seats[turn++ % width];
      const answer = seat.waiting.then(() =>
        solveInSeat(seat, program, solveOptions, { threadProgram, graceSeconds, ended: ending.signal }),
      );
      seat.waiting = answer;
      return answer;
    },
    async destroy() {
      ending.abort();
      await Promise.all(seats.map(async ({ thread }) => thread?.terminate()));
    },
  };
}

type Surroundings = {
  readonly threadProgram: URL;
  readonly graceSeconds: number;
  readonly ended: AbortSignal;
};

/** Answers once, whatever happens first: an answer, a breakdown, the end of patience, or the end of the solver. */
function solveInSeat(
  seat: Seat,
  program: LinearProgram,
  options: SolveOptions,
  { threadProgram, graceSeconds, ended }: Surroundings,
): Promise<ProgramSolution> {
  const { signal, onProgress, start, ...given } = options;
  const limits = { ...DEFAULT_LIMITS, ...given };
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  if (ended.aborted || signal?.aborted === true) return Promise.resolve(unsolved('cancelled', 0));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const thread = (seat.thread ??= new Worker(threadProgram));
  thread.ref();
  return new Promise((resolve) => {
    const patience = setTimeout(
      () => giveUp('timeLimit', 'The solver did not come back within its time limit.'),
      (limits.timeLimitSeconds + graceSeconds) * 1000,
    );
    let impatience: NodeJS.Timeout | undefined;
    const onAbort = () => {
      // A linear program holds nothing worth waiting for until it is done.
      if (!program.isInteger.includes(1)) return giveUp('cancelled', undefined);
      Atomics.store(stop, 0, 1);
      impatience ??= setTimeout(() => giveUp('cancelled', undefined), graceSeconds * 1000);
    };
    const onEnd = () => giveUp('cancelled', undefined);
    const onError = (error: unknown) => giveUp('failed', brokenDown(error));
    const onExit = () => giveUp('failed', 'The solver’s thread ended without an answer.');
    const onMessage = (message: FromSolver) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else finish(message.solution, message.memoryBytes <= KEPT_BYTES);
    };
    const finish = (solution: ProgramSolution, keepThread: boolean) => {
      clearTimeout(patience);
      clearTimeout(impatience);
      signal?.removeEventListener('abort', onAbort);
      ended.removeEventListener('abort', onEnd);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      thread.unref();
      if (!keepThread) {
        seat.thread = undefined;
        thread.on('error', () => {}); // It is being ended: what it says now is of no interest.
        void thread.terminate();
      }
      resolve(solution);
    };
    const giveUp = (status: SolutionStatus, failure: string | undefined) =>
      finish(unsolved(status, seconds(), failure), false);
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal?.addEventListener('abort', onAbort);
    ended.addEventListener('abort', onEnd);
    thread.postMessage({ program, limits, stop, ...(start && { start }) } satisfies ToSolver);
  });
}

function brokenDown(error: unknown): string {
  return `The solver broke down: ${error instanceof Error ? error.message : String(error)}`;
}

function unsolved(status: SolutionStatus, seconds: number, failure?: string): ProgramSolution {
  return {
    status,
    columnValues: new Float64Array(0),
    objective: Number.NaN,
    bestBound: Number.NEGATIVE_INFINITY,
    rowDuals: new Float64Array(0),
    columnDuals: new Float64Array(0),
    seconds,
    ...(failure !== undefined && { failure }),
  };
}
