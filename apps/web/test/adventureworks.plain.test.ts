import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@planwright/client';
import type { Import, Run } from '@planwright/contracts';
import {
  openBrowser,
  type ServerProcess,
  sharedData,
  skipReason,
  startServerProcess,
} from '@planwright/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approveCycle,
  buildPage,
  firstPerson,
  type Page,
  PATIENCE_MS,
  signIn,
  tellWhatWasShown,
} from './running-page.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const data =
  sharedData('adventureworks') === undefined || sharedData('adventureworks_dw') === undefined
    ? undefined
    : sharedData();
const COMPANY = 'adventureworks';
const params = { company: COMPANY };
type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** The command line as a user types it, on a data folder; must end well. Standard output as JSON. */
function planwright<T>(dataDir: string, ...words: string[]): T {
  const done = spawnSync(process.execPath, [join(root, 'apps/cli/src/main.ts'), ...words, '--json'], {
    env: { ...process.env, PLANWRIGHT_DATA_DIR: dataDir },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`planwright ${words[0]} ended with ${done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout.trim().split('\n').at(-1)!) as T;
}

/** A page of the server's, signed in as its first user. */
async function signedIn(browser: Browser, server: ServerProcess): Promise<Page> {
  const page = await browser.newPage({
    baseURL: server.url.replace('127.0.0.1', 'localhost'),
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(PATIENCE_MS);
  await signIn(await firstPerson(server.dataDir), page);
  return page;
}

const importWords = [
  'import',
  data ?? '',
  '--mapping',
  join(root, 'examples/adventureworks/mapping.yaml'),
  '--company',
  COMPANY,
];

describe.skipIf(data === undefined)(
  `AdventureWorks, from its files to an approved plan${data === undefined ? ` (${skipReason('adventureworks')})` : ''}`,
  () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'planwright-aw-'));
    let server: ServerProcess;
    let client: Client;
    let first: Import;
    let run: Run;
    let browser: Browser;
    let page: Page;
    tellWhatWasShown(() => page);

    beforeAll(async () => {
      await buildPage();
      // No server runs yet: the commands open the data folder themselves.
      first = planwright<Import>(dataDir, ...importWords);
      server = await startServerProcess({ dataDir });
      client = createClient({ baseUrl: server.url, token: server.token });
      run = planwright<Run>(dataDir, 'run', '--company', COMPANY, '--publish');
      browser = await openBrowser();
      page = await signedIn(browser, server);
    }, 600_000);
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    test('every order and line is there, and the totals of the years are those that are known', async () => {
      const inserted = Object.fromEntries(first.targets.map((target) => [target.target, target.inserted]));
      expect(inserted).toMatchObject({ sales_order: 31_465, sales_order_line: 121_268 });
      const text = await (await client.exportRows({ params: { ...params, target: 'sales_order' } })).text();
      const [header, ...rows] = text
        .trim()
        .split('\r\n')
        .map((line) => line.split(','));
      const at = (name: string) => header!.indexOf(name);
      const totals: Record<string, number> = {};
      for (const row of rows) {
        const year = row[at('orderedOn')]!.slice(0, 4);
        totals[year] = (totals[year] ?? 0) + Number(row[at('totalAmount')]);
      }
      const known = { 2011: 14_155_699.53, 2012: 37_675_700.31, 2013: 48_965_887.96, 2014: 22_419_498.32 };
      for (const [year, total] of Object.entries(known))
        expect(Math.abs(totals[year]! - total)).toBeLessThan(0.01);
    });

    test('the same files again change nothing, through the server that runs now', () => {
      const again = planwright<Import>(dataDir, ...importWords);
      expect(again.status).toBe('done');
      for (const { inserted, updated, removed } of again.targets)
        expect([inserted, updated, removed]).toEqual([0, 0, 0]);
    });

    test('the plan covers 3,163 keys, goes through the bill of material, and says what it is worth', async () => {
      expect(run).toMatchObject({ status: 'succeeded', keyCount: 3_163, published: true });
      const made = await client.listPlannedOrders({ params, query: { kind: 'make', limit: 1 } });
      const bought = await client.listPlannedOrders({ params, query: { kind: 'buy', limit: 1 } });
      expect(made.total).toBeGreaterThan(100);
      expect(bought.total).toBeGreaterThan(100);
      const deepest = await client.listStockPoints({ params, query: { q: 'HN-1024', limit: 5 } });
      expect(deepest.total).toBeGreaterThan(0);
      const finance = await client.getFinance({ params, query: {} });
      const year = finance.fiscalYears.find((row) => row.measure === 'revenue' && row.fiscalYear === 2014)!;
      expect(year.outlook).toBeGreaterThan(40_000_000);
      expect(finance.fiscalYears.some((row) => row.budget !== null)).toBe(true);
      const { kpis } = await client.listKpis({ params, query: {} });
      expect(kpis.filter((kpi) => kpi.value !== null).map((kpi) => kpi.code)).toHaveLength(5);
    });

    test('the key figures come to the terminal too', () => {
      const kpis = planwright<{ code: string }[]>(dataDir, 'kpi', '--company', COMPANY);
      expect(kpis.map((kpi) => kpi.code)).toContain('otif');
    });

    test('demand, supply and money are there to see in the page', async () => {
      await page.goto(`/c/${COMPANY}/demand`);
      await page.getByText('3,163 demand streams', { exact: true }).waitFor();
      await page.goto(`/c/${COMPANY}/supply`);
      await page
        .getByText(/of [\d,]+ stock points/)
        .first()
        .waitFor();
      await page.goto(`/c/${COMPANY}/finance`);
      await expect
        .poll(() => page.locator('main header').innerText(), { timeout: PATIENCE_MS })
        .toMatch(/comes to USD\s[\d.]+\sm revenue/);
    });

    test('a cycle is opened, signed and approved in the page', { timeout: 300_000 }, async () => {
      await page.goto(`/c/${COMPANY}/cycle`);
      await page.getByRole('button', { name: 'Open the next cycle' }).click();
      await page.getByRole('button', { name: 'Open cycle' }).click();
      await page.getByRole('region', { name: /^The six steps/ }).waitFor();
      await approveCycle(page);
      await expect
        .poll(() => page.locator('main header').innerText(), { timeout: PATIENCE_MS })
        .toMatch(/approved the plan/);
    });

    test('kill -9 loses nothing that was acknowledged', async () => {
      const before = await client.getRun({ params: { ...params, runId: run.id } });
      await server.kill();
      server = await startServerProcess({ dataDir });
      client = createClient({ baseUrl: server.url, token: server.token });
      expect(await client.getRun({ params: { ...params, runId: run.id } })).toEqual(before);
      const { targets } = await client.getFreshness({ params });
      expect(targets.find((target) => target.target === 'sales_order_line')!.rowCount).toBe(121_268);
    });
  },
);
