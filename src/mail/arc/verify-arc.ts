import { bodyHash } from '../dkim/body-hash.ts';
import { canonicalField, canonicalSignatureField } from '../dkim/canonical-field.ts';
import { outcomes } from '../dkim/outcomes.ts';
import { type KeyAnswer, keyOf, type PublicKey } from '../dkim/public-key.ts';
import { selectFields } from '../dkim/select-fields.ts';
import { type SignatureAlgorithm, signatureAlgorithms, verifySignature } from '../dkim/signature.ts';
import type { Resolver } from '../dns/resolver.ts';
import { isCutOff, type RawMessage } from '../message/raw-message.ts';
import { arcChainOf, type ChainLink } from './arc-chain.ts';
import { type MessageSignature, readMessageSignature } from './arc-fields.ts';
import type { ArcResult, ArcSet } from './result.ts';
import { sealTexts } from './seal-text.ts';

export interface ArcOptions {
  readonly resolver: Resolver;
  /** When the message is judged, milliseconds since 1970: a message signature may have expired. */
  readonly now: number;
  /** RSA keys of fewer bits never pass (RFC 8301 section 3.2). */
  readonly minimumKeyBits?: number;
}

const MINIMUM_KEY_BITS = 1024;
/** As for DKIM: longer ones only keep a receiver busy. */
const MAXIMUM_KEY_BITS = 8192;

/**
 * Validates the ARC chain of a message (RFC 8617 section 5.2). A valid chain says who handled the message and what each
 * sealer claims to have seen, no more: whether a sealer is believed is for others to say.
 *
 * RFC 8617 has no word for a key that could not be asked for: such a chain is `temperror`, which overrides nothing, and refutes
 * nothing either. One that is broken for good besides is `fail`: who names a key that nobody answers for gains
 * nothing by it. Stricter than the RFC in two points: a message signature that leaves part of the body unsigned (`l=`), or that
 * has expired (`x=`), does not verify.
 *
 * @example (await verifyArc(readMessage(mail), { resolver, now: Date.now() })).result // 'pass'
 */
export async function verifyArc(message: RawMessage, options: ArcOptions): Promise<ArcResult> {
  const chain = arcChainOf(message);
  if (chain === undefined) return { result: 'none', reason: 'no ARC fields', sets: [] };
  const { sets, links, problem } = chain;
  if (problem !== undefined) return failed(sets, { reason: problem });
  if (isCutOff(message)) return failed(sets, { reason: 'not all of the header was read' });
  const verifier = new ChainVerifier(message, links, options);
  const failure = await verifier.failure();
  return failure === undefined ? passed(sets, await verifier.oldestPass()) : failed(sets, failure);
}

const passed = (sets: readonly ArcSet[], oldestPass: number): ArcResult => ({
  result: 'pass',
  reason: sets.length === 1 ? 'the seal was verified' : `${sets.length} seals were verified`,
  sets,
  oldestPass,
});

const failed = (sets: readonly ArcSet[], { reason, isTemporary = false }: Failure): ArcResult => ({
  result: isTemporary ? 'temperror' : 'fail',
  reason,
  sets,
});

interface Failure {
  readonly reason: string;
  /** True where DNS failed, and may answer the next time. */
  readonly isTemporary?: boolean;
}

/** A signature of the message that its body does not contradict. */
interface NamedSignature {
  readonly name: string;
  readonly signature: Exclude<ReturnType<typeof readMessageSignature>, { readonly problem: string }>;
}

/** The failure that counts: one that no answer of DNS could mend, else the first. */
const decisive = (failures: readonly (Failure | undefined)[]): Failure | undefined =>
  failures.find((one) => one !== undefined && one.isTemporary !== true) ?? failures.find((one) => one !== undefined);

class ChainVerifier {
  readonly #message: RawMessage;
  readonly #links: readonly ChainLink[];
  readonly #options: ArcOptions;
  /** Most chains have many signatures by few keys. */
  readonly #keys = new Map<string, Promise<KeyAnswer>>();

  constructor(message: RawMessage, links: readonly ChainLink[], options: ArcOptions) {
    this.#message = message;
    this.#links = links;
    this.#options = options;
  }

  /**
   * Steps 4 and 6; undefined for a chain that holds. Both ask DNS at once: else a silent key of the one takes the time that
   * the other would have been answered in.
   */
  async failure(): Promise<Failure | undefined> {
    const signature = this.#intactSignature(this.#links.at(-1)!);
    if ('reason' in signature) return signature;
    return decisive(await Promise.all([this.#verifyMessage(signature), this.#seals()]));
  }

  /** Step 4: the message as this sealer handed it on. */
  async #messageSignature(link: ChainLink): Promise<Failure | undefined> {
    const signature = this.#intactSignature(link);
    return 'reason' in signature ? signature : this.#verifyMessage(signature);
  }

  /** As far as can be told without DNS. */
  #intactSignature({ instance, messageSignature: field }: ChainLink): NamedSignature | Failure {
    const name = `ARC-Message-Signature of instance ${instance}`;
    const signature = readMessageSignature(field);
    if ('problem' in signature) return { reason: `${name}: ${signature.problem}` };
    const problem = bodyProblem(this.#message, signature, this.#options.now);
    return problem === undefined ? { name, signature } : { reason: `${name}: ${problem}` };
  }

  #verifyMessage({ name, signature }: NamedSignature): Promise<Failure | undefined> {
    return this.#verify(name, signature, () => messageText(this.#message, signature));
  }

  /** Step 6: from the newest to the oldest. Behind one without a key the others side by side: silent servers cost one wait. */
  async #seals(): Promise<Failure | undefined> {
    const texts = sealTexts(this.#links);
    const failureOf = ({ instance, seal }: ChainLink): Promise<Failure | undefined> =>
      this.#verify(`ARC-Seal of instance ${instance}`, seal, () => texts[instance - 1]!);
    const links = this.#links.toReversed();
    for (const [at, link] of links.entries()) {
      const failure = await failureOf(link);
      if (failure?.isTemporary === true)
        return decisive([failure, ...(await Promise.all(links.slice(at + 1).map(failureOf)))]);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  /** Step 5, which RFC 8617 leaves to us: the lowest instance from which on every message signature still verifies; 0 for all. */
  async oldestPass(): Promise<number> {
    for (const link of this.#links.slice(0, -1).reverse()) {
      if ((await this.#messageSignature(link)) !== undefined) return link.instance + 1;
    }
    return 0;
  }

  async #verify(
    name: string,
    signed: { domain: string; selector: string; algorithm: SignatureAlgorithm; signature: Buffer },
    text: () => string,
  ): Promise<Failure | undefined> {
    const answer = await this.#keyOf(signed.domain, signed.selector);
    if (answer.status === 'failed')
      return { reason: `${name}: key query failed (${answer.failure})`, isTemporary: true };
    if (answer.status === 'none') return { reason: `${name}: ${outcomes['no key'].reason}` };
    if (answer.status === 'unusable') return { reason: `${name}: ${answer.reason}` };
    const usable = answer.keys.filter((key) => this.#objectionTo(key, signed.algorithm) === undefined);
    const objection = usable.length === 0 ? this.#objectionTo(answer.keys[0]!, signed.algorithm) : undefined;
    if (objection !== undefined) return { reason: `${name}: ${objection}` };
    const data = text();
    const verified = usable.some(({ key }) => verifySignature(key, signed.algorithm, data, signed.signature));
    return verified ? undefined : { reason: `${name}: ${outcomes['bad signature'].reason}` };
  }

  #keyOf(domain: string, selector: string): Promise<KeyAnswer> {
    const name = `${selector} ${domain}`;
    const answer = this.#keys.get(name) ?? keyOf(domain, selector, this.#options.resolver);
    this.#keys.set(name, answer);
    return answer;
  }

  #objectionTo({ type, bits, hashes }: PublicKey, algorithm: SignatureAlgorithm): string | undefined {
    const needs = signatureAlgorithms[algorithm];
    if (type !== needs.key) return outcomes['key type'].reason;
    if (hashes !== undefined && !hashes.includes(needs.hash)) return outcomes['key hash'].reason;
    const shortest = this.#options.minimumKeyBits ?? MINIMUM_KEY_BITS;
    if (type === 'rsa' && bits < shortest) return outcomes['short key'].reason;
    return bits > MAXIMUM_KEY_BITS ? outcomes['long key'].reason : undefined;
  }
}

function bodyProblem(message: RawMessage, signature: MessageSignature, now: number): string | undefined {
  const { algorithm, body, bodyLength, expiresAt = Number.POSITIVE_INFINITY } = signature;
  if (expiresAt * 1000 < now) return outcomes.expired.reason;
  const { hash, bytes } = bodyHash(message, body, signatureAlgorithms[algorithm].hash, bodyLength);
  if (hash !== signature.bodyHash) return outcomes['bad body'].reason;
  return bodyLength !== undefined && bodyLength !== bytes ? 'part of the body is not signed' : undefined;
}

const messageText = (message: RawMessage, { field, header, signedHeaders }: MessageSignature): string =>
  selectFields(message, signedHeaders)
    .map((selected) => canonicalField(selected, header))
    .join('') + canonicalSignatureField(field, header);
