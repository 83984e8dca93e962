import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { safeHtml } from '../../src/server/workbench/safe-html/safe-html.ts';
import { GONE, RUN, vectors } from '../server/workbench/safe-html/vectors.ts';
import { flows, picture } from './browser.ts';

const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** A message of which every text is hostile. */
const hostile = (body: string): string =>
  [
    'Received: from <img/src=x/onerror=alert(1)> (evil.example [203.0.113.9]) by mx.fabrikam.com with ESMTP; Fri, 17 Jul 2026 10:00:01 +0000',
    'Return-Path: <"<script>alert(1)</script>"@evil.example>',
    `From: ${word('<img src=x onerror=alert(1)> \u202emoc.osotnoc')} <anna@xn--contso-fxa.example>`,
    'To: bob@fabrikam.com, "<svg onload=alert(1)>" <carol@fabrikam.com>',
    `Subject: ${word(`<script>${RUN}</script> \u202efdp.exe <img src=x onerror="${RUN}">`)}`,
    'Date: Fri, 17 Jul 2026 09:59:00 +0000',
    'Message-ID: <"><img src=x onerror=alert(1)>@evil.example>',
    'X-<b>bold</b>: <iframe src=javascript:alert(1)>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>Please <a href="https://evil.example/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">sign in at www.contoso.com</a></p>${body}`,
    '--b',
    `Content-Type: text/html; name="${word('"><img src=x onerror=alert(1)>.html')}"`,
    `Content-Disposition: attachment; filename="${word('\u202elmth."><img src=x onerror=alert(1)>.html')}"`,
    '',
    `<script>${RUN}</script>`,
    '--b--',
    '',
  ].join('\r\n');

const tabs = [
  'Message',
  'Authentication',
  'Headers',
  'Hops',
  'URLs',
  'Attachments',
  'Recipients',
  'Clicks',
  'Campaign',
  'Timeline',
  'Source',
  'Overview',
];

/** Counts what runs: dialogs, and marks that scripts leave. */
async function guarded(page: Page): Promise<() => Promise<void>> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return async () => {
    assert.deepEqual(dialogs, []);
    for (const frame of page.frames())
      assert.equal(
        await frame.evaluate(() => (globalThis as { mailhuntRan?: number }).mailhuntRan).catch(() => undefined),
        undefined,
      );
  };
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

/** Waits for the first row. The server's first query also loads the parser, which a busy machine may give up on once. */
async function firstRow(page: Page): Promise<void> {
  const row = page.locator('[data-index="0"]');
  const again = page.getByRole('button', { name: 'Try again' });
  await row.or(again).first().waitFor({ timeout: 60_000 });
  if (await again.isVisible()) await again.click();
  await row.waitFor({ timeout: 60_000 });
}

async function openFile(page: Page, source: string | Buffer, name = 'mail.eml'): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'message/rfc822', buffer: Buffer.from(source) });
  await page.getByText('opened file').waitFor({ timeout: 60_000 });
}

flows('the page Messages', (flow) => {
  flow('search, open, picture, investigate, report', async ({ openPage }) => {
    const page = await openPage('/messages');
    await firstRow(page);
    const box = page.getByRole('combobox', { name: 'Search messages' });
    await box.fill('auth:dmarc=fail delivered:yes ');
    await box.press('Enter');
    await page.waitForURL(/q=auth/);
    const row = page.locator('[data-index="0"]');
    await row.getByText('dmarc fail').waitFor();
    await row.click();
    await page.getByRole('region', { name: 'Authentication as a picture' }).getByText('The reader sees').waitFor();
    await page.getByText('DMARC fail', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Investigate' }).click();
    await page.getByRole('region', { name: 'Verdict' }).waitFor({ timeout: 80_000 });
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
    await picture(page, 'messages-verdict');
    const href = await page.getByRole('link', { name: 'Report' }).getAttribute('href');
    assert.match(href ?? '', /\/report\.html$/);
    const report = await page.request.get(href ?? '', { timeout: 80_000 });
    assert.equal(report.status(), 200);
    assert.match(await report.text(), /^<!doctype html>/i);
  });

  flow('keys: j and k choose, Enter opens, Escape comes back, / searches', async ({ openPage }) => {
    const page = await openPage('/messages');
    await firstRow(page);
    for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key);
    await page.locator('[data-index="1"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    const first = page.url();
    await page.keyboard.press('j');
    await page.waitForURL((url) => url.href !== first && /\/messages\/[^/?]+/.test(url.href));
    await page.keyboard.press('k');
    await page.waitForURL(first);
    await page.keyboard.press('Escape');
    await page.locator('[data-index]').first().waitFor();
    await page.keyboard.press('/');
    await page.locator('#message-search:focus').waitFor();
    await page.keyboard.type('delive');
    await page.getByRole('option', { name: /^delivered:/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('y');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL(/delivered%3Ayes|delivered:yes/);
  });

  flow('a search that cannot be read says why, and the next one works', async ({ openPage }) => {
    const page = await openPage('/messages');
    const box = page.getByRole('combobox', { name: 'Search messages' });
    await box.fill('form:anna');
    await box.press('Enter');
    await page
      .getByText(/there is no form: in a search/)
      .first()
      .waitFor();
    await box.fill('');
    await box.press('Enter');
    await firstRow(page);
  });

  flow('a hostile message: every tab shows it, nothing runs, nothing is asked for', async ({ openPage }) => {
    const page = await openPage('/messages');
    const check = await guarded(page);
    await openFile(
      page,
      hostile(`<img src="${GONE}"><script>${RUN}</script><img src="data:image/gif;base64,${gif}" alt="dot">`),
    );
    await page.getByText('U+202E').first().waitFor();
    for (const name of tabs) {
      await tab(page, name).click();
      await page.getByRole('tabpanel').waitFor();
      if (name === 'Message') await page.frameLocator('iframe').getByText('text says www.contoso.com').waitFor();
      if (name === 'Headers') await page.getByText('X-<b>bold</b>').waitFor();
      if (name === 'URLs')
        await page
          .getByText(/hxxps:\/\/evil\[\.\]example/)
          .first()
          .waitFor();
      if (name === 'Source') await page.getByText('Received: from <img/src=x').waitFor();
      await picture(page, `messages-hostile-${name.toLowerCase()}`);
      await check();
    }
    const frame = page.locator('iframe');
    await tab(page, 'Message').click();
    assert.equal(await frame.getAttribute('sandbox'), '');
  });

  flow(
    'over sixty ways to run, to fetch and to deceive: none works, not even without the sandbox',
    async ({ openPage, server }) => {
      const page = await openPage('/messages');
      const check = await guarded(page);
      await page.evaluate(() => {
        document.body.textContent = '';
      });
      // A page of the server, so that a request that a vector makes would be seen, with a policy that lets all of it happen.
      await page.route('**/vector', (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><body></body>' }),
      );
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${server.address}/vector`);
      asked.length = 0;
      const twice = safeHtml(`<p>x</p><img src="data:image/gif;base64,${gif}">`).html;
      for (const { name, html } of vectors) {
        await page.evaluate((text) => {
          document.body.innerHTML = text;
        }, safeHtml(html).html);
        const found = await page.evaluate(() => ({
          odd: [
            ...document.querySelectorAll('script,iframe,form,input,svg,math,object,embed,link,base,a,style,template'),
          ].map((one) => one.outerHTML),
          handlers: [...document.querySelectorAll('*')].flatMap((one) =>
            one.getAttributeNames().filter((attribute) => attribute.startsWith('on')),
          ),
        }));
        assert.deepEqual(found, { odd: [], handlers: [] }, name);
      }
      await page.evaluate((text) => {
        document.body.innerHTML = text;
      }, twice);
      await page.waitForTimeout(500);
      assert.deepEqual(
        asked.filter((url) => !url.startsWith('data:')),
        [],
      );
      await check();
    },
  );

  flow('all of them in one message, as the server sends it', async ({ openPage }) => {
    const page = await openPage('/messages');
    const check = await guarded(page);
    const one = vectors
      .filter(({ name }) => !/not closed|plaintext|comment|CDATA|mutation|doctype/.test(name))
      .map(({ html }) => html);
    await openFile(page, hostile(`${one.join('\r\n')}<p>the end is seen</p>`));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await tab(page, 'Message').click();
    await page.frameLocator('iframe').getByText('It asks for input').waitFor();
    await page.waitForTimeout(500);
    assert.deepEqual(
      asked.filter((url) => !/\/body\?form=auto$|\/evidence$|\/favicon\.svg$|^data:image\/(?:gif|png)/.test(url)),
      [],
    );
    await check();
  });

  flow('a file of 50 MB opens, and its source comes in parts', async ({ openPage }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mailhunt-large-'));
    const file = join(folder, 'large.eml');
    const line = `${'QUJD'.repeat(19)}\r\n`;
    await writeFile(
      file,
      `From: a@contoso.com\r\nTo: b@fabrikam.com\r\nSubject: large\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${line.repeat(Math.floor((50 << 20) / line.length))}--b--\r\n`,
    );
    try {
      const page = await openPage('/messages');
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('opened file').waitFor({ timeout: 60_000 });
      await tab(page, 'Message').click();
      await page.frameLocator('iframe').getByText('Hello').waitFor();
      await tab(page, 'Source').click();
      await page.getByRole('button', { name: /^More \(\d % shown\)/ }).waitFor();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  flow('a file is dropped on the page; one that is no message is refused in words', async ({ openPage }) => {
    const page = await openPage('/messages');
    const drop = async (text: string) => {
      const data = await page.evaluateHandle((source) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([source], 'a.eml', { type: 'message/rfc822' }));
        return transfer;
      }, text);
      for (const type of ['dragover', 'drop'])
        await page.locator('#page > div').last().dispatchEvent(type, { dataTransfer: data });
    };
    await drop('PK\u0003\u0004 a zip');
    await page.getByText(/that is not one message/).waitFor();
    await drop(hostile('<p>dropped</p>'));
    await page.getByText('opened file').waitFor();
  });

  flow('axe finds nothing on a message, in both themes, wide and on a phone', async ({ openPage }) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const found: string[] = [];
    for (const theme of ['light', 'dark'] as const)
      for (const width of [1280, 390]) {
        const page = await openPage('/messages?q=auth:dmarc=fail', { theme, width });
        await firstRow(page);
        await page.locator('[data-index="0"]').click();
        await page.getByText('The reader sees').waitFor();
        for (const name of ['Overview', 'Hops', 'Recipients']) {
          await tab(page, name).click();
          await page.evaluate(axe);
          const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const run = (tags: string[]) =>
            // biome-ignore lint/suspicious/noExplicitAny: axe is a name of the window once its text has run
            (globalThis as any).axe.run(document, { runOnly: { type: 'tag', values: tags } });
          const { violations } = (await page.evaluate(run, values)) as AxeResults;
          for (const { id, nodes } of violations)
            for (const { target, failureSummary } of nodes)
              found.push(`${theme} ${width} ${name}: ${id}: ${target.join(' ')}: ${failureSummary}`);
          await picture(page, `messages-${name.toLowerCase()}-${theme}-${width}`);
        }
        await page.close();
      }
    assert.deepEqual(found, []);
  });
});
