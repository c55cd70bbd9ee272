import { describe, expect, test } from 'vitest';
import { arrived, type Page, PATIENCE_MS, settled } from './running-page.ts';

/** Ten seconds of solving, behind whatever else the machine does. */
const OPTIMUM_MS = 240_000;

/**
 * What a supply planner does on the demo company, in the page that `visitor` gives. Runs inside the tests of the page,
 * so that they start one server together.
 */
export function supplyTests(visitor: () => Page): void {
  const page = (): Page => visitor();
  const open = async (view: string, more = ''): Promise<void> => {
    await page().goto(`/c/fernhollow/supply?view=${view}${more}`);
    await page().getByRole('heading', { level: 1 }).waitFor();
    await settled(page());
  };
  const panel = () => page().getByRole('complementary', { name: 'Detail' });
  const cells = (name: string | RegExp) => page().getByRole('grid', { name }).getByRole('gridcell');
  const tried = () => page().getByRole('region', { name: 'Tried out, not decided' });

  describe('supply', () => {
    test('a number by period opens its record in both plans, and tells why it is so', async () => {
      await open('stock', '&list=periods&measure=projectedOnHand');
      await cells(/^Projected on hand of stock points/)
        .filter({ hasText: /^[−\d,.]+$/ })
        .first()
        .click();
      await arrived(page(), /point=\d+&.*bucket=|bucket=.*point=\d+/);
      await panel()
        .getByRole('heading', { name: /^Why it is so in/ })
        .waitFor();
      await panel()
        .getByRole('heading', { name: 'What it rests on' })
        .or(panel().locator('p'))
        .first()
        .waitFor();
      await panel().getByRole('radio', { name: 'Unconstrained' }).check();
      await arrived(page(), /plan=unconstrained/);
    });

    test('overtime shows its effect while it is typed, is decided with a reason, and Ctrl-Z takes it back', async () => {
      await open('load');
      const map = page().getByRole('grid', { name: 'Load of resources by period' });
      await map.locator('[data-at]').first().focus();
      await page().keyboard.press('ArrowRight');
      await page().keyboard.press('Enter');
      await arrived(page(), /resource=/);
      await panel().getByLabel('Overtime, hours a week').fill('20');
      await tried()
        .getByText(/planned anew with/)
        .waitFor({ timeout: PATIENCE_MS });
      expect(await tried().getByText('On time').count()).toBe(1);
      await tried().getByRole('button', { name: 'Decide …' }).click();
      const dialog = page().getByRole('dialog');
      await dialog.getByLabel('Why').fill('The season needs it.');
      await dialog.getByRole('button', { name: 'Decide' }).click();
      const decided = panel().getByRole('region', { name: 'Decided' });
      await decided.getByText(/The season needs it\./).waitFor();
      await page().getByRole('heading', { level: 1 }).focus();
      await page().keyboard.press('Control+z');
      await decided.getByText('Nothing is decided').waitFor();
    });

    test('late demand narrows by cause, and each tells what holds it up', async () => {
      await open('late');
      const causes = page()
        .getByRole('region', { name: /held up by/ })
        .getByRole('button');
      await causes.first().click();
      await arrived(page(), /cause=/);
      await cells(/^Demands of/)
        .first()
        .click();
      await arrived(page(), /why=demand/);
      await panel().getByRole('heading', { name: 'What it rests on' }).waitFor();
    });

    test('the network is walked by the arrow keys, and a lead time tried out in it shows what it brings', async () => {
      await open('network');
      const nodes = page().getByRole('group', { name: /^Network/ });
      const at = () => nodes.locator(':focus').getAttribute('data-node');
      await nodes.locator('[data-focus=true]').last().focus();
      const first = await at();
      await page().keyboard.press('ArrowLeft');
      expect(await at()).not.toBe(first);
      await page().keyboard.press('ArrowRight');
      await page().keyboard.press('Enter');
      await panel().getByLabel('Lead time, days').fill('1');
      await tried()
        .getByText(/planned anew with/)
        .waitFor({ timeout: PATIENCE_MS });
      await tried().getByRole('button', { name: 'Drop' }).click();
      await tried().waitFor({ state: 'detached' });
      await cells('Steps of the network').first().waitFor();
    });

    test('proposals are approved together after a look at what that touches', async () => {
      await open('orders');
      const bulk = page().getByRole('group', { name: 'What to do with the chosen proposals' });
      const first = cells('Proposals').filter({ hasText: /^no$/ }).first();
      await first.click();
      await bulk.getByText('1 proposal chosen').waitFor();
      await bulk.getByRole('button', { name: 'Approve …' }).click();
      const dialog = page().getByRole('dialog', { name: 'Approve 1 proposal' });
      await dialog.getByText(/^It comes to/).waitFor();
      await dialog.getByRole('button', { name: 'Approve 1 proposal' }).click();
      // The list behind it is read again, and holds the proposal no more; the dialog goes on naming it.
      await dialog.getByRole('status').waitFor();
      await settled(page());
      await dialog.getByText(/1 proposal signed|1 proposal refused/).waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await bulk.getByText('None chosen').waitFor();
    });

    test('an exception is taken on, spoken of, and accepted', async () => {
      await open('exceptions');
      await cells('Exceptions').first().click();
      await panel().getByRole('button', { name: 'Take it on' }).click();
      await panel().getByRole('button', { name: 'Take it on' }).waitFor({ state: 'detached' });
      await panel().getByLabel('Say something').fill('The supplier promised Friday.');
      await panel().getByRole('button', { name: 'Say it' }).click();
      await panel().getByRole('listitem').getByText('The supplier promised Friday.').waitFor();
      await panel().getByRole('button', { name: 'Accept …' }).click();
      await panel().getByLabel('Why').fill('Known, and small.');
      await panel().getByRole('button', { name: 'Accept', exact: true }).click();
      await panel().getByText('Accepted').first().waitFor();
    });

    test('the cheapest plan is worked out beside this one', {
      timeout: OPTIMUM_MS + PATIENCE_MS,
    }, async () => {
      await open('optimum');
      await page().getByLabel('Stop after, seconds').fill('10');
      await page().getByRole('button', { name: 'Work out the cheapest plan' }).click();
      await page()
        .getByRole('row', { name: /^All kinds/ })
        .waitFor({ timeout: OPTIMUM_MS });
      await expect.poll(() => page().locator('main header').innerText()).toMatch(/more than any plan must/);
    });

    test('the safety stock of a class is accepted at once', async () => {
      await open('policy');
      await page()
        .getByRole('region', { name: 'Value against steadiness of demand' })
        .getByRole('button')
        .first()
        .click();
      await arrived(page(), /value=.*steadiness=|steadiness=.*value=/);
      const acts = page().getByRole('group', { name: 'What to do with the chosen stock points' });
      await cells('Policies of stock points').filter({ hasText: /^no$/ }).first().click();
      await acts.getByText(/^1 stock point chosen/).waitFor();
      await acts.getByRole('button', { name: 'Accept …' }).click();
      const dialog = page().getByRole('dialog', { name: 'Accept 1 safety stock' });
      await dialog.getByLabel('Why').fill('As the class asks for.');
      await dialog.getByRole('button', { name: 'Accept 1 safety stock' }).click();
      await dialog.waitFor({ state: 'detached' });
      await acts.getByText('None chosen').waitFor();
    });

    test('a block pasted over lot rules is tried out together', async () => {
      await open('stock', '&list=rules');
      const rules = page().getByRole('grid', { name: 'Rules of stock points' });
      // The part of the grid that pastes has been fetched before a cell is chosen: no paste comes too early for it.
      await page().waitForFunction(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('revogr-clipboard')),
      );
      await rules.locator('.rgCell.editable').first().click();
      await page().locator('revogr-clipboard.hydrated').first().waitFor({ state: 'attached' });
      // What a spreadsheet puts on the clipboard: two rows of lead time and safety stock.
      await page().evaluate(() => {
        const block = new DataTransfer();
        block.setData('text/plain', '11\t7\r\n12\t8\r\n');
        document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: block, bubbles: true }));
      });
      await tried()
        .getByText(/planned anew with/)
        .waitFor({ timeout: PATIENCE_MS });
      expect(await tried().getByText('Tried out', { exact: true }).count()).toBe(4);
      expect(await rules.locator('.rgCell.tried').allInnerTexts()).toEqual(['11', '7', '12', '8']);
      await page().getByRole('heading', { level: 1 }).focus();
      await page().keyboard.press('Control+z');
      await tried().waitFor({ state: 'detached' });
    });

    test('a viewer sees all of it, decides nothing, and is told who may', async () => {
      const viewer = await visitorOfRole(page(), 'viewer');
      const reason = /^Only .* may do this\. You are viewer\.$/;
      const refused = async (view: string, button: string): Promise<void> => {
        await viewer.goto(`/c/fernhollow/supply?view=${view}`);
        await settled(viewer);
        const act = viewer.getByRole('button', { name: button });
        await act.waitFor();
        expect([view, button, await act.isDisabled()]).toEqual([view, button, true]);
        expect(await act.getAttribute('title')).toMatch(reason);
      };
      await refused('orders', 'Approve …');
      await refused('orders', 'Release …');
      await refused('orders', 'Reject …');
      await refused('policy', 'Accept …');
      await viewer.goto('/c/fernhollow/supply?view=exceptions');
      await settled(viewer);
      await viewer.getByRole('grid', { name: 'Exceptions' }).getByRole('gridcell').first().click();
      await viewer.getByRole('complementary', { name: 'Detail' }).getByText(reason).first().waitFor();
      await viewer.goto('/c/fernhollow/supply?list=rules');
      await settled(viewer);
      await viewer.locator('.rgCell.editable').first().dblclick();
      await viewer.keyboard.type('99');
      await viewer.keyboard.press('Enter');
      const decide = viewer
        .getByRole('region', { name: 'Tried out, not decided' })
        .getByRole('button', { name: 'Decide …' });
      await decide.waitFor();
      expect([await decide.isDisabled(), await decide.getAttribute('title')]).toEqual([
        true,
        expect.stringMatching(reason),
      ]);
      await viewer.context().close();
    });
  });
}

/** A page that a new person of that role is signed in to; `page` is that of an administrator. */
async function visitorOfRole(page: Page, role: 'viewer'): Promise<Page> {
  const { origin } = new URL(page.url());
  const person = { email: `${role}@example.com`, password: 'a long first password' };
  const added = await page.request.post(`${origin}/api/companies/fernhollow/members`, {
    headers: { origin },
    data: { ...person, name: 'Vera', role },
  });
  expect(added.status()).toBe(201);
  const context = await page.context().browser()!.newContext({ baseURL: origin, locale: 'en-US' });
  const signedIn = await context.request.post('/api/auth/sign-in/email', {
    headers: { origin },
    data: person,
  });
  expect(signedIn.status()).toBe(200);
  const visitor = await context.newPage();
  visitor.setDefaultTimeout(PATIENCE_MS);
  return visitor;
}
