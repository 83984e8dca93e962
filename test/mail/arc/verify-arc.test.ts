import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTime } from '../../in-time.ts';
import { always, records, rsa512, rsa1024, zoneOf } from '../dkim/signers.ts';
import { type ArcName, type Craft, chain, mail, now, verify, withSet } from './sealers.ts';

const [aar, ams, as]: readonly ArcName[] = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'];
const whole: Craft = {};

/** `reason` is the whole of it where it is a failure; a pass says how many seals. */
const rows: readonly (readonly [what: string, bytes: () => Buffer, result: string, reason: string])[] = [
  ['5.2 step 1: no ARC field', () => Buffer.from(mail), 'none', 'no ARC fields'],
  ['5.2: one set', () => chain(whole), 'pass', 'the seal was verified'],
  ['5.2: five sets', () => chain(whole, whole, whole, whole, whole), 'pass', '5 seals were verified'],
  ['4.2.1: fifty sets', () => chain(...Array<Craft>(50).fill(whole)), 'pass', '50 seals were verified'],
  [
    '4.2.1: 51 sets',
    () => chain(...Array<Craft>(51).fill(whole)),
    'fail',
    'more than 50 fields ARC-Authentication-Results',
  ],
  ['RFC 8463: Ed25519', () => chain({ key: 'ed25519' }, whole), 'pass', '2 seals were verified'],

  // Section 5.2 step 2
  [
    '5.2 step 2: the newest seal says cv=fail',
    () => chain(whole, { seal: { cv: 'fail' } }),
    'fail',
    'the chain had failed before instance 2, says sealer2.example',
  ],
  [
    '5.2 step 2: cv=fail alone',
    () => chain({ seal: { cv: 'fail' } }),
    'fail',
    'the chain had failed before instance 1, says sealer1.example',
  ],

  // Section 5.2 step 3
  ['5.2 step 3a: no seal', () => chain({ without: [as!] }), 'fail', 'ARC-Seal of instance 1 is missing'],
  [
    '5.2 step 3a: no message signature',
    () => chain(whole, { without: [ams!] }),
    'fail',
    'ARC-Message-Signature of instance 2 is missing',
  ],
  [
    '5.2 step 3a: no results',
    () => chain({ without: [aar!] }, whole),
    'fail',
    'ARC-Authentication-Results of instance 1 is missing',
  ],
  [
    '5.2 step 3a: only results',
    () => chain({ without: [as!, ams!] }),
    'fail',
    'ARC-Message-Signature of instance 1 is missing',
  ],
  ['5.2 step 3a: a seal twice', () => chain({ twice: [as!] }), 'fail', 'ARC-Seal of instance 1 is there 2 times'],
  [
    '5.2 step 3a: results twice',
    () => chain(whole, { twice: [aar!] }),
    'fail',
    'ARC-Authentication-Results of instance 2 is there 2 times',
  ],
  [
    '5.2 step 3a: a message signature twice',
    () => chain({ twice: [ams!] }, whole),
    'fail',
    'ARC-Message-Signature of instance 1 is there 2 times',
  ],
  [
    '5.2 step 3b: a gap',
    () => chain(whole, { instance: 3 }),
    'fail',
    'ARC-Authentication-Results of instance 2 is missing',
  ],
  [
    '5.2 step 3b: not from 1 on',
    () => chain({ instance: 2 }),
    'fail',
    'ARC-Authentication-Results of instance 1 is missing',
  ],
  [
    '5.2 step 3c: the first says cv=pass',
    () => chain({ seal: { cv: 'pass' } }),
    'fail',
    'ARC-Seal of instance 1: cv=pass where none must stand',
  ],
  [
    '5.2 step 3c: the second says cv=none',
    () => chain(whole, { seal: { cv: 'none' } }),
    'fail',
    'ARC-Seal of instance 2: cv=none where pass must stand',
  ],
  [
    '5.2 step 3c: a fail in the middle',
    () => chain(whole, { seal: { cv: 'fail' } }, whole),
    'fail',
    'ARC-Seal of instance 2: cv=fail where pass must stand',
  ],
  ['3.9: cv= in any case', () => chain({ seal: { cv: 'None' } }), 'pass', 'the seal was verified'],
  [
    '3.9: cv= of another word',
    () => chain({ seal: { cv: 'invalid' } }),
    'fail',
    'ARC-Seal of instance 1: cv= is none of none, pass, fail',
  ],

  // Section 4.2.1 and 4.1.1: instances
  ...['0', '51', '99999999999', '-1', '1.5', 'x', '', '001'].map(
    (i) =>
      [
        `4.2.1: seal i=${i}`,
        () => chain({ seal: { i } }),
        'fail',
        'ARC-Seal without an instance from 1 to 50',
      ] as const,
  ),
  [
    '4.2.1: seal without i=',
    () => chain({ seal: { i: undefined } }),
    'fail',
    'ARC-Seal without an instance from 1 to 50',
  ],
  [
    '4.2.1: message signature i=0',
    () => chain({ messageSignature: { i: '0' } }),
    'fail',
    'ARC-Message-Signature without an instance from 1 to 50',
  ],
  ['3.9: two digits', () => chain({ seal: { i: '01' } }), 'pass', 'the seal was verified'],
  [
    '4.1.1: results without an instance',
    () => chain({ results: ' mx1.example.com; spf=pass' }),
    'fail',
    'ARC-Authentication-Results without an instance from 1 to 50',
  ],
  [
    '4.1.1: results i=0',
    () => chain({ results: ' i=0; mx1.example.com; spf=pass' }),
    'fail',
    'ARC-Authentication-Results without an instance from 1 to 50',
  ],
  [
    '4.1.1: results i=99999999999',
    () => chain({ results: ' i=99999999999; a' }),
    'fail',
    'ARC-Authentication-Results without an instance from 1 to 50',
  ],
  [
    '4.1.1: results with i= not in front',
    () => chain({ results: ' mx1.example.com; i=1; spf=pass' }),
    'fail',
    'ARC-Authentication-Results without an instance from 1 to 50',
  ],
  [
    '4.1.1: results without a semicolon',
    () => chain({ results: ' i=1 mx1.example.com' }),
    'fail',
    'ARC-Authentication-Results without an instance from 1 to 50',
  ],
  [
    '4.1.1: results with comments around the instance',
    () => chain({ results: '\r\n (a (b)) i (c) = (d) 1 (e) ; mx1.example.com; none' }),
    'pass',
    'the seal was verified',
  ],
  ['4.1.1: results that say nothing', () => chain({ results: ' i=1;' }), 'pass', 'the seal was verified'],

  // Section 4.1.3: seals
  ['4.1.3: h= in a seal', () => chain({ seal: { h: 'from' } }), 'fail', 'ARC-Seal of instance 1: h= in a seal'],
  ...['a', 'b', 'd', 's', 'cv'].map(
    (tag) =>
      [
        `4.1.3: a seal without ${tag}=`,
        () => chain({ seal: { [tag]: undefined } }),
        'fail',
        'ARC-Seal of instance 1: required tag missing',
      ] as const,
  ),
  ['4.1.3: t= may be missing', () => chain({ seal: { t: undefined } }), 'pass', 'the seal was verified'],
  ['4.1.3: t= of letters', () => chain({ seal: { t: 'x' } }), 'fail', 'ARC-Seal of instance 1: t= is not a time'],
  [
    '4.1.3: unknown tags are no harm',
    () => chain({ seal: { zz: '1' }, messageSignature: { yy: '2' } }),
    'pass',
    'the seal was verified',
  ],
  [
    '4.1.3: rsa-sha1 (RFC 8301)',
    () => chain({ seal: { a: 'rsa-sha1' } }),
    'fail',
    'ARC-Seal of instance 1: rsa-sha1 is not accepted',
  ],
  [
    '4.1.3: an algorithm that nobody knows',
    () => chain({ seal: { a: 'rsa-md5' } }),
    'fail',
    'ARC-Seal of instance 1: unknown algorithm',
  ],
  [
    '4.1.3: d= that is no domain',
    () => chain({ seal: { d: 'a b' } }),
    'fail',
    'ARC-Seal of instance 1: d= is no domain name',
  ],
  [
    '4.1.3: d= with a dot at the end',
    () => chain({ seal: { d: 'sealer1.example.' } }),
    'fail',
    'ARC-Seal of instance 1: d= is no domain name',
  ],
  [
    '4.1.3: b= that is not base64',
    () => chain({ seal: { b: '!' } }),
    'fail',
    'ARC-Seal of instance 1: b= is not base64',
  ],
  [
    '4.1.3: b= of another text',
    () => chain({ seal: { b: 'AAAA' } }),
    'fail',
    'ARC-Seal of instance 1: signature did not verify',
  ],

  // Section 4.1.2: message signatures
  ...['a', 'b', 'bh', 'd', 'h', 's'].map(
    (tag) =>
      [
        `4.1.2: a message signature without ${tag}=`,
        () => chain({ messageSignature: { [tag]: undefined } }),
        'fail',
        'ARC-Message-Signature of instance 1: required tag missing',
      ] as const,
  ),
  [
    '4.1.2: a seal in h=',
    () => chain({ messageSignature: { h: 'from:ARC-Seal' } }),
    'fail',
    'ARC-Message-Signature of instance 1: an ARC-Seal is signed',
  ],
  [
    '4.1.2: earlier message signatures and results in h=',
    () => chain(whole, { messageSignature: { h: 'from:arc-message-signature:arc-authentication-results' } }),
    'pass',
    '2 seals were verified',
  ],
  [
    '4.1.2 and RFC 6376 6.1.1: From not in h=',
    () => chain({ messageSignature: { h: 'to:subject' } }),
    'fail',
    'ARC-Message-Signature of instance 1: From field not signed',
  ],
  [
    '4.1.2 and RFC 6376 6.1.1: h= empty',
    () => chain({ messageSignature: { h: '' } }),
    'fail',
    'ARC-Message-Signature of instance 1: From field not signed',
  ],
  ['RFC 6376 3.4: simple/simple', () => chain({ header: 'simple', body: 'simple' }), 'pass', 'the seal was verified'],
  [
    'RFC 6376 3.5: without c= it is simple/simple',
    () => chain({ header: 'simple', body: 'simple', messageSignature: { c: undefined } }),
    'pass',
    'the seal was verified',
  ],
  [
    'RFC 6376 3.5: without c= it is not relaxed',
    () => chain({ messageSignature: { c: undefined } }),
    'fail',
    'ARC-Message-Signature of instance 1: body hash did not verify',
  ],
  [
    'RFC 6376 3.5: c= of one word is simple for the body',
    () => chain({ body: 'simple', messageSignature: { c: 'relaxed' } }),
    'pass',
    'the seal was verified',
  ],
  [
    'RFC 6376 3.5: c= that nobody knows',
    () => chain({ messageSignature: { c: 'nofws' } }),
    'fail',
    'ARC-Message-Signature of instance 1: unknown canonicalization',
  ],
  [
    'RFC 6376 3.5: x= in the past',
    () => chain({ messageSignature: { x: String(now / 1000 - 1) } }),
    'fail',
    'ARC-Message-Signature of instance 1: signature timestamp expired',
  ],
  [
    'RFC 6376 3.5: x= in the future',
    () => chain({ messageSignature: { x: String(now / 1000 + 1) } }),
    'pass',
    'the seal was verified',
  ],
  [
    'RFC 6376 3.5: l= of part of the body',
    () => chain({ messageSignature: { l: '5' } }),
    'fail',
    'ARC-Message-Signature of instance 1: part of the body is not signed',
  ],
  [
    'RFC 6376 3.5: l= of the whole body',
    () => chain({ messageSignature: { l: '51' } }),
    'pass',
    'the seal was verified',
  ],
  [
    '5.2 step 4: the body was changed',
    () => Buffer.concat([chain(whole), Buffer.from('more')]),
    'fail',
    'ARC-Message-Signature of instance 1: body hash did not verify',
  ],
  [
    '5.2 step 4: the header was changed',
    () => changed(chain(whole), 'Subject: Fig', 'Subject: Big'),
    'fail',
    'ARC-Message-Signature of instance 1: signature did not verify',
  ],
  [
    '5.2 step 4: only the newest must verify',
    () => withSet(changed(chain(whole), 'Subject: Fig', 'Subject: Big')),
    'pass',
    '2 seals were verified',
  ],
  [
    '5.2 step 4: a field that is not signed may be added',
    () => Buffer.concat([Buffer.from('X-Spam: no\r\n'), chain(whole)]),
    'pass',
    'the seal was verified',
  ],

  // Section 5.2 step 6
  [
    '5.2 step 6: the results were changed',
    () => changed(chain(whole), 'spf=pass', 'spf=fail'),
    'fail',
    'ARC-Seal of instance 1: signature did not verify',
  ],
  [
    '5.2 step 6: results of an old set were changed',
    () => changed(chain(whole, whole, whole), 'mx1.example.com; spf=pass', 'mx1.example.com; spf=fail'),
    'fail',
    'ARC-Seal of instance 3: signature did not verify',
  ],
  [
    '5.2 step 6: an old seal that never was right',
    () => chain({ seal: { b: 'AAAA' } }, whole),
    'fail',
    'ARC-Seal of instance 1: signature did not verify',
  ],
  [
    '5.2 step 6: folds and blanks are no change',
    () => changed(chain(whole), 'i=1; mx1.example.com; spf=pass', 'i=1;\r\n\tmx1.example.com;   spf=pass '),
    'pass',
    'the seal was verified',
  ],

  // RFC 6376 section 3.2
  [
    'RFC 6376 3.2: a tag twice',
    () => changed(chain(whole), 'ARC-Seal: i=1;', 'ARC-Seal: i=1; i=1;'),
    'fail',
    'ARC-Seal without an instance from 1 to 50',
  ],
];

const changed = (bytes: Buffer, from: string, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

for (const [what, bytes, result, reason] of rows) {
  test(`RFC 8617 ${what}`, async () => {
    const found = await verify(bytes());
    assert.deepEqual([found.result, found.reason], [result, reason]);
  });
}

/** Keys; `temperror` only where DNS has no answer. */
const keys: readonly (readonly [
  what: string,
  options: Parameters<typeof verify>[1],
  result: string,
  reason: string,
])[] = [
  ['no such key', { resolver: zoneOf({}) }, 'fail', 'ARC-Message-Signature of instance 1: no key for signature'],
  [
    'the key was revoked',
    { resolver: zoneOf({ rsa: 'v=DKIM1; p=' }) },
    'fail',
    'ARC-Message-Signature of instance 1: key was revoked',
  ],
  [
    'time ran out',
    { resolver: always({ status: 'failed', failure: 'timeout' }) },
    'temperror',
    'ARC-Message-Signature of instance 1: key query failed (timeout)',
  ],
  [
    'the server failed',
    { resolver: always({ status: 'failed', failure: 'servfail' }) },
    'temperror',
    'ARC-Message-Signature of instance 1: key query failed (servfail)',
  ],
  [
    'a key of the other kind',
    { resolver: zoneOf({ rsa: records.ed25519! }) },
    'fail',
    'ARC-Message-Signature of instance 1: inappropriate key algorithm',
  ],
  [
    'a key for another hash',
    { resolver: zoneOf({ rsa: `h=sha1; ${records.rsa?.replace('v=DKIM1; ', '')}` }) },
    'fail',
    'ARC-Message-Signature of instance 1: inappropriate hash algorithm',
  ],
  [
    "another's key",
    { resolver: zoneOf({ rsa: records.rsa1024! }) },
    'fail',
    'ARC-Message-Signature of instance 1: signature did not verify',
  ],
  [
    'two keys, one of them right',
    { resolver: zoneOf({ rsa: [records.rsa1024!, records.rsa!] }) },
    'pass',
    'the seal was verified',
  ],
  [
    'a key that is too short for the setting',
    { minimumKeyBits: 3072 },
    'fail',
    'ARC-Message-Signature of instance 1: ignored public key size: too short',
  ],
  ['a key that is just long enough', { minimumKeyBits: 2048 }, 'pass', 'the seal was verified'],
];

for (const [what, options, result, reason] of keys) {
  test(`RFC 8617 section 5.2, keys: ${what}`, async () => {
    const found = await verify(chain({}), options);
    assert.deepEqual([found.result, found.reason], [result, reason]);
  });
}

/** Which of three seals, all by names of their own, DNS gives no key of, and what is broken for good besides. */
const silences: readonly (readonly [what: string, silent: readonly number[], bytes: () => Buffer, result: string])[] = [
  ['no one', [], () => chain({}, {}, {}), 'pass'],
  ['the newest', [3], () => chain({}, {}, {}), 'temperror'],
  ['the oldest', [1], () => chain({}, {}, {}), 'temperror'],
  ['all', [1, 2, 3], () => chain({}, {}, {}), 'temperror'],
  ['the newest, over a message that was changed', [3], () => changed(chain({}, {}, {}), 'Dear', 'Deer'), 'fail'],
  ['the newest, before a seal that is not right', [3], () => chain({}, { seal: { b: 'AAAA' } }, {}), 'fail'],
  ['the newest two, before a seal that is not right', [2, 3], () => chain({ seal: { b: 'AAAA' } }, {}, {}), 'fail'],
  ['the oldest, behind a seal that is not right', [1], () => chain({}, { seal: { b: 'AAAA' } }, {}), 'fail'],
  ['one, in a chain that says that it failed', [2], () => chain({}, {}, { seal: { cv: 'fail' } }), 'fail'],
  [
    'the signer of the message alone, before a seal that is not right',
    [9],
    () => chain({ seal: { b: 'AAAA' }, messageSignature: { d: 'sealer9.example' } }),
    'fail',
  ],
  ['the signer of the message alone', [9], () => chain({ messageSignature: { d: 'sealer9.example' } }), 'temperror'],
];
for (const [what, silent, bytes, result] of silences) {
  test(`a key that nobody answers for leaves open only what is not broken for good: ${what}`, async () => {
    const zone = zoneOf(records);
    const resolver: typeof zone = {
      query: (name, type) =>
        silent.some((one) => name.endsWith(`.sealer${one}.example`))
          ? Promise.resolve({ status: 'failed', failure: 'servfail' })
          : zone.query(name, type),
    };
    assert.equal((await verify(bytes(), { resolver })).result, result);
  });
}

test('fifty seals without a key cost two waits, not fifty', async () => {
  let [waiting, waits] = [0, 0];
  const resolver: ReturnType<typeof zoneOf> = {
    query: async () => {
      waiting += 1;
      if (waiting === 1) waits += 1;
      await new Promise((resolve) => setImmediate(resolve));
      waiting -= 1;
      return { status: 'failed', failure: 'timeout' };
    },
  };
  assert.equal((await verify(chain(...Array<Craft>(50).fill({})), { resolver })).result, 'temperror');
  assert.equal(waits, 2);
});

test('RFC 8301 section 3.2: 1,024 bits are enough unless told, 512 never', async () => {
  assert.equal(rsa1024.publicKey.asymmetricKeyDetails?.modulusLength, 1024);
  const short = await verify(chain({}), { resolver: zoneOf({ rsa: records.rsa512! }) });
  assert.equal(short.reason, 'ARC-Message-Signature of instance 1: ignored public key size: too short');
  const enough = await verify(chain({}), { resolver: zoneOf({ rsa: records.rsa1024! }) });
  assert.equal(enough.reason, 'ARC-Message-Signature of instance 1: signature did not verify');
  assert.equal(rsa512.publicKey.asymmetricKeyDetails?.modulusLength, 512);
});

test('RFC 8617 section 5.2: what each sealer says, also where the chain is broken', async () => {
  const sets = [
    { instance: 1, sealer: 'sealer1.example', selector: 'rsa', cv: 'none', results: 'mx1.example.com; spf=pass' },
    { instance: 2, sealer: 'sealer2.example', selector: 'rsa', cv: 'pass', results: 'mx2.example.com; spf=pass' },
  ];
  assert.deepEqual((await verify(chain({}, {}))).sets, sets);
  assert.deepEqual((await verify(changed(chain({}, {}), 'Subject', 'Object'))).sets, sets);
  assert.deepEqual((await verify(chain({}, {}, { without: ['arc-seal'] }))).sets, sets);
});

test('RFC 8617 section 5.2 step 5: the oldest set from which on nothing was changed', async () => {
  const edit = (bytes: Buffer, count: number): Buffer =>
    changed(bytes, /Subject: .*/.exec(bytes.toString('latin1'))![0], `Subject: ${count}`);
  const untouched = chain({}, {}, {});
  assert.equal((await verify(untouched)).oldestPass, 0);
  assert.equal((await verify(withSet(withSet(edit(chain({}), 1))))).oldestPass, 2);
  assert.equal((await verify(withSet(edit(chain({}, {}), 1)))).oldestPass, 3);
  assert.equal((await verify(edit(untouched, 1))).oldestPass, undefined);
});

test('RFC 8617: what cannot pass asks nobody, and a key is asked for once', async () => {
  const asked: string[] = [];
  const zone = zoneOf(records);
  const resolver: typeof zone = {
    query: (name, type) => {
      asked.push(name);
      return zone.query(name, type);
    },
  };
  await verify(changed(chain({}), 'Dear', 'Deer'), { resolver });
  await verify(chain({ twice: ['arc-seal'] }), { resolver });
  assert.deepEqual(asked, []);
  await verify(chain({}, {}), { resolver });
  assert.deepEqual(asked.toSorted(), ['rsa._domainkey.sealer1.example', 'rsa._domainkey.sealer2.example']);
});

test('RFC 8617 section 5.1.1: where the header was cut off nothing passes: what was sealed may lie behind the cut', async () => {
  const text = chain({}).toString('latin1');
  const filler = (count: number): Buffer =>
    Buffer.from(text.replace('From:', `${'X: y\r\n'.repeat(count)}From:`), 'latin1');
  const cut = await verify(filler(2000));
  assert.deepEqual([cut.result, cut.reason], ['fail', 'not all of the header was read']);
  assert.equal((await verify(filler(1000))).result, 'pass');
});

test('hostile: 2,000 ARC fields, a megabyte of results, 50 large sets', async () => {
  const many = Buffer.from(`${'ARC-Seal: i=1; a=rsa-sha256\r\n'.repeat(2000)}${mail}`);
  const large = chain({ results: ` i=1; ${'('.repeat(900_000)}` });
  const wide = chain(
    ...Array<Craft>(50)
      .fill({ results: undefined as never })
      .map((_, at) => ({ results: ` i=${at + 1}; ${'a '.repeat(8000)}` })),
  );
  await inTime(2000, async () => {
    assert.equal((await verify(many)).reason, 'more than 50 fields ARC-Seal');
    assert.equal((await verify(large)).result, 'pass');
    assert.equal((await verify(wide)).result, 'pass');
  });
});
