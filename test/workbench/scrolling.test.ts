import assert from 'node:assert/strict';
import { cpus, loadavg } from 'node:os';
import type { BrowserContext, Page } from 'playwright-core';
import { isWithin } from '../in-time.ts';
import { resultFlows, rowsShown } from './result-view.ts';

/** What the page of the harness offers. */
declare const window: {
  showMany: (rows: number, columns: number) => void;
};

resultFlows('a grid of 100,000 rows', (flow) => {
  flow(
    '100,000 rows of 12 columns scroll with 95 % of the frames under 33 ms, and sort without a long stop',
    async (page, context) => {
      await page.evaluate(() => window.showMany(100_000, 12));
      await rowsShown(page, /100,000 rows/);
      await page.evaluate(
        `window.frames = []; { let last = performance.now(); const next = (now) => { frames.push(now - last); last = now; requestAnimationFrame(next); }; requestAnimationFrame(next); }`,
      );
      // Other programs share the machine: the best of some tries says what the page can do. Where they leave it no time
      // at all, the processor's time that the page takes for a picture still does.
      const tries: Scrolled[] = [];
      const best = (what: keyof Scrolled) => Math.min(...tries.map((one) => one[what]));
      for (let i = 0; i < 3 && !(best('frame') < 33 && best('work') < 16); i += 1)
        tries.push(await scrolled(page, context));
      const busy = loadavg()[0]! > 1.5 * cpus().length;
      const frames = tries.map(({ frame }) => frame.toFixed(1)).join(', ');
      const said = `95th percentile of the frames: ${frames} ms, work for one: ${best('work').toFixed(1)} ms`;
      console.log(`# scrolling, ${said}${busy ? ' (the machine is busy)' : ''}`);
      assert.ok(busy || isWithin(best('frame'), 33), said);
      assert.ok(isWithin(best('work'), 16), said);
      await page.evaluate(
        `window.stops = []; new PerformanceObserver((list) => window.stops.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' })`,
      );
      await page.getByRole('columnheader', { name: 'Column1' }).click();
      await page.locator('footer').filter({ hasNotText: 'working' }).waitFor();
      const stops = (await page.evaluate('window.stops')) as number[];
      assert.ok(busy || isWithin(Math.max(0, ...stops), 200), `the page stopped for ${stops.join(', ')} ms`);
    },
  );
});

/** Milliseconds: the 95th percentile between two pictures, and the processor's on the page's thread for one. */
interface Scrolled {
  readonly frame: number;
  readonly work: number;
}

/** Turns the wheel through the grid for two seconds, with some leaps. */
async function scrolled(page: Page, context: BrowserContext): Promise<Scrolled> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1_000;
  const before = await worked();
  await page.evaluate('window.frames.length = 0');
  for (let i = 0; i < 120; i += 1) {
    const deltaY = i % 40 === 39 ? 40_000 : 120;
    await devtools.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 600, y: 400, deltaX: 0, deltaY });
    await page.waitForTimeout(12);
  }
  const frames = ((await page.evaluate('window.frames')) as number[]).slice(2).sort((a, b) => a - b);
  const work = ((await worked()) - before) / frames.length;
  await devtools.detach();
  return { frame: frames[Math.floor(frames.length * 0.95)] ?? Number.POSITIVE_INFINITY, work };
}
