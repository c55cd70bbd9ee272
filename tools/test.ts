/**
 * The whole test command: every check, cheapest first, each with its time. All run even when one fails,
 * so that one look shows everything; the exit code tells whether any did.
 *
 *   npm test                 everything
 *   npm test -- types tidy   only these
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readTestReport } from './test-report.ts';

const root = dirname(import.meta.dirname);
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const reports = mkdtempSync(join(tmpdir(), 'planwright-tests-'));
const testReport = join(reports, 'tests.json');
/** The tests start hundreds of processes and threads of the same code: it is compiled once for all of them. */
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env };

type Step = { readonly name: string; readonly about: string; readonly command: readonly string[] };

const STEPS: readonly Step[] = [
  { name: 'format', about: 'formatting', command: [bin('biome'), 'format', '.'] },
  { name: 'types', about: 'types of everything but the page', command: [bin('tsc'), '--noEmit'] },
  {
    name: 'types:engines',
    about: 'engines use nothing of Node or the browser',
    command: [bin('tsc'), '--noEmit', '-p', 'engines'],
  },
  { name: 'types:web', about: 'types of the page', command: [bin('tsc'), '--noEmit', '-p', 'apps/web'] },
  { name: 'lint', about: 'lint, with types', command: [bin('oxlint'), '--deny-warnings'] },
  { name: 'tidy', about: 'layers, imports, sizes, words', command: [process.execPath, 'tools/tidy/main.ts'] },
  { name: 'dead', about: 'dead code and unused dependencies', command: [bin('knip')] },
  { name: 'build', about: 'the page builds', command: [process.execPath, 'tools/setup.mjs', '--build'] },
  {
    name: 'tests',
    about: 'unit, property, golden, database, API, browser',
    command: [
      bin('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${testReport}`,
    ],
  },
];

function run(step: Step): { step: Step; seconds: number; passed: boolean } {
  process.stdout.write(`\n── ${step.name}: ${step.about}\n`);
  const startedAt = performance.now();
  const done = spawnSync(step.command[0]!, step.command.slice(1), { cwd: root, stdio: 'inherit', env });
  const seconds = (performance.now() - startedAt) / 1000;
  const passed = done.status === 0;
  process.stdout.write(`── ${step.name}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s\n`);
  return { step, seconds, passed };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No check is called ${unknown.join(', ')}. There are: ${STEPS.map((step) => step.name).join(', ')}.\n`,
  );
  process.exit(2);
}
const results = STEPS.filter((step) => wanted.length === 0 || wanted.includes(step.name)).map(run);
const failed = results.filter((result) => !result.passed);
process.stdout.write('\n');
// What failed stands at the end, where it is looked for first, however long the output above became.
if (existsSync(testReport)) {
  const { slowest, failures } = readTestReport(testReport);
  for (const line of slowest) process.stdout.write(`slow    ${line}\n`);
  for (const line of failures) process.stdout.write(`FAILED  ${line}\n`);
}
rmSync(reports, { recursive: true, force: true });
for (const { step, seconds, passed } of results) {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${step.name.padEnd(14)} ${seconds.toFixed(1)} s\n`);
}
process.stdout.write(`checks: ${results.length - failed.length} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);
