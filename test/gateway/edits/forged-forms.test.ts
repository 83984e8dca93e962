import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { applyEdits, bareEdits, messageEdits, type Stamping } from '../../../src/gateway/edits/index.ts';
import { type Authentication, authenticate, type Resolver, readMessage, sealArc } from '../../../src/mail/index.ts';
import { inTime } from '../../in-time.ts';
import { AT, never, offered, silentDns, textZone, triedGate } from '../gate-rig.ts';
import { forgedForms, honestForms, ID, LIE } from './forged-forms.ts';

const fields = 'From: jane@bank.example\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000';
/** Alone on top, between others, and at the end of the header. */
const places: readonly ((lines: string) => string)[] = [
  (lines) => `${lines}\r\n${fields}\r\n\r\nHi\r\n`,
  (lines) => `From: jane@bank.example\r\n${lines}\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000\r\n\r\nHi\r\n`,
  (lines) => `${fields}\r\n${lines}\r\n\r\nHi\r\n`,
];

const resolver = textZone({});
const transaction = { recipients: [], known: 'unknown' } as const;
const stamping = { authservId: ID };

/** The header of a message as it goes on: judged, and unjudged. */
async function headersAfter(text: string): Promise<readonly string[]> {
  const message = readMessage(Buffer.from(text, 'latin1'));
  const authentication = await authenticate(message, { resolver, now: AT, transaction });
  const edited = await messageEdits(message, stamping, { authentication, changes: [], fields: [], resolver, at: AT });
  assert.ok('edits' in edited);
  const both = [edited.edits, bareEdits(message, stamping, [])];
  return both.map((edits) => applyEdits(message.bytes, edits).toString('latin1').split('\r\n\r\n')[0]!);
}

for (const [what, lines] of forgedForms) {
  test(`a forged stamp goes, ${what}, and nothing else that proves the sender`, async () => {
    // A blank continues whatever is above it but on top, where there is nothing.
    for (const place of lines.startsWith(' ') ? places.slice(0, 1) : places) {
      for (const header of await headersAfter(place(lines))) {
        assert.ok(!header.includes(LIE), JSON.stringify(header));
        assert.match(header, /^Authentication-Results: mx\.contoso\.com; (?:none|spf=)/);
        assert.ok(header.includes('From: jane@bank.example') && header.includes('Date: Sat'));
      }
    }
  });
}

for (const [what, lines] of honestForms) {
  test(`what is no forged stamp stays, ${what}`, async () => {
    for (const place of places) {
      for (const header of await headersAfter(place(lines))) assert.ok(header.includes(lines), JSON.stringify(header));
    }
  });
}

const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
const record = `v=DKIM1; k=ed25519; p=${publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;
const sealers: Resolver = textZone({
  's._domainkey.contoso.com': record,
  's._domainkey.evil.example': record,
});

const body = '\r\n\r\nHi\r\n';
const seal = { domain: 'contoso.com', selector: 's', key };

/** A message with a set in this host's name, sealed by a domain. */
async function sealedBy(domain: string): Promise<string> {
  const sealing = { domain, selector: 's', key, results: `${ID}; ${LIE}`, time: AT / 1_000, resolver: sealers };
  return (await sealArc(readMessage(Buffer.from(fields + body)), sealing)) + fields + body;
}

const found = (text: string, dns = sealers): Promise<Authentication> =>
  authenticate(readMessage(Buffer.from(text)), { resolver: dns, now: AT, transaction });

async function judged(text: string, stampings: Stamping, authentication: Authentication | undefined): Promise<string> {
  const message = readMessage(Buffer.from(text));
  const telling = { authentication, changes: [], fields: [], resolver: sealers, at: AT };
  const edited = await messageEdits(message, stampings, telling);
  assert.ok('edits' in edited);
  return applyEdits(message.bytes, edited.edits).toString('latin1');
}

type Way = (text: string, stampings: Stamping) => string | Promise<string>;

const verified =
  (word: string, dns = sealers): Way =>
  async (text, stampings) => {
    const authentication = await found(text, dns);
    assert.equal(authentication.arc.result, word, authentication.arc.reason);
    return judged(text, stampings, authentication);
  };

const bare: Way = (text, stampings) => {
  const message = readMessage(Buffer.from(text));
  return applyEdits(message.bytes, bareEdits(message, stampings, [])).toString('latin1');
};

/** How a message with a set goes on, by what is known of its chain. */
const ways = {
  pass: verified('pass'),
  fail: (text, stampings) => verified('fail')(text.replace(body, '\r\n\r\nHo\r\n'), stampings),
  none: async (text, stampings) =>
    judged(text, stampings, { ...(await found(text)), arc: { result: 'none', reason: '', sets: [] } }),
  temperror: verified('temperror', silentDns),
  'own client': async (text, stampings) => {
    const { gate } = triedGate({ stamping: stampings, resolver: silentDns });
    const client = { ip: '192.0.2.7', helo: 'anna', name: undefined, isAuthenticated: true };
    const message = offered(text, { client });
    const { edits, course } = await gate.rule(message, never);
    assert.equal(course, 'handOn');
    return applyEdits(message.bytes, edits).toString('latin1');
  },
  bareEdits: bare,
  'bareEdits, its form broken': (text, stampings) =>
    bare(`ARC-Authentication-Results: i=1; ${ID}; ${LIE}\r\n${text}`, stampings),
} as const satisfies Readonly<Record<string, Way>>;

const sealings = {
  'by this host': { domain: 'contoso.com', stamping: { authservId: ID, seal } },
  'by another': { domain: 'evil.example', stamping: { authservId: ID, seal } },
  'by this domain, the gate without a seal': { domain: 'contoso.com', stamping: { authservId: ID } },
} as const;

const sets: readonly (readonly [way: keyof typeof ways, sealed: keyof typeof sealings, stays: boolean])[] = [
  ['pass', 'by this host', true],
  ['pass', 'by another', false],
  ['pass', 'by this domain, the gate without a seal', true],
  ['temperror', 'by this host', true],
  ['temperror', 'by another', false],
  ['temperror', 'by this domain, the gate without a seal', false],
  ['own client', 'by this host', true],
  ['own client', 'by another', false],
  ['own client', 'by this domain, the gate without a seal', false],
  ['bareEdits', 'by this host', true],
  ['bareEdits', 'by another', false],
  ['bareEdits', 'by this domain, the gate without a seal', false],
  ['bareEdits, its form broken', 'by this host', false],
  ['fail', 'by this host', false],
  ['none', 'by this host', false],
];

for (const [way, sealed, stays] of sets) {
  test(`a set in this host’s name ${stays ? 'stays, its chain whole' : 'goes'}: ${way}, sealed ${sealed}`, async () => {
    const { domain, stamping: stampings } = sealings[sealed];
    const after = await ways[way](await sealedBy(domain), stampings);
    assert.equal(after.includes(LIE), stays, after);
    const { arc } = await found(after);
    assert.equal(arc.result, stays ? 'pass' : 'fail', arc.reason);
  });
}

for (const [domain, stays] of [
  ['contoso.com', true],
  ['evil.example', false],
] as const) {
  test(`over a chain out of which a set was taken none is put: ${domain}`, async () => {
    const text = await sealedBy(domain);
    const message = readMessage(Buffer.from(text));
    const changes = [{ kind: 'PrependSubject', text: '[x] ' }] as const;
    const telling = { authentication: await found(text), changes, fields: [], resolver: sealers, at: AT };
    const edited = await messageEdits(message, { ...stamping, seal }, telling);
    assert.ok('edits' in edited);
    const header = applyEdits(message.bytes, edited.edits).toString('latin1');
    assert.equal(header.includes('i=2'), stays);
  });
}

const names = ['Authentication-Results', 'ARC-Authentication-Results'] as const;
/** Results fields of others, `more` in each. */
const many = (count: number, name: string, more: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${name}: ${more(at)}`).join('\r\n');

for (const [count, stays] of [
  [50, true],
  [51, false],
] as const) {
  for (const name of names) {
    test(`${count} fields ${name} of others ${stays ? 'stay' : 'all go'}`, async () => {
      const lines = many(
        count,
        name,
        (at) => `${name.startsWith('ARC') ? `i=${at + 1}; ` : ''}mx.fabrikam.com; ${LIE}`,
      );
      for (const header of await headersAfter(places[1]!(lines)))
        assert.equal(header.split(LIE).length - 1, stays ? count : 0);
    });
  }
}

const wordsFrom = (from: number, count: number, word: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => word(from + at)).join(' ');
const letters = (from: number, count: number): string =>
  String.fromCodePoint(...Array.from({ length: count }, (_, at) => 0x4e_00 + ((from + at * 7) % 20_000)));

/** What costs the most to read. */
const costly: readonly (readonly [what: string, header: () => string])[] = [
  ['many fields of many words', () => many(1_990, names[0], (at) => wordsFrom(at * 48, 48, (n) => `é${n}`))],
  ['as many fields as are read, of words', () => bothNames((at) => wordsFrom(at * 48, 48, (n) => `é${n}é`))],
  [
    'as many fields as are read, of long words',
    () => bothNames((at) => `${letters(at, 165)}\u200b\r\n (x)\u00ad${letters(at + 7_000, 165)}; none`),
  ],
  ['as many fields as are read, in parentheses', () => bothNames((at) => `${'('.repeat(6_000 + at)}`)],
  ['as many fields as are read, of marks', () => bothNames((at) => `u${'\u0308\u0323'.repeat(250)}${at}; none`)],
];
const bothNames = (value: (at: number) => string): string =>
  names.map((name, of) => many(50, name, (at) => value(of * 50 + at))).join('\r\n');

for (const [what, header] of costly) {
  test(`a hostile header takes a processor no time to speak of: ${what}`, async () => {
    const message = readMessage(Buffer.from(places[1]!(header())));
    await inTime(100, () => bareEdits(message, stamping, []));
  });
}
