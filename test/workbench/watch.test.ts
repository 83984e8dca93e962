import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.ts';
import { watch } from './watch.ts';

/** Pages, each of which does one thing. */
const pages: Readonly<Record<string, string>> = {
  '/good': '<script src="/a.js"></script>',
  '/console': '<script>console.error("alas")</script>',
  '/throws': '<script>undefined.x</script>',
  '/rejects': '<script>Promise.reject(new Error("no"))</script>',
  '/elsewhere': '<img src="http://elsewhere.example/a.png">',
  '/policy': '<img src="/a.png">',
  '/missing': '<script>fetch("/nothing")</script>',
  '/broken': '<script>fetch("/500")</script>',
  '/refused': '<script>fetch("/api/v1/refused")</script>',
};

const rows: readonly [path: string, fault: RegExp | undefined][] = [
  ['/good', undefined],
  ['/refused', undefined],
  ['/console', /^console: alas/],
  ['/throws', /^script: TypeError/],
  ['/rejects', /^script: Error: no/],
  ['/elsewhere', /^a request elsewhere: http:\/\/elsewhere\.example\/a\.png/],
  ['/policy', /^console: policy: img-src refused .*a\.png/],
  ['/missing', /^console: Failed to load resource.*404/],
  ['/broken', /^500 from /],
];

const executablePath = ensureBrowser();

describe('what no page may do is seen', { skip: executablePath === undefined && 'no Chromium' }, () => {
  let browser: Browser;
  const server = createServer(({ url = '' }, response) => {
    const page = pages[url];
    const status = page ? 200 : url === '/500' ? 500 : url.startsWith('/api/') ? 400 : url === '/a.js' ? 200 : 404;
    const type = page ? 'text/html' : 'text/javascript';
    const images = url === '/policy' ? "img-src 'none'" : 'img-src * data:';
    response.writeHead(status, { 'content-type': type, 'content-security-policy': images });
    response.end(page && `<!doctype html><title>x</title><link rel="icon" href="data:,">${page}`);
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  });
  after(async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
  });

  for (const [path, fault] of rows) {
    it(`${path}: ${fault ?? 'nothing'}`, async () => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const context = await browser.newContext();
      const { faults } = await watch(context, address);
      const page = await context.newPage();
      await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
      await context.close();
      if (fault)
        assert.ok(
          faults.some((one) => fault.test(one)),
          `${fault} is not in ${JSON.stringify(faults)}`,
        );
      else assert.deepEqual(faults, []);
    });
  }
});
