import assert from 'node:assert/strict';
import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { type KeyKind, keyringOf } from '../../../src/lab/kernel/keys.ts';
import { primeFrom } from '../../../src/lab/kernel/primes.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

describe('keys derived from a seed', () => {
  for (const [kind, bits] of [
    ['rsa-2048', 2048],
    ['rsa-1024', 1024],
    ['rsa-512', 512],
    ['ed25519', undefined],
  ] as const) {
    it(`${kind}: what the private half signs the published half verifies, and another's does not`, () => {
      const { privateKey, published } = keyringOf(1).pair('a', kind);
      assert.equal(privateKey.asymmetricKeyDetails?.modulusLength, bits);
      const digest = kind === 'ed25519' ? null : 'sha256';
      const signature = sign(digest, Buffer.from('text'), privateKey);
      assert.ok(verify(digest, Buffer.from('text'), publicKey(kind, published), signature));
      assert.ok(
        !verify(digest, Buffer.from('text'), publicKey(kind, keyringOf(1).pair('b', kind).published), signature),
      );
    });
  }

  it('are the same on every machine: the bytes of seed 1 stand here', () => {
    assert.deepEqual(
      (['rsa-2048', 'rsa-1024', 'ed25519'] as const).map((kind) => sha256(keyringOf(1).pair('a', kind).published)),
      ['380f848c6ec6a09a', '02acc25189098d6f', '834a4411dee79bef'],
    );
  });

  it('differ by seed, name and kind', () => {
    const published = [1, 2].flatMap((seed) =>
      ['a', 'b'].flatMap((name) =>
        (['rsa-512', 'ed25519'] as const).map((kind) => keyringOf(seed).pair(name, kind).published),
      ),
    );
    assert.equal(new Set(published).size, 8);
  });

  it('are made once', () => {
    assert.equal(keyringOf(1).pair('a', 'rsa-512'), keyringOf(1).pair('a', 'rsa-512'));
  });
});

describe('primes from a name', () => {
  const smallest = (from: bigint): bigint => {
    const isPrime = (n: bigint): boolean => {
      for (let d = 3n; d * d <= n; d += 2n) if (n % d === 0n) return false;
      return true;
    };
    for (let n = from; ; n += 2n) if (isPrime(n)) return n;
  };

  it('have both upper bits set, and suit', () => {
    for (let i = 0; i < 50; i++) {
      const prime = primeFrom(`p${i}`, 64, (p) => p % 5n === 2n);
      assert.equal(prime >> 62n, 3n);
      assert.equal(prime % 5n, 2n);
    }
  });

  it('are the first after the number that the name gives: the sieve skips none', () => {
    for (let i = 0; i < 30; i++) {
      const found: bigint[] = [];
      primeFrom(`q${i}`, 32, (p) => found.push(p) === 5);
      for (let k = 1; k < found.length; k++) assert.equal(found[k], smallest(found[k - 1]! + 2n));
    }
  });
});

function publicKey(kind: KeyKind, published: string) {
  const bytes = Buffer.from(published, 'base64');
  return kind === 'ed25519'
    ? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') } })
    : createPublicKey({ format: 'der', type: 'spki', key: bytes });
}
