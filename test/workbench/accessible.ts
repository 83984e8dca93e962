import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findings } from './axe.ts';
import { type AddFlow, flows, picture } from './browser.ts';
import { looks, type Scene, scenes } from './scenes.ts';
import { settled } from './settled.ts';

/** How far the page could be scrolled sideways, in pixels. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const main = document.getElementById('page');
    return Math.max(scrollWidth - clientWidth, (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0));
  });

/** Looks at some of the scenes, each in both themes, wide and on a phone; a file takes as many as its time allows. */
export function accessible(names: readonly string[]): void {
  flows('every page can be used by everybody', (flow) => {
    for (const scene of scenes.filter(({ name }) => names.includes(name))) looked(flow, scene);
  });
}

function looked(flow: AddFlow, { name, path, act }: Scene): void {
  flow(`${name}: axe finds nothing, in both themes, wide and on a phone`, async ({ openPage }) => {
    const found: string[] = [];
    for (const look of looks) {
      const page = await openPage(path, look);
      await settled(page);
      await act?.(page);
      await settled(page);
      const [theme, width] = [look.theme, look.width];
      await picture(page, `${name}-${theme}-${width}`);
      found.push(...(await findings(page)).map((one) => `${theme} ${width}: ${one}`));
      if (width < 600 && (await sideways(page)) > 0) found.push(`${theme} ${width}: it scrolls sideways`);
      await page.close();
    }
    assert.deepEqual(found, []);
  });
}
