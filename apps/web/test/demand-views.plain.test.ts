import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessible,
  arrived,
  type Page,
  type RunningPage,
  settled,
  signIn,
  startPage,
  tellWhatWasShown,
} from './running-page.ts';
import { sensedTests } from './sensed-views.ts';

const START_MS = 600_000;

let running: RunningPage;
let page: Page;

beforeAll(async () => {
  running = await startPage();
  page = await running.newPage();
  await signIn(running, page);
}, START_MS);

afterAll(() => running.close(), 60_000);
tellWhatWasShown(() => page);

const open = async (view: string): Promise<void> => {
  await page.goto(`/c/fernhollow/demand?view=${view}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
};

const inGrid = (name: string | RegExp) => page.getByRole('grid', { name }).getByRole('gridcell');

/** What the line below the only grid of the view says of its rows. */
const rowCount = () => page.locator('.pw-grid-foot [role=status]').innerText();

const isOpen = (text: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name: text }).waitFor();

/** Opens the stream that the worklist names first. */
async function openStream(): Promise<void> {
  await open('worklist');
  await inGrid(/^Demand streams by/)
    .first()
    .click();
  await arrived(page, /view=stream&|stream=\d+/);
  await page.getByRole('heading', { name: 'What the baseline is made of' }).waitFor();
}

/** Kinds of findings that the demo company has beside stock-outs. */
const OTHER_FINDINGS =
  /^(Outlier|Missing|Returns|New level|Leans one way|Band too narrow|Worse than naive|New item|Ends)$/;

describe('where to work', () => {
  test('a class of the matrix narrows the list, and its chip takes that back', async () => {
    await open('worklist');
    await expect.poll(rowCount).toMatch(/^\d+ demand streams/);
    const all = Number.parseInt(await rowCount(), 10);
    const cell = page.getByRole('table').getByRole('button').first();
    const inside = Number.parseInt(await cell.innerText(), 10);
    await cell.click();
    await arrived(page, /value=A&forecast=X/);
    await expect.poll(rowCount).toMatch(new RegExp(`^${inside} demand stream`));
    expect(inside).toBeLessThan(all);
    await page.getByRole('button', { name: 'Remove filter Value' }).click();
    await page.getByRole('button', { name: 'Remove filter Forecast' }).click();
    await expect.poll(rowCount).toMatch(new RegExp(`^${all} `));
  });

  test('a finding leads to its stream, and the way back keeps the kind that was chosen', async () => {
    await open('findings');
    await page.getByLabel('Kind').selectOption({ label: 'Stock-out' });
    await arrived(page, /kind=stock-out/);
    // Until the grid has changed its rows, a click would open one of the list before.
    await expect.poll(() => inGrid('Findings').filter({ hasText: OTHER_FINDINGS }).count()).toBe(0);
    await expect
      .poll(() =>
        inGrid('Findings')
          .filter({ hasText: /^Stock-out$/ })
          .count(),
      )
      .toBeGreaterThan(0);
    await inGrid('Findings').first().click();
    await arrived(page, /stream=\d+/);
    await page
      .getByRole('region', { name: 'History that counts differently' })
      .getByText(/could (not )?be had|sold out|stock-out/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Findings' }).click();
    await arrived(page, /kind=stock-out/);
    await expect.poll(() => page.getByLabel('Kind').inputValue()).toBe('stock-out');
  });
});

describe('one stream', () => {
  const section = () => page.getByRole('region', { name: 'History that counts differently' });
  const decide = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Set this period' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Should count as/).fill('7');
    await dialog.getByLabel('Why').fill('A dealer ordered for two months.');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await section()
      .getByText(/Decided: set to 7 by .*A dealer ordered for two months\./)
      .waitFor();
  };

  test('what a period should count as is decided with a reason, and taken back in two ways', async () => {
    await openStream();
    await decide();
    await page.getByText('Events or decisions are newer than this plan').waitFor();
    await page.keyboard.press('Control+z');
    await section()
      .getByText(/Decided: set to 7/)
      .waitFor({ state: 'detached' });
    await decide();
    await section().getByRole('button', { name: 'Back to automatic' }).click();
    await section()
      .getByText(/Decided: set to 7/)
      .waitFor({ state: 'detached' });
  });

  test('of two people who decide about one period the second is told what stands, and may take it', async () => {
    await openStream();
    const other = await running.newPage({ as: page });
    await other.goto(page.url());
    await settled(other);
    const ask = async (of: Page, quantity: string): Promise<void> => {
      await of.getByRole('button', { name: 'Set this period' }).click();
      await of
        .getByRole('dialog')
        .getByLabel(/^Should count as/)
        .fill(quantity);
      await of.getByRole('dialog').getByLabel('Why').fill(`It was ${quantity}.`);
    };
    const save = (of: Page) => of.getByRole('dialog').getByRole('button', { name: 'Set', exact: true });
    const decided = (of: Page, quantity: string) =>
      of.getByRole('region', { name: 'History that counts differently' }).getByText(`set to ${quantity} by`);
    await ask(other, '9');
    await ask(page, '7');
    await save(page).click();
    await decided(page, '7').waitFor();
    await save(other).click();
    const told = other.getByRole('dialog').getByRole('alert');
    await told.getByText(/was changed meanwhile by someone else.*Nothing of yours was saved/).waitFor();
    await told.getByText(/^Now: set to 7 by .*It was 7\./).waitFor();
    await told.getByRole('button', { name: 'Take theirs' }).click();
    await decided(other, '7').waitFor();

    // Who insists after having seen what stands is not in anybody's way, and the first sees it.
    await ask(other, '9');
    await decided(page, '7').waitFor();
    await section().getByRole('button', { name: 'Back to automatic' }).click();
    await decided(page, '7').waitFor({ state: 'detached' });
    await save(other).click();
    await told.getByText('It was removed.').waitFor();
    await told.getByRole('button', { name: 'Save mine all the same' }).click();
    await decided(page, '9').waitFor();
    await section().getByRole('button', { name: 'Back to automatic' }).click();
    await decided(page, '9').waitFor({ state: 'detached' });
    await other.context().close();
  });

  test('other methods stand beside the one in the plan, each with its own picture', async () => {
    await openStream();
    const methods = page.getByRole('region', { name: 'What other methods say' });
    const rows = methods.getByRole('rowheader').getByRole('button');
    await expect.poll(() => rows.count()).toBeGreaterThan(4);
    const last = rows.last();
    const name = await last.innerText();
    await last.click();
    await methods.getByRole('figure', { name }).waitFor();
    expect(await methods.getByText('(in the plan)').count()).toBe(1);
  });

  test('the stream is reached from the list of the forecast', async () => {
    await open('forecast');
    const totals = page.getByRole('region', { name: 'By quarter and year' });
    await totals
      .getByRole('rowheader', { name: /^FY\d\d Q\d$/ })
      .first()
      .waitFor();
    await inGrid('Demand streams').first().click();
    await page.getByRole('button', { name: 'Take it apart' }).click();
    await page.getByRole('heading', { name: 'What the baseline is made of' }).waitFor();
  });
});

test('accuracy is shown by lag, and by planner, whose row leads to the streams of that planner', async () => {
  await open('accuracy');
  const cells = inGrid('Accuracy');
  await page.getByRole('radio', { name: 'Periods before' }).check();
  await arrived(page, /by=lag/);
  await expect.poll(() => cells.first().innerText()).toBe('1');
  await page.getByRole('radio', { name: 'Planner' }).check();
  await arrived(page, /by=planner/);
  await expect.poll(() => cells.first().innerText()).toBe('All of the selection');
  const planner = cells.filter({ hasText: /^\S+ \S+$/ }).first();
  const name = await planner.innerText();
  await planner.click();
  await arrived(page, /view=worklist/);
  await page.getByRole('group', { name: 'Filters' }).getByText(name).waitFor();
});

test('an event is planned, changed and removed', async () => {
  await open('events');
  await page.getByRole('button', { name: 'Plan an event' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Harvest fair');
  await form.getByLabel('First day').fill('2027-03-01');
  await form.getByLabel('Last day').fill('2027-03-14');
  await form.getByLabel('Expected change, %').fill('15');
  await form.getByLabel('Change of price, %').fill('-20');
  await form.getByRole('button', { name: 'Plan this event' }).click();
  await page.getByRole('button', { name: 'Harvest fair' }).click();
  const panel = page.getByRole('complementary', { name: 'Detail' });
  await panel.getByRole('row', { name: /^Expected change\s\+15%/ }).waitFor();
  await panel.getByRole('row', { name: /^Change of price\s\D20%/ }).waitFor();
  await panel.getByRole('button', { name: 'Change' }).click();
  await form.getByLabel('Expected change, %').fill('20');
  await form.getByRole('button', { name: 'Save' }).click();
  await panel.getByRole('row', { name: /^Expected change\s\+20%/ }).waitFor();
  await panel.getByRole('button', { name: /^Remove/ }).click();
  await form.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Harvest fair' }).waitFor({ state: 'detached' });
});

test('a launch shows its curve while it is planned, is saved, and leaves nothing when it is removed', async () => {
  await open('launches');
  const known = () => page.getByRole('region', { name: 'Launches' }).getByRole('status').innerText();
  await expect.poll(known).toMatch(/^\d+ launch/);
  const atFirst = await known();
  await page.getByRole('button', { name: 'Plan a launch' }).click();
  await page.getByRole('combobox', { name: 'Item', exact: true }).fill('CHIP-1010');
  await page.getByLabel('First day').fill('2027-02-01');
  const curve = page.getByRole('region', { name: 'Its curve' });
  const finding = () => curve.getByRole('figure').locator('p').first().innerText();
  await expect.poll(finding).toMatch(/ in its first 12 periods/);
  const before = await finding();
  const like = page.getByRole('region', { name: 'Items it is expected to resemble' });
  await like.getByRole('checkbox').last().click();
  await expect.poll(finding).not.toBe(before);
  await page.getByLabel('Level a period').fill('40');
  await page.getByRole('button', { name: 'Plan this launch' }).click();
  await expect.poll(known).not.toBe(atFirst);
  await inGrid('Launches').filter({ hasText: 'CHIP-1010' }).first().click();
  await isOpen(/^How will CHIP-1010/);
  expect(await page.getByLabel('Level a period').inputValue()).toBe('40');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await isOpen('What starts, and how fast?');
  await expect.poll(known).toBe(atFirst);
});

test('a succession is planned, changed and removed', async () => {
  await open('launches');
  const section = page.getByRole('region', { name: 'Successions' });
  const known = () => section.getByRole('status').innerText();
  await expect.poll(known).toMatch(/^\d+ succession/);
  const atFirst = await known();
  const row = () => inGrid('Successions').filter({ hasText: 'CHIP-1010' }).first();
  const form = page.getByRole('dialog');
  await section.getByRole('button', { name: 'Plan a succession' }).click();
  await form.getByRole('combobox', { name: 'Item that ends' }).fill('SPLT-1010');
  await form.getByRole('combobox', { name: 'Item that takes over' }).fill('CHIP-1010');
  await form.getByLabel('Switch on').fill('2027-04-01');
  await form.getByLabel('Stays with the old, %').fill('20');
  await form.getByRole('button', { name: 'Plan this succession' }).click();
  await form.waitFor({ state: 'detached' });
  await expect.poll(known).not.toBe(atFirst);
  await row().click();
  expect(await form.getByLabel('Stays with the old, %').inputValue()).toBe('20');
  await form.getByLabel(/^Days it takes/).fill('30');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  await inGrid('Successions').filter({ hasText: /^30$/ }).first().waitFor();
  await row().click();
  expect(await form.getByLabel(/^Days it takes/).inputValue()).toBe('30');
  await form.getByRole('button', { name: /^Remove/ }).click();
  await form.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(known).toBe(atFirst);
});

describe('of two who save the same thing', () => {
  /** The page of someone else at the same address. */
  const someoneElse = async (): Promise<Page> => {
    const other = await running.newPage({ as: page });
    await other.goto(page.url());
    await settled(other);
    return other;
  };
  const save = (of: Page) => of.getByRole('button', { name: 'Save', exact: true });

  test('the second is told what became of an event, and may insist', async () => {
    await open('events');
    await page.getByRole('button', { name: 'Plan an event' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Spring fair');
    await page.getByRole('dialog').getByLabel('First day').fill('2027-04-05');
    await page.getByRole('dialog').getByLabel('Last day').fill('2027-04-11');
    await page.getByRole('button', { name: 'Plan this event' }).click();
    await page.getByRole('button', { name: 'Spring fair' }).click();
    await arrived(page, /event=/);
    const other = await someoneElse();
    for (const [of, percent] of [
      [page, '20'],
      [other, '30'],
    ] as const) {
      await of.getByRole('complementary', { name: 'Detail' }).getByRole('button', { name: 'Change' }).click();
      await of.getByRole('dialog').getByLabel('Expected change, %').fill(percent);
    }
    await save(page).click();
    await page.getByRole('row', { name: /^Expected change\s\+20%/ }).waitFor();
    await save(other).click();
    await other.getByText(/^Now: Spring fair .*expected to change demand by \+20%\.$/).waitFor();
    await other.getByRole('button', { name: 'Save mine all the same' }).click();
    await page.getByRole('row', { name: /^Expected change\s\+30%/ }).waitFor();
    await other.context().close();
  });

  test('the second is told what became of a launch, and may take it', async () => {
    await open('launches&launch=SPLT-1010~~');
    const level = (of: Page) => of.getByLabel('Level a period');
    const other = await someoneElse();
    await level(page).fill('41');
    await level(other).fill('57');
    await save(page).click();
    await isOpen('What starts, and how fast?');
    await save(other).click();
    await other.getByText(/^Now: .*41/).waitFor();
    await other.getByRole('button', { name: 'Take theirs' }).click();
    await expect.poll(() => level(other).inputValue()).toBe('41');
    await other.context().close();
  });

  test('the second is told what became of a succession, and may take it', async () => {
    await open('launches');
    const first = (of: Page) => of.getByRole('grid', { name: 'Successions' }).getByRole('gridcell').first();
    const days = (of: Page) => of.getByRole('dialog').getByLabel(/^Days it takes/);
    const other = await someoneElse();
    await first(page).click();
    await first(other).click();
    await days(page).fill('43');
    await days(other).fill('44');
    await save(page).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await save(other).click();
    await other.getByText(/^Now: .*43/).waitFor();
    await other.getByRole('button', { name: 'Take theirs' }).click();
    await expect.poll(() => days(other).inputValue()).toBe('43');
    await other.context().close();
  });
});

const VIEWS = [
  'worklist',
  'accuracy',
  'findings',
  'events',
  'launches',
  'launches&launch=SPLT-1010~~',
  'stream&stream=1',
];

describe('accessibility of the views', () => {
  test.each(VIEWS)('axe finds nothing on %s, light and dark', async (view) => {
    await open(view);
    await accessible(page);
  });
});

sensedTests(() => page);

test('no script of the page threw in all of this', () => {
  expect(running.problems).toEqual([]);
});
