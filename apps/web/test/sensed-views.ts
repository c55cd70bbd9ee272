import { beforeAll, describe, expect, test } from 'vitest';
import { accessible, arrived, type Page, settled } from './running-page.ts';

/**
 * What a planner reads of orders that came after the plan, in the page that `visitor` gives. Runs inside the tests of the
 * demand views, so that they start one server together.
 */
export function sensedTests(visitor: () => Page): void {
  const page = (): Page => visitor();
  const panel = () => page().getByRole('complementary', { name: 'Detail' });

  describe('what changed since the plan', () => {
    // The view with the stream that changed most open beside the list.
    beforeAll(async () => {
      await page().goto('/c/fernhollow/demand?view=sensed');
      await page().getByRole('heading', { level: 1, name: 'What changed since the plan?' }).waitFor();
      await settled(page());
      await page()
        .getByRole('grid', { name: 'Streams by what changed' })
        .getByRole('gridcell')
        .first()
        .click();
      await arrived(page(), /stream=\d+/);
      await panel().getByRole('figure').locator('svg path').first().waitFor();
    });

    test('the answer names how many streams move, and the open one says why', async () => {
      const answer = await page().locator('main header').innerText();
      expect(answer).toMatch(
        /\d[\d,]* of \d[\d,]* streams moves? and (together )?(raise|lower)s? the near term by USD/,
      );
      expect(await panel().getByRole('row').count()).toBe(5);
      expect(await panel().innerText()).toMatch(/are ordered with \d+ days? to go|demand has just come in/);
    });

    test('axe finds nothing, light and dark', () => accessible(page()));

    test('the list narrows to what changed', async () => {
      const count = () => page().locator('.pw-grid-foot [role=status]').innerText();
      await expect.poll(count).toMatch(/demand stream/);
      const all = await count();
      await page().getByRole('radio', { name: 'Changed' }).check();
      await arrived(page(), /kind=changed/);
      await expect.poll(count).not.toBe(all);
    });
  });
}
