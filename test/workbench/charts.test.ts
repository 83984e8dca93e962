import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { asked, HOSTILE, resultFlows } from './result-view.ts';

const daily = {
  name: 'Daily',
  columns: [
    { name: 'Day', type: 'datetime' },
    { name: 'Result', type: 'string' },
    { name: 'n', type: 'long' },
  ],
  rows: Array.from({ length: 60 }, (_, i) => [
    `2026-07-${String(1 + (i % 30)).padStart(2, '0')}T00:00:00.0000000Z`,
    i < 30 ? 'pass' : HOSTILE,
    i,
  ]),
  visualization: { Visualization: 'timechart', Title: HOSTILE },
};
resultFlows('charts', (flow) => {
  flow(
    'draws what render asks for; a stretch of time that is marked becomes the range',
    async (page) => {
      await page.getByRole('img', { name: /timechart: n by Day, 2 series, 60 points/ }).waitFor();
      const box = (await page.locator('canvas').first().boundingBox())!;
      await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
      await page.mouse.up();
      await page.getByRole('button', { name: 'Use as time range' }).click();
      const [[what, from, to] = []] = (await asked(page)) as string[][];
      assert.equal(what, 'time');
      assert.match(`${from}${to}`, /^2026-07-(09|1\d)T.*Z2026-07-1\dT.*Z$/);
      assert.ok(from! < to!);
    },
    [daily],
  );

  flow(
    'switches the chart by hand, refuses what it cannot draw, and saves a picture',
    async (page) => {
      await page.getByRole('button', { name: /Kind/ }).click();
      await page.getByRole('option', { name: 'Ladder' }).click();
      await page.getByText('A ladderchart needs two columns').waitFor();
      await page.getByRole('button', { name: /Kind/ }).click();
      await page.getByRole('option', { name: 'Columns' }).click();
      await page.getByRole('img', { name: /columnchart: n by Day/ }).waitFor();
      await page.getByRole('button', { name: 'Export what is shown' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'PNG' }).click(),
      ]);
      assert.equal((await readFile(await download.path())).subarray(1, 4).toString(), 'PNG');
      await page.getByRole('radio', { name: 'Table' }).click();
      await page.getByRole('grid').waitFor();
    },
    [daily],
  );

  flow(
    'names a pivot chart that it does not draw',
    (page) => page.getByText('“pivotchart” is not drawn here').waitFor(),
    [{ ...daily, visualization: { Visualization: 'pivotchart' } }],
  );
});
