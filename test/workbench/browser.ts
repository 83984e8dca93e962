import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.ts';
import { type DemoServer, startDemo } from './server.ts';
import { watch } from './watch.ts';

/** How a page is looked at: 1280 × 800 in the light unless said otherwise. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  /** What the system is set to. */
  readonly theme?: 'light' | 'dark';
}

/** What a flow has at hand. Its pages share a browser profile of their own: nothing is remembered from another flow. */
export interface Flow {
  readonly server: DemoServer;
  /** Opens an address in a new tab and waits until its heading is there. */
  readonly openPage: (path: string, look?: Look) => Promise<Page>;
  /** Faults that this flow makes on purpose; others fail it. */
  readonly allow: (fault: RegExp) => void;
}

/** Adds a flow. */
export type AddFlow = (name: string, run: (flow: Flow) => Promise<void>) => void;

const executablePath = ensureBrowser();
const leftOut = executablePath === undefined ? 'no Chromium (see scripts/browser.ts)' : false;

/** Where pictures of pages go. */
export const pictures = join(tmpdir(), 'mailhunt-workbench-pictures');

/**
 * Flows through the workbench in a real browser, over one server with the demo in it. A flow also fails on any error in
 * the console, any violation of the page's policy, any request to another host, any answer of 500.
 *
 * @example flows('the menu', (flow) => {
 *   flow('goes to Rules', async ({ openPage }) => {
 *     const page = await openPage('/hunt');
 *     await page.getByRole('link', { name: 'Rules' }).click();
 *     await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
 *   });
 * });
 */
export function flows(name: string, add: (flow: AddFlow) => void, ...serverArguments: readonly string[]): void {
  describe(name, { skip: leftOut }, () => {
    let server: DemoServer;
    let browser: Browser;
    before(async () => {
      server = await startDemo(...serverArguments);
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    });
    after(async () => {
      await browser?.close();
      await server?.[Symbol.asyncDispose]();
    });
    add((flowName, run) =>
      it(flowName, { timeout: 120_000 }, async () => {
        await follow(browser, server, run);
      }),
    );
  });
}

async function follow(browser: Browser, server: DemoServer, run: (flow: Flow) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: server.address, acceptDownloads: true });
  context.setDefaultTimeout(15_000);
  const { faults } = await watch(context, server.address);
  const allowed: RegExp[] = [];
  try {
    await run({
      server,
      openPage: (path, look) => openIn(context, path, look),
      allow: (fault) => void allowed.push(fault),
    });
    assert.deepEqual(
      faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
      [],
      'what the pages may not do',
    );
  } catch (error) {
    throw await withPicture(context, faults, error);
  } finally {
    await context.close();
  }
}

async function openIn(context: BrowserContext, path: string, look: Look = {}): Promise<Page> {
  const { width = 1280, height = width < 600 ? 844 : 800, theme = 'light' } = look;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  return page;
}

/** A flow that fails says where it was: a picture of its last page, and what had gone wrong before. */
async function withPicture(context: BrowserContext, faults: readonly string[], error: unknown): Promise<unknown> {
  const page = context.pages().at(-1);
  if (!page || !(error instanceof Error)) return error;
  const path = await picture(page, `failed-${Date.now()}`).catch(() => 'none');
  error.message += `\n  at ${page.url()}, picture: ${path}${faults.map((fault) => `\n  ${fault}`).join('')}`;
  return error;
}

/** Draws a page into the folder of {@link pictures} and says where. */
export async function picture(page: Page, name: string): Promise<string> {
  mkdirSync(pictures, { recursive: true });
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
