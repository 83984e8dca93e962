import { createPublicKey, type KeyObject } from 'node:crypto';
import { LruCache } from '../lru-cache.ts';
import type { OutcomeName } from './outcomes.ts';
import { colonList, parseTagList, withoutSpace } from './tag-list.ts';

export type KeyType = 'rsa' | 'ed25519';

/** A key record that can be used. */
export interface PublicKey {
  readonly key: KeyObject;
  readonly type: KeyType;
  readonly bits: number;
  /** `h=`: the hash algorithms that the owner allows; undefined where all are. */
  readonly hashes?: readonly string[];
  /** `t=y`: the owner is trying things out. */
  readonly testing: boolean;
  /** `t=s`: the domain of `i=` must be that of `d=`, not one below it. */
  readonly strictIdentity: boolean;
}

/** A key record that cannot be used, and why. */
export interface KeyProblem {
  readonly problem: OutcomeName;
}

const LONGEST_RECORD = 8192;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** What stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410 section 4). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SEQUENCE = 0x30;
const INTEGER = 0x02;

const read = new LruCache<PublicKey | KeyProblem>(1000);

/**
 * Reads a key record (RFC 6376 section 3.6.1, RFC 8463 section 4). The last thousand are remembered by their text: reading
 * a key costs as much as verifying with it.
 *
 * @param text the strings of one TXT record joined
 */
export function readKeyRecord(text: string): PublicKey | KeyProblem {
  if (text.length > LONGEST_RECORD) return { problem: 'key syntax' };
  return read.get(text) ?? read.set(text, parsed(text));
}

function parsed(text: string): PublicKey | KeyProblem {
  const tags = parseTagList(text);
  if (tags === undefined) return { problem: 'key syntax' };
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || tags.keys().next().value !== 'v')) {
    return { problem: 'key version' };
  }
  const services = colonList(tags.get('s') ?? '*');
  if (!services.includes('email') && !services.includes('*')) return { problem: 'key service' };
  const type = (tags.get('k') ?? 'rsa').toLowerCase();
  if (type !== 'rsa' && type !== 'ed25519') return { problem: 'unknown key type' };
  const encoded = tags.get('p');
  if (encoded === undefined) return { problem: 'key syntax' };
  const data = withoutSpace(encoded);
  if (data === '') return { problem: 'key revoked' };
  const key = BASE64.test(data) ? keyObject(type, Buffer.from(data, 'base64')) : undefined;
  if (key === undefined) return { problem: 'bad key' };
  const flags = colonList(tags.get('t') ?? '');
  const hashes = tags.get('h');
  return {
    key,
    type,
    bits: type === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 256,
    ...(hashes === undefined ? {} : { hashes: colonList(hashes) }),
    testing: flags.includes('y'),
    strictIdentity: flags.includes('s'),
  };
}

function keyObject(type: KeyType, data: Buffer): KeyObject | undefined {
  if (type === 'ed25519') {
    return data.length === 32 ? publicKey('ed25519', Buffer.concat([ED25519_PREFIX, data]), 'spki') : undefined;
  }
  return publicKey('rsa', data, isBareRsaKey(data) ? 'pkcs1' : 'spki');
}

/** RFC 6376 asks for the RSAPublicKey alone; nearly everybody publishes it inside a SubjectPublicKeyInfo. */
function isBareRsaKey(data: Buffer): boolean {
  const lengthByte = data[1] ?? 0;
  const content = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
  return data[0] === SEQUENCE && data[content] === INTEGER;
}

function publicKey(type: KeyType, key: Buffer, form: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    const object = createPublicKey({ key, format: 'der', type: form });
    return object.asymmetricKeyType === type ? object : undefined;
  } catch {
    // OpenSSL's words for what is wrong with the bytes say nothing to a reader of mail.
    return undefined;
  }
}
