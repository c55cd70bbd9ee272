/**
 * Plans a model of the format planning-bench/1 and says how long it took and how good the plan is.
 *
 *   npm run bench:supply -- MODEL.json.gz [--threads n] [--out prefix] [--build-ahead days] [--rule] [--unconstrained]
 *
 * Writes PREFIX.orders.csv and PREFIX.deliveries.csv where a prefix is given, and one JSON line: seconds of planning
 * alone, of reading and of compiling, the most memory the process ever held, and the checker's figures.
 * `--rule` plans strictly by priority and due day, one demand at a time. `--unconstrained` nets without capacity.
 */
import { parseArgs } from 'node:util';
import { compileFiniteNetwork, type FiniteOptions, planUnconstrained } from '@planwright/supply';
import { planScore } from './check-plan.ts';
import { onSharedMemory, planOnThreads, stopwatch } from './plan-on-threads.ts';
import { readBenchModel } from './planning-bench.ts';
import { writePlan } from './write-plan.ts';

/** Stock made further ahead than this serves few more customers for what it costs to keep. */
const BUILD_AHEAD_DAYS = '45';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    out: { type: 'string' },
    'build-ahead': { type: 'string', default: BUILD_AHEAD_DAYS },
    rule: { type: 'boolean', default: false },
    unconstrained: { type: 'boolean', default: false },
  },
});
const path = positionals[0];
if (path === undefined) throw new Error('Name a model: npm run bench:supply -- MODEL.json.gz');
const threads = Number(values.threads);
if (!Number.isInteger(threads) || threads < 1)
  throw new Error(`--threads is ${values.threads}, not 1 or more.`);

const secondsSince = (start: number): number => (performance.now() - start) / 1000;
const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
const peakMemoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

const readStart = performance.now();
const bench = readBenchModel(path);
const readSeconds = secondsSince(readStart);
const compileStart = performance.now();
const network = onSharedMemory(compileFiniteNetwork(bench.model));
const compileSeconds = secondsSince(compileStart);
const common = {
  model: path,
  read_seconds: rounded(readSeconds),
  convert_seconds: rounded(compileSeconds),
};

if (values.unconstrained) {
  const since = stopwatch();
  const plan = planUnconstrained(network, { needRatio: 0 });
  const { seconds, cpuSeconds } = since();
  console.log(
    JSON.stringify({
      ...common,
      mode: 'unconstrained',
      threads: 1,
      solve_seconds: rounded(seconds),
      solve_cpu_seconds: rounded(cpuSeconds),
      peak_memory_mb: peakMemoryMb(),
      orders: plan.orders.count,
    }),
  );
} else {
  const options: FiniteOptions = values.rule
    ? { sequence: 'strict' }
    : { buildAheadMaxDays: Number(values['build-ahead']) };
  const { plan, seconds, cpuSeconds } = await planOnThreads(network, options, threads);
  const peakOfPlan = peakMemoryMb();
  if (values.out !== undefined) writePlan(values.out, bench.model, plan);
  const score = planScore(bench, plan);
  console.log(
    JSON.stringify({
      ...common,
      mode: values.rule ? 'rule' : 'constrained',
      threads,
      solve_seconds: rounded(seconds),
      solve_cpu_seconds: rounded(cpuSeconds),
      peak_memory_mb: peakMemoryMb(),
      peak_memory_planning_mb: peakOfPlan,
      subnetworks: network.subnetworks.count,
      ...score,
    }),
  );
}
