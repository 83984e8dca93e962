import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ran } from '../cli/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-investigate-'));
after(() => rmSync(folder, { recursive: true }));
const store = join(folder, 'store');
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const zone = file(
  'dns.zone',
  '$ORIGIN .\nbank.example. TXT "v=spf1 ip4:192.0.2.10 -all"\n_dmarc.bank.example. TXT "v=DMARC1; p=reject"\n',
);
const letter = (received: string, more = ''): string =>
  `Return-Path: <ada@bank.example>\r\n${received}${more}From: Ada <ada@bank.example>\r\nTo: ben@contoso.example\r\nSubject: Urgent payment\r\nDate: Sat, 18 Jul 2026 13:00:00 +0000\r\nMessage-ID: <1@bank.example>\r\n\r\nPlease pay at once.\r\n`;
const by = (host: string, ip: string): string =>
  `Received: from out.bank.example ([${ip}]) by ${host}; Sat, 18 Jul 2026 13:00:01 +0000\r\n`;
const forged = file('forged.eml', letter(by('mx.contoso.example', '203.0.113.7')));
const investigate = (...argv: string[]) => ran(['investigate', ...argv, '--store', store, '--dns', zone]);
const trusting = ['--trust', 'mx.contoso.example'];

test('a forgery as a file: the verdict, why, and what to do; exit 1; JSON, Markdown and HTML', async () => {
  const html = join(folder, 'report.html');
  const { code, out, err } = await investigate(forged, ...trusting, '--html', html);
  assert.equal(err, '');
  assert.equal(code, 1);
  assert.match(out, /^Urgent payment\nSpoof, /);
  assert.match(out, /DMARC failed for bank\.example/);
  assert.match(out, /What to do\n/);
  assert.match(readFileSync(html, 'utf8'), /^<!doctype html>/);
  const json = await investigate(forged, ...trusting, '--json');
  assert.equal(JSON.parse(json.out).verdict.word, 'spoof');
  assert.match((await investigate(forged, ...trusting, '--markdown')).out, /^# Urgent payment\n\n\*\*Spoof\*\*/);
});

test('headers that a forger adds excuse nothing', async () => {
  const lists = 'List-Id: <ledgers.lists.example>\r\nPrecedence: list\r\nIn-Reply-To: <1@contoso.example>\r\n';
  const hops = by('mail.lists.example', '192.0.2.10') + by('mx.contoso.example', '192.0.2.10');
  const stamp =
    'Authentication-Results: other.example; spf=pass smtp.mailfrom=bank.example; dmarc=pass header.from=bank.example\r\n';
  const path = file('dressed.eml', letter(by('mx.contoso.example', '203.0.113.7'), lists + hops + stamp));
  assert.equal(JSON.parse((await investigate(path, ...trusting, '--json')).out).verdict.word, 'spoof');
});

test('a file whose only proof is a Received field that anybody could write is not called honest for sure', async () => {
  const path = file('assumed.eml', letter(by('mx.contoso.example', '192.0.2.10')));
  const doubted = JSON.parse((await investigate(path, '--json')).out).verdict;
  assert.ok(doubted.word !== 'legitimate' || doubted.confidence < 0.6, `${doubted.word} ${doubted.confidence}`);
  const known = JSON.parse((await investigate(path, ...trusting, '--json')).out).verdict;
  assert.equal(known.word, 'legitimate');
});

test('where no DNS server answers there is no verdict, but for what a trusted receiver stamped', async () => {
  const config = file('dead.yaml', 'dns_servers: ["127.0.0.1:1"]\n');
  const ask = (path: string) => ran(['investigate', path, '--store', store, '--config', config, ...trusting]);
  const { code, err, out } = await ask(forged);
  assert.match(err, /MAIL0001/);
  assert.deepEqual([code, out], [3, '']);
  const stamp = 'Authentication-Results: mx.contoso.example; dmarc=fail header.from=bank.example\r\n';
  const stamped = file('stamped.eml', letter(stamp, by('mx.contoso.example', '203.0.113.7')));
  assert.match((await ask(stamped)).out, /DMARC failed for bank\.example/);
});

test('an overview of nothing is fine', async () => {
  const { code, out } = await investigate('--since', '30d');
  assert.equal(out, 'No such message.\n');
  assert.equal(code, 0);
});

test('wrong use is refused by name, with exit 2; an unknown message with what to give', async () => {
  const wrongs: readonly (readonly string[])[] = [
    [],
    [forged, '--sender', 'a@b.example'],
    ['--since', 'yesterday'],
    ['--since', '30d', '--limit', '0'],
    ['--sender', 'a b'],
    ['--since', '30d', '--html', 'x.html'],
    [forged, '--json', '--markdown'],
    [join(folder, 'missing.eml')],
  ];
  for (const argv of wrongs) {
    const { code, err } = await investigate(...argv);
    assert.equal(code, 2, argv.join(' '));
    assert.match(err, /CLI0001/);
  }
  const { code, err } = await investigate('00000000-0000-0000-0000-000000000000');
  assert.match(err, /EVID0001/);
  assert.notEqual(code, 0);
});
