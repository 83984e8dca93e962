import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { bytesOf, primeFrom } from './primes.ts';

/** The kinds of DKIM key that there are, and two that RFC 8301 section 3.2 finds too short or barely long enough. */
export type KeyKind = 'rsa-2048' | 'rsa-1024' | 'rsa-512' | 'ed25519';

/** A key pair of a signer. */
export interface KeyPair {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** What stands in `p=` of the key record (RFC 6376 section 3.6.1, RFC 8463 section 4). */
  readonly published: string;
}

/** Every key of one seed, made when it is first asked for. */
export interface Keyring {
  readonly seed: number;
  pair(name: string, kind: KeyKind): KeyPair;
}

/** A key follows from its seed and name alone, and an RSA key takes 75 ms: rings of one seed share what they made. */
const rings = new Map<number, Keyring>();

/**
 * The keys of a seed. They are derived, never stored, and hide nothing: they sign mail that nobody sends. The same seed
 * and name give the same key, so the same seed gives the same signatures.
 *
 * @example keyringOf(1).pair('bank.example', 'rsa-2048').published // 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…'
 */
export function keyringOf(seed: number): Keyring {
  const known = rings.get(seed);
  if (known) return known;
  const pairs = new Map<string, KeyPair>();
  const ring: Keyring = {
    seed,
    pair(name, kind) {
      const id = `${seed}\0${kind}\0${name}`;
      const pair = pairs.get(id) ?? makers[kind](id);
      pairs.set(id, pair);
      return pair;
    },
  };
  rings.set(seed, ring);
  return ring;
}

const makers: Readonly<Record<KeyKind, (id: string) => KeyPair>> = {
  'rsa-2048': (id) => rsaPair('rsa-2048', id, 2048),
  'rsa-1024': (id) => rsaPair('rsa-1024', id, 1024),
  'rsa-512': (id) => rsaPair('rsa-512', id, 512),
  ed25519: ed25519Pair,
};

const EXPONENT = 65537n;

function rsaPair(kind: KeyKind, id: string, bits: number): KeyPair {
  // The exponent is prime: it has an inverse unless it divides one of the factors less one.
  const suits = (prime: bigint): boolean => prime % EXPONENT !== 1n;
  const p = primeFrom(`${id}\0p`, bits / 2, suits);
  const q = primeFrom(`${id}\0q`, bits / 2, (prime) => suits(prime) && prime !== p);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const whole = (value: bigint): string => base64url(value, bits / 8);
  const half = (value: bigint): string => base64url(value, bits / 16);
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: whole(p * q),
      e: base64url(EXPONENT, 3),
      d: whole(d),
      p: half(p),
      q: half(q),
      dp: half(d % (p - 1n)),
      dq: half(d % (q - 1n)),
      qi: half(inverse(q, p)),
    },
  });
  const published = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { kind, privateKey, published };
}

/** The frame of a PKCS #8 private key of Ed25519 (RFC 8410 section 7), before the 32 bytes of the key. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519Pair(id: string): KeyPair {
  const der = Buffer.concat([ED25519_PKCS8, bytesOf(id, 32)]);
  const privateKey = createPrivateKey({ format: 'der', type: 'pkcs8', key: der });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { kind: 'ed25519', privateKey, published: Buffer.from(x!, 'base64url').toString('base64') };
}

/** What a value is to be multiplied with to give 1 modulo another (the extended algorithm of Euclid). */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next] = [value, modulus];
  let [factor, nextFactor] = [1n, 0n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

const base64url = (value: bigint, bytes: number): string =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex').toString('base64url');
