import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  asked,
  cell,
  clipboard,
  column,
  HOSTILE,
  MESSAGE,
  panelOf,
  resultFlows,
  rowsShown,
  table,
} from './result-view.ts';

/** What the page of the harness offers. */
declare const window: {
  showSnapshot: (changes: object, ...tables: unknown[]) => void;
};

resultFlows('the grid', (flow) => {
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
});
