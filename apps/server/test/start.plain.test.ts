import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@planwright/client';
import { type ServerProcess, startServerProcess } from '@planwright/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROGRAM_FOLDER } from '../src/config.ts';

const PROGRAM = join(PROGRAM_FOLDER, 'apps/cli/src/main.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'planwright-start-'));
let server: ServerProcess;

const environment = (settings: Record<string, string>) => ({
  ...process.env,
  PORT: '0',
  PLANWRIGHT_DATA_DIR: dataDir,
  PLANWRIGHT_DEMO: 'off',
  ...settings,
});
const planwright = (words: string[], settings: Record<string, string> = {}) =>
  spawnSync(process.execPath, [PROGRAM, ...words], { env: environment(settings), encoding: 'utf8' });
const clientOf = (of: ServerProcess) => createClient({ baseUrl: of.url, token: of.token });

beforeAll(async () => {
  server = await startServerProcess({ dataDir });
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('it says where it runs and how to sign in, and keeps secrets to their owner', async () => {
  expect(server.output()).toMatch(/Planwright runs at http:\/\/localhost:\d+/);
  expect(server.output()).toMatch(/Password {2}\S{20,}/);
  for (const name of ['server.json', 'session.secret', 'first-sign-in.txt']) {
    expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
  }
  const [, email, password] = /E-mail\s+(\S+)\n\s*Password\s+(\S+)/.exec(
    readFileSync(join(dataDir, 'first-sign-in.txt'), 'utf8'),
  )!;
  const signedIn = await createClient({ baseUrl: server.url }).signIn({ email: email!, password: password! });
  expect(signedIn.user.email).toBe('admin@planwright.local');
});

test('a second start on the folder points to the first and ends well', () => {
  const second = planwright(['start']);
  expect(second.status).toBe(0);
  expect(second.stdout).toContain(`Planwright runs on this data folder already: ${server.url}`);
});

test('where the server does not answer, a second one says which process holds the folder', () => {
  process.kill(server.pid, 'SIGSTOP');
  try {
    const second = planwright(['kpi']);
    expect(second.status).toBe(3);
    expect(second.stderr).toContain(`process ${server.pid}`);
    expect(second.stderr).toContain('planwright start');
  } finally {
    process.kill(server.pid, 'SIGCONT');
  }
});

test('wrong settings and a taken port are refused in words', () => {
  const wrong = planwright(['start'], { PORT: 'http', PLANWRIGHT_DEMO: 'huge' });
  expect(wrong.status).toBe(3);
  expect(wrong.stderr).toContain('PORT must be a whole number');
  expect(wrong.stderr).toContain('PLANWRIGHT_DEMO must be S, M, L or off');

  const other = mkdtempSync(join(tmpdir(), 'planwright-port-'));
  const taken = planwright(['start'], { PORT: new URL(server.url).port, PLANWRIGHT_DATA_DIR: other });
  rmSync(other, { recursive: true, force: true });
  expect(taken.status).toBe(3);
  expect(taken.stderr).toMatch(
    /Port \d+ is taken by another program\. End that, or choose another: PORT=\d+ npm start/,
  );
});

test('an empty installation explains itself on the command line', () => {
  const kpi = planwright(['kpi']);
  expect(kpi.status).not.toBe(0);
  expect(kpi.stderr).toContain('There is no company yet.');
  expect(planwright(['run', '--company', 'nowhere']).stderr).toContain('There is no company nowhere');
});

test('after kill -9 it starts again, and the token of the dead server opens nothing', async () => {
  const old = server;
  await old.kill();
  expect(existsSync(join(dataDir, 'server.json'))).toBe(true); // It had no time to clean up.
  server = await startServerProcess({ dataDir });
  await expect(createClient({ baseUrl: server.url, token: old.token }).getMe()).rejects.toMatchObject({
    status: 401,
  });
  expect((await clientOf(server).getMe()).memberships).toEqual([]);
});

test('a first start that is killed is finished by the next', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'planwright-first-'));
  const settings = environment({ PLANWRIGHT_DATA_DIR: folder, PLANWRIGHT_DEMO: 'S' });
  const cutOff = spawn(process.execPath, [PROGRAM, 'start'], {
    env: settings,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  cutOff.stderr.on('data', (bytes: Buffer) => (text += bytes.toString()));
  while (!/Storing|Running its plan|Making the demo company/.test(text)) await once(cutOff.stderr, 'data');
  cutOff.kill('SIGKILL');
  await once(cutOff, 'exit');

  const next = await startServerProcess({ dataDir: folder, environment: { PLANWRIGHT_DEMO: 'S' } });
  try {
    const overview = await clientOf(next).getCompany({ params: { company: 'fernhollow' } });
    expect(overview.publishedRunId).not.toBeNull();
    expect(overview.currentCycleName).not.toBeNull();
  } finally {
    await next.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
