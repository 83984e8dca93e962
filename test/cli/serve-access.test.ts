import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'serve-access-'));
const store = ['--store', folder];
after(() => rmSync(folder, { recursive: true, force: true }));

test('serve lets the network in only with accounts and encrypted, and says what to do', async () => {
  const open = await ran(['serve', '--port', '0', '--host', '0.0.0.0', ...store]);
  assert.equal(open.code, 3);
  assert.match(open.err, /ACCESS0001[\s\S]*mailhunt users add NAME --role admin/);
  assert.equal((await ran(['users', 'add', 'ada', ...store], { stdin: 'correct horse battery staple' })).code, 0);
  const plain = await ran(['serve', '--port', '0', '--host', '0.0.0.0', ...store]);
  assert.equal(plain.code, 3);
  assert.match(plain.err, /ACCESS0002[\s\S]*--tls/);
});

test('serve: options that fit nothing are refused before anything is opened', async () => {
  const wrong: [string[], RegExp][] = [
    [['--behind-proxy', 'hunt.example'], /no address such as https/],
    [['--behind-proxy', 'http://hunt.example'], /no address such as https/],
    [['--log', 'xml'], /plain, json are known/],
  ];
  for (const [args, said] of wrong) {
    const { code, err } = await ran(['serve', '--port', '0', ...args, ...store]);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, said);
  }
  const half = await ran(['serve', '--port', '0', '--tls-cert', 'x.pem', ...store]);
  assert.match(half.err, /--tls-cert and --tls-key go together/);
  assert.equal(half.code, 2);
});

test('over HTTPS the other commands go through the server as ever', { timeout: 120_000 }, async () => {
  const stop = new AbortController();
  const serving = ran(['serve', '--port', '0', '--tls', ...store], { signal: stop.signal });
  const address = () => JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')).address;
  for (let i = 0; i < 400; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      if (String(address()).startsWith('https://127.0.0.1:')) break;
    } catch {
      // Not written yet.
    }
  }
  const { code, out, err } = await ran(['query', '-e', 'print 1', '--format', 'csv', ...store]);
  assert.deepEqual([code, out], [0, 'print_0\r\n1\r\n'], err);
  assert.equal(statSync(join(folder, 'certificate.pem')).mode & 0o777, 0o600);
  assert.doesNotMatch(readFileSync(join(folder, 'certificate.crt'), 'utf8'), /PRIVATE/);
  stop.abort();
  assert.equal((await serving).code, 0);
});
