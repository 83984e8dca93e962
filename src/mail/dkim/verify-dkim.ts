import type { Resolver } from '../dns/resolver.ts';
import { fieldsNamed, type HeaderField, isCutOff, type RawMessage } from '../message/raw-message.ts';
import { bodyHash } from './body-hash.ts';
import { canonicalField, canonicalSignatureField } from './canonical-field.ts';
import type { DkimSignature } from './dkim-signature.ts';
import { type Finding, resultOf } from './finding.ts';
import type { OutcomeName } from './outcomes.ts';
import { type KeyAnswer, keyOf, type PublicKey } from './public-key.ts';
import { readSignature, type VerificationPlan } from './read-signature.ts';
import type { DkimResult, DkimVerification } from './result.ts';
import { selectFields } from './select-fields.ts';
import { signatureAlgorithms, verifySignature } from './signature.ts';

export interface DkimOptions {
  readonly resolver: Resolver;
  /** When the message is judged, milliseconds since 1970: a signature may have expired. */
  readonly now: number;
  /** RSA keys of fewer bits never pass (RFC 8301 section 3.2). */
  readonly minimumKeyBits?: number;
  /** rsa-sha1: `policy` lets it never pass (RFC 8301 section 3.1), `accept` verifies it. */
  readonly rsaSha1?: 'policy' | 'accept';
  /** So many signatures are looked at, from the top (RFC 6376 section 6.1). */
  readonly signatures?: number;
}

const defaults = { minimumKeyBits: 1024, rsaSha1: 'policy', signatures: 10 } as const;

/** RFC 8301 asks for 4,096; more than twice that only serves those who want to keep a receiver busy. */
const MAXIMUM_KEY_BITS = 8192;

/**
 * Verifies the DKIM signatures of a message (RFC 6376 section 6, RFC 8301, RFC 8463). Never throws for what a message or
 * DNS says; `outcomes.ts` lists all that can become of a signature.
 *
 * The body is looked at before DNS: what cannot pass asks nobody.
 *
 * @example (await verifyDkim(readMessage(mail), { resolver, now: Date.now() })).signatures[0]?.result // 'pass'
 */
export async function verifyDkim(message: RawMessage, options: DkimOptions): Promise<DkimVerification> {
  const fields = fieldsNamed(message, 'dkim-signature');
  const settings: Settings = { ...defaults, ...options };
  const keys = keysOnce(options.resolver);
  const looked = fields.slice(0, settings.signatures).map((field) => verifyOne(message, field, settings, keys));
  return { signatures: await Promise.all(looked), ignored: fields.length - looked.length };
}

type Settings = DkimOptions & Required<Pick<DkimOptions, keyof typeof defaults>>;
type Keys = (domain: string, selector: string) => Promise<KeyAnswer>;

/** Signatures with the same key cost one question. */
function keysOnce(resolver: Resolver): Keys {
  const asked = new Map<string, Promise<KeyAnswer>>();
  return (domain, selector) => {
    const name = `${selector} ${domain}`;
    const answer = asked.get(name) ?? keyOf(domain, selector, resolver);
    asked.set(name, answer);
    return answer;
  };
}

async function verifyOne(message: RawMessage, field: HeaderField, settings: Settings, keys: Keys): Promise<DkimResult> {
  const read = readSignature(field);
  const finding = 'problem' in read ? { outcome: read.problem } : await findingOn(message, read, settings, keys);
  return resultOf(message, read.signature, finding, settings.now);
}

interface Readable {
  readonly signature: DkimSignature;
  readonly plan: VerificationPlan;
}

async function findingOn(
  message: RawMessage,
  { signature, plan }: Readable,
  settings: Settings,
  keys: Keys,
): Promise<Finding> {
  // What was signed is counted from the bottom up, and nobody knows what is there.
  if (isCutOff(message)) return { outcome: 'header cut off' };
  const { outcome, unsignedBytes } = lookAtBody(message, signature, plan);
  if (outcome !== undefined) return { outcome, unsignedBytes };
  if (plan.algorithm === 'rsa-sha1' && settings.rsaSha1 === 'policy')
    return { outcome: 'weak algorithm', unsignedBytes };
  const answer = await keys(signature.domain, signature.selector);
  return { ...lookAtSignature(message, signature, plan, answer, settings), unsignedBytes };
}

interface BodyFinding {
  readonly outcome?: OutcomeName;
  readonly unsignedBytes: number;
}

/** RFC 6376 section 6.1.3 step 3. */
function lookAtBody(message: RawMessage, signature: DkimSignature, { algorithm, body }: VerificationPlan): BodyFinding {
  const { bodyLength } = signature;
  const { hash, bytes } = bodyHash(message, body, signatureAlgorithms[algorithm].hash, bodyLength);
  const unsignedBytes = Math.max(0, bytes - (bodyLength ?? bytes));
  if (hash !== signature.bodyHash) return { outcome: 'bad body', unsignedBytes };
  return bodyLength !== undefined && bodyLength > bytes ? { outcome: 'short body', unsignedBytes } : { unsignedBytes };
}

function lookAtSignature(
  message: RawMessage,
  signature: DkimSignature,
  plan: VerificationPlan,
  answer: KeyAnswer,
  settings: Settings,
): Finding {
  if (answer.status === 'none') return { outcome: 'no key' };
  if (answer.status === 'unusable') return { outcome: answer.outcome };
  if (answer.status === 'failed') {
    return answer.failure === 'timeout' ? { outcome: 'key timeout' } : { outcome: 'key query', detail: answer.failure };
  }
  const text = signedText(message, signature, plan);
  let best: Finding = { outcome: 'no key' };
  for (const key of answer.keys) {
    const outcome = objection(signature, plan, key, settings) ?? verified(signature, plan, key, text);
    if (outcome === 'verified') return { outcome: expired(signature, settings) ? 'expired' : outcome, key };
    if (best.key === undefined || outcome === 'bad signature') best = { outcome, key };
  }
  return best;
}

/** The header as it was signed (RFC 6376 section 3.7). */
function signedText(
  message: RawMessage,
  { field, signedHeaders }: DkimSignature,
  { header }: VerificationPlan,
): string {
  const fields = selectFields(message, signedHeaders, field).map((selected) => canonicalField(selected, header));
  return fields.join('') + canonicalSignatureField(field, header);
}

/** Why a key must not be used for this signature (RFC 6376 sections 3.6.1 and 6.1.2, RFC 8301). */
function objection(
  { domain, identityDomain }: DkimSignature,
  { algorithm }: VerificationPlan,
  key: PublicKey,
  { minimumKeyBits }: Settings,
): OutcomeName | undefined {
  const needs = signatureAlgorithms[algorithm];
  if (key.type !== needs.key) return 'key type';
  if (key.hashes !== undefined && !key.hashes.includes(needs.hash)) return 'key hash';
  if (key.strictIdentity && identityDomain !== domain) return 'key identity';
  if (key.type === 'rsa' && key.bits < minimumKeyBits) return 'short key';
  if (key.bits > MAXIMUM_KEY_BITS) return 'long key';
  return undefined;
}

const verified = (
  { signature }: DkimSignature,
  { algorithm }: VerificationPlan,
  { key }: PublicKey,
  text: string,
): OutcomeName =>
  verifySignature(key, algorithm, text, Buffer.from(signature, 'base64')) ? 'verified' : 'bad signature';

const expired = ({ expiresAt = Number.POSITIVE_INFINITY }: DkimSignature, { now }: Settings): boolean =>
  expiresAt * 1000 < now;
