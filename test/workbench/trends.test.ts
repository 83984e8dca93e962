import assert from 'node:assert/strict';
import { tiles } from '../../web/src/trends/tiles.ts';
import { flows } from './browser.ts';

flows('the page Trends', (flow) => {
  flow('every tile answers, and looks back as far as it is told', async ({ openPage }) => {
    const page = await openPage('/trends');
    const figures = page.getByRole('region', { name: tiles[0]!.title }).locator('dd');
    for (const { title } of tiles) {
      const tile = page.getByRole('region', { name: title, exact: true });
      await tile.scrollIntoViewIfNeeded();
      await tile.locator('canvas, table, dd').first().waitFor({ timeout: 60_000 });
    }
    const month = (await figures.allTextContents()).join();
    await page.getByRole('radio', { name: '7 days' }).click();
    await page.waitForFunction(
      (before) => [...document.querySelectorAll('dd')].map((one) => one.textContent).join() !== before,
      month,
    );
  });

  flow('a tile’s query opens in Hunt as it stands', async ({ openPage }) => {
    const page = await openPage('/trends');
    const link = page.getByRole('link', { name: `Open in Hunt: ${tiles[0]!.title}` });
    assert.equal(decodeURIComponent((await link.getAttribute('href'))!.split('#kql=')[1]!), tiles[0]!.kql(30));
    await link.click();
    await page.waitForURL(/\/hunt/);
    await page.locator('.view-lines').getByText('dcountif').first().waitFor();
  });
});
