import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.ts';
import { type ResultPage, startResultPage } from '../web/grid/harness/result-page.ts';
import { watch } from './watch.ts';

const executablePath = ensureBrowser();

/** What the page of the harness offers. */
declare const window: {
  show: (...tables: unknown[]) => void;
  showMany: (rows: number, columns: number) => void;
  showSnapshot: (changes: object, ...tables: unknown[]) => void;
  asked: unknown[][];
};

const MESSAGE = '11111111-aaaa-bbbb-cccc-000000000003';
const HOSTILE = '<img src=x onerror="window.struck=1"> \u202Egnp.exe';
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
const table = { name: 'PrimaryResult', columns, rows };

describe('the result view', { skip: executablePath === undefined ? 'no Chromium' : false }, () => {
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

  /** A flow over the given tables; it fails too where the page does what it may not. */
  const flow = (
    name: string,
    run: (page: Page, context: BrowserContext) => Promise<void>,
    shown: readonly object[] = [table],
  ) =>
    it(name, { timeout: 90_000 }, async () => {
      const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1280, height: 720 } });
      context.setDefaultTimeout(15_000);
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.address });
      const { faults } = await watch(context, site.address);
      try {
        const page = await context.newPage();
        await page.goto(site.address);
        await page.waitForFunction('window.ready');
        await page.evaluate((tables) => window.show(...tables), [...shown]);
        await run(page, context);
        assert.deepEqual(faults, []);
        assert.equal(await page.evaluate('window.struck'), undefined);
      } finally {
        await context.close();
      }
    });

  const cell = (page: Page, line: number, at: number) => page.locator(`[data-line="${line}"] > [data-at="${at}"]`);
  const column = async (page: Page, at: number): Promise<(string | null)[]> => {
    const found = await page
      .locator(`[role=row]:not([aria-rowindex="1"]) > [data-at="${at}"]`)
      .evaluateAll((cells) => cells.map((one) => [Number(one.parentElement?.dataset.line), one.textContent] as const));
    return found.sort(([a], [b]) => a - b).map(([, text]) => text);
  };
  const asked = (page: Page) => page.evaluate(() => window.asked);
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
  const rowsShown = (page: Page, words: RegExp) => page.locator('footer').filter({ hasText: words }).waitFor();
  const panelOf = async (page: Page, name: string) => {
    await page.getByRole('columnheader', { name }).click({ button: 'right' });
    return page.getByRole('dialog', { name: `Column ${name}` });
  };

  flow('shows hostile values as text, and what nobody would see as escapes', async (page) => {
    await cell(page, 3, 2).waitFor();
    assert.equal(await cell(page, 3, 2).textContent(), '<img src=x onerror="window.struck=1"> \\u{202E}gnp.exe');
    await cell(page, 3, 2).dblclick();
    const pane = page.getByRole('region', { name: 'Row 4' });
    await pane.getByText('onerror="window.struck=1"').waitFor();
    await pane.getByText('https://evil.example/<script>').waitFor();
    assert.equal(await page.locator('a, img').count(), 0);
  });

  flow('goes by keys: cells, pages, ends, the heading, the details', async (page) => {
    await page.getByRole('columnheader', { name: 'Timestamp' }).focus();
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement as HTMLElement;
        return `${at.parentElement?.dataset.line},${at.dataset.at}`;
      });
    const moves: [string, string][] = [
      ['ArrowDown', '0,0'],
      ['ArrowRight', '0,1'],
      ['End', '0,6'],
      ['Control+End', '39,6'],
      ['Control+Home', '0,0'],
      ['PageDown', '23,0'],
      ['PageUp', '0,0'],
      ['ArrowUp', '-1,0'],
      ['ArrowDown', '0,0'],
      ['ArrowDown', '1,0'],
    ];
    for (const [key, expected] of moves) {
      await page.keyboard.press(key);
      assert.equal((await focused()).replace(/^2\d,/, '23,'), expected, key);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Row 2' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('region', { name: 'Row 3' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Row 3' }).waitFor({ state: 'detached' });
  });

  flow('sorts wide numbers exactly, by pointer and by key', async (page) => {
    const heading = page.getByRole('columnheader', { name: 'Size' });
    await heading.click();
    assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
    await heading.press('Enter');
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
    await cell(page, 0, 3).filter({ hasText: '9223372036854775807' }).waitFor();
    assert.deepEqual((await column(page, 3)).slice(0, 3), ['9223372036854775807', '9223372036854775806', '39']);
    await heading.press('Enter');
    assert.equal(await heading.getAttribute('aria-sort'), 'none');
  });

  flow('filters by values, by text and by range, and takes filters away', async (page) => {
    let panel = await panelOf(page, 'Subject');
    await panel.getByText('subject 1').click();
    await rowsShown(page, /30 of 40 rows/);
    await panel.getByLabel('Holds the text').fill('SUBJECT 2');
    await rowsShown(page, /10 of 40 rows/);
    await page.keyboard.press('Escape');
    panel = await panelOf(page, 'Timestamp');
    await panel.getByLabel('To').fill('2026-07-10');
    await rowsShown(page, /2 of 40 rows/);
    await panel.getByLabel('To').fill('nonsense');
    await panel.getByText('no datetime').waitFor();
    await rowsShown(page, /10 of 40 rows/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Remove: Subject/ }).click();
    await rowsShown(page, /40 rows/);
  });

  flow('groups, opens groups by key, and groups within groups', async (page) => {
    await (await panelOf(page, 'Subject')).getByRole('button', { name: 'Group' }).click();
    const group = page.getByRole('gridcell', { name: 'Subject: subject 0, 10 rows' });
    await group.click();
    await page.locator('[aria-expanded=true]').waitFor();
    assert.equal(await page.getByRole('gridcell', { name: /^Subject: / }).count(), 5);
    await page.keyboard.press('Enter');
    await page.locator('[role=gridcell][aria-expanded=true]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.locator('[role=gridcell][aria-expanded=true]').first().waitFor();
  });

  flow('picks, pins, moves, hides and resizes columns', async (page) => {
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByText('Hide empty columns (1)').click();
    await page.getByRole('dialog', { name: 'Columns' }).getByText('Details', { exact: true }).click();
    await page.keyboard.press('Escape');
    const names = () =>
      page.getByRole('columnheader').evaluateAll((all) => all.map((one) => one.querySelector('span')?.textContent));
    assert.deepEqual(await names(), ['Timestamp', 'NetworkMessageId', 'Subject', 'Size', 'AuthenticationDetails']);
    await (await panelOf(page, 'Size')).getByRole('button', { name: 'Pin' }).click();
    await page
      .getByRole('columnheader', { name: 'Subject' })
      .dragTo(page.getByRole('columnheader', { name: 'Timestamp' }));
    assert.deepEqual(await names(), ['Size', 'Subject', 'Timestamp', 'NetworkMessageId', 'AuthenticationDetails']);
    const heading = page.getByRole('columnheader', { name: 'Subject' });
    const box = (await heading.boundingBox())!;
    await page.mouse.move(box.x + box.width - 3, box.y + 15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 77, box.y + 15, { steps: 4 });
    await page.mouse.up();
    assert.equal(Math.round((await heading.boundingBox())!.width - box.width), 80);
    await page.mouse.dblclick(box.x + box.width + 77, box.y + 15);
    assert.notEqual(Math.round((await heading.boundingBox())!.width - box.width), 80);
  });

  flow('finds, goes on and back, and marks', async (page) => {
    await cell(page, 0, 0).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('subject 1');
    await page.getByRole('status').filter({ hasText: '1 of 10' }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByRole('status').filter({ hasText: '10 of 10' }).waitFor();
    await page.locator('mark').filter({ hasText: 'subject 1' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('mark').count(), 0);
  });

  flow('selects, adds up and copies cells', async (page) => {
    await cell(page, 4, 3).click();
    await cell(page, 8, 3).click({ modifiers: ['Shift'] });
    await page.locator('footer').filter({ hasText: 'Sum 18446744073709551628' }).waitFor();
    await page.keyboard.press('Control+c');
    await page.getByText('Copied.').waitFor();
    assert.equal(await clipboard(page), '4\n5\n6\n9223372036854775807\n9223372036854775806');
    await cell(page, 3, 2).click();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+Shift+C');
    assert.equal(await clipboard(page), `Subject\tSize\n"${HOSTILE.replaceAll('"', '""')}"\t3`);
    await cell(page, 3, 2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy as a KQL datatable' }).click();
    assert.match(
      await clipboard(page),
      /^datatable \(Subject: string, Size: long\) \[\n {2}"<img src=x onerror=\\"window.struck=1\\"> \\u202egnp.exe", 3,\n\]$/,
    );
  });

  flow('writes filters from cells, from several, and from JSON', async (page) => {
    await cell(page, 3, 2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^where Subject == / }).click();
    await cell(page, 0, 2).click();
    await cell(page, 1, 2).click({ modifiers: ['Shift'] });
    await cell(page, 1, 2).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^where Subject !in / }).click();
    await cell(page, 3, 2).dblclick();
    await page.getByRole('button', { name: 'Add DMARC as filter' }).click();
    assert.deepEqual(await asked(page), [
      ['filter', '| where Subject == "<img src=x onerror=\\"window.struck=1\\"> \\u202egnp.exe"'],
      ['filter', '| where Subject !in ("subject 0", "subject 1")'],
      ['filter', '| where tostring(parse_json(AuthenticationDetails)["DMARC"]) == "fail"'],
    ]);
  });

  flow('opens a message', async (page) => {
    await cell(page, 3, 1).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open the message' }).click();
    assert.deepEqual(await asked(page), [['message', MESSAGE]]);
  });

  flow('saves what is shown as CSV, JSON and a workbook', async (page) => {
    const panel = await panelOf(page, 'Subject');
    await panel.getByLabel('Holds the text').fill('onerror');
    await rowsShown(page, /1 of 40 rows/);
    await page.keyboard.press('Escape');
    const saved = async (name: string) => {
      await page.getByRole('button', { name: 'Export what is shown' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    };
    const csv = await saved('CSV');
    assert.match(csv.name, /^mailhunt-primaryresult-\d{4}-\d\d-\d\dT\d{6}Z\.csv$/);
    assert.equal(csv.content.toString().split('\r\n').length, 3);
    assert.equal((JSON.parse((await saved('JSON')).content.toString()) as { Subject: string }[])[0]!.Subject, HOSTILE);
    const xlsx = await saved('Excel workbook');
    assert.match(xlsx.name, /\.xlsx$/);
    assert.equal(xlsx.content.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
  });

  flow('says what is missing: rows to come, rows left out, none at all, none that fit', async (page) => {
    const show = (changes: object, own: object[]) =>
      page.evaluate(([how, tables]) => window.showSnapshot(how as object, ...(tables as object[])), [
        changes,
        own,
      ] as const);
    await show({ state: 'running' }, []);
    await page.getByText('Waiting for rows …').waitFor();
    await show({ state: 'running' }, [{ ...table, complete: false }]);
    await rowsShown(page, /40 rows so far/);
    await show({ capped: true }, [table]);
    await page.getByText('The page holds the first 40 rows and takes no more').waitFor();
    await show({}, [{ ...table, rows: [] }]);
    await page.getByText('No rows.').waitFor();
    await show({}, [table]);
    await (await panelOf(page, 'Subject')).getByLabel('Holds the text').fill('nowhere');
    await page.getByText('No row fits the filters.').waitFor();
  });

  flow(
    'has a tab a table, and keeps how each is looked at',
    async (page) => {
      await page.getByRole('columnheader', { name: 'Size' }).click();
      await page.getByRole('tab', { name: /^Second/ }).click();
      await page.getByRole('columnheader', { name: 'Other' }).waitFor();
      await page.getByRole('tab', { name: /^Second/ }).press('ArrowLeft');
      assert.equal(await page.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort'), 'ascending');
    },
    [table, { name: 'Second', columns: [{ name: 'Other', type: 'string' }], rows: [['x']] }],
  );

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

  flow('has no faults that axe finds, as grid, with details, as chart', async (page) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const check = async (what: string) => {
      await page.evaluate(axe);
      const found = await page.evaluate(
        `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')))`,
      );
      assert.deepEqual(found, [], what);
    };
    await cell(page, 3, 2).dblclick();
    await check('grid with details');
    await page.getByRole('radio', { name: 'Chart' }).click();
    await page.locator('canvas').first().waitFor();
    await check('chart');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('radio', { name: 'Table' }).click();
    await cell(page, 3, 2).waitFor();
    await check('in the dark');
  });

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
      for (let i = 0; i < 3 && !(best('frame') < 33); i += 1) tries.push(await scrolled(page, context));
      const busy = loadavg()[0]! > 1.5 * cpus().length;
      const frames = tries.map(({ frame }) => frame.toFixed(1)).join(', ');
      const said = `95th percentile of the frames: ${frames} ms, work for one: ${best('work').toFixed(1)} ms`;
      console.log(`# scrolling, ${said}${busy ? ' (the machine is busy)' : ''}`);
      assert.ok(busy || best('frame') < 33, said);
      assert.ok(best('work') < 16, said);
      await page.evaluate(
        `window.stops = []; new PerformanceObserver((list) => window.stops.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' })`,
      );
      await page.getByRole('columnheader', { name: 'Column1' }).click();
      await page.locator('footer').filter({ hasNotText: 'working' }).waitFor();
      const stops = (await page.evaluate('window.stops')) as number[];
      assert.ok(busy || Math.max(0, ...stops) < 200, `the page stopped for ${stops.join(', ')} ms`);
    },
  );

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
      (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value *
      1_000;
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
});
