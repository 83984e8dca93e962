import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { flows } from './browser.ts';

const open = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

const hostile = '<img src=x onerror=alert(1)>"\'`{7*7}';

flows('the page Rules', (flow) => {
  flow('finds a rule by words, says that it is proved, and shows its story', async ({ openPage }) => {
    const page = await openPage('/rules');
    await page.getByText('40 of 40').waitFor();
    await page.getByRole('searchbox', { name: 'Search the rules' }).fill('clicked failed delivered');
    await page.getByText(/^\d of 40$/).waitFor();
    await open(page, 'Failed authentication, delivered, then clicked');
    await heading(page, 'Failed authentication, delivered, then clicked');
    await page.getByText(/proved, \d+ tests × 20 variations/).waitFor();
    for (const part of ['Hypothesis', 'What it finds', 'Investigation', 'Response', 'Known false positives'])
      await page.getByRole('heading', { level: 2, name: part }).waitFor();
  });

  flow('narrows by severity and remembers it after a reload', async ({ openPage }) => {
    const page = await openPage('/rules');
    await page.getByText('40 of 40').waitFor();
    await page.getByRole('button', { name: /Severity/ }).click();
    await page.getByRole('option', { name: 'High' }).click();
    await page.getByText(/^\d+ of 40$/).waitFor();
    const shown = String(await page.getByText(/ of 40$/).textContent());
    assert.notEqual(shown, '40 of 40');
    await page.reload();
    await page.getByText(shown).waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('40 of 40').waitFor();
  });

  flow('runs a rule over the store, and its query opens in Hunt', async ({ openPage }) => {
    const page = await openPage('/rules/rule/dmarc-failures-by-domain');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/rows in \d+ ms/).waitFor();
    assert.ok(
      (await page.getByRole('table', { name: /.*/ }).or(page.locator('table')).first().locator('tbody tr').count()) > 0,
    );
    await page.getByRole('button', { name: 'Open in Hunt' }).click();
    await page.waitForURL(/\/hunt/);
  });

  flow('the matrix shows techniques under their tactics and leads to their rules', async ({ openPage }) => {
    const page = await openPage('/rules/matrix');
    await page
      .getByRole('region', { name: 'Initial Access' })
      .getByRole('button', { name: /T1566\.002/ })
      .click();
    await heading(page, 'Rules');
    assert.match(String(await page.getByText(/ of 40$/).textContent()), /^[1-9]\d? of 40$/);
  });

  flow('writes a rule: linted as it is written, saved among one’s own, removed again', async ({ openPage }) => {
    const page = await openPage('/rules/new');
    const file = page.getByRole('textbox', { name: 'File', exact: true });
    await file.fill('my-own.yaml');
    const text = page.getByRole('textbox', { name: 'The rule’s file' });
    const write = async (rule: string) => {
      await text.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(rule);
    };
    await write('name: my own\nquery: |\n  EmailEvents | where DeliveryAction == "delivered"\n');
    await page.getByText(/Lint \([1-9]/).waitFor();
    await page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
    await write(`name: ${JSON.stringify(hostile)}\nquery: |\n  EmailEvents | take 3\n`);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading(page, hostile);
    await page.getByRole('tab', { name: 'Edit' }).click();
    await write('name: changed');
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('tab', { name: 'Edit' }).click();
    await page.locator('.view-lines').getByText('changed').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.locator('.view-lines').getByText('EmailEvents').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the rule' }).click();
    await page.getByText('there is no rule my-own').waitFor();
  });
});
