import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Rig, rig, send } from './rig.ts';

const script = 'console.log(1);\n'.repeat(200);
const html = { accept: 'text/html,application/xhtml+xml' };

/** What a policy says of one kind of thing. */
const said = (headers: Record<string, unknown>, kind: string): string | undefined =>
  String(headers['content-security-policy'])
    .split('; ')
    .find((line) => line.startsWith(`${kind} `))
    ?.slice(kind.length + 1);

describe('the built workbench is served', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-page-'));
  const web = join(folder, 'web');
  let here: Rig;
  const get = (path: string, headers: Record<string, string> = {}) => send(here.server.address, path, { headers });

  before(async () => {
    mkdirSync(join(web, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.js'), 'secret');
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>mailhunt</title>');
    writeFileSync(join(web, '.built-from'), 'hidden');
    writeFileSync(join(web, 'theme.js'), 'theme');
    writeFileSync(join(web, 'assets', 'index-a1b2c3d4.js'), script);
    writeFileSync(join(web, 'assets', 'kusto-worker-a1b2c3d4.js'), script);
    writeFileSync(join(web, 'assets', 'editor.worker-a1b2c3d4.js'), script);
    writeFileSync(join(web, 'assets', 'plain.css'), 'a{}');
    symlinkSync(join(folder, 'secret.js'), join(web, 'assets', 'linked-a1b2c3d4.js'));
    here = await rig({ web });
  });
  after(async () => {
    await here[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  it('one page for all its addresses, which may run its own scripts and nothing else', async () => {
    for (const path of ['/', '/hunt', '/messages/a%2Fb?q=1', '/rules', '/trends/x/y']) {
      const { status, headers, text } = await get(path);
      assert.equal(status, 200, path);
      assert.equal(text, '<!doctype html><title>mailhunt</title>');
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(said(headers, 'default-src'), "'none'");
      assert.equal(said(headers, 'script-src'), "'self'");
      assert.equal(said(headers, 'connect-src'), "'self'");
      assert.equal(said(headers, 'frame-ancestors'), "'none'");
      assert.equal(headers['cache-control'], 'no-cache');
    }
  });

  it('the worker of the parser alone may make functions of text', async () => {
    for (const [name, wanted] of [
      ['kusto-worker-a1b2c3d4', "'self' 'unsafe-eval'"],
      ['editor.worker-a1b2c3d4', "'self'"],
      ['index-a1b2c3d4', "'self'"],
    ]) {
      const { status, headers } = await get(`/assets/${name}.js`);
      assert.equal(status, 200);
      assert.equal(said(headers, 'script-src'), wanted, name);
    }
  });

  it('a few files beside it by their names, where they are there', async () => {
    const { status, headers, text } = await get('/theme.js');
    assert.deepEqual([status, text], [200, 'theme']);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal((await get('/THIRD-PARTY.txt')).status, 404);
  });

  it('packed as the browser likes it, and never asked for twice', async () => {
    const path = '/assets/index-a1b2c3d4.js';
    const plain = await get(path);
    assert.deepEqual([plain.text, plain.headers['content-encoding']], [script, undefined]);
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
    const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    assert.equal(gunzipSync(gzip.bytes).toString(), script);
    const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(br.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(br.bytes).toString(), script);
    assert.equal(br.headers.vary, 'Accept-Encoding');
    const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': `W/"x", ${br.headers.etag}` });
    assert.deepEqual([again.status, again.text], [304, '']);
    const other = await get(path, { 'if-none-match': String(br.headers.etag) });
    assert.equal(other.status, 200, 'bytes that are packed differently are other bytes');
    assert.equal((await get('/assets/plain.css')).headers['cache-control'], 'no-cache');
  });

  it('and nothing that is not a file of the build', async () => {
    for (const path of [
      '/assets/../../secret.js',
      '/assets/..%2f..%2fsecret.js',
      '/assets/%2e%2e/%2e%2e/secret.js',
      '/assets/linked-a1b2c3d4.js',
      '/assets/',
      '/assets/../index.html/',
      '/.built-from',
      '/assets/none-a1b2c3d4.js',
      '/assets/index-a1b2c3d4.js%00',
    ]) {
      const { status, text } = await get(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(text, /^secret/);
    }
  });

  it('a person who goes astray gets a page, a program an error', async () => {
    const page = await get('/nowhere/<script>', html);
    assert.equal(page.status, 404);
    assert.match(page.text, /<h1>There is nothing here<\/h1>/);
    assert.doesNotMatch(page.text, /<script/);
    assert.equal(said(page.headers, 'default-src'), "'none'");
    assert.equal((await get('/nowhere')).json.error['@type'] === undefined, false);
    assert.match(String((await get('/api/v1/nowhere', html)).headers['content-type']), /json/);
  });

  it('a new build is noticed, and the old one is gone', async () => {
    await get('/hunt');
    rmSync(join(web, 'assets', 'plain.css'));
    writeFileSync(join(web, 'assets', 'new-a1b2c3d4.css'), 'b{}');
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>anew</title>');
    assert.equal((await get('/hunt')).text, '<!doctype html><title>anew</title>');
    assert.equal((await get('/assets/new-a1b2c3d4.css')).text, 'b{}');
    assert.equal((await get('/assets/plain.css')).status, 404);
  });
});

describe('where the workbench is not built', () => {
  it('a page says so, what to do, and comes back', async () => {
    await using here = await rig({ web: join(tmpdir(), 'mailhunt-not-there') });
    const { status, headers, text } = await send(here.server.address, '/hunt');
    assert.equal(status, 503);
    assert.match(text, /not built yet[\s\S]*node scripts\/web\.ts/);
    assert.match(text, /http-equiv="refresh"/);
    assert.match(String(said(headers, 'style-src')), /^'sha256-[\w+/=]+'$/);
  });
});
