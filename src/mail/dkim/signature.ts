import { hash, type KeyObject, sign, verify } from 'node:crypto';

/** `a=` of RFC 6376 section 3.3, RFC 8301 and RFC 8463. */
export type SignatureAlgorithm = 'rsa-sha256' | 'rsa-sha1' | 'ed25519-sha256';

/** What each algorithm needs: of the key, of the body, and OpenSSL's name of what is done to the text. */
export const signatureAlgorithms: Readonly<
  Record<
    SignatureAlgorithm,
    { readonly key: 'rsa' | 'ed25519'; readonly hash: 'sha256' | 'sha1'; readonly digest?: string }
  >
> = {
  'rsa-sha256': { key: 'rsa', hash: 'sha256', digest: 'RSA-SHA256' },
  'rsa-sha1': { key: 'rsa', hash: 'sha1', digest: 'RSA-SHA1' },
  // RFC 8463 section 3: what Ed25519 signs is the SHA-256 of the text.
  'ed25519-sha256': { key: 'ed25519', hash: 'sha256' },
};

export const isSignatureAlgorithm = (text: string): text is SignatureAlgorithm =>
  Object.hasOwn(signatureAlgorithms, text);

/**
 * Whether a signature over a text is right. False, too, where it cannot be one (wrong length, wrong kind of key).
 *
 * @param data latin1: one character a byte
 */
export function verifySignature(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  data: string,
  signature: Buffer,
): boolean {
  const { key: type, digest } = signatureAlgorithms[algorithm];
  if (key.asymmetricKeyType !== type) return false;
  const bytes = Buffer.from(data, 'latin1');
  return verify(digest, digest === undefined ? hash('sha256', bytes, 'buffer') : bytes, key, signature);
}

/** The signature over a text. @param data latin1 @param key private */
export function signatureOf(key: KeyObject, algorithm: SignatureAlgorithm, data: string): Buffer {
  const { digest } = signatureAlgorithms[algorithm];
  const bytes = Buffer.from(data, 'latin1');
  return sign(digest, digest === undefined ? hash('sha256', bytes, 'buffer') : bytes, key);
}
