import { isSameOrBelow } from '../message/domain-name.ts';
import type { HeaderField } from '../message/raw-message.ts';
import type { Canonicalization } from './canonical-field.ts';
import { type DkimSignature, numbers, signatureOf, type Tags } from './dkim-signature.ts';
import type { OutcomeName } from './outcomes.ts';
import { isSignatureAlgorithm, type SignatureAlgorithm } from './signature.ts';
import { colonList, parseTagList } from './tag-list.ts';

/** How a signature is to be verified. */
export interface VerificationPlan {
  readonly algorithm: SignatureAlgorithm;
  readonly header: Canonicalization;
  readonly body: Canonicalization;
}

/** A signature, and how to verify it or why not. */
export type ReadSignature =
  | { readonly signature: DkimSignature; readonly plan: VerificationPlan }
  | { readonly signature: DkimSignature; readonly problem: OutcomeName };

/** Reads a DKIM-Signature field and holds it against the rules of RFC 6376 section 6.1.1. */
export function readSignature(field: HeaderField): ReadSignature {
  const tags = parseTagList(field.value);
  const signature = signatureOf(field, tags ?? new Map());
  if (tags === undefined) return { signature, problem: 'syntax' };
  const problem = rules.find(([, broken]) => broken(tags, signature))?.[0];
  if (problem !== undefined) return { signature, problem };
  const plan = planOf(signature);
  return plan === undefined ? { signature, problem: 'canonicalization' } : { signature, plan };
}

function planOf({ algorithm, canonicalization }: DkimSignature): VerificationPlan | undefined {
  const [header = '', body = '', ...rest] = canonicalization.split('/');
  if (!isMode(header) || !isMode(body) || rest.length > 0 || !isSignatureAlgorithm(algorithm)) return undefined;
  return { algorithm, header, body };
}

const isMode = (text: string): text is Canonicalization => text === 'simple' || text === 'relaxed';

const REQUIRED = ['v', 'a', 'b', 'bh', 'd', 'h', 's'];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~\x80-\uffff-]+(?:\.[\w!#$%&'*+/=?^`{|}~\x80-\uffff-]+)*$/;
const QUOTED = /^"(?:[^"\\\r\n]|\\[^\r\n])*"$/;

/** What is said where a rule is broken. The first that is counts. */
const rules: readonly (readonly [OutcomeName, (tags: Tags, signature: DkimSignature) => boolean])[] = [
  ['missing tag', (tags) => REQUIRED.some((tag) => !tags.has(tag))],
  ['version', (tags) => tags.get('v') !== '1'],
  ['algorithm', (_, { algorithm }) => !isSignatureAlgorithm(algorithm)],
  ['syntax', (_, { domain, selector }) => domain === '' || selector === ''],
  ['syntax', (_, { bodyHash, signature }) => !BASE64.test(bodyHash) || !BASE64.test(signature)],
  ['syntax', (tags) => Object.entries(numbers).some(([tag, form]) => !form.test(tags.get(tag) ?? '0'))],
  ['syntax', (_, { signedHeaders }) => signedHeaders.length === 0],
  [
    'syntax',
    (tags, { identity, identityDomain }) => tags.has('i') && (identityDomain === '' || !hasLocalPart(identity)),
  ],
  ['query method', (tags) => !colonList(tags.get('q') ?? 'dns/txt').includes('dns/txt')],
  ['identity', (_, { domain, identityDomain }) => !isSameOrBelow(identityDomain, domain)],
  ['wrong expiry', (_, { signedAt = -1, expiresAt = Infinity }) => expiresAt <= signedAt],
  ['no From', (_, { signedHeaders }) => !signedHeaders.includes('from')],
];

/** The local part of an identity may be empty. */
function hasLocalPart(identity: string): boolean {
  const local = identity.slice(0, identity.lastIndexOf('@'));
  return local === '' || DOT_ATOM.test(local) || QUOTED.test(local);
}
