import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { flows } from './browser.ts';

const HOSTILE = `<img src=x onerror="window.struck=1"><script>window.struck=1</script>`;
/** It would join for hours. */
const ENDLESS =
  'range a from 1 to 4000000 step 1 | extend k = a % 3 | join kind=inner (range b from 1 to 4000000 step 1 | extend k = b % 3) on k | summarize sum(a * b)';

const editorOf = (page: Page) => page.locator('.kql-editor .monaco-editor');
const statusOf = (page: Page) => page.getByRole('region', { name: 'Result' }).getByRole('status').first();

/** Empties the editor and gives it the focus. */
async function begin(page: Page): Promise<void> {
  const lines = editorOf(page).locator('.view-lines');
  // An editor that has only just come may not hear the first keys.
  for (let tries = 0; tries < 20; tries++) {
    await lines.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    if (((await lines.textContent()) ?? '').trim() === '') return;
    await page.waitForTimeout(250);
  }
}

/** Types lines as a person does; brackets and quotes close themselves. */
async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const [at, line] of lines.entries()) {
    if (at > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
    // a move refuses completions that are there, and those that are still on their way
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
  }
}

/** Puts a text into the editor at once, as pasting does. */
async function paste(page: Page, text: string): Promise<void> {
  await begin(page);
  await page.keyboard.insertText(text);
}

/** Runs the query at the cursor and waits until it has ended; what the status says. */
async function run(page: Page): Promise<string> {
  await page.keyboard.press('Shift+Enter');
  await page.waitForTimeout(100);
  await statusOf(page)
    .filter({ hasText: /Done|Failed|Cancelled/ })
    .waitFor({ state: 'attached', timeout: 30_000 });
  return (await statusOf(page).textContent()) ?? '';
}

/** What a query gives, asked without the page: the cells of its first row. */
async function answer(page: Page, text: string): Promise<unknown[]> {
  const response = await page.request.post('/api/v1/query', { data: { text } });
  return JSON.parse((await response.text()).split('\n')[1] ?? '[]');
}

const kept = (page: Page) =>
  page.evaluate(
    () =>
      JSON.parse(localStorage.getItem('mailhunt.hunt.tabs') ?? '{}') as {
        all: { name: string; text: string; cursor: number }[];
        active: string;
      },
  );

const dmarc = ['EmailEvents', '| where Timestamp > ago(30d)', '| where AuthenticationDetails has "dmarc=fail"'];
const COUNT = `${dmarc.join('\n')}\n| count`;

flows('the Hunt page', (flow) => {
  flow('seed 4, first hunt, by hand: mail that failed DMARC', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project Timestamp, SenderFromAddress, RecipientEmailAddress, Subject, AuthenticationDetails',
      '| order by Timestamp desc',
    );
    const [count] = await answer(page, COUNT);
    assert.ok(Number(count) > 0);
    assert.equal(await run(page), `Done, ${count} rows`);
    await page.getByRole('columnheader', { name: 'AuthenticationDetails' }).waitFor();
    await page
      .getByRole('gridcell', { name: /dmarc=fail/ })
      .first()
      .waitFor();
  });

  flow('seed 4, second hunt: what happened to that mail', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project Timestamp, SenderFromAddress, SenderMailFromAddress, RecipientEmailAddress, Subject, DeliveryAction, ThreatTypes',
      '| order by Timestamp desc',
    );
    const [count] = await answer(page, COUNT);
    assert.equal(await run(page), `Done, ${count} rows`);
    await page.getByRole('columnheader', { name: 'DeliveryAction' }).waitFor({ state: 'attached' });
  });

  flow('seed 4, third hunt: by sender', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| summarize Messages = count(), Recipients = dcount(RecipientEmailAddress), FirstSeen = min(Timestamp), LastSeen = max(Timestamp) by SenderFromAddress',
      '| order by Messages desc',
    );
    const senders = await answer(page, `${dmarc.join('\n')} | summarize by SenderFromAddress | count`);
    assert.equal(await run(page), `Done, ${senders[0]} rows`);
    const [first] = await answer(
      page,
      `${dmarc.join('\n')} | summarize Messages = count() by SenderFromAddress | top 1 by Messages | project SenderFromAddress`,
    );
    await page
      .getByRole('gridcell', { name: String(first) })
      .first()
      .waitFor();
  });

  flow('seed 4, fourth hunt: who clicked', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(
      page,
      ...dmarc,
      '| project EmailTime = Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject',
      '| join kind=leftouter (',
      'UrlClickEvents',
      '| project ClickTime = Timestamp, NetworkMessageId, Url, ActionType',
    );
    // the editor has closed the bracket on the next line
    await page.keyboard.press('Control+End');
    await type(page, ' on NetworkMessageId', '| order by EmailTime desc');
    const text = (
      await answer(
        page,
        `${dmarc.join('\n')} | join kind=leftouter (UrlClickEvents | project ClickTime = Timestamp, NetworkMessageId) on NetworkMessageId | count`,
      )
    )[0];
    assert.equal(await run(page), `Done, ${text} rows`);
    await page.getByRole('columnheader', { name: 'ClickTime' }).waitFor({ state: 'attached' });
  });

  flow('completes the columns of the table, and what a let has named above an empty line', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    await type(page, 'let wanted = "Inbound";', '', 'EmailEvents');
    await page.keyboard.press('Enter');
    await page.keyboard.type('| where EmailDir', { delay: 20 });
    const list = page.locator('.suggest-widget');
    await list.getByText('EmailDirection', { exact: true }).first().waitFor({ timeout: 30_000 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type('== want', { delay: 20 });
    await list.getByText('wanted', { exact: true }).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    const [count] = await answer(page, 'EmailEvents | where EmailDirection == "Inbound" | count');
    assert.equal(await run(page), `Done, ${count} rows`);
  });

  flow('underlines a mistake while one writes, names it, and leads to it', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'EmailEvents\n| where Subjekt == "x"');
    await editorOf(page).locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('Control+Home');
    await page.getByRole('button', { name: '1 error' }).click();
    await page.getByText("'Subjekt' does not refer").waitFor();
    await page.getByRole('button', { name: 'Line 2' }).click();
    await page.waitForTimeout(300);
    await page.keyboard.type('Subject');
    await editorOf(page).locator('.squiggly-error').waitFor({ state: 'detached' });
    await page.waitForTimeout(600);
    const { all } = await kept(page);
    assert.equal(all[0]?.text, 'EmailEvents\n| where Subject == "x"');
  });

  flow('a refused query says what, where and what to do; the places lead there', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'print 1\n\nEmailEvents\n| evaluate bag_unpack(Subject)');
    assert.match(await run(page), /^Failed/);
    const alert = page.getByRole('alert');
    await alert.getByText('not a dynamic').waitFor();
    await alert.getByText('KQL0005').waitFor();
    await alert.getByRole('button', { name: 'Line 4' }).click();
    await page.keyboard.type('AdditionalFields');
  });

  flow('warns of what is never true, while one writes and beside the result', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(page, 'EmailEvents\n| where EmailDirection == "inbund"');
    await editorOf(page).locator('.squiggly-warning').first().waitFor();
    await page.getByRole('button', { name: '1 warning' }).waitFor();
    assert.equal(await run(page), 'Done, 0 rows');
    await page.getByText('no row of EmailEvents makes this true').waitFor();
    await page.getByText('WARN0002').waitFor();
    await paste(page, 'EmailEvents\n| where EmailDirection == "Inbound" | take 1');
    await editorOf(page).locator('.squiggly-warning').waitFor({ state: 'detached' });
    assert.equal(await run(page), 'Done, 1 rows');
    assert.equal(await page.getByText('WARN0002').count(), 0);
  });

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

  flow('hostile results, names and errors are text', async ({ openPage }) => {
    const page = await openPage('/hunt');
    const literal = JSON.stringify(HOSTILE);
    await paste(
      page,
      `print Subject = ${literal}, ['<b onclick="window.struck=1">x</b>'] = dynamic({"a": ${literal}}), Url = "javascript:window.struck=1" | render table with (title=${literal})`,
    );
    assert.equal(await run(page), 'Done, 1 rows');
    await page
      .getByRole('gridcell', { name: /onerror/ })
      .first()
      .waitFor();
    await paste(page, `['${HOSTILE.replaceAll("'", "\\'")}'] | take 1`);
    assert.match(await run(page), /^Failed/);
    await page.getByRole('alert').getByText('onerror').first().waitFor();
    await page.getByRole('tab').first().focus();
    await page.keyboard.press('F2');
    await page.keyboard.type(HOSTILE);
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: HOSTILE }).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('dialog', { name: 'History' }).getByText('onerror').first().waitFor();
    assert.equal(await page.evaluate('window.struck'), undefined);
    assert.equal(await page.locator('img[src=x]').count(), 0);
  });

  flow('parameters have fields, and the time has a picker that tells what the text says', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(
      page,
      'declare query_parameters(who:string, n:long = 2);\nEmailEvents\n| where SenderFromAddress has who\n| take n',
    );
    await page.getByLabel('who: string').fill('contoso');
    assert.equal(await page.getByLabel('n: long').getAttribute('placeholder'), '2');
    await page.getByLabel('n: long').fill('3');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await statusOf(page).filter({ hasText: 'Done, 3 rows' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Time range: Any time' }).waitFor();
    await paste(page, 'EmailEvents | where Timestamp > ago(30d) | count');
    await page.getByRole('button', { name: 'Time range: Set in query' }).waitFor();
    await paste(page, 'EmailEvents | count');
    await page.getByRole('button', { name: 'Time range: Any time' }).click();
    await page.getByLabel('To (UTC)').fill('1999-01-01');
    await page.getByRole('button', { name: 'Use this range' }).click();
    await page.getByRole('button', { name: 'Time range: Until 1999-01-01 00:00' }).waitFor();
    await editorOf(page).locator('.view-lines').click();
    await run(page);
    await page.getByRole('gridcell', { name: '0', exact: true }).waitFor();
  });

  flow('the schema is a tree: find, open, see values, write names into the query', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await begin(page);
    const tree = page.getByRole('tree');
    await page.getByRole('searchbox', { name: 'Find a table or column' }).fill('DeliveryAction');
    await tree
      .getByRole('treeitem', { name: /^DeliveryAction/ })
      .first()
      .waitFor();
    await tree.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
    await page.keyboard.type(' | where ');
    await page.keyboard.press('Escape');
    await tree
      .getByRole('treeitem', { name: /^DeliveryAction/ })
      .first()
      .dblclick();
    await page.waitForTimeout(300);
    await page.keyboard.type(' == ');
    await page.keyboard.press('Escape');
    await tree
      .getByRole('treeitem', { name: /^DeliveryAction/ })
      .first()
      .click();
    const value = tree.getByRole('treeitem', { name: /^Delivered / });
    await value.first().dblclick();
    await page.waitForTimeout(900);
    assert.equal((await kept(page)).all[0]?.text, 'EmailEvents | where DeliveryAction == "Delivered"');
  });

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

  flow('lays the text out, comments and other queries included', async ({ openPage }) => {
    const page = await openPage('/hunt');
    await paste(
      page,
      '// keep\nEmailEvents|where Subject has "a"|project Subject,Timestamp,SenderFromAddress,RecipientEmailAddress\n\nprint   1',
    );
    await page.waitForTimeout(300);
    await page.keyboard.press('Alt+Shift+F');
    await page.waitForFunction(() => /\| project/.test(localStorage.getItem('mailhunt.hunt.tabs') ?? ''));
    const [tab] = (await kept(page)).all;
    assert.match(tab?.text ?? '', /^\/\/ keep\nEmailEvents\n\| where Subject has "a"\n\| project [\s\S]*\n\nprint 1$/);
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
