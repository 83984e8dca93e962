import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyHash } from '../../../src/mail/dkim/body-hash.ts';
import { outcomes } from '../../../src/mail/dkim/outcomes.ts';
import type { DkimWord } from '../../../src/mail/dkim/result.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import {
  type Craft,
  crafted,
  ed25519,
  mail,
  mailauthWords,
  published,
  records,
  rsa,
  rsa512,
  rsa1024,
  verify,
  zoneOf,
} from './signers.ts';

/** RFC 6376 section, what is odd, how it is made, our word; mailauth's where it differs, with the reason in the name. */
type Row = readonly [section: string, what: string, craft: Craft, word: DkimWord, theirs?: DkimWord];

const BODY = bodyHash(readMessage(Buffer.from(mail)), 'relaxed', 'sha256').bytes;

const identity = (i: string): Craft => ({ tags: { i } });

/** What a signature says. Each is signed rightly, so whoever lacks the rule lets it pass. */
const signatures: readonly Row[] = [
  ['3.5', 'nothing', {}, 'pass'],
  ['3.5', 'tags in another order', { tags: { v: undefined }, behind: '; v=1' }, 'pass'],
  ['3.2', 'a semicolon at the end', { behind: ';' }, 'pass'],
  ['3.2', 'a semicolon and blanks at the end', { behind: '; \r\n\t ' }, 'pass'],
  ['3.2', 'two semicolons at the end', { behind: ';;' }, 'neutral'],
  ['3.2', 'a tag twice', { behind: '; s=rsa' }, 'neutral'],
  ['3.2', 'an unknown tag twice', { behind: '; foo=1; foo=1' }, 'neutral'],
  ['3.2', 'a tag without =', { behind: '; foo' }, 'neutral'],
  ['3.2', 'a tag name that begins with a digit', { behind: '; 1a=b' }, 'neutral'],
  ['3.2', 'a tag name with a hyphen', { behind: '; a-b=c' }, 'neutral'],
  ['3.2', 'a tag without a name', { behind: '; =c' }, 'neutral'],
  [
    '3.2',
    'a control character in a value: not a VALCHAR, mailauth does not look',
    { behind: '; n=a\x01b' },
    'neutral',
    'pass',
  ],
  ['3.2', 'an unknown tag', { behind: '; foo=bar' }, 'pass'],
  ['3.2', 'an unknown tag with an empty value', { behind: '; foo=' }, 'pass'],
  ['3.2', 'tag names in upper case are other tags', { tags: { s: undefined }, behind: '; S=rsa' }, 'neutral'],
  ['3.2', 'an upper case tag beside the right one', { behind: '; S=other' }, 'pass'],
  ['3.2', 'folds around everything', { tags: { ' \r\n\tq\r\n\t ': '\r\n\t dns/txt \r\n\t' } }, 'pass'],
  ['3.5 v=', 'no v=', { tags: { v: undefined } }, 'neutral'],
  ['3.5 v=', 'v=2', { tags: { v: '2' } }, 'neutral'],
  ['3.5 v=', 'v=1.0', { tags: { v: '1.0' } }, 'neutral'],
  ['3.5 v=', 'v=01', { tags: { v: '01' } }, 'neutral'],
  ['3.5 v=', 'v= without a value', { tags: { v: '' } }, 'neutral'],
  ['3.5 a=', 'no a=', { tags: { a: undefined } }, 'neutral'],
  ['3.5 a=', 'an unknown algorithm', { tags: { a: 'rsa-sha512' } }, 'neutral'],
  ['3.5 a=', 'a name of every object', { tags: { a: 'constructor' } }, 'neutral'],
  ['3.5 a=', 'upper case', { tags: { a: 'RSA-SHA256' } }, 'pass'],
  ['3.5 a=', 'an algorithm of another key', { tags: { a: 'ed25519-sha256' } }, 'neutral'],
  ['3.5 b=', 'no b=', { tags: { b: undefined } }, 'neutral'],
  ['3.5 b=', 'empty: not base64, mailauth verifies it', { tags: { b: '' }, b: () => '' }, 'neutral', 'fail'],
  ['3.5 b=', 'folded inside', { b: (b) => b.replace(/.{20}/g, '$&\r\n\t ') }, 'pass'],
  ['3.5 b=', 'blanks inside', { b: (b) => b.replace(/.{20}/g, '$& ') }, 'pass'],
  ['3.5 b=', 'not base64: mailauth drops what is no base64', { b: (b) => `*${b}` }, 'neutral', 'pass'],
  [
    '3.5 b=',
    'base64 of another alphabet: mailauth takes both',
    { b: (b) => `${b.slice(0, 4)}-_${b.slice(6)}` },
    'neutral',
    'fail',
  ],
  ['3.5 b=', 'too short', { b: (b) => b.slice(0, 40) }, 'fail'],
  ['3.5 b=', 'one bit wrong', { b: (b) => `${b[0] === 'A' ? 'B' : 'A'}${b.slice(1)}` }, 'fail'],
  ['3.5 bh=', 'no bh=', { tags: { bh: undefined } }, 'neutral'],
  ['3.5 bh=', 'another', { tags: { bh: 'frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=' } }, 'fail'],
  ['3.5 bh=', 'not base64: mailauth compares it', { tags: { bh: '*' } }, 'neutral', 'fail'],
  ['3.5 c=', 'left out means simple/simple', { tags: { c: undefined }, header: 'simple', body: 'simple' }, 'pass'],
  ['3.5 c=', 'relaxed means relaxed/simple', { tags: { c: 'relaxed' }, body: 'simple' }, 'pass'],
  ['3.5 c=', 'upper case', { tags: { c: 'Relaxed/RELAXED' } }, 'pass'],
  ['3.5 c=', 'unknown', { tags: { c: 'relaxed/nofws' } }, 'neutral'],
  ['3.5 c=', 'three of them: mailauth reads two', { tags: { c: 'relaxed/relaxed/simple' } }, 'neutral', 'pass'],
  ['3.5 d=', 'no d=', { tags: { d: undefined } }, 'neutral'],
  ['3.5 d=', 'empty', { tags: { d: '' } }, 'neutral'],
  ['3.5 d=', 'one label', { tags: { d: 'com' } }, 'neutral'],
  ['3.5 d=', 'an empty label', { tags: { d: 'example..com' } }, 'neutral'],
  ['3.5 d=', 'a dot at the end', { tags: { d: 'example.com.' } }, 'neutral'],
  ['3.5 d=', 'an address', { tags: { d: '192.0.2.1' } }, 'neutral', 'pass'],
  ['3.5 d=', 'other characters', { tags: { d: 'exa/mple.com' } }, 'neutral'],
  ['3.5 d=', 'a label of 64 characters', { tags: { d: `${'a'.repeat(64)}.com` } }, 'neutral'],
  ['3.5 d=', 'upper case', { tags: { d: 'EXAMPLE.com' } }, 'pass'],
  ['RFC 8616', 'd= in A-labels', { tags: { d: 'xn--bcher-kva.example' } }, 'pass'],
  ['RFC 8616', 'd= in U-labels', { tags: { d: 'b\xc3\xbccher.example' } }, 'pass'],
  ['3.5 s=', 'no s=', { tags: { s: undefined } }, 'neutral'],
  ['3.5 s=', 'empty', { tags: { s: '' } }, 'neutral'],
  ['3.5 s=', 'other characters', { tags: { s: 'r/sa' } }, 'neutral'],
  ['3.5 h=', 'no h=', { tags: { h: undefined }, signed: [] }, 'neutral'],
  ['3.5 h=', 'empty', { tags: { h: '' }, signed: [] }, 'neutral'],
  ['3.5 h=', 'without From', { tags: { h: 'to:subject' } }, 'neutral'],
  ['3.5 h=', 'a name that only begins like From', { tags: { h: 'from-:to' } }, 'neutral'],
  ['3.5 h=', 'upper case and folds', { tags: { h: 'FROM :\r\n\t To' } }, 'pass'],
  [
    '3.5 h=',
    'more names than a message has fields: mailauth reads them',
    { tags: { h: `from${':x'.repeat(2000)}` } },
    'neutral',
    'pass',
  ],
  [
    '5.4',
    'DKIM-Signature, so that no other can be put below: mailauth takes the field itself',
    { tags: { h: 'from:dkim-signature' } },
    'pass',
    'fail',
  ],
  ['5.4.2', 'names that the message does not have', { tags: { h: 'from:x-none:to:from:to' } }, 'pass'],
  ['3.5 i=', 'the domain', identity('@example.com'), 'pass'],
  ['3.5 i=', 'a user', identity('alice@example.com'), 'pass'],
  ['3.5 i=', 'a quoted user', identity('"alice b"@example.com'), 'pass'],
  ['3.5 i=', 'quoted-printable', identity('al=69ce@example.com'), 'pass'],
  ['3.5 i=', 'a subdomain', identity('alice@news.example.com'), 'pass'],
  ['3.5 i=', 'upper case', identity('alice@NEWS.Example.COM'), 'pass'],
  ['3.5 i=', 'the domain above', { tags: { i: '@example.com', d: 'news.example.com' } }, 'neutral'],
  ['3.5 i=', 'another domain', identity('@example.net'), 'neutral'],
  ['3.5 i=', 'a domain that ends like it', identity('@badexample.com'), 'neutral'],
  ['3.5 i=', 'no at sign', identity('example.com'), 'neutral'],
  ['3.5 i=', 'empty', identity(''), 'neutral'],
  ['3.5 i=', 'a user that is none', identity('a b<@example.com'), 'neutral'],
  [
    '3.5 i=',
    'longer than any address: mailauth reads it',
    identity(`${'a'.repeat(2000)}@example.com`),
    'neutral',
    'pass',
  ],
  ['3.5 l=', 'all of the body', { tags: { l: `${BODY}` } }, 'pass'],
  ['3.5 l=', 'nothing of it', { tags: { l: '0' }, length: 0 }, 'pass'],
  ['3.5 l=', 'more than there is: mailauth hashes what there is', { tags: { l: `${BODY + 1}` } }, 'fail', 'pass'],
  ['3.5 l=', '76 digits: mailauth hashes what there is', { tags: { l: '9'.repeat(76) } }, 'fail', 'pass'],
  ['3.5 l=', '77 digits', { tags: { l: '9'.repeat(77) } }, 'neutral'],
  ['3.5 l=', 'negative', { tags: { l: '-1' } }, 'neutral'],
  ['3.5 l=', 'empty', { tags: { l: '' } }, 'neutral'],
  ['3.5 l=', 'hexadecimal', { tags: { l: '0x40' } }, 'neutral'],
  ['3.5 q=', 'dns/txt', { tags: { q: 'dns/txt' } }, 'pass'],
  ['3.5 q=', 'dns/txt among others', { tags: { q: 'x/y : dns/txt' } }, 'pass'],
  ['3.5 q=', 'only others', { tags: { q: 'x/y' } }, 'neutral'],
  ['3.5 t=', 'in the past', { tags: { t: '1700000000' } }, 'pass'],
  ['3.5 t=', 'in the future', { tags: { t: '1900000000' } }, 'pass'],
  ['3.5 t=', '13 digits', { tags: { t: '1700000000000' } }, 'neutral'],
  ['3.5 t=', 'not a number', { tags: { t: 'now' } }, 'neutral'],
  ['3.5 x=', 'in the future', { tags: { t: '1700000000', x: '1900000000' } }, 'pass'],
  ['3.5 x=', 'in the past', { tags: { t: '1700000000', x: '1700000001' } }, 'neutral'],
  ['3.5 x=', 'in the past, without t=', { tags: { x: '1700000001' } }, 'neutral'],
  ['3.5 x=', 'equal to t=', { tags: { t: '1900000000', x: '1900000000' } }, 'neutral'],
  ['3.5 x=', 'before t=', { tags: { t: '1900000000', x: '1800000000' } }, 'neutral'],
  ['3.5 x=', 'not a number', { tags: { x: 'never' } }, 'neutral'],
  ['RFC 8301 3.1', 'rsa-sha1', { algorithm: 'rsa-sha1' }, 'policy'],
  ['RFC 8301 3.2', 'a key of 512 bits', { key: rsa512, tags: { s: 'rsa512' } }, 'policy'],
  ['RFC 8301 3.2', 'a key of 1,024 bits', { key: rsa1024, tags: { s: 'rsa1024' } }, 'pass'],
  ['RFC 8463', 'ed25519', { key: ed25519, algorithm: 'ed25519-sha256', tags: { s: 'ed25519' } }, 'pass'],
  [
    'RFC 8463',
    'ed25519 by the key of another',
    { key: ed25519, algorithm: 'ed25519-sha256', tags: { s: 'other' } },
    'fail',
  ],
  ['6.1.2', 'a selector that is not in DNS', { tags: { s: 'gone' } }, 'neutral'],
];

const other = { other: `v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 9).toString('base64')}` };

for (const [section, what, craft, word, theirs = word] of signatures) {
  test(`${section.startsWith('RFC') ? '' : 'RFC 6376 section '}${section}: ${what} -> ${word}`, async () => {
    const bytes = crafted(craft);
    const resolver = zoneOf({ ...records, ...other });
    const [result] = await verify(bytes, { resolver });
    assert.equal(result?.result, word, result?.reason);
    assert.deepEqual(await mailauthWords(bytes, resolver), [theirs]);
  });
}

const p = published(rsa);
const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64');
const edSpki = ed25519.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** What a key record says; the signature is right. */
const keys: readonly (readonly [
  section: string,
  what: string,
  record: string | string[],
  word: DkimWord,
  theirs?: DkimWord,
])[] = [
  ['3.6.1', 'p= alone', `p=${p}`, 'pass'],
  ['3.6.1', 'the key alone (PKCS#1)', `v=DKIM1; p=${pkcs1}`, 'pass'],
  ['3.6.1', 'blanks in p=', `v=DKIM1; p=${p.replace(/.{60}/g, '$& ')}`, 'pass'],
  ['3.6.1', 'a semicolon at the end', `v=DKIM1; p=${p};`, 'pass'],
  ['3.6.1', 'unknown tags', `v=DKIM1; x=y; p=${p}; n=a note`, 'pass'],
  ['3.6.1 v=', 'not the first', `p=${p}; v=DKIM1`, 'neutral'],
  ['3.6.1 v=', 'lower case', `v=dkim1; p=${p}`, 'neutral'],
  ['3.6.1 v=', 'DKIM2', `v=DKIM2; p=${p}`, 'neutral'],
  ['3.6.1 k=', 'rsa', `v=DKIM1; k=rsa; p=${p}`, 'pass'],
  ['3.6.1 k=', 'unknown', `v=DKIM1; k=x; p=${p}`, 'neutral'],
  ['3.6.1 k=', 'ed25519 for an RSA key', `v=DKIM1; k=ed25519; p=${p}`, 'neutral'],
  ['3.6.1 k=', 'another kind of key than a=', records.ed25519 ?? '', 'neutral'],
  ['RFC 8463 4', 'an Ed25519 key inside SubjectPublicKeyInfo', `v=DKIM1; k=ed25519; p=${edSpki}`, 'neutral'],
  ['3.6.1 h=', 'sha256', `v=DKIM1; h=sha256; p=${p}`, 'pass'],
  ['3.6.1 h=', 'several', `v=DKIM1; h=sha1 : sha256; p=${p}`, 'pass'],
  ['3.6.1 h=', 'sha1 only', `v=DKIM1; h=sha1; p=${p}`, 'neutral'],
  ['3.6.1 s=', 'email', `v=DKIM1; s=email; p=${p}`, 'pass'],
  ['3.6.1 s=', 'all', `v=DKIM1; s=*; p=${p}`, 'pass'],
  ['3.6.1 s=', 'email among others', `v=DKIM1; s=x:email; p=${p}`, 'pass'],
  ['3.6.1 s=', 'something else', `v=DKIM1; s=web; p=${p}`, 'neutral'],
  ['3.6.1 t=', 'being tested', `v=DKIM1; t=y; p=${p}`, 'pass'],
  ['3.6.1 t=', 'strict, i= is d=', `v=DKIM1; t=s; p=${p}`, 'pass'],
  ['3.6.1 t=', 'an unknown flag', `v=DKIM1; t=z; p=${p}`, 'pass'],
  ['3.6.1 p=', 'empty: revoked', 'v=DKIM1; p=', 'neutral'],
  ['3.6.1 p=', 'left out', 'v=DKIM1; k=rsa', 'neutral'],
  ['3.6.1 p=', 'not base64', 'v=DKIM1; p=*', 'neutral'],
  ['3.6.1 p=', 'base64 of no key', 'v=DKIM1; p=AAAA', 'neutral'],
  ['3.6.1 p=', 'cut off', `v=DKIM1; p=${p.slice(0, 100)}`, 'neutral'],
  ['3.6.1 p=', 'of 64 KB', `v=DKIM1; p=${'A'.repeat(65_536)}`, 'neutral'],
  ['3.6.1', 'a tag twice', `v=DKIM1; p=${p}; p=${p}`, 'neutral'],
  [
    '3.6.1',
    'longer than 8,192 characters: mailauth reads it',
    `v=DKIM1; p=${p}; n=${'x'.repeat(8192)}`,
    'neutral',
    'pass',
  ],
  ['3.6.1', 'another kind of record', 'v=spf1 -all', 'neutral'],
  ['3.6.1', 'an empty record', '', 'neutral'],
  [
    '6.1.2',
    'the right key behind another one: mailauth reads the first',
    [records.rsa1024 ?? '', `p=${p}`],
    'pass',
    'fail',
  ],
  ['6.1.2', 'the right key behind another kind of record: the same', ['v=spf1 -all', `p=${p}`], 'pass', 'neutral'],
  ['6.1.2', 'several keys, none right', [records.rsa1024 ?? '', records.rsa512 ?? ''], 'fail'],
];

for (const [section, what, record, word, theirs = word] of keys) {
  test(`${section.startsWith('RFC') ? '' : 'RFC 6376 section '}${section}, key record: ${what} -> ${word}`, async () => {
    const resolver = zoneOf({ rsa: record });
    const [result] = await verify(crafted(), { resolver });
    assert.equal(result?.result, word, result?.reason);
    assert.deepEqual(await mailauthWords(crafted(), resolver), [theirs]);
  });
}

const reasons: Readonly<Record<string, Craft>> = {
  'signature missing required tag': { tags: { bh: undefined } },
  'incompatible version': { tags: { v: '2' } },
  'unknown algorithm': { tags: { a: 'rsa-md5' } },
  'unknown canonicalization': { tags: { c: 'nofws' } },
  'signature syntax error': { tags: { d: 'com' } },
  'unsupported query method': { tags: { q: 'x' } },
  'domain mismatch': identity('@example.net'),
  'signature expires before it was made': { tags: { t: '2', x: '1' } },
  'From field not signed': { tags: { h: 'to' } },
  'rsa-sha1 is not accepted': { algorithm: 'rsa-sha1' },
  'no key for signature': { tags: { s: 'gone' } },
  'inappropriate key algorithm': { tags: { s: 'ed25519' } },
  'body hash did not verify': { tags: { bh: 'AAAA' } },
  'body is shorter than the signed length': { tags: { l: '1000' } },
  'signature did not verify': { b: () => 'AAAA' },
};

for (const [reason, craft] of Object.entries(reasons)) {
  test(`RFC 6376 section 6.1: the words "${reason}"`, async () => {
    assert.equal((await verify(crafted(craft)))[0]?.reason, reason);
  });
}

test('RFC 6376 section 3.6.1: t=s forbids a subdomain in i=', async () => {
  const resolver = zoneOf({ rsa: `v=DKIM1; t=y:s; p=${p}` });
  const below = crafted(identity('@news.example.com'));
  assert.equal(
    (await verify(below, { resolver }))[0]?.reason,
    'key does not allow a subdomain in i= (the key is being tested)',
  );
  assert.equal((await verify(crafted(identity('@example.com')), { resolver }))[0]?.result, 'pass');
});

test('every outcome has its section and its own words', () => {
  const reasons = Object.values(outcomes).map(({ reason }) => reason);
  assert.equal(new Set(reasons).size, reasons.length);
  for (const { section } of Object.values(outcomes)) assert.match(section, /^(?:RFC \d+ )?[3-6]\.\d/);
});
