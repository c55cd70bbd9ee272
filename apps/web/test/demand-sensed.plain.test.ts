import { axeViolations } from '@planwright/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Page, type RunningPage, signIn, startPage } from './running-page.ts';

const START_MS = 300_000;

let running: RunningPage;

beforeAll(async () => {
  running = await startPage();
}, START_MS);

afterAll(() => running.close(), 60_000);

/** The view with the stream that changed most open beside the list. */
async function openSensed(page: Page): Promise<void> {
  await signIn(running, page);
  await page.goto('/c/fernhollow/demand?view=sensed');
  await page.getByRole('heading', { level: 1, name: 'What changed since the plan?' }).waitFor();
  await page.getByRole('grid', { name: 'Streams by what changed' }).getByRole('gridcell').first().click();
  await page.waitForURL(/stream=\d+/);
  await page
    .getByRole('complementary', { name: 'Detail' })
    .getByRole('figure')
    .locator('svg path')
    .first()
    .waitFor();
}

describe.each(['light', 'dark'])('what changed since the plan, %s', (scheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await running.newPage({ dark: scheme === 'dark' });
    await openSensed(page);
  });
  afterAll(() => page.context().close());

  test('the answer names how many streams move, and the open one says why', async () => {
    const answer = await page.locator('main header').innerText();
    expect(answer).toMatch(/\d[\d,]* of \d[\d,]* streams (raise|lower) the near term by USD/);
    const panel = page.getByRole('complementary', { name: 'Detail' });
    expect(await panel.getByRole('row').count()).toBe(5);
    expect(await panel.innerText()).toMatch(/are ordered with \d+ day\(s\) to go|demand has just come in/);
  });

  test('axe finds nothing', async () => {
    expect(await axeViolations(page)).toEqual([]);
  });

  test('the list narrows to what changed', async () => {
    const count = () => page.locator('.pw-grid-foot [role=status]').innerText();
    await expect.poll(count).toMatch(/demand stream/);
    const all = await count();
    await page.getByRole('radio', { name: 'Changed' }).check();
    await page.waitForURL(/kind=changed/);
    await expect.poll(count).not.toBe(all);
  });
});

test('no script of the page threw in all of this', () => {
  expect(running.problems).toEqual([]);
});
