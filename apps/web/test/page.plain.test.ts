import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessible,
  approveCycle,
  arrived,
  type Page,
  type RunningPage,
  settled,
  signIn,
  startPage,
  tellWhatWasShown,
} from './running-page.ts';
import { supplyTests } from './supply-views.ts';

const START_MS = 600_000;

let running: RunningPage;
/** The page of a person who is signed in, as most tests need it. */
let page: Page;

beforeAll(async () => {
  running = await startPage();
  page = await running.newPage();
  await signIn(running, page);
}, START_MS);

afterAll(() => running.close(), 60_000);
tellWhatWasShown(() => page);

const question = (text: string) => page.getByRole('heading', { level: 1, name: text });
const open = async (path: string): Promise<void> => {
  await page.goto(`/c/fernhollow/${path}`);
  await settled(page);
};

/** The number that stands first in a text: "173 demand streams" is 173. */
const numberIn = (text: string): number => Number(/[\d,.]+/.exec(text)?.[0].replaceAll(',', ''));

describe('the door', () => {
  test('a wrong password is refused in words, and a deep link leads back after the right one', async () => {
    const visitor = await running.newPage();
    await visitor.goto('/c/fernhollow/supply?view=load');
    await visitor.getByLabel('E-mail').fill(running.email);
    await visitor.getByLabel('Password').fill('not the password');
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    await visitor.getByRole('alert').waitFor();
    expect(visitor.url()).toContain('/sign-in');

    await visitor.getByLabel('Password').fill(running.password);
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    await visitor.getByRole('heading', { name: 'Do we have the hours?' }).waitFor();
    expect(new URL(visitor.url()).search).toBe('?view=load');
    await visitor.context().close();
  });

  test('signing out closes the door', async () => {
    const visitor = await running.newPage();
    await signIn(running, visitor);
    await visitor.getByRole('button', { name: /account of/ }).click();
    await visitor.getByRole('menuitem', { name: 'Sign out' }).click();
    await visitor.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.goto('/c/fernhollow/home');
    await visitor.getByRole('heading', { name: 'Sign in' }).waitFor();
    await visitor.context().close();
  });
});

describe('the screens', () => {
  test('Home answers with the goal, the odds, the cycle and the key figures', async () => {
    await open('home');
    await question('Are we on track?').waitFor();
    const answer = () => page.locator('main header').innerText();
    await expect.poll(answer).toMatch(/is heading for USD\s[\d.,]+/);
    expect(await answer()).toMatch(/odds of reaching it are \d+%/);
    const itemsIn = (name: string | RegExp) =>
      page.getByRole('region', { name }).getByRole('listitem').count();
    await expect.poll(() => itemsIn(/^Cycle/)).toBe(6);
    await expect.poll(() => itemsIn('Key figures')).toBe(5);
  });

  test('an alert on Home leads to the thing it speaks of', async () => {
    await open('home');
    await page.getByRole('region', { name: 'What needs attention' }).getByRole('link').first().click();
    await arrived(page, /\/(supply|finance|demand)/);
  });

  test('Demand narrows to an item of the tree, keeps it in the address, and Back undoes it', async () => {
    await open('demand');
    await question('What will customers want?').waitFor();
    const tree = page.getByRole('tree', { name: 'Item hierarchy' });
    const first = tree.getByRole('treeitem').nth(1);
    await first.click();
    await arrived(page, /group=/);
    await page.getByRole('button', { name: 'Remove filter Group' }).waitFor();
    await page.goBack();
    await arrived(page, (url) => url.search === '');
  });

  test('the tree of items opens and closes by the keyboard', async () => {
    await open('demand');
    const lines = page.getByRole('tree', { name: 'Item hierarchy' }).getByRole('treeitem');
    await lines.nth(1).waitFor();
    const before = await lines.count();
    await lines.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => lines.count()).toBeGreaterThan(before);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => lines.count()).toBe(before);
  });

  test('a figure of the past opens the order lines it is the sum of', async () => {
    await open('demand');
    await page.getByRole('grid', { name: 'Demand streams' }).getByRole('gridcell').first().click();
    await page.getByRole('button', { name: 'Show only this stream' }).click();
    await arrived(page, /item=.*&location=.*&channel=|channel=/);
    const buckets = page.getByRole('grid', { name: /by period/ });
    const cell = buckets.locator('[data-rgrow="0"].number').filter({ hasText: /[1-9]/ }).last();
    await cell.click();
    await settled(page);
    const panel = page.getByRole('complementary', { name: 'Detail' });
    const actual = numberIn(
      await panel
        .getByRole('row', { name: /^Actual/ })
        .getByRole('cell')
        .innerText(),
    );
    await expect.poll(() => panel.getByRole('status').innerText()).toMatch(/order lines?, .* together/);
    const sum = /lines?, ([\d,.]+) \S+ together/.exec(await panel.getByRole('status').innerText())?.[1] ?? '';
    expect(actual).toBeGreaterThan(0);
    expect(numberIn(sum)).toBeCloseTo(actual, 6);
  });

  test('a chart is walked by the arrow keys and has its figures as a table', async () => {
    await open('demand');
    const chart = page.getByRole('figure').first();
    await chart.locator('svg path').first().waitFor();
    await chart.getByRole('group').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => chart.getByRole('status').innerText()).toMatch(/Actual [\d.,]+/);
    await chart.getByRole('button', { name: 'Show as table' }).click();
    await expect.poll(() => chart.getByRole('row').count()).toBeGreaterThan(24);
  });

  test('Supply opens a stock point with its record, and the load map says a cell in full', async () => {
    await open('supply');
    await page.getByRole('grid', { name: 'Stock points' }).getByRole('gridcell').first().click();
    await arrived(page, /point=\d+/);
    const panel = page.getByRole('complementary', { name: 'Detail' });
    await panel
      .getByRole('grid', { name: /^Record of/ })
      .getByRole('row', { name: /Projected on hand/ })
      .first()
      .waitFor();
    await open('supply?view=load');
    await page
      .getByRole('grid', { name: 'Load of resources by period' })
      .getByRole('gridcell')
      .first()
      .focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.locator('main [role=status]').first().innerText())
      .toMatch(/\d+ of [\d,]+ hours/);
  });

  test('the orders of the plan narrow by kind and say how many there are', async () => {
    await open('supply?view=orders&list=plan');
    const count = page.locator('.pw-grid-foot [role=status]');
    await expect.poll(() => count.innerText()).toMatch(/of [\d,]+ orders|[\d,]+ orders/);
    const all = await count.innerText();
    await page.getByRole('radio', { name: 'Buy' }).check();
    await arrived(page, /order=buy/);
    await expect.poll(() => count.innerText()).not.toBe(all);
  });

  test('Finance shows the years with their gap to the budget', async () => {
    await open('finance');
    await question('Does the plan make the money?').waitFor();
    const years = page.getByRole('region', { name: 'By fiscal year' });
    await expect.poll(() => years.getByRole('row').count()).toBeGreaterThan(3);
    await page.getByRole('radio', { name: 'Margin' }).check();
    await arrived(page, /measure=margin/);
  });

  test('Ctrl-K finds an item and opens its demand', async () => {
    await open('home');
    await question('Are we on track?').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search screens/ }).fill('mower');
    await page.getByRole('option', { name: /Item$/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await arrived(page, /\/(demand|supply|data)/);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search screens/ }).fill('finance');
    await page.getByRole('option', { name: /Finance/ }).waitFor();
    await page.keyboard.press('Enter');
    await question('Does the plan make the money?').waitFor();
  });
});

describe('the cycle', () => {
  test('every step is signed and the plan is approved through the page', { timeout: 300_000 }, async () => {
    await open('cycle');
    await question('Who decides what, by when?').waitFor();
    await approveCycle(page);
    await expect.poll(() => page.locator('main header').innerText()).toMatch(/approved the plan/);
  });

  test('the next cycle is opened for the month after', async () => {
    await open('cycle');
    await page.getByRole('button', { name: 'Open the next cycle' }).click();
    await page.getByRole('button', { name: 'Open cycle' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Cycles' }).getByRole('row').count()).toBe(3);
  });
});

supplyTests(() => page);

describe('data', () => {
  const orders = 'number,name\nL-1,Harbour\nL-2,Hill\n,No number\n';
  const mapping = [
    'version: 1',
    'sources:',
    '  sites: { file: sites.csv }',
    'targets:',
    '  location:',
    '    from: sites',
    '    columns: { code: number, name: name }',
    '',
  ].join('\n');

  test('files are imported through the page, with issues by row, and undone', {
    timeout: 300_000,
  }, async () => {
    await open('admin?view=company');
    const part = page.getByRole('region', { name: 'Another company' });
    await part.getByLabel('Name').fill('Harbour Works');
    await part.getByRole('button', { name: 'Create company' }).click();
    await arrived(page, /\/c\/harbour-works\/data/);
    await page.getByRole('button', { name: 'Import files' }).click();
    await page.getByLabel('Choose files').setInputFiles([
      { name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(orders) },
      { name: 'mapping.yaml', mimeType: 'text/yaml', buffer: Buffer.from(mapping) },
    ]);
    await page.getByText(/^1 file, .* with a mapping/).waitFor();
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    const panel = page.getByRole('complementary', { name: 'Detail' });
    await panel.getByText('Stored in part').waitFor();
    expect(await panel.getByRole('row', { name: /^Locations/ }).innerText()).toMatch(
      /Locations\s+2\s+0\s+0\s+0\s+1/,
    );
    await page
      .getByRole('grid', { name: /^Issues of/ })
      .getByRole('row', { name: /sites\.csv/ })
      .first()
      .waitFor();

    await panel.getByRole('button', { name: /^Undo this import/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
    await panel.getByText('Undone').waitFor();
    await page.goto('/c/harbour-works/data');
    await expect.poll(() => page.getByRole('row', { name: /^Locations/ }).innerText()).toMatch(/none/);
  });

  test('a company without a plan says on each screen what will be there and what to do', async () => {
    for (const screen of ['home', 'demand', 'supply', 'finance', 'cycle']) {
      await page.goto(`/c/harbour-works/${screen}`);
      await page
        .getByText(/^Here will be/)
        .first()
        .waitFor();
    }
  });
});

const SCREENS = [
  'home',
  'demand',
  'supply',
  'supply?view=load',
  'supply?list=periods',
  'supply?view=late',
  'supply?view=late&why=demand.1',
  'supply?view=exceptions',
  'supply?view=orders',
  'supply?view=network',
  'supply?view=optimum',
  'supply?view=policy',
  'finance',
  'cycle?step=1',
  'data',
  'data?view=imports',
  'data?view=quality',
  'data?view=rows&target=item',
  'data?view=new',
  'admin',
  'admin?view=company',
  'admin?view=audit',
];

describe('accessibility', () => {
  test('axe finds nothing at the door, light and dark', async () => {
    const visitor = await running.newPage();
    await visitor.goto('/sign-in');
    await visitor.getByRole('button', { name: 'Sign in' }).waitFor();
    await accessible(visitor);
    await visitor.context().close();
  });

  test.each(SCREENS)('axe finds nothing on %s, light and dark', async (screen) => {
    await open(screen);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await accessible(page);
  });
});

test('Home and the cycle read at 390 pixels without scrolling sideways', async () => {
  const phone = await running.newPage({ as: page, width: 390, height: 844 });
  for (const screen of ['home', 'cycle']) {
    await phone.goto(`/c/fernhollow/${screen}`);
    await phone.getByRole('heading', { level: 1 }).waitFor();
    await settled(phone);
    const [content, window] = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBeLessThanOrEqual(window ?? 0);
  }
  await phone.context().close();
});

test('no script of the page threw in all of this', () => {
  expect(running.problems).toEqual([]);
});
