// Prepares a checkout for `npm start` and `npm test`: installs what the lockfile names and, with --build, builds the page.
// Plain JavaScript for any Node from 20, since nothing is installed when it first runs. Does nothing when all is fresh.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = 20;
const PAGE_SOURCES = ['apps/web', 'client/src', 'contracts/src', 'engines/time/src', 'engines/units/src'];

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'test') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Runs a step unless its stamp says that the same inputs were done before. */
function once(stampPath, inputs, what, work) {
  const wanted = hashOf(inputs);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted) return;
  const startedAt = Date.now();
  say(`${what} …`);
  work();
  writeFileSync(stampPath, wanted);
  say(`${what}: done in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
}

function install() {
  // With those for development whatever NODE_ENV says: the page is built with them.
  const done = spawnSync('npm', ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    fail('npm ci failed. Maybe check the network and the free disk space, then run the same command again.');
  }
}

function build() {
  const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps', 'web'),
    // Where tests start this, NODE_ENV is theirs, and React would be built for development.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
}

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  fail(`Planwright needs Node ${OLDEST_NODE} or newer to install itself; this is ${process.versions.node}.`);
}
once(
  join(root, 'node_modules', '.installed'),
  [join(root, 'package-lock.json')],
  'Installing packages (the first time takes about a minute)',
  install,
);
if (process.argv.includes('--build')) {
  const sources = PAGE_SOURCES.flatMap((folder) => filesUnder(join(root, folder)));
  const stamp = join(root, 'apps', 'web', 'dist', '.built');
  once(stamp, [...sources, join(root, 'package-lock.json')], 'Building the page', build);
}
