/** Plans a network on several threads: runs of sub-networks go to whichever thread is free. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type FiniteNetwork,
  type FiniteOptions,
  type FinitePlan,
  mergedFinitePlans,
  planFinite,
} from '@planwright/supply';

const RUNS_PER_THREAD = 4;
const WORKER_OLD_SPACE_MB = 128;
const WORKER_YOUNG_SPACE_MB = 4;

export type TimedPlan = {
  readonly plan: FinitePlan;
  readonly seconds: number;
  /** Seconds of all threads together: what a busy machine does not stretch. */
  readonly cpuSeconds: number;
};

/**
 * The plan and the seconds from handing out the first run to the merged plan; threads are up by then.
 * @param network on shared memory (`onSharedMemory`), else each thread gets a copy
 */
export async function planOnThreads(
  network: FiniteNetwork,
  options: FiniteOptions,
  threads: number,
): Promise<TimedPlan> {
  const runs = runsOf(network, threads * RUNS_PER_THREAD);
  if (threads === 1 || runs.length === 1) {
    const since = stopwatch();
    const plan = planFinite(network, options);
    return { plan, ...since() };
  }
  const workers = await Promise.all(Array.from({ length: threads }, () => startedWorker(network, options)));
  const since = stopwatch();
  const pieces = await Promise.all(workers.map((worker) => workOff(worker, runs, network)));
  const inOrder = pieces.flat().sort((a, b) => a.from - b.from);
  const plan = mergedFinitePlans(
    network,
    inOrder.map((piece) => piece.plan),
  );
  const timed = { plan, ...since() };
  await Promise.all(workers.map((worker) => worker.terminate()));
  return timed;
}

/** Started now: seconds passed, and processor seconds of all threads, whenever asked. */
export function stopwatch(): () => { seconds: number; cpuSeconds: number } {
  const start = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

type Run = { readonly from: number; readonly to: number };

/** At most `count` runs of sub-networks with about as many demands each. */
function runsOf({ subnetworks }: FiniteNetwork, count: number): Run[] {
  const runs: Run[] = [];
  const perRun = subnetworks.demandStart[subnetworks.count] / count;
  let from = 0;
  for (let to = 1; to <= subnetworks.count; to++) {
    const demands = subnetworks.demandStart[to] - subnetworks.demandStart[from];
    if (demands < perRun && to < subnetworks.count) continue;
    runs.push({ from, to });
    from = to;
  }
  return runs.reverse();
}

function startedWorker(network: FiniteNetwork, options: FiniteOptions): Promise<Worker> {
  const worker = new Worker(join(import.meta.dirname, 'plan-worker.ts'), {
    workerData: { network, options },
    resourceLimits: {
      maxOldGenerationSizeMb: WORKER_OLD_SPACE_MB,
      maxYoungGenerationSizeMb: WORKER_YOUNG_SPACE_MB,
    },
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => resolve(worker));
  });
}

/** Takes runs off the list until none is left. */
async function workOff(worker: Worker, runs: Run[], network: FiniteNetwork) {
  const done: { from: number; plan: FinitePlan }[] = [];
  for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
    const next = run;
    const { from, plan } = await new Promise<{ from: number; plan: Omit<FinitePlan, 'demands'> }>(
      (resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', resolve);
        worker.postMessage(next);
      },
    );
    done.push({ from, plan: { ...plan, demands: network.demands } });
  }
  return done;
}

/** The same columns in memory that threads share, so that starting one copies nothing. */
export function onSharedMemory<Value>(value: Value): Value {
  return sharedPart(value) as Value;
}

function sharedPart(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
    const memory = new SharedArrayBuffer(value.byteLength);
    const column =
      value instanceof Float64Array
        ? new Float64Array(memory)
        : value instanceof Int32Array
          ? new Int32Array(memory)
          : new Uint8Array(memory);
    column.set(value);
    return column;
  }
  if (!(value instanceof Object)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [name, sharedPart(part)]),
  );
}
