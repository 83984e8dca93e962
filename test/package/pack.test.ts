import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toBuffer } from 'qrcode';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pack-'));

/** The environment of somebody who installs the package: without the clone's own commands on the path. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.startsWith(root))
    .join(delimiter),
  MAILHUNT_STORE: join(folder, 'store'),
  MAILHUNT_SNAPSHOT: '0',
};

const npx = async (...args: string[]): Promise<string> =>
  (await run('npx', ['--no-install', 'mailhunt', ...args], { cwd: folder, env })).stdout;

before(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, env });
  const packed = JSON.parse(stdout);
  const { filename } = Array.isArray(packed) ? packed[0] : (Object.values(packed)[0] as { filename: string });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, join(folder, filename)], { cwd: folder, env });
});

after(() => rmSync(folder, { recursive: true }));

test('the installed package answers a query', async () => {
  assert.equal(await npx('query', '-e', 'print x=1', '--format', 'csv'), 'x\r\n1\r\n');
});

test('the installed package takes an export in, long numbers and all', async () => {
  writeFileSync(
    join(folder, 'mail.jsonl'),
    `{"Timestamp":"2026-07-18T14:08:56Z","NetworkMessageId":"m-1","Context":{"id":12345678901234567890}}\n`,
  );
  assert.match(await npx('ingest', '--table', 'EmailEvents', 'mail.jsonl'), /^1 row came in from 1 file$/m);
  assert.equal(
    await npx('query', '-e', 'EmailEvents | project Context', '--format', 'jsonl'),
    '{"Context":"{\\"id\\":12345678901234567890}"}\n',
  );
});

test('the installed package judges raw mail in threads, and reads a QR code', async () => {
  const picture = (await toBuffer('https://login.evil.test/renew')).toString('base64');
  const head = (n: number) =>
    `From ada@bank.example Sat Jul 18 14:08:56 2026\nReturn-Path: <ada@bank.example>\nFrom: ada@bank.example\nTo: b@contoso.example\nSubject: ${n}\n`;
  const plain = Array.from({ length: 120 }, (_, n) => `${head(n)}\n${'some words of text\n'.repeat(1500)}\n`);
  const lure = `${head(120)}Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n${picture}\n\n`;
  writeFileSync(join(folder, 'inbox.mbox'), [...plain, lure].join(''));
  writeFileSync(join(folder, 'dns.zone'), '$ORIGIN .\n_dmarc.bank.example. TXT "v=DMARC1; p=reject"\n');
  const store = ['--store', join(folder, 'mail')];
  assert.match(await npx('ingest', 'inbox.mbox', '--dns', 'dns.zone', ...store), /^121 messages came in/m);
  const hunt = 'EmailUrlInfo | where UrlLocation == "QRCode" | project Url';
  assert.equal(await npx('query', '-e', hunt, '--format', 'csv', ...store), 'Url\r\nhttps://login.evil.test/renew\r\n');
  const failed = 'EmailEvents | where AuthenticationDetails has "dmarc=fail" | count';
  assert.equal(await npx('query', '-e', failed, '--format', 'csv', ...store), 'Count\r\n121\r\n');
});

test('the installed package brings the workbench, built, with the licences of what is in it', () => {
  const web = join(folder, 'node_modules', 'mailhunt', 'dist', 'web');
  const page = readFileSync(join(web, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/src="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name!);
  assert.ok(scripts.length > 0, page);
  for (const name of scripts) assert.ok(readFileSync(join(web, name)).length > 1000, name);
  assert.ok(readdirSync(join(web, 'assets')).some((name) => /^kusto-worker-[\w-]+\.js$/.test(name)));
  assert.match(readFileSync(join(web, 'THIRD-PARTY.txt'), 'utf8'), /^react \d/m);
});

test('the installed package helps', async () => {
  assert.match(await npx('--help'), /Usage: mailhunt COMMAND/);
});

test('errors keep their exit code through the starter', async () => {
  await assert.rejects(npx('query', '-e', 'print nope'), { code: 1 });
});
