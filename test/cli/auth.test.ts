import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readMessage, signDkim } from '../../src/mail/index.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-auth-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'jwk' }).x!;
const zone = file(
  'dns.zone',
  `$ORIGIN .
bank.example. TXT "v=spf1 ip4:192.0.2.10 -all"
k1._domainkey.bank.example. TXT "v=DKIM1; k=ed25519; p=${Buffer.from(key, 'base64url').toString('base64')}"
_dmarc.bank.example. TXT "v=DMARC1; p=reject"
`,
);

const plain = (from = 'Ada <ada@bank.example>', subject = 'Hello'): string =>
  `From: ${from}\r\nTo: ben@contoso.example\r\nSubject: ${subject}\r\nDate: Sat, 18 Jul 2026 13:00:00 +0000\r\nMessage-ID: <1@bank.example>\r\n\r\nbody\r\n`;
const received = (ip: string): string =>
  `Return-Path: <ada@bank.example>\r\nReceived: from out.bank.example ([${ip}]) by mx.contoso.example; Sat, 18 Jul 2026 13:00:01 +0000\r\n`;
const signed = (text: string): string =>
  signDkim(readMessage(Buffer.from(text)), { domain: 'bank.example', selector: 'k1', key: privateKey }) + text;

const forged = file('forged.eml', received('203.0.113.7') + plain());
const honest = file('honest.eml', received('192.0.2.10') + signed(plain()));
const auth = (...argv: string[]) => ran(['auth', ...argv, '--dns', zone]);

test('a forgery: what it claims, what it proves, hop by hop, and the verdict; exit 1', async () => {
  const { code, out, err } = await auth(forged);
  assert.equal(err, '');
  assert.equal(code, 1);
  const expected = [
    /From {8}Ada <ada@bank\.example>/,
    /Envelope {4}<ada@bank\.example>/,
    /2026-07-18 13:00:01Z {2}out\.bank\.example \[203\.0\.113\.7\] → mx\.contoso\.example\n.*↑ here it entered, from 203\.0\.113\.7: assumed/,
    /SPF {9}fail .*203\.0\.113\.7/,
    /DKIM {8}none {8}message not signed/,
    /DMARC {7}fail .*bank\.example asks for reject where it fails\n.*it takes a pass of SPF or DKIM for bank\.example/,
    /spf=fail dkim=none dmarc=fail action=oreject compauth=fail reason=000/,
    /checked {5}2026-07-18 14:00:00Z, with the answers in dns\.zone/,
  ];
  for (const pattern of expected) assert.match(out, pattern);
});

test('an honest message passes with exit 0', async () => {
  const { code, out } = await auth(honest);
  assert.match(out, /DKIM {8}pass .*bank\.example \(selector k1\)/);
  assert.match(out, /spf=pass dkim=pass dmarc=pass action=none compauth=pass reason=100/);
  assert.equal(code, 0);
});

test('--ip, --helo and --from go before what the message says', async () => {
  const { out } = await auth(forged, '--ip', '192.0.2.10', '--helo', 'x.example', '--from', 'ada@bank.example');
  assert.match(out, /spf=pass dkim=none dmarc=pass/);
  assert.match(out, /192\.0\.2\.10, as given/);
  const bracketed = await auth(forged, '--ip', '[IPv6:2001:db8::1]', '--from', '<a@bank.example>');
  assert.match(bracketed.out, /2001:db8::1, as given/);
  const bounce = await auth(forged, '--ip', '192.0.2.10', '--helo', 'bank.example', '--from', '<>', '--json');
  assert.equal(JSON.parse(bounce.out).authentication.spf.identity, 'helo');
});

test('--json gives everything', async () => {
  const { out, code } = await auth(honest, '--json');
  const { authentication, claims, hops, size } = JSON.parse(out);
  assert.equal(code, 0);
  assert.equal(authentication.dmarc.result, 'pass');
  assert.equal(authentication.dkim.signatures[0].mayAlign, true);
  assert.deepEqual(claims.authors.domains, ['bank.example']);
  assert.equal(hops.length, 1);
  assert.equal(size, readFileSync(honest).length);
});

test('--zone-out keeps the answers: the same verdict without the source of them', async () => {
  const kept = join(folder, 'kept.zone');
  const before = await auth(honest, '--zone-out', kept, '--json');
  const after = await ran(['auth', honest, '--dns', kept, '--json']);
  assert.deepEqual(JSON.parse(after.out), JSON.parse(before.out));
  assert.match(readFileSync(kept, 'utf8'), /k1\._domainkey\.bank\.example/);
});

test('a key that is gone is none, not a failure', async () => {
  const without = file('nokey.zone', readFileSync(zone, 'utf8').replace(/^k1.*\n/m, ''));
  const { out } = await ran(['auth', honest, '--dns', without]);
  assert.match(out, /DKIM {8}none .*key no longer published/);
});

test('an mbox of one, gzip and a byte order mark make no difference', async () => {
  const mbox = `From a Sat Jul 18 14:08:56 2026\n${readFileSync(honest, 'latin1')}\r\n`;
  const expected = (await auth(honest)).out;
  for (const [name, content] of [
    ['one.mbox', mbox],
    ['honest.eml.gz', gzipSync(readFileSync(honest))],
    ['bom.eml', Buffer.concat([Buffer.from('\ufeff'), readFileSync(honest)])],
  ] as const)
    assert.equal((await auth(file(name, content))).out, expected, name);
});

test('standard input', async () => {
  const { out } = await ran(['auth', '-', '--dns', zone], { stdin: plain() });
  assert.match(out, /client {6}not known: SPF cannot be checked\. Give it with --ip/);
});

test('text of the sender is shown, never sent to the terminal', async () => {
  const active = '\u001b]0;owned\u0007\u202e';
  const hostile = file(
    'hostile.eml',
    plain(`=?utf-8?B?${Buffer.from(active).toString('base64')}?= <a@bank.example>`, active),
  );
  for (const argv of [[hostile], [hostile, '--json']]) {
    const { out } = await auth(...argv);
    assert.doesNotMatch(out, /[\u001b\u0007\u202e]/);
    assert.match(out, /owned/);
  }
});

for (const width of [40, 60, 80, 120]) {
  test(`${width} columns: no line is longer, and of verdicts and reasons nothing is lost`, async () => {
    const { out } = await ran(['auth', forged, '--dns', zone], { width });
    for (const line of out.split('\n')) assert.ok(line.length <= width, line);
    const flat = (text: string) => text.slice(text.indexOf('It proves')).replaceAll(/\s+/g, ' ');
    assert.equal(flat(out), flat((await ran(['auth', forged, '--dns', zone])).out));
  });
}

test('a subject of a megabyte takes one line, in a pipe too', async () => {
  const long = file('long.eml', plain(undefined, 'x'.repeat(1_000_000)));
  assert.ok((await auth(long)).out.length < 5000);
});

test('the hop of a trusted receiver is named as such, and a null sender and missing hops are said', async () => {
  const { out } = await auth(forged, '--trust', 'mx.contoso.example');
  assert.match(out, /↑ here it entered, from 203\.0\.113\.7: a receiver that you trust wrote this hop/);
  const bare = await ran(['auth', '-', '--from', '<>', '--dns', zone], { stdin: plain() });
  assert.match(bare.out, /Envelope {4}<> \(the null sender, of bounces\)/);
  assert.match(bare.out, /no Received field: nothing tells the way/);
});

const wrongs: readonly [what: string, argv: readonly string[], code: number, err: RegExp][] = [
  ['no file', ['auth'], 2, /CLI0001: give a message/],
  ['an empty file', ['auth', file('empty.eml', '')], 2, /empty\.eml is not one message: empty/],
  ['a text', ['auth', file('text.eml', 'some words\n')], 2, /not one message: no mail: it has no header/],
  ['an Outlook data file', ['auth', file('a.pst', '!BDN')], 2, /it is an Outlook data file .*readpst/],
  [
    'an mbox of several',
    [
      'auth',
      file('two.mbox', `From a Sat Jul 18 14:08:56 2026\n${plain()}\nFrom a Sat Jul 18 14:08:56 2026\n${plain()}`),
    ],
    2,
    /two\.mbox is not one message: it holds several messages: mailhunt ingest takes them/,
  ],
  ['a folder', ['auth', folder], 2, /cannot be read: EISDIR/],
  ['a file that is not there', ['auth', join(folder, 'none.eml')], 2, /none\.eml cannot be read/],
  ['a zone file that is not there', ['auth', forged, '--dns', join(folder, 'none.zone')], 2, /none\.zone/],
  [
    'a broken zone file',
    ['auth', forged, '--dns', file('bad.zone', 'a.example. TXT "x\n')],
    2,
    /MAIL0002: .*bad\.zone line 1/,
  ],
  [
    'a client that is no address',
    ['auth', forged, '--ip', '192.0.2', '--dns', zone],
    2,
    /--ip 192\.0\.2: that is no IP/,
  ],
  [
    'an envelope sender that is none',
    ['auth', forged, '--from', 'a b', '--dns', zone],
    2,
    /--from a b: that is no addr/,
  ],
  [
    'a folder to keep answers in that is not there',
    ['auth', forged, '--dns', zone, '--zone-out', join(folder, 'none', 'x.zone')],
    2,
    /CLI0001: --zone-out .*ENOENT/,
  ],
  [
    'verdicts of no kind',
    ['ingest', forged, '--verdicts', 'maybe', '--store', join(folder, 's')],
    2,
    /--verdicts maybe: verify, received, auto are known/,
  ],
];
for (const [what, argv, code, err] of wrongs) {
  test(`refused: ${what}`, async () => {
    const found = await ran(argv);
    assert.match(found.err, err);
    assert.equal(found.code, code);
  });
}

test('accepted domains may be written as people read them', async () => {
  const config = file('own.yaml', 'accepted_domains: [Bücher.example]\n');
  const text = plain('Ada <ada@bücher.example>').replace('To: ', 'To: ben@bücher.example, ');
  const own = ['--config', config, '--store', join(folder, 'own')];
  const taken = await ran(['ingest', file('own.eml', text), '--dns', zone, ...own]);
  assert.equal(taken.code, 0, taken.err);
  const hunt = 'EmailEvents | project EmailDirection, RecipientEmailAddress';
  const { out } = await ran(['query', '-e', hunt, '--format', 'csv', '--store', join(folder, 'own')]);
  assert.equal(out, 'EmailDirection,RecipientEmailAddress\r\nInbound,ben@bücher.example\r\n');
});

test('ingest of raw mail, then a published form of hunt finds the forgery', async () => {
  const store = ['--store', join(folder, 'store')];
  const taken = await ran(['ingest', forged, honest, '--dns', zone, ...store]);
  assert.equal(taken.code, 0, taken.err);
  assert.match(taken.out, /^2 messages came in from 2 files: 14 rows\n {2}EmailEvents +2\n/);
  for (const hunt of [
    'EmailEvents | where AuthenticationDetails has "dmarc=fail" | project SenderFromAddress, SenderIPv4',
    'EmailEvents | where parse_json(AuthenticationDetails).DMARC == "fail" | project SenderFromAddress, SenderIPv4',
    `EmailEvents | where AuthenticationDetails has 'DMARC":"fail' | project SenderFromAddress, SenderIPv4`,
  ]) {
    const { out } = await ran(['query', '-e', hunt, '--format', 'csv', ...store]);
    assert.equal(out, 'SenderFromAddress,SenderIPv4\r\nada@bank.example,203.0.113.7\r\n');
  }
  const again = await ran(['ingest', forged, honest, '--dns', zone, ...store]);
  assert.match(again.out, /2 files had come in before/);
});
