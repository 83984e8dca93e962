/**
 * Draws every page of the workbench, in both themes, wide and on a phone: `node scripts/screenshots.ts [FOLDER]`. The demo
 * stands in it, with a clock of its own, so that pictures differ only where the pages do.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { looks, type Scene, scenes } from '../test/workbench/scenes.ts';
import { startDemo } from '../test/workbench/server.ts';
import { settled } from '../test/workbench/settled.ts';
import { ensureBrowser } from './browser.ts';

/** Draws one page in one look; a scene that does not play is drawn as far as it came, and said. */
async function draw(browser: Browser, base: string, scene: Scene, look: (typeof looks)[number], folder: string) {
  const { theme: colorScheme, width, height } = look;
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height },
    colorScheme,
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  const file = join(folder, `${scene.name}-${colorScheme}-${width}.png`);
  try {
    await page.goto(scene.path);
    await settled(page);
    await scene.act?.(page);
    await settled(page);
  } catch (error) {
    process.stderr.write(`${scene.name}: ${error instanceof Error ? error.message.split('\n', 1)[0] : error}\n`);
  }
  await page.screenshot({ path: file, animations: 'disabled' });
  await context.close();
  process.stdout.write(`${file}\n`);
}

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'mailhunt-screenshots'));
const executablePath = ensureBrowser();
if (executablePath === undefined) throw new Error('no Chromium: install it, or name one in MAILHUNT_BROWSER');
mkdirSync(folder, { recursive: true });
await using server = await startDemo();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const scene of scenes) for (const look of looks) await draw(browser, server.address, scene, look, folder);
} finally {
  await browser.close();
}
