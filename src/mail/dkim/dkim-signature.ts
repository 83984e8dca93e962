import { toAsciiDomain } from '../message/domain-name.ts';
import { type HeaderField, messageLimits } from '../message/raw-message.ts';
import { colonList, withoutSpace } from './tag-list.ts';

/** A DKIM-Signature field, read (RFC 6376 section 3.5). What cannot be read is empty. */
export interface DkimSignature {
  readonly field: HeaderField;
  readonly domain: string;
  readonly selector: string;
  readonly identity: string;
  /** The domain of `i=`. */
  readonly identityDomain: string;
  readonly algorithm: string;
  readonly canonicalization: string;
  readonly signedHeaders: readonly string[];
  readonly bodyHash: string;
  /** base64 */
  readonly signature: string;
  readonly bodyLength?: number;
  readonly signedAt?: number;
  readonly expiresAt?: number;
}

const LONGEST_WORD = 64;
const LONGEST_IDENTITY = 1024;
/** The tags that are numbers. */
export const numbers: Readonly<Record<string, RegExp>> = { t: /^[0-9]{1,12}$/, x: /^[0-9]{1,12}$/, l: /^[0-9]{1,76}$/ };

export type Tags = ReadonlyMap<string, string>;

/** Reads what there is to read of a field's tags. */
export function signatureOf(field: HeaderField, tags: Tags): DkimSignature {
  const domain = domainOf(tags.get('d') ?? '');
  const selector = selectorOf(tags.get('s') ?? '', domain);
  const written = tags.get('i');
  const { identity, identityDomain } = written === undefined ? ofDomain(domain) : identityOf(written);
  return {
    field,
    domain,
    selector,
    identity,
    identityDomain,
    algorithm: short(tags.get('a') ?? '').toLowerCase(),
    canonicalization: canonicalizationOf(tags.get('c')),
    signedHeaders: signedHeadersOf(tags.get('h') ?? ''),
    bodyHash: withoutSpace(tags.get('bh') ?? ''),
    signature: withoutSpace(tags.get('b') ?? ''),
    ...numberOf('bodyLength', tags, 'l'),
    ...numberOf('signedAt', tags, 't'),
    ...numberOf('expiresAt', tags, 'x'),
  };
}

/** More names than a message may have fields are none. */
function signedHeadersOf(value: string): string[] {
  const names = colonList(value).filter((name) => name !== '');
  return names.length <= messageLimits.fields ? names : [];
}

const ofDomain = (domain: string) => ({ identity: domain === '' ? '' : `@${domain}`, identityDomain: domain });

/** Longer than anything meant: nothing that whoever shows it could use. */
const short = (text: string): string => (text.length <= LONGEST_WORD ? text : '');

const fromUtf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** `d=`: two labels or more, without a dot at the end. */
function domainOf(latin1: string): string {
  const domain = latin1.endsWith('.') ? '' : (toAsciiDomain(fromUtf8(latin1)) ?? '');
  return domain.includes('.') ? domain : '';
}

/** A selector is no domain name by itself, it may be a number; with what follows it, it has to be one. */
function selectorOf(latin1: string, domain: string): string {
  const suffix = `._domainkey.${domain || 'invalid'}`;
  return toAsciiDomain(fromUtf8(latin1) + suffix)?.slice(0, -suffix.length) ?? '';
}

/** `i=` is in quoted-printable of its own kind (RFC 6376 section 2.11); in U-labels or A-labels (RFC 8616 section 4). */
function identityOf(latin1: string): { readonly identity: string; readonly identityDomain: string } {
  if (latin1.length > LONGEST_IDENTITY) return ofDomain('');
  const bytes = withoutSpace(latin1).replace(/=([0-9A-Fa-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const text = fromUtf8(bytes);
  const at = text.lastIndexOf('@');
  const identityDomain = at < 0 ? '' : domainOf(bytes.slice(bytes.lastIndexOf('@') + 1));
  return { identity: identityDomain === '' ? text : text.slice(0, at + 1) + identityDomain, identityDomain };
}

/** `c=` with what it leaves out: simple (RFC 6376 section 3.5). */
function canonicalizationOf(value: string | undefined): string {
  const [header = '', body = 'simple', ...rest] = short(withoutSpace(value ?? 'simple'))
    .toLowerCase()
    .split('/');
  return [header, body, ...rest].join('/');
}

/** A length of 76 digits is no number that can be counted to; it is longer than any body, and that is all one needs of it. */
function numberOf<Name extends string>(name: Name, tags: Tags, tag: string): { readonly [K in Name]?: number } {
  const text = tags.get(tag);
  if (text === undefined || !numbers[tag]?.test(text)) return {};
  return { [name]: Number(text) } as { [K in Name]: number };
}
