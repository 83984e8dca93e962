import type { Canonicalization } from '../dkim/canonical-field.ts';
import { outcomes } from '../dkim/outcomes.ts';
import { isSignatureAlgorithm, type SignatureAlgorithm } from '../dkim/signature.ts';
import { colonList, parseTagList, withoutSpace } from '../dkim/tag-list.ts';
import { toAsciiDomain } from '../message/domain-name.ts';
import { decodedText } from '../message/encoded-words.ts';
import { type HeaderField, unfolded } from '../message/raw-message.ts';
import { ResultsScanner } from '../results/results-scanner.ts';

/** RFC 8617 section 4.2.1. */
export const HIGHEST_INSTANCE = 50;

/** What both signatures of a set have. */
interface Signed {
  readonly field: HeaderField;
  /** `d=` and `s=`, lower case, A-labels. */
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Buffer;
}

/** An ARC-Seal field (RFC 8617 section 4.1.3). */
export interface Seal extends Signed {
  /** What the sealer found of the chain before it; only the three words are possible. */
  readonly cv: string;
}

/** An ARC-Message-Signature field (RFC 8617 section 4.1.2). */
export interface MessageSignature extends Signed {
  readonly header: Canonicalization;
  readonly body: Canonicalization;
  /** `h=`, lower case. */
  readonly signedHeaders: readonly string[];
  /** base64 */
  readonly bodyHash: string;
  readonly bodyLength?: number;
  /** `x=`, seconds since 1970. */
  readonly expiresAt?: number;
}

/** A field that was read, or what is wrong with it. */
export type Reading<T> = T | { readonly problem: string };

type Tags = ReadonlyMap<string, string>;
/** What a field must not be, and the words for it. */
type Rule = readonly [problem: string, broken: (tags: Tags) => boolean];

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const DIGITS = /^[0-9]{1,12}$/;

const isMissing = (tags: Tags, ...names: string[]): boolean => names.some((name) => !tags.has(name));
const isBase64 = (tags: Tags, name: string): boolean => BASE64.test(withoutSpace(tags.get(name) ?? ''));
const isNumber = (tags: Tags, name: string): boolean => DIGITS.test(tags.get(name) ?? '0');

const signedRules: readonly Rule[] = [
  ['required tag missing', (tags) => isMissing(tags, 'a', 'b', 'd', 's')],
  [outcomes.algorithm.reason, (tags) => !isSignatureAlgorithm(algorithmOf(tags))],
  // RFC 8301 section 3.1: signers and verifiers do without.
  [outcomes['weak algorithm'].reason, (tags) => algorithmOf(tags) === 'rsa-sha1'],
  ['d= is no domain name', (tags) => domainOf(tags) === undefined],
  ['s= is no selector', (tags) => selectorOf(tags) === undefined],
  ['b= is not base64', (tags) => !isBase64(tags, 'b')],
  ['t= is not a time', (tags) => !isNumber(tags, 't')],
];

const sealRules: readonly Rule[] = [
  // RFC 8617 section 4.1.3: a seal covers the ARC fields and nothing else.
  ['h= in a seal', (tags) => tags.has('h')],
  ['required tag missing', (tags) => isMissing(tags, 'cv')],
  ['cv= is none of none, pass, fail', (tags) => !['none', 'pass', 'fail'].includes(cvOf(tags))],
];

const messageSignatureRules: readonly Rule[] = [
  ['required tag missing', (tags) => isMissing(tags, 'bh', 'h')],
  [outcomes.canonicalization.reason, (tags) => modesOf(tags.get('c')) === undefined],
  ['bh= is not base64', (tags) => !isBase64(tags, 'bh')],
  ['l= or x= is no number', (tags) => !isNumber(tags, 'l') || !isNumber(tags, 'x')],
  [outcomes['wrong expiry'].reason, (tags) => Number(tags.get('x') ?? Infinity) <= Number(tags.get('t') ?? -1)],
  [outcomes['query method'].reason, (tags) => !colonList(tags.get('q') ?? 'dns/txt').includes('dns/txt')],
  [outcomes['no From'].reason, (tags) => !colonList(tags.get('h')!).includes('from')],
  // RFC 8617 section 4.1.2: the seal is made after the message signature.
  ['an ARC-Seal is signed', (tags) => colonList(tags.get('h')!).includes('arc-seal')],
];

const problemIn = (tags: Tags, ...tables: readonly (readonly Rule[])[]): string | undefined =>
  tables.flat().find(([, broken]) => broken(tags))?.[0];

/** Reads an ARC-Seal field. */
export function readSeal(field: HeaderField): Reading<Seal> {
  const tags = parseTagList(field.value);
  if (tags === undefined) return { problem: 'syntax error' };
  const problem = problemIn(tags, signedRules, sealRules);
  return problem === undefined ? { ...signedOf(field, tags), cv: cvOf(tags) } : { problem };
}

/** Reads an ARC-Message-Signature field. */
export function readMessageSignature(field: HeaderField): Reading<MessageSignature> {
  const tags = parseTagList(field.value);
  if (tags === undefined) return { problem: 'syntax error' };
  const problem = problemIn(tags, signedRules, messageSignatureRules);
  if (problem !== undefined) return { problem };
  const { header, body } = modesOf(tags.get('c'))!;
  const [length, expiry] = [tags.get('l'), tags.get('x')];
  return {
    ...signedOf(field, tags),
    header,
    body,
    signedHeaders: colonList(tags.get('h')!).filter((name) => name !== ''),
    bodyHash: withoutSpace(tags.get('bh')!),
    ...(length === undefined ? {} : { bodyLength: Number(length) }),
    ...(expiry === undefined ? {} : { expiresAt: Number(expiry) }),
  };
}

function signedOf(field: HeaderField, tags: Tags): Signed {
  return {
    field,
    domain: domainOf(tags)!,
    selector: selectorOf(tags)!,
    algorithm: algorithmOf(tags) as SignatureAlgorithm,
    signature: Buffer.from(withoutSpace(tags.get('b')!), 'base64'),
  };
}

const algorithmOf = (tags: Tags): string => tags.get('a')!.toLowerCase();
const cvOf = (tags: Tags): string => tags.get('cv')!.toLowerCase();

/** Two labels or more, no dot at the end. */
function domainOf(tags: Tags): string | undefined {
  const text = tags.get('d') ?? '';
  const domain = text.endsWith('.') ? undefined : toAsciiDomain(decodedText(text));
  return domain?.includes('.') ? domain : undefined;
}

/** A selector need not be a domain name by itself, it may be a number; its name in DNS has to be one. */
function selectorOf(tags: Tags): string | undefined {
  const suffix = `._domainkey.${domainOf(tags) ?? 'invalid'}`;
  const name = toAsciiDomain(decodedText(tags.get('s') ?? '') + suffix);
  return name?.slice(0, -suffix.length);
}

/** `c=`, RFC 6376 section 3.5: what is left out is simple. */
function modesOf(value = 'simple'): { header: Canonicalization; body: Canonicalization } | undefined {
  const [header = '', body = 'simple', ...rest] = withoutSpace(value).toLowerCase().split('/');
  return isMode(header) && isMode(body) && rest.length === 0 ? { header, body } : undefined;
}

const isMode = (text: string): text is Canonicalization => text === 'simple' || text === 'relaxed';

/** The `i=` of a seal or a message signature; undefined where it is none from 1 to 50. */
export const instanceOf = (field: HeaderField): number | undefined =>
  instanceFrom(parseTagList(field.value)?.get('i') ?? '');

/**
 * The instance of an ARC-Authentication-Results field, which must stand first, and the text behind it (RFC 8617 section
 * 4.1.1); undefined where no instance from 1 to 50 stands there. Comments may stand between.
 */
export function readSealerResults(field: HeaderField): { instance: number; results: string } | undefined {
  const scanner = new ResultsScanner(decodedText(unfolded(field.value)));
  const word = (): string | undefined => {
    scanner.skip();
    const read = scanner.keyword();
    scanner.skip();
    return read;
  };
  const named = word() === 'i' && scanner.take('=');
  const instance = instanceFrom((named && word()) || '');
  return instance !== undefined && scanner.take(';') ? { instance, results: scanner.rest.trim() } : undefined;
}

function instanceFrom(text: string): number | undefined {
  const instance = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0;
  return instance >= 1 && instance <= HIGHEST_INSTANCE ? instance : undefined;
}
