import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readKeyRecord } from '../../../src/mail/dkim/key-record.ts';
import { keyOf } from '../../../src/mail/dkim/public-key.ts';
import { verifySignature } from '../../../src/mail/dkim/signature.ts';
import { LruCache } from '../../../src/mail/lru-cache.ts';
import { inTime } from '../../in-time.ts';
import { always, crafted, ed25519, published, records, rsa, verify, zoneOf } from './signers.ts';

test('RFC 6376 section 3.6.1: a record in all its parts', () => {
  const { key, ...rest } = readKeyRecord(`v=DKIM1; h=sha256:SHA1; t=y:s; p=${published(rsa)}`) as never as {
    key: unknown;
  };
  assert.deepEqual(rest, { type: 'rsa', bits: 2048, hashes: ['sha256', 'sha1'], testing: true, strictIdentity: true });
  assert.notEqual(key, undefined);
});

test('RFC 8463 section 4: an Ed25519 key has 32 bytes', () => {
  for (const bytes of [0, 31, 33, 64]) {
    const p = Buffer.alloc(bytes, 9).toString('base64');
    assert.ok('problem' in readKeyRecord(`k=ed25519; p=${p}`), `${bytes}`);
  }
  assert.ok('key' in readKeyRecord(`k=ed25519; p=${Buffer.alloc(32, 9).toString('base64')}`));
});

test('RFC 6376 section 3.6.1 k=: a key that is of another kind than it says is none', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' });
  assert.deepEqual(readKeyRecord(`k=rsa; p=${ec.toString('base64')}`), { problem: 'bad key' });
});

test('a record is read once', () => {
  const text = `n=once; p=${published(rsa)}`;
  assert.equal(readKeyRecord(text), readKeyRecord(text.slice(0, 3) + text.slice(3)));
});

test('what was used last is remembered', () => {
  const cache = new LruCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  assert.equal(cache.get('a'), 1);
  cache.set('c', 3);
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.get(key)),
    [1, undefined, 3],
  );
});

test('RFC 6376 section 6.1.2: of many records the first four are tried', async () => {
  const others = (count: number) => Array.from({ length: count }, (_, n) => `n=${n}; p=${published(ed25519)}`);
  const words = async (count: number) => {
    const resolver = zoneOf({ rsa: [...others(count), records.rsa ?? ''] });
    return (await verify(crafted(), { resolver })).map(({ result }) => result);
  };
  assert.deepEqual(await words(3), ['pass']);
  assert.deepEqual(await words(4), ['neutral']);
  const answer = await keyOf('example.com', 'rsa', always({ status: 'found', records: ['v=spf1 -all', 'p='] }));
  assert.deepEqual(answer, { status: 'unusable', reason: 'key was revoked', outcome: 'key revoked' });
});

/** DER by hand: such keys nobody makes by accident. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** A key with a modulus of so many bits: all ones, so no product of two primes. */
const odd = (bits: number, exponent: number[]): string =>
  `p=${der(0x30, der(2, Buffer.from([0]), Buffer.alloc(bits / 8, 255)), der(2, Buffer.from(exponent))).toString('base64')}`;

for (const [what, record] of Object.entries({
  'exponent 0': odd(2048, [0]),
  'exponent 1': odd(2048, [1]),
  'exponent 2': odd(2048, [2]),
  'an exponent of 2,040 bits': odd(2048, [0, ...new Array<number>(255).fill(255)]),
  '16,384 bits': odd(16_384, [1, 0, 1]),
  '47,000 bits': odd(46_400, [1, 0, 1]),
  'Ed25519, all zero': `k=ed25519; p=${Buffer.alloc(32).toString('base64')}`,
  'Ed25519, all ones': `k=ed25519; p=${Buffer.alloc(32, 255).toString('base64')}`,
})) {
  test(`a hostile key verifies nothing and takes no time: ${what}`, async () => {
    // A key that was read is remembered by its text.
    let tries = 0;
    await inTime(500, () => {
      const read = readKeyRecord(tries++ === 0 ? record : `${record}; n=${tries}`);
      if ('problem' in read) return;
      const algorithm = read.type === 'rsa' ? 'rsa-sha256' : 'ed25519-sha256';
      for (const length of [0, 64, 256, Math.ceil(read.bits / 8)]) {
        assert.equal(verifySignature(read.key, algorithm, 'text', Buffer.alloc(length, 1)), false);
      }
    });
  });
}

test('RFC 8301 section 3.2: a key beyond 8,192 bits is not verified with', async () => {
  const word = async (bits: number) => {
    const [result] = await verify(crafted(), { resolver: zoneOf({ rsa: odd(bits, [1, 0, 1]) }) });
    return [result?.result, result?.reason, result?.keyBits];
  };
  assert.deepEqual(await word(8192), ['fail', 'signature did not verify', 8192]);
  assert.deepEqual(await word(8200), ['policy', 'ignored public key size: too long', 8200]);
});

test('a key of another kind verifies nothing', () => {
  const signature = Buffer.alloc(256, 1);
  assert.equal(verifySignature(createPublicKey(ed25519.privateKey), 'rsa-sha256', '', signature), false);
  assert.equal(verifySignature(createPublicKey(rsa.privateKey), 'ed25519-sha256', '', signature), false);
});
