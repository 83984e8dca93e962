import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DkimResult } from '../../../src/mail/dkim/result.ts';
import { verifyDkim } from '../../../src/mail/dkim/verify-dkim.ts';
import type { DnsFailure, Resolver } from '../../../src/mail/dns/resolver.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { always, crafted, ed25519, mail, now, published, records, rsa, rsa512, verify, zoneOf } from './signers.ts';

test('a pass, in all its parts', async () => {
  const tags = { s: 'RSA', i: 'al=69ce@News.Example.com', t: '1700000000', x: '1900000000' };
  const [result] = await verify(crafted({ tags, algorithm: 'rsa-sha256', body: 'simple' }));
  assert.deepEqual(result, {
    result: 'pass',
    reason: 'signature was verified',
    domain: 'example.com',
    selector: 'rsa',
    identity: 'alice@news.example.com',
    algorithm: 'rsa-sha256',
    keyBits: 2048,
    canonicalization: 'relaxed/simple',
    signedHeaders: ['from', 'to', 'subject', 'date'],
    coversBody: true,
    mayAlign: true,
    testing: false,
    signedAt: 1_700_000_000,
    expiresAt: 1_900_000_000,
  });
});

test('an unsigned message has no result', async () => {
  assert.deepEqual(await verifyDkim(readMessage(Buffer.from(mail)), { resolver: zoneOf({}), now }), {
    signatures: [],
    ignored: 0,
  });
});

test('what cannot be read at all is a result without names', async () => {
  const [result] = await verify(Buffer.from(`DKIM-Signature: \0\r\n${mail}`));
  assert.equal(result?.result, 'neutral');
  assert.deepEqual([result?.domain, result?.selector, result?.identity, result?.signedHeaders], ['', '', '', []]);
});

test('words longer than any that is meant are not handed on', async () => {
  const [result] = await verify(crafted({ tags: { a: 'x'.repeat(65), c: 'y'.repeat(65), i: 'z'.repeat(2000) } }));
  assert.deepEqual([result?.result, result?.algorithm, result?.identity], ['neutral', '', '']);
  assert.equal(result?.canonicalization, '/simple');
  const names = crafted({ tags: { h: `from${':x'.repeat(2000)}` } });
  assert.equal((await verify(names))[0]?.reason, 'signature syntax error');
  const [short] = await verify(crafted({ tags: { a: 'x'.repeat(64) } }));
  assert.equal(short?.algorithm, 'x'.repeat(64));
});

const failures: Readonly<Record<DnsFailure, string>> = {
  timeout: 'key query timed out',
  servfail: 'key query failed (servfail)',
  refused: 'key query failed (refused)',
  unreachable: 'key query failed (unreachable)',
  malformed: 'key query failed (malformed)',
  'too large': 'key query failed (too large)',
  'alias loop': 'key query failed (alias loop)',
};

for (const [failure, reason] of Object.entries(failures)) {
  test(`RFC 6376 section 6.1.2 step 2: DNS fails (${failure}) -> temperror`, async () => {
    const resolver = always({ status: 'failed', failure: failure as DnsFailure });
    const right = await verify(crafted(), { resolver });
    const wrong = await verify(crafted({ tags: { b: 'AAAA' } }), { resolver });
    for (const [result] of [right, wrong]) {
      assert.equal(result?.result, 'temperror');
      assert.equal(result?.reason, reason);
      assert.equal(result?.mayAlign, false);
    }
  });
}

for (const status of ['no-name', 'no-record'] as const) {
  test(`RFC 6376 section 6.1.2 step 3: ${status} -> no key`, async () => {
    const [result] = await verify(crafted(), { resolver: always({ status }) });
    assert.equal(result?.result, 'neutral');
    assert.equal(result?.reason, 'no key for signature');
  });
}

test('an answer without records is no key', async () => {
  const [result] = await verify(crafted(), { resolver: always({ status: 'found', records: [] }) });
  assert.equal(result?.reason, 'no key for signature');
});

test('DNS is asked once for a key that two signatures share, and not at all for what cannot pass', async () => {
  const asked: string[] = [];
  const resolver: Resolver = {
    query(name, type) {
      asked.push(name);
      return zoneOf(records).query(name, type);
    },
  };
  await verify(crafted({}, crafted({ header: 'simple' })), { resolver });
  assert.deepEqual(asked, ['rsa._domainkey.example.com']);
  await verify(Buffer.concat([crafted(), Buffer.from('changed')]), { resolver });
  await verify(crafted({ tags: { v: '2' } }), { resolver });
  await verify(crafted({ algorithm: 'rsa-sha1' }), { resolver });
  assert.equal(asked.length, 1);
});

test('RFC 8616: the key of a name in U-labels is asked for in A-labels', async () => {
  const asked: string[] = [];
  const resolver: Resolver = {
    query(name, type) {
      asked.push(name);
      return zoneOf(records).query(name, type);
    },
  };
  const [result] = await verify(crafted({ tags: { d: 'B\xc3\x9ccher.example', i: '@news.b\xc3\xbccher.example' } }), {
    resolver,
  });
  assert.deepEqual(asked, ['rsa._domainkey.xn--bcher-kva.example']);
  assert.equal(result?.result, 'pass');
  assert.equal(result?.domain, 'xn--bcher-kva.example');
  assert.equal(result?.identity, '@news.xn--bcher-kva.example');
});

test('RFC 6376 section 6.1: ten signatures are looked at, the rest is counted', async () => {
  let bytes: Buffer = Buffer.from(mail);
  for (let count = 0; count < 12; count++) bytes = crafted({ tags: { s: count < 2 ? 'gone' : 'rsa' } }, bytes);
  const { signatures, ignored } = await verifyDkim(readMessage(bytes), { resolver: zoneOf(records), now });
  assert.deepEqual(
    signatures.map(({ result }) => result),
    new Array(10).fill('pass'),
  );
  assert.equal(ignored, 2);
  const fewer = await verifyDkim(readMessage(bytes), { resolver: zoneOf(records), now, signatures: 3 });
  assert.deepEqual([fewer.signatures.length, fewer.ignored], [3, 9]);
});

test('signatures stand in the order of their fields', async () => {
  const below = crafted({ tags: { s: 'gone' } });
  const above = crafted({ key: ed25519, algorithm: 'ed25519-sha256', tags: { s: 'ed25519' } }, below);
  assert.deepEqual(
    (await verify(above)).map(({ selector }) => selector),
    ['ed25519', 'gone'],
  );
});

test('settings: rsa-sha1 accepted, shorter and longer keys', async () => {
  const sha1 = crafted({ algorithm: 'rsa-sha1' });
  assert.equal((await verify(sha1, { rsaSha1: 'accept' }))[0]?.result, 'pass');
  assert.equal((await verify(sha1, { rsaSha1: 'policy' }))[0]?.result, 'policy');
  const short = crafted({ key: rsa512, tags: { s: 'rsa512' } });
  assert.equal((await verify(short, { minimumKeyBits: 512 }))[0]?.result, 'pass');
  assert.equal((await verify(short))[0]?.reason, 'ignored public key size: too short');
  assert.equal((await verify(crafted(), { minimumKeyBits: 2048 }))[0]?.result, 'pass');
  assert.equal((await verify(crafted(), { minimumKeyBits: 2049 }))[0]?.result, 'policy');
});

test('RFC 6376 section 3.5 x=: the last second counts as before, the next does not', async () => {
  const bytes = crafted({ tags: { x: `${now / 1000}` } });
  assert.equal((await verify(bytes))[0]?.result, 'pass');
  assert.equal((await verify(bytes, { now: now + 1 }))[0]?.reason, 'signature timestamp expired');
});

const one = async (bytes: Buffer): Promise<Pick<DkimResult, 'result' | 'mayAlign' | 'coversBody' | 'reason'>> => {
  const [result] = await verify(bytes);
  const { result: word, mayAlign, coversBody, reason } = result!;
  return { result: word, mayAlign, coversBody, reason };
};

test('RFC 6376 section 8.2: with l= anybody can add to the body, so it proves nothing', async () => {
  const signed = crafted({ tags: { l: '11' }, length: 11 });
  const reason = 'signature was verified (40 bytes of the body are not signed)';
  assert.deepEqual(await one(signed), { result: 'pass', mayAlign: false, coversBody: false, reason });
  assert.equal((await one(Buffer.concat([signed, Buffer.from('<h1>Pay me</h1>')]))).mayAlign, false);
  const whole = crafted({ tags: { l: '51' } });
  assert.equal((await one(whole)).mayAlign, true);
  assert.equal((await one(Buffer.concat([whole, Buffer.from('\r\n \r\n')]))).mayAlign, true);
  assert.equal((await one(Buffer.concat([whole, Buffer.from('x')]))).mayAlign, false);
});

/** RFC 6376 section 8.15: fields that were put there after signing. */
const added: readonly (readonly [field: string, h: string, expected: Partial<Awaited<ReturnType<typeof one>>>])[] = [
  [
    'From: Ceo <ceo@example.org>',
    'from',
    { result: 'pass', mayAlign: false, reason: 'signature was verified (another field from is not signed)' },
  ],
  ['from : Ceo <ceo@example.org>', 'from', { result: 'pass', mayAlign: false }],
  ['From: Ceo <ceo@example.org>', 'from:from', { result: 'fail', mayAlign: false }],
  [
    'Subject: Pay',
    'from:subject',
    { result: 'pass', mayAlign: true, reason: 'signature was verified (another field subject is not signed)' },
  ],
  ['Subject: Pay', 'from:subject:subject', { result: 'fail' }],
  [
    'Content-Type: text/html',
    'from:content-type',
    { reason: 'signature was verified (another field content-type is not signed)' },
  ],
  [
    'MIME-Version: 1.0',
    'from:mime-version',
    { reason: 'signature was verified (another field mime-version is not signed)' },
  ],
  ['To: eve@example.org', 'from:to', { reason: 'signature was verified (another field to is not signed)' }],
  ['Received: from x by y', 'from', { result: 'pass', mayAlign: true, reason: 'signature was verified' }],
  ['Reply-To: eve@example.org', 'from:reply-to', { result: 'fail' }],
  ['Reply-To: eve@example.org', 'from', { result: 'pass', mayAlign: true }],
];

for (const [field, h, expected] of added) {
  test(`RFC 6376 section 8.15: h=${h}, then added above: ${field}`, async () => {
    const bytes = Buffer.concat([Buffer.from(`${field}\r\n`), crafted({ tags: { h } })]);
    const found = await one(bytes);
    assert.deepEqual({ ...found, ...expected }, found);
  });
}

test('RFC 6376 section 5.4: a signature may sign one that was there before it', async () => {
  const both = crafted({ tags: { h: 'from:dkim-signature' } }, crafted({ tags: { t: '1700000000' } }));
  const words = async (bytes: Buffer) => (await verify(bytes)).map(({ result }) => result);
  assert.deepEqual(await words(both), ['pass', 'pass']);
  const changed = both.toString('latin1').replace('t=1700000000', 't=1700000001');
  assert.deepEqual(await words(Buffer.from(changed, 'latin1')), ['fail', 'fail']);
  assert.deepEqual(await words(Buffer.concat([crafted().subarray(0, -mail.length), both])), ['pass', 'pass', 'pass']);
});

test('two From fields that were both signed align', async () => {
  const bytes = crafted({ tags: { h: 'from:from' } }, `From: b@example.com\r\n${mail}`);
  assert.deepEqual(await one(bytes), {
    result: 'pass',
    mayAlign: true,
    coversBody: true,
    reason: 'signature was verified',
  });
});

test('a line in the header that is no field is told of: readers of mail disagree where the body begins then', async () => {
  const bytes = Buffer.concat([Buffer.from('no field\r\n'), crafted()]);
  assert.equal((await one(bytes)).reason, 'signature was verified (a line of the header is no field)');
});

test('RFC 6376 section 5.4.2: where the header was cut off nothing passes: signed fields are counted from its end', async () => {
  const many = crafted({ tags: { h: 'from' } })
    .toString('latin1')
    .replace('MIME-Version', `${'X: y\r\n'.repeat(2000)}MIME-Version`);
  const large = many.replace(/(?:X: y\r\n)+/, `X: ${'y'.repeat(1 << 20)}\r\nFrom: b@example.org\r\n`);
  for (const text of [many, large]) {
    const { result, mayAlign, reason } = await one(Buffer.from(text, 'latin1'));
    assert.deepEqual([result, mayAlign], ['neutral', false]);
    assert.equal(reason, 'the header is too long to be looked at');
  }
});

test('a key that is being tested', async () => {
  const resolver = zoneOf({ rsa: `v=DKIM1; t=y; p=${published(rsa)}` });
  const [right] = await verify(crafted(), { resolver });
  assert.deepEqual([right?.result, right?.testing], ['pass', true]);
  const [wrong] = await verify(crafted({ tags: { b: 'AAAA' } }), { resolver });
  assert.deepEqual([wrong?.result, wrong?.testing], ['fail', true]);
  assert.equal(wrong?.reason, 'signature did not verify (the key is being tested)');
});

test('a signature from the future is told of', async () => {
  assert.equal(
    (await one(crafted({ tags: { t: '1900000000' } }))).reason,
    'signature was verified (signed in the future)',
  );
});
