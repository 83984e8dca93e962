import assert from 'node:assert/strict';
import { flows } from './browser.ts';
import { answer, begin, editorOf, kept, paste, run, statusOf, type } from './hunt-page.ts';

const HOSTILE = `<img src=x onerror="window.struck=1"><script>window.struck=1</script>`;

flows('the editor of the Hunt page', (flow) => {
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
});
