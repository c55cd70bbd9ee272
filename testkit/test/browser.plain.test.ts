import { axeViolations, openBrowser } from '@planwright/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];
const dataUrl = (html: string): string => `data:text/html,${encodeURIComponent(html)}`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

test('it shows a page and takes a picture of it', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } });
  await page.goto(dataUrl('<html lang="en"><title>Plan</title><main><h1>Plan of record</h1></main>'));
  expect(await page.getByRole('heading').textContent()).toBe('Plan of record');
  const picture = await page.screenshot();
  expect([...picture.subarray(0, 4)]).toEqual(PNG_SIGNATURE);
  await page.close();
});

test('text is drawn in a font, not in empty boxes', async () => {
  const page = await browser.newPage();
  await page.goto(
    dataUrl('<span style="font:40px sans-serif">iii</span><b style="font:40px sans-serif">WWW</b>'),
  );
  const narrow = (await page.locator('span').boundingBox())?.width ?? 0;
  const wide = (await page.locator('b').boundingBox())?.width ?? 0;
  expect(narrow).toBeGreaterThan(0);
  expect(wide).toBeGreaterThan(2 * narrow);
  await page.close();
});

test('axe finds the picture without a text, and nothing on a good page', async () => {
  const page = await browser.newPage();
  const pageOf = (body: string) =>
    dataUrl(`<html lang="en"><title>Plan</title><main><h1>Plan</h1>${body}</main>`);
  await page.goto(pageOf('<p>Nothing to see</p>'));
  expect(await axeViolations(page)).toEqual([]);

  await page.goto(pageOf('<img id="chart" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'));
  const violations = await axeViolations(page);
  expect(violations.map((violation) => violation.rule)).toEqual(['image-alt']);
  expect(violations[0]?.elements).toEqual(['#chart']);
  await page.close();
});
