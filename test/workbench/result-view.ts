import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.ts';
import { type ResultPage, startResultPage } from '../web/grid/harness/result-page.ts';
import { watch } from './watch.ts';

const executablePath = ensureBrowser();

/** What the page of the harness offers. */
declare const window: {
  show: (...tables: unknown[]) => void;
  asked: unknown[][];
};

export const MESSAGE = '11111111-aaaa-bbbb-cccc-000000000003';
export const HOSTILE = '<img src=x onerror="window.struck=1"> \u202Egnp.exe';
const columns = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'NetworkMessageId', type: 'string' },
  { name: 'Subject', type: 'string' },
  { name: 'Size', type: 'long' },
  { name: 'AuthenticationDetails', type: 'string' },
  { name: 'Details', type: 'dynamic' },
  { name: 'Nothing', type: 'string' },
];
const rows = Array.from({ length: 40 }, (_, i) => [
  `2026-07-${String(1 + i)
    .padStart(2, '0')
    .replace(/^(3[2-9]|4\d)$/, '30')}T08:00:00.0000000Z`,
  i === 3 ? MESSAGE : `00000000-aaaa-bbbb-cccc-0000000000${String(i).padStart(2, '0')}`,
  i === 3 ? HOSTILE : `subject ${i % 4}`,
  i === 7 ? '9223372036854775807' : i === 8 ? '9223372036854775806' : i,
  '{"DMARC":"fail","SPF":"pass"}',
  { url: 'https://evil.example/<script>', n: i },
  '',
]);
/** The table that a flow shows unless it says otherwise. */
export const table = { name: 'PrimaryResult', columns, rows };

/** A flow over the given tables; it fails too where the page does what it may not. */
export type AddResultFlow = (
  name: string,
  run: (page: Page, context: BrowserContext) => Promise<void>,
  shown?: readonly object[],
) => void;

/**
 * Flows through the view of a result alone: grid, details, charts.
 *
 * @example resultFlows('the grid', (flow) => flow('is there', (page) => page.getByRole('grid').waitFor()));
 */
export function resultFlows(name: string, add: (flow: AddResultFlow) => void): void {
  describe(name, { skip: executablePath === undefined ? 'no Chromium' : false }, () => {
    let site: ResultPage;
    let browser: Browser;
    before(async () => {
      site = await startResultPage();
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    });
    after(async () => {
      await browser?.close();
      await site?.[Symbol.asyncDispose]();
    });
    add((flowName, run, shown = [table]) =>
      it(flowName, { timeout: 90_000 }, () => follow(browser, site.address, run, shown)),
    );
  });
}

async function follow(
  browser: Browser,
  address: string,
  run: Parameters<AddResultFlow>[1],
  shown: readonly object[],
): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1280, height: 720 } });
  context.setDefaultTimeout(15_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
  const { faults } = await watch(context, address);
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction('window.ready');
    await page.evaluate((tables) => window.show(...tables), [...shown]);
    await run(page, context);
    assert.deepEqual(faults, []);
    assert.equal(await page.evaluate('window.struck'), undefined);
  } finally {
    await context.close();
  }
}

/** The cell of a line (of those shown, from 0) and a column. */
export const cell = (page: Page, line: number, at: number) => page.locator(`[data-line="${line}"] > [data-at="${at}"]`);
/** The texts of a column, as far down as it is shown. */
export const column = async (page: Page, at: number): Promise<(string | null)[]> => {
  const found = await page
    .locator(`[role=row]:not([aria-rowindex="1"]) > [data-at="${at}"]`)
    .evaluateAll((cells) => cells.map((one) => [Number(one.parentElement?.dataset.line), one.textContent] as const));
  return found.sort(([a], [b]) => a - b).map(([, text]) => text);
};
/** What the view has asked the page around it to do. */
export const asked = (page: Page) => page.evaluate(() => window.asked);
/** The text that was copied. */
export const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
/** Waits until the foot of the grid says so. */
export const rowsShown = (page: Page, words: RegExp) => page.locator('footer').filter({ hasText: words }).waitFor();
/** Opens the panel of a column. */
export const panelOf = async (page: Page, name: string) => {
  await page.getByRole('columnheader', { name }).click({ button: 'right' });
  return page.getByRole('dialog', { name: `Column ${name}` });
};
