import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ran } from './world.ts';

let store: string;
before(async () => {
  store = await mkdtemp(join(tmpdir(), 'mailhunt-around-'));
  await mkdir(join(store, 'watchlists'));
  await mkdir(join(store, 'functions'));
  await writeFile(join(store, 'watchlists', 'VIP.csv'), 'Name,Level\nAda,1\n');
  await writeFile(join(store, 'functions', 'Vips.kql'), "() { _GetWatchlist('VIP') | project Name, Level }\n");
});
after(() => rm(store, { recursive: true }));

const query = (text: string) => ran(['query', '--store', store, '--format', 'json', '-e', text]);

test('watchlists and stored functions of the store are there on the command line', async () => {
  const { code, out, err } = await query('Vips');
  assert.equal(code, 0, err);
  assert.deepEqual(JSON.parse(out), [{ Name: 'Ada', Level: '1' }]);
  const missing = await query("_GetWatchlist('Nobody') | count");
  assert.match(missing.err, /WARN0004.*Nobody\.csv/);
});

test('externaldata is off, says what to write, and then reads what is allowed and nothing else', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/feeds/out.csv') response.writeHead(302, { location: 'http://127.0.0.1:1/other' });
    response.end('bad.example,3\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text = (path: string) => `externaldata(d:string, n:long)['${base}${path}']`;
  try {
    const refused = await query(text('/feeds/a.csv'));
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /KQL0012/);
    assert.ok(refused.err.replace(/\s+/g, ' ').includes(`allow: ["${base}/feeds/"]`), refused.err);
    await writeFile(
      join(store, 'mailhunt.yaml'),
      `externaldata:\n  allow: ["${base}/feeds/", "http://localhost:1/"]\n`,
    );
    const read = await query(text('/feeds/a.csv'));
    assert.equal(read.code, 0, read.err);
    assert.deepEqual(JSON.parse(read.out), [{ d: 'bad.example', n: 3 }]);
    assert.match((await query(text('/other/a.csv'))).err, /KQL0012/);
    assert.match((await query(text('/feeds/out.csv'))).err, /KQL0013/);
    // a name that means this machine is not asked, even where it is allowed
    assert.match((await query("externaldata(d:string)['http://localhost:1/a.csv']")).err, /private network/);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(join(store, 'mailhunt.yaml'), { force: true });
  }
});

test('mistakes in the settings are told with their place', async () => {
  const wrong = [
    'externaldata: { allow: ["ftp://a.example/"] }',
    'externaldata: { allow: ["https://name:pass@a.example/"] }',
    'externaldata: { allowed: [] }',
    'externaldata: { timeout: 30 }',
    'externaldata: { size: much }',
    'externaldata: { files: { "https://a.example/x": 3 } }',
    'externaldata: [a]',
    'watchlists: { VIP: { key: Name } }',
    'watchlists: { VIP: { file: 3 } }',
    'geo_database: 3',
    'aliases: contoso',
  ];
  for (const line of wrong) {
    await writeFile(join(store, 'mailhunt.yaml'), `${line}\n`);
    assert.match((await query('print 1')).err, /CONF0001/, line);
  }
  await rm(join(store, 'mailhunt.yaml'));
});
