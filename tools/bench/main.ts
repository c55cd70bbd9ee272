/**
 * Measures what matters and rewrites docs/benchmarks.md.
 *
 *   npm run bench                     everything
 *   npm run bench -- forecast         only names that contain a word
 *   npm run bench -- --no-write       leave the page as it is
 */
import { fork } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { type Benchmark, measure, type Result } from './benchmark.ts';
import { stopDemoServer, systemBenchmarks } from './system.ts';

const root = dirname(dirname(import.meta.dirname));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const REPETITIONS = 3;
const ONE_FILE = '--file=';

type Area = {
  readonly name: string;
  readonly repetitions: number;
  readonly benchmarks: readonly Benchmark[];
};
type Row = Result & { readonly area: string };

const SYSTEM: Area = { name: 'the whole product', repetitions: 1, benchmarks: systemBenchmarks };

async function areaOf(file: string): Promise<Area> {
  const { benchmarks } = (await import(join(root, file))) as { benchmarks: readonly Benchmark[] };
  return { name: file.split('/').slice(0, 2).join('/'), repetitions: REPETITIONS, benchmarks };
}

async function measureArea({ name, repetitions, benchmarks }: Area): Promise<Row[]> {
  const rows: Row[] = [];
  for (const benchmark of benchmarks) {
    if (words.length > 0 && !words.some((word) => `${name} ${benchmark.name}`.includes(word))) continue;
    const result = await measure(benchmark, repetitions);
    rows.push({ ...result, area: name });
    console.log(
      `${result.kept ? 'kept  ' : 'MISSED'} ${name}: ${benchmark.name}: ${shown(result.figure)} ${result.unit} (budget ${budgetText(benchmark.budget, result.unit)})`,
    );
  }
  return rows;
}

/**
 * Every file in a process of its own, as its code runs in a thread of its own in the product: behind all the others in one
 * process, automatic ETS was seen to lose a quarter to a half of its speed.
 */
function measureApart(file: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [...words, `${ONE_FILE}${file}`]);
    let rows: Row[] | undefined;
    child.on('message', (message) => (rows = message as Row[]));
    child.on('exit', () => (rows === undefined ? reject(new Error(`${file} broke down.`)) : resolve(rows)));
  });
}

const shown = (figure: number) =>
  figure >= 1000
    ? Math.round(figure).toLocaleString('en-US')
    : figure >= 10
      ? figure.toFixed(1)
      : figure.toPrecision(3);

function budgetText({ least, most }: Benchmark['budget'], unit: string): string {
  if (least !== undefined) return `≥ ${shown(least)} ${unit}`;
  return most === undefined ? '–' : `≤ ${shown(most)} ${unit}`;
}

function page(results: readonly Row[]): string {
  const rows = results.map(
    ({ area, benchmark, figure, unit, kept }) =>
      `| ${area} | ${benchmark.name} | ${benchmark.sketch} | **${shown(figure)} ${unit}** | ${budgetText(benchmark.budget, unit)} | ${kept ? 'kept' : '**missed**'} |`,
  );
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${arch()}, Node ${process.versions.node}`;
  return `# Benchmarks

Written by \`npm run bench\` on ${machine}. Engine figures are the median of ${REPETITIONS} runs after a warm-up, on one core unless said; figures of the
whole product are one run. *Sketch* is what the hardware allows, *budget* what we hold ourselves to.

| area | what | sketch | measured | budget | |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const one = process.argv.find((word) => word.startsWith(ONE_FILE))?.slice(ONE_FILE.length);
if (one !== undefined) {
  process.send?.(await measureArea(await areaOf(one)), () => process.exit(0));
} else {
  const results: Row[] = [];
  for (const file of globSync('{engines,adapters,apps}/*/bench/*.bench.ts', { cwd: root }).sort())
    results.push(...(await measureApart(file)));
  try {
    results.push(...(await measureArea(SYSTEM)));
  } finally {
    await stopDemoServer();
  }
  if (words.length === 0 && !process.argv.includes('--no-write')) {
    writeFileSync(join(root, 'docs', 'benchmarks.md'), page(results));
  }
  process.exit(results.every((result) => result.kept) ? 0 : 1);
}
