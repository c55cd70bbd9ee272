import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openBrowser } from '@planwright/testkit';
import { expect } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const READY = /runs at (http:\S+)/;

type Browser = Awaited<ReturnType<typeof openBrowser>>;
export type Page = Awaited<ReturnType<Browser['newPage']>>;

/** The whole product as a new user has it: built page, server with the small demo company, and a browser. */
export type RunningPage = {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** A page of a visitor who never was here. What the page's own script throws fails `problems`. */
  readonly newPage: (look?: {
    readonly dark?: boolean;
    readonly width?: number;
    readonly height?: number;
  }) => Promise<Page>;
  /** Errors that the page's scripts threw so far, in any page, and an end of the server before its time. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
};

function run(command: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [...command], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** What a process says until it says `wanted`; fails with all of it where the process ends before. */
function untilSaid(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += text.toString();
      const match = wanted.exec(said);
      if (match !== null) done(match);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => fail(new Error(`The process ended with ${code} and said:\n${said}`)));
  });
}

/** Builds the page unless the built one is that of the present sources. */
async function buildPage(): Promise<void> {
  const child = run(['tools/setup.mjs', '--build'], {
    NODE_ENV: 'production', // The test runner sets its own, which would build React for development.
  });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  child.stdout?.resume();
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`The page did not build:\n${said}`);
}

/** Builds the page, starts the server in a folder of its own, and opens the browser. */
export async function startPage(): Promise<RunningPage> {
  await buildPage();
  const folder = await mkdtemp(join(tmpdir(), 'planwright-page-'));
  const port = await freePort();
  const server = run(['apps/cli/src/main.ts', 'start'], {
    PORT: String(port),
    PLANWRIGHT_DATA_DIR: folder,
    PLANWRIGHT_DEMO: 'S',
    DATABASE_URL: undefined,
  });
  const [, url = ''] = await untilSaid(server, READY);
  const signIn = await readFile(join(folder, 'first-sign-in.txt'), 'utf8');
  const browser = await openBrowser();
  const problems: string[] = [];
  server.once('exit', (code) => problems.push(`The server ended with ${code}.`));
  return {
    url,
    email: /E-mail\s+(\S+)/.exec(signIn)?.[1] ?? '',
    password: /Password\s+(\S+)/.exec(signIn)?.[1] ?? '',
    problems,
    async newPage({ dark = false, width = 1280, height = 720 } = {}) {
      const context = await browser.newContext({
        baseURL: url,
        colorScheme: dark ? 'dark' : 'light',
        locale: 'en-US',
        reducedMotion: 'reduce',
        viewport: { width, height },
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      return page;
    },
    async close() {
      await browser.close();
      if (server.exitCode === null && server.signalCode === null) {
        const ended = new Promise((done) => server.once('exit', done));
        server.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs in through the page, and is then on Home. */
export async function signIn(running: RunningPage, page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(running.email);
  await page.getByLabel('Password').fill(running.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Are we on track?' }).waitFor();
}

/** Signs steps 1 to 5 of the open cycle and approves its plan, as a person does; failing checks get a reason. */
export async function approveCycle(page: Page): Promise<void> {
  const steps = page.getByRole('region', { name: /^The six steps/ }).getByRole('button');
  for (let step = 1; step <= 5; step++) {
    await steps.nth(step - 1).click();
    const panel = page.getByRole('complementary', { name: 'Detail' });
    await panel.getByText(`Step ${step} of 6`).waitFor();
    const reason = panel.getByLabel(/^Why sign although/);
    if (await reason.isVisible()) await reason.fill('Known, and accepted for this month.');
    await panel.getByRole('button', { name: /^Sign / }).click();
    await panel.getByText(/^by /).waitFor();
  }
  await steps.nth(5).click();
  await page.getByRole('button', { name: 'Approve plan …' }).click();
  const dialog = page.getByRole('dialog', { name: /^Approve the plan/ });
  await dialog.getByRole('row', { name: /^Revenue of the plan\sUSD/ }).waitFor();
  const approve = dialog.getByRole('button', { name: 'Approve plan' });
  if (!(await approve.isDisabled())) throw new Error('Approval is one click away by accident.');
  await dialog.getByLabel(/^Type/).fill('approve');
  await approve.click();
  await page.getByRole('region', { name: 'Plan of record' }).getByText('Approved and frozen').waitFor();
}

/** Waits until nothing on the page is on its way any more. A stream of events stays open, so the network never rests. */
export async function settled(visitor: Page): Promise<void> {
  const waiting = visitor.locator('[class*=skeleton], revo-grid:not(:has([role=grid]))');
  await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0);
}
