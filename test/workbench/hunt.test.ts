import assert from 'node:assert/strict';
import { flows } from './browser.ts';
import { answer, begin, editorOf, kept, paste, run, statusOf } from './hunt-page.ts';

/** It would join for hours. */
const ENDLESS =
  'range a from 1 to 4000000 step 1 | extend k = a % 3 | join kind=inner (range b from 1 to 4000000 step 1 | extend k = b % 3) on k | summarize sum(a * b)';

flows('the Hunt page', (flow) => {
  flow('runs the query at the cursor, what is chosen, or all', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'print one = 1\n\nlet n = 3;\n\nrange second from 1 to n step 1');
    assert.equal(await run(page), 'Done, 3 rows');
    await page.keyboard.press('Control+Home');
    assert.equal(await run(page), 'Done, 1 rows');
    await page.getByRole('columnheader', { name: 'one' }).waitFor();
    await page.getByRole('button', { name: 'Run all' }).click();
    await statusOf(page).filter({ hasText: 'Done, 4 rows' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'SQL' }).click();
    await page.getByRole('dialog', { name: 'What ran, as SQL' }).getByText('SELECT').first().waitFor();
  });

  flow('cancels by key and by button, and the server is free again', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, ENDLESS);
    await page.keyboard.press('Shift+Enter');
    await statusOf(page).filter({ hasText: 'Running' }).waitFor({ state: 'attached' });
    await page.waitForTimeout(500);
    await page.keyboard.press('Escape');
    await statusOf(page).filter({ hasText: 'Cancelled' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+Enter');
    await page.waitForTimeout(500);
    await page.getByRole('toolbar', { name: 'Query' }).getByRole('button', { name: 'Cancel' }).click();
    await statusOf(page).filter({ hasText: 'Cancelled' }).waitFor({ state: 'attached' });
    await paste(page, 'EmailEvents | count');
    assert.equal(await run(page), 'Done, 1 rows');
  });

  flow('tabs, their names, texts and cursors are there after a reload', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'print 1');
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.getByRole('tab', { name: 'Query 2' }).focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('My clicks');
    await page.keyboard.press('Enter');
    await paste(page, 'UrlClickEvents\n| take 7');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await page.reload();
    await page.getByRole('tab', { name: 'My clicks', selected: true }).waitFor();
    await editorOf(page).locator('.view-lines').waitFor();
    const { all, active } = await kept(page);
    assert.deepEqual(
      [all[0]?.text, all[1]?.text, all[1]?.cursor, active],
      ['print 1', 'UrlClickEvents\n| take 7', 14, all[1] && '2'],
    );
    await editorOf(page).getByText('UrlClickEvents').waitFor();
    await page.getByRole('tab', { name: 'Query 1' }).click();
    await editorOf(page).getByText('print').waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('tab', { name: 'Query 1' }).focus();
    await page.keyboard.press('Delete');
    await page.getByRole('tab', { name: 'Query 1' }).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'My clicks', selected: true }).waitFor();
  });

  flow('a link holds the query and opens it in a tab of its own', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await paste(page, 'EmailEvents\n| where Subject has "Ünï → 漢字"');
    await page.waitForTimeout(200);
    await page.getByRole('button', { name: 'Copy a link to the query' }).click();
    await page.getByText('The link is copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /\/hunt#q1=[\w-]+$/);
    const other = await openPage(link);
    await other.getByRole('tab').nth(1).waitFor();
    await other.waitForTimeout(700);
    assert.equal((await kept(other)).all.at(-1)?.text, 'EmailEvents\n| where Subject has "Ünï → 漢字"');
    assert.equal(new URL(other.url()).hash, '');
    await other.goto('/hunt#q1=broken');
    await other.waitForTimeout(500);
    assert.equal(await other.getByRole('tab').count(), 2);
  });

  flow(
    'a value of the result becomes a filter of the query, before what draws it; a message opens',
    async ({ openPage }) => {
      const page = await openPage('/hunt');
      await paste(page, 'EmailEvents\n| project EmailDirection, NetworkMessageId\n| render table');
      await run(page);
      await page.getByRole('gridcell', { name: 'Inbound' }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'where EmailDirection == "Inbound"' }).click();
      const [count] = await answer(page, 'EmailEvents | where EmailDirection == "Inbound" | count');
      await statusOf(page)
        .filter({ hasText: `Done, ${count} rows` })
        .waitFor({ state: 'attached' });
      await page.waitForTimeout(700);
      assert.equal(
        (await kept(page)).all[0]?.text,
        'EmailEvents\n| project EmailDirection, NetworkMessageId\n| where EmailDirection == "Inbound"\n| render table',
      );
      await page
        .getByRole('gridcell', { name: /^[0-9a-f]{8}-/ })
        .first()
        .click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Open the message' }).click();
      await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
      await page.goBack();
      // what had run is still there
      await statusOf(page)
        .filter({ hasText: `Done, ${count} rows` })
        .waitFor({ state: 'attached' });
    },
  );

  flow('saves a query, finds it, opens it, removes it', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'EmailEvents | take 11');
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Save the query' });
    await dialog.getByLabel('Name').fill('Eleven');
    await dialog.getByLabel('What it finds').fill('Any eleven');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'Eleven' }).waitFor();
    await page.getByRole('button', { name: 'Saved queries' }).click();
    const all = page.getByRole('dialog', { name: 'Saved queries' });
    await all.getByRole('searchbox').fill('eleven');
    await all.getByRole('button', { name: /^Eleven/ }).click();
    await page.getByRole('tab', { name: 'Eleven' }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Saved queries' }).click();
    await all.getByRole('button', { name: 'Remove Eleven' }).click();
    await all.getByText('No query is saved yet').waitFor();
  });

  flow('the history brings back what ran', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'print history_is_here = 1');
    await run(page);
    await begin(page);
    await page.getByRole('button', { name: 'History' }).click();
    const dialog = page.getByRole('dialog', { name: 'History' });
    await dialog.getByRole('searchbox').fill('history_is PRINT');
    await dialog.getByRole('button', { name: /history_is_here/ }).click();
    await page.getByRole('tab').nth(1).waitFor();
    await editorOf(page).getByText('history_is_here').waitFor();
  });

  flow(
    'a million wide rows: the page takes what fits, says that there are more, and stays alive',
    async ({ openPage }) => {
      const page = await openPage('/hunt');
      await paste(page, 'range x from 1 to 1000000 step 1 | extend Wide = strcat(tostring(x), strrep("wide ", 100))');
      assert.match(await run(page), /^Done, \d{5,6} rows$/);
      await page.getByText('the first, of more').waitFor();
      await paste(page, 'print 1');
      assert.equal(await run(page), 'Done, 1 rows');
    },
  );

  flow('on a phone: one above the other, nothing beside the screen', async ({ openPage }) => {
    const page = await openPage('/hunt', { width: 390, theme: 'dark' });
    await paste(page, 'EmailEvents | take 3');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await statusOf(page).filter({ hasText: 'Done, 3 rows' }).waitFor({ state: 'attached' });
    await page.getByRole('gridcell').first().waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});
