import { openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@planwright/client';
import {
  openBrowser,
  type ServerProcess,
  sharedData,
  skipReason,
  startServerProcess,
} from '@planwright/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveCycle, type Page } from './running-page.ts';

const data =
  sharedData('adventureworks') === undefined || sharedData('adventureworks_dw') === undefined
    ? undefined
    : sharedData();
const company = 'adventureworks';
const params = { company };

describe.skipIf(data === undefined)(
  `AdventureWorks in the page${data === undefined ? ` (${skipReason('adventureworks')})` : ''}`,
  () => {
    let server: ServerProcess;
    let browser: Awaited<ReturnType<typeof openBrowser>>;
    let page: Page;

    beforeAll(async () => {
      server = await startServerProcess();
      const client = createClient({ baseUrl: server.url, token: server.token });
      await client.createCompany({
        body: {
          slug: company,
          name: 'Adventure Works Cycles',
          currency: 'USD',
          calendarKind: 'month',
          fiscalYearStartMonth: 7,
        },
      });
      const mapping = readFileSync(
        join(import.meta.dirname, '../../../examples/adventureworks/mapping.yaml'),
        'utf8',
      );
      const names = [...new Set([...mapping.matchAll(/\bfile: ([\w./-]+)/g)].map((match) => match[1]!))];
      const files = await Promise.all(
        names.map(async (name) => ({ name, content: await openAsBlob(join(data!, name)) })),
      );
      const started = await client.uploadImport({ params, mapping, files });
      for await (const state of client.importEvents({ params: { ...params, importId: started.id } }))
        void state;
      const run = await client.startRun({ params, body: { publish: true } });
      for await (const state of client.runEvents({ params: { ...params, runId: run.id } })) void state;

      browser = await openBrowser();
      page = await browser.newPage({
        baseURL: server.url.replace('127.0.0.1', 'localhost'),
        locale: 'en-US',
        reducedMotion: 'reduce',
      });
      const signIn = readFileSync(join(server.dataDir, 'first-sign-in.txt'), 'utf8');
      await page.goto('/');
      await page.getByLabel('E-mail').fill(/E-mail\s+(\S+)/.exec(signIn)![1]!);
      await page.getByLabel('Password').fill(/Password\s+(\S+)/.exec(signIn)![1]!);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Are we on track?' }).waitFor();
    }, 600_000);
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
    }, 60_000);

    test('its demand, supply and money are there to see', async () => {
      await page.goto(`/c/${company}/demand`);
      await page.getByText('3,163 demand streams', { exact: true }).waitFor();
      await page.goto(`/c/${company}/supply`);
      await page
        .getByText(/of [\d,]+ stock points/)
        .first()
        .waitFor();
      await page.goto(`/c/${company}/finance`);
      await expect
        .poll(() => page.locator('main header').innerText(), { timeout: 20_000 })
        .toMatch(/comes to USD\s[\d.]+\sm revenue/);
    });

    test('its cycle is opened, signed and approved', { timeout: 120_000 }, async () => {
      await page.goto(`/c/${company}/cycle`);
      await page.getByRole('button', { name: 'Open the next cycle' }).click();
      await page.getByRole('button', { name: 'Open cycle' }).click();
      await page.getByRole('region', { name: /^The six steps/ }).waitFor();
      await approveCycle(page);
      await expect
        .poll(() => page.locator('main header').innerText(), { timeout: 20_000 })
        .toMatch(/approved the plan/);
    });
  },
);
