import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { axeViolations, openBrowser } from '@planwright/testkit';
import { afterEach, expect } from 'vitest';
import { copyDemo } from './demo-folder.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const READY = /runs at (http:\S+)/;

type Browser = Awaited<ReturnType<typeof openBrowser>>;
export type Page = Awaited<ReturnType<Browser['newPage']>>;

/** What a step of a page may take on a slow machine: the limit is there for what hangs. */
export const PATIENCE_MS = 90_000;

/** The whole product as a new user has it: built page, server with the small demo company, and a browser. */
export type RunningPage = {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /**
   * A page of a visitor who never was here, or of one who is signed in as another page is (`as`). What the page's own
   * script throws fails `problems`.
   */
  readonly newPage: (look?: {
    readonly as?: Page;
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
export async function buildPage(): Promise<void> {
  const child = run(['tools/setup.mjs', '--build']);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  child.stdout?.resume();
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`The page did not build:\n${said}`);
}

/** Starts the server in a data folder; a new one gets the demo company with its plan first. */
async function startDemo(folder: string): Promise<{ server: ChildProcess; url: string }> {
  const server = run(['apps/cli/src/main.ts', 'start'], {
    PORT: String(await freePort()),
    PLANWRIGHT_DATA_DIR: folder,
    PLANWRIGHT_DEMO: 'S',
    DATABASE_URL: undefined,
  });
  const [, url = ''] = await untilSaid(server, READY);
  return { server, url };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await ended;
}

/** Builds the page, starts the server in a folder of its own, and opens the browser. */
export async function startPage(): Promise<RunningPage> {
  await buildPage();
  const folder = await mkdtemp(join(tmpdir(), 'planwright-page-'));
  await copyDemo(folder, async (making) => {
    const { server: maker } = await startDemo(making);
    await stop(maker);
  });
  const { server, url } = await startDemo(folder);
  const person = await firstPerson(folder);
  const browser = await openBrowser();
  const problems: string[] = [];
  server.once('exit', (code) => problems.push(`The server ended with ${code}.`));
  return {
    url,
    ...person,
    problems,
    async newPage({ as, width = 1280, height = 720 } = {}) {
      const context = await browser.newContext({
        baseURL: url,
        colorScheme: 'light',
        locale: 'en-US',
        reducedMotion: 'reduce',
        viewport: { width, height },
        ...(as === undefined ? {} : { storageState: await as.context().storageState() }),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => problems.push(error.message));
      return page;
    },
    async close() {
      await browser.close();
      await stop(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Person = Pick<RunningPage, 'email' | 'password'>;

/** The first user of the server on a data folder, as the server wrote it down. */
export async function firstPerson(folder: string): Promise<Person> {
  const written = await readFile(join(folder, 'first-sign-in.txt'), 'utf8');
  const found = (pattern: RegExp): string => pattern.exec(written)?.[1] ?? '';
  return { email: found(/E-mail\s+(\S+)/), password: found(/Password\s+(\S+)/) };
}

/** Signs in through the page, and is then on Home. */
export async function signIn({ email, password }: Person, page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Are we on track?' }).waitFor();
  await settled(page);
}

/** Signs steps 1 to 5 of the open cycle and approves its plan, as a person does; failing checks get a reason. */
export async function approveCycle(page: Page): Promise<void> {
  const steps = page.getByRole('region', { name: /^The six steps/ }).getByRole('button');
  for (let step = 1; step <= 5; step++) {
    await steps.nth(step - 1).click();
    const panel = page.getByRole('complementary', { name: 'Detail' });
    await panel.getByText(`Step ${step} of 6`).waitFor();
    await settled(page);
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

const TOLD_CHARACTERS = 12_000;

/** Where a test fails, prints what the page showed then: an error of a browser names what did not come, never what did. */
export function tellWhatWasShown(visitor: () => Page): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const shown = await visitor().locator('body').ariaSnapshot();
    process.stderr.write(`${task.name}: at ${visitor().url()}\n${shown.slice(0, TOLD_CHARACTERS)}\n`);
  });
}

const ON_ITS_WAY = 'main[aria-busy=true], [class*=skeleton], revo-grid:not(:has([role=grid]))';

/**
 * Waits until nothing on the page is on its way any more, and grids have drawn what came: what is clicked or read after it
 * is what the address asks for. A stream of events stays open, so the network never rests.
 */
export async function settled(visitor: Page): Promise<void> {
  const isAtRest = () =>
    visitor.evaluate(async (onItsWay) => {
      const isThere = () =>
        document.querySelector('h1') !== null && document.querySelector(onItsWay) === null;
      for (let frame = 0; frame < 5; frame++) {
        if (!isThere()) return false;
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
      return isThere();
    }, ON_ITS_WAY);
  for (const deadline = Date.now() + PATIENCE_MS; !(await isAtRest()); ) {
    if (Date.now() > deadline) throw new Error(`The page at ${visitor.url()} does not come to rest.`);
  }
}

/** Waits until the page is at such an address and shows what it asks for. */
export async function arrived(visitor: Page, address: Parameters<Page['waitForURL']>[0]): Promise<void> {
  await visitor.waitForURL(address);
  await settled(visitor);
}

/** Fails where axe finds a breach on the page as it stands, in light or in dark, and leaves it light. */
export async function accessible(visitor: Page): Promise<void> {
  await settled(visitor);
  expect(await axeViolations(visitor)).toEqual([]);
  await visitor.emulateMedia({ colorScheme: 'dark' });
  await visitor.locator('html[data-mantine-color-scheme=dark]').waitFor();
  // The colours of an open page change one after the other: what counts is where they come to rest.
  await expect.poll(() => axeViolations(visitor), { timeout: PATIENCE_MS }).toEqual([]);
  await visitor.emulateMedia({ colorScheme: 'light' });
}
