import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nameServer, RCODE, type Say } from '../mail/dns/name-server.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-mail-dns-'));
after(() => rmSync(folder, { recursive: true }));

const message = join(folder, 'a.eml');
writeFileSync(
  message,
  `Return-Path: <ada@bank.example>\r
Received: from out.bank.example ([203.0.113.7]) by mx.contoso.example; Sat, 18 Jul 2026 13:00:01 +0000\r
From: Ada <ada@bank.example>\r
To: ben@contoso.example\r
Subject: Hello\r
\r
body\r
`,
);

const texts: Readonly<Record<string, string>> = {
  'bank.example': 'v=spf1 ip4:192.0.2.10 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
};
const known: Say = ({ name, type }) => {
  const data = type === 'TXT' ? texts[name.toLowerCase()] : undefined;
  return data === undefined ? { rcode: RCODE.NXDOMAIN } : { answers: [{ type: 'TXT', name, ttl: 60, data }] };
};

/** A settings file that names one server, and a store of its own. */
let stores = 0;
function asking(address: string): readonly string[] {
  const config = join(folder, `${++stores}.yaml`);
  writeFileSync(config, `dns_servers: ['${address}']\n`);
  return ['--config', config, '--store', join(folder, `store-${stores}`)];
}

test('a name server of the settings is asked over the wire; its kept answers give the same verdict without it', async () => {
  await using server = await nameServer(known);
  const kept = join(folder, 'kept.zone');
  const live = await ran(['auth', message, ...asking(server.address), '--zone-out', kept]);
  assert.equal(live.code, 1, live.err);
  assert.match(live.out, /spf=fail dkim=none dmarc=fail action=oreject compauth=fail reason=000/);
  assert.ok(server.asked.includes('udp TXT _dmarc.bank.example'), server.asked.join('\n'));
  const asked = server.asked.length;
  assert.match(readFileSync(kept, 'utf8'), /_dmarc\.bank\.example/);
  // Only the last line tells where the answers are from.
  const said = (text: string): string => text.slice(0, text.lastIndexOf(', with '));
  assert.equal(said((await ran(['auth', message, '--dns', kept])).out), said(live.out));
  assert.equal(server.asked.length, asked);

  const columns = 'EmailAuthentication | project Method, Result, Reason, Policy | order by Method asc';
  const found: string[] = [];
  for (const where of [asking(server.address), [...asking(server.address), '--dns', kept]]) {
    const taken = await ran(['ingest', message, ...where]);
    assert.equal(taken.code, 0, taken.err);
    assert.match(taken.out, /^1 message came in from 1 file: \d+ rows$/m);
    assert.match(taken.out, /^ {2}1 checked now$/m);
    const store = where[3]!;
    found.push((await ran(['query', '-e', columns, '--format', 'csv', '--store', store])).out);
  }
  assert.match(found[0]!, /DMARC,fail,/);
  assert.equal(found[1], found[0]);
});

test('a name that its server says does not exist is none; one that it fails for is temperror', async () => {
  for (const [rcode, verdict] of [
    [RCODE.NXDOMAIN, /spf=none dkim=none dmarc=none/],
    [RCODE.SERVFAIL, /spf=temperror dkim=none dmarc=temperror/],
  ] as const) {
    await using server = await nameServer((question, over) =>
      question.name.endsWith('bank.example') ? { rcode } : known(question, over),
    );
    const { out, err } = await ran(['auth', message, ...asking(server.address)]);
    assert.match(out, verdict, err);
  }
});

test('no server answers at all: exit 3 with a sentence, no verdict, and nothing is stored', async () => {
  const server = await nameServer(known);
  await server[Symbol.asyncDispose]();
  const where = asking(server.address);
  const judged = await ran(['auth', message, ...where]);
  assert.deepEqual([judged.code, judged.out], [3, '']);
  assert.match(judged.err, /MAIL0001: no DNS server answers/);
  const taken = await ran(['ingest', message, ...where]);
  assert.equal(taken.code, 3);
  assert.match(taken.err, /MAIL0001/);
  const { out } = await ran([
    'query',
    '-e',
    'union EmailEvents, EmailAuthentication | count',
    '--format',
    'csv',
    ...where,
  ]);
  assert.equal(out, 'Count\r\n0\r\n');
});
