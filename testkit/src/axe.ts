import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One broken rule: what it is, how bad, and the elements that break it. */
export type AxeViolation = {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  readonly elements: readonly string[];
};

const WCAG_22_AA_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Breaches of WCAG 2.2 level A and AA that axe-core finds on the page as it stands. An empty list is the goal. */
export async function axeViolations(page: Page): Promise<AxeViolation[]> {
  // evaluate() speaks to the page past its content security policy, which a script tag would not.
  await page.evaluate(axe.source);
  const results = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: { type: 'tag', values: tags },
        // Every rule runs all the same; what passed is not described element by element, which takes longest.
        resultTypes: ['violations'],
      }),
    WCAG_22_AA_TAGS,
  );
  return results.violations.map((violation) => ({
    rule: violation.id,
    impact: violation.impact ?? 'unknown',
    help: violation.help,
    elements: violation.nodes.map((node) => node.target.join(' ')),
  }));
}
