import type { KeyObject } from 'node:crypto';
import type { RawMessage } from '../message/raw-message.ts';
import { bodyHash } from './body-hash.ts';
import { type Canonicalization, canonicalField, canonicalSignatureField } from './canonical-field.ts';
import { fieldCount, selectFields } from './select-fields.ts';
import { type SignatureAlgorithm, signatureAlgorithms, signatureOf } from './signature.ts';

export interface SignDkimOptions {
  /** `d=` and `s=`: the key is looked for at `selector._domainkey.domain`. */
  readonly domain: string;
  readonly selector: string;
  /** Private, RSA or Ed25519. */
  readonly key: KeyObject;
  /** By default the SHA-256 one that fits the key. */
  readonly algorithm?: SignatureAlgorithm;
  /** Header and body; by default `relaxed/relaxed`. */
  readonly canonicalization?: `${Canonicalization}/${Canonicalization}`;
  /** `h=`; by default those of {@link SIGNED_BY_DEFAULT} that the message has, and From once more so that none can be added. */
  readonly headers?: readonly string[];
  /** `t=` and `x=`, seconds since 1970; left out unless given. */
  readonly signedAt?: number;
  readonly expiresAt?: number;
  /** `l=`: so many bytes of the canonical body are signed. */
  readonly bodyLength?: number;
  /** `i=` */
  readonly identity?: string;
}

/** What RFC 6376 section 5.4.1 recommends, as far as every mail has it. */
const SIGNED_BY_DEFAULT = [
  ...['from', 'reply-to', 'subject', 'date', 'to', 'cc', 'message-id', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding', 'list-id', 'list-unsubscribe'],
];

const LINE = 72;

/**
 * Signs a message (RFC 6376 section 5).
 *
 * @returns the DKIM-Signature field, folded, with its line end: to be put above the message
 * @example Buffer.concat([Buffer.from(signDkim(message, { domain: 'example.com', selector: 's1', key })), message.bytes])
 */
export function signDkim(message: RawMessage, options: SignDkimOptions): string {
  const { domain, selector, key, canonicalization = 'relaxed/relaxed', bodyLength } = options;
  const { algorithm = key.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256' } = options;
  const [headerMode, bodyMode] = canonicalization.split('/') as [Canonicalization, Canonicalization];
  const headers = options.headers ?? usualHeaders(message);
  const tags = [
    ['v', '1'],
    ['a', algorithm],
    ['c', canonicalization],
    ['d', domain],
    ['s', selector],
    ['i', options.identity],
    ['t', options.signedAt],
    ['x', options.expiresAt],
    ['l', bodyLength],
    ['h', folded(headers.join(':'), ':')],
    ['bh', bodyHash(message, bodyMode, signatureAlgorithms[algorithm].hash, bodyLength).hash],
  ] as const;
  const given = tags.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`);
  const unsigned = ` ${given.join(';\r\n\t')};\r\n\tb=`;
  const field = { name: 'dkim-signature', raw: `DKIM-Signature:${unsigned}`, value: unsigned };
  const names = headers.map((name) => name.toLowerCase());
  const signed = selectFields(message, names).map((selected) => canonicalField(selected, headerMode));
  const text = signed.join('') + canonicalSignatureField(field, headerMode);
  return `${field.raw}${folded(signatureOf(key, algorithm, text).toString('base64'), '')}\r\n`;
}

function usualHeaders(message: RawMessage): string[] {
  const present = SIGNED_BY_DEFAULT.flatMap((name) => new Array<string>(fieldCount(message, name)).fill(name));
  return [...present, 'from'];
}

/** Breaks lines behind a separator; anywhere where that is empty. */
function folded(text: string, separator: string): string {
  const lines: string[] = [];
  for (const part of parts(text, separator)) {
    const last = lines.length - 1;
    const line = lines[last];
    if (line !== undefined && line.length + part.length <= LINE) lines[last] = line + part;
    else lines.push(part);
  }
  return lines.join('\r\n\t ');
}

const parts = (text: string, separator: string): readonly string[] =>
  separator === '' ? (text.match(/.{1,72}/g) ?? []) : text.split(new RegExp(`(?<=${separator})`));
