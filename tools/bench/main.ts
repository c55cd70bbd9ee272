/**
 * Measures what matters and rewrites docs/benchmarks.md.
 *
 *   npm run bench                     everything
 *   npm run bench -- forecast         only names that contain a word
 *   npm run bench -- --no-write       leave the page as it is
 */
import { globSync, writeFileSync } from 'node:fs';
import { arch, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { type Benchmark, measure, type Result } from './benchmark.ts';
import { stopDemoServer, systemBenchmarks } from './system.ts';

const root = dirname(dirname(import.meta.dirname));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const REPETITIONS = 3;

type Area = {
  readonly name: string;
  readonly repetitions: number;
  readonly benchmarks: readonly Benchmark[];
};

async function areas(): Promise<Area[]> {
  const files = globSync('{engines,adapters,apps}/*/bench/*.bench.ts', { cwd: root }).sort();
  const kernels: Area[] = [];
  for (const file of files) {
    const { benchmarks } = (await import(join(root, file))) as { benchmarks: readonly Benchmark[] };
    kernels.push({ name: file.split('/').slice(0, 2).join('/'), repetitions: REPETITIONS, benchmarks });
  }
  return [...kernels, { name: 'the whole product', repetitions: 1, benchmarks: systemBenchmarks }];
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

function page(results: readonly (Result & { area: string })[]): string {
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

const results: (Result & { area: string })[] = [];
try {
  for (const { name, repetitions, benchmarks } of await areas()) {
    for (const benchmark of benchmarks) {
      if (words.length > 0 && !words.some((word) => `${name} ${benchmark.name}`.includes(word))) continue;
      const result = await measure(benchmark, repetitions);
      results.push({ ...result, area: name });
      console.log(
        `${result.kept ? 'kept  ' : 'MISSED'} ${name}: ${benchmark.name}: ${shown(result.figure)} ${result.unit} (budget ${budgetText(benchmark.budget, result.unit)})`,
      );
    }
  }
} finally {
  await stopDemoServer();
}
if (words.length === 0 && !process.argv.includes('--no-write')) {
  writeFileSync(join(root, 'docs', 'benchmarks.md'), page(results));
}
process.exit(results.every((result) => result.kept) ? 0 : 1);
