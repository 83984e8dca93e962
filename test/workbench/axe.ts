import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * A row of a list that is one link has no label: its name says in a sentence what its cells show in marks and cut-off
 * texts. axe takes the cells for the label, by a rule that it calls experimental.
 */
const isSummedUp = (id: string, html: string): boolean =>
  id === 'label-content-name-mismatch' && /^<a\b[^>]* data-index=/.test(html);

/**
 * What axe finds on a page as it stands, by WCAG 2.2 AA and its own good practice: a line each, nothing where all is well.
 *
 * @example assert.deepEqual(await findings(page), []);
 */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    // biome-ignore lint/suspicious/noExplicitAny: axe is a name of the window once its text has run
    (values) => (globalThis as any).axe.run({ runOnly: { type: 'tag', values } }),
    tags,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !isSummedUp(id, html))
      .map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`),
  );
}
