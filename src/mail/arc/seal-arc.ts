import type { KeyObject } from 'node:crypto';
import { bodyHash } from '../dkim/body-hash.ts';
import { canonicalField, canonicalSignatureField } from '../dkim/canonical-field.ts';
import { fieldCount, selectFields } from '../dkim/select-fields.ts';
import { signatureOf } from '../dkim/signature.ts';
import type { Resolver } from '../dns/resolver.ts';
import type { HeaderField, RawMessage } from '../message/raw-message.ts';
import { arcChainOf } from './arc-chain.ts';
import { HIGHEST_INSTANCE } from './arc-fields.ts';
import type { ArcResult, ChainStatus } from './result.ts';
import { sealTexts } from './seal-text.ts';
import { verifyArc } from './verify-arc.ts';

export interface SealArcOptions {
  /** `d=` and `s=`: the key is looked for at `selector._domainkey.domain`. */
  readonly domain: string;
  readonly selector: string;
  /** Private, RSA or Ed25519. */
  readonly key: KeyObject;
  /** What the sealer saw, with its authserv-id: the value of an Authentication-Results field. */
  readonly results: string;
  /** Seconds since 1970: `t=`, and when the chain before is judged. */
  readonly time: number;
  /** Asks for the keys of the chain before. */
  readonly resolver: Resolver;
  /** `h=` of the message signature; by default those of {@link SIGNED_BY_DEFAULT} that the message has. */
  readonly headers?: readonly string[];
  readonly minimumKeyBits?: number;
  /**
   * What `verifyArc` found when the message arrived: the seal tells the chain's status then (RFC 8617 section 5.1), not after
   * what the sealer itself did to the message. @default the message at hand is judged
   */
  readonly arrival?: ArcResult;
}

/** RFC 8617 section 4.1.2: as for DKIM, and the DKIM signatures besides, never a seal. */
const SIGNED_BY_DEFAULT = [
  ...['from', 'reply-to', 'subject', 'date', 'to', 'cc', 'message-id', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding', 'list-id', 'list-unsubscribe', 'dkim-signature'],
];

const LINE = 72;

/**
 * Adds a set to the ARC chain of a message (RFC 8617 section 5.1): validates what is there, signs the message and seals all
 * sets, or where the chain is broken only the new one.
 *
 * @returns ARC-Seal, ARC-Message-Signature and ARC-Authentication-Results, to be put above the message; empty where no set
 * may be added: after 50, after a seal that says the chain failed, and where a key could not be asked for, for a set that
 * says `fail` would break a chain for ever that may be good
 * @example const block = await sealArc(message, { domain, selector, key, results: 'mx.example.com; spf=pass', time, resolver })
 */
export async function sealArc(message: RawMessage, options: SealArcOptions): Promise<string> {
  const { resolver, time, minimumKeyBits } = options;
  const limits = minimumKeyBits === undefined ? {} : { minimumKeyBits };
  const before = options.arrival ?? (await verifyArc(message, { resolver, now: time * 1000, ...limits }));
  const chain = arcChainOf(message);
  const instance = (chain?.highest ?? 0) + 1;
  const saidFailed = before.sets.at(-1)?.cv === 'fail' && before.sets.at(-1)?.instance === chain?.highest;
  if (instance > HIGHEST_INSTANCE || saidFailed || before.result === 'temperror') return '';
  const results = field('ARC-Authentication-Results', ` i=${instance}; ${utf8Bytes(options.results)}`);
  const messageSignature = signedMessage(message, instance, options);
  // A broken chain is not vouched for: its last seal covers its own set alone (RFC 8617 section 5.1.2).
  const links = before.result === 'fail' ? [] : (chain?.links ?? []);
  const seal = signed(
    sealField(instance, before.result, options),
    options.key,
    (unsigned) => sealTexts([...links, { results, messageSignature, seal: { field: unsigned } }]).at(-1)!,
  );
  const block = [seal, messageSignature, results].map(({ raw }) => `${raw}\r\n`).join('');
  return Buffer.from(block, 'latin1').toString('utf8');
}

/** Fields are one character a byte; what goes in and out is text. */
const utf8Bytes = (text: string): string => Buffer.from(text).toString('latin1');

const algorithmOf = (key: KeyObject) => (key.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256');

function sealField(instance: number, cv: ChainStatus, { key, domain, selector, time }: SealArcOptions): HeaderField {
  const tags = [`i=${instance}`, `a=${algorithmOf(key)}`, `t=${time}`, `cv=${cv}`, `d=${domain}`, `s=${selector}`];
  return field('ARC-Seal', ` ${tags.join('; ')};\r\n\tb=`);
}

function signedMessage(message: RawMessage, instance: number, options: SealArcOptions): HeaderField {
  const { key, domain, selector, time, headers = usualHeaders(message) } = options;
  const tags = [
    `i=${instance}; a=${algorithmOf(key)}; c=relaxed/relaxed`,
    `d=${domain}; s=${selector}; t=${time}`,
    `h=${headers.join(':\r\n\t ')}`,
    `bh=${bodyHash(message, 'relaxed', 'sha256').hash}`,
    'b=',
  ];
  const covered = selectFields(
    message,
    headers.map((name) => name.toLowerCase()),
  ).map((selected) => canonicalField(selected, 'relaxed'));
  return signed(
    field('ARC-Message-Signature', ` ${tags.join(';\r\n\t')}`),
    key,
    (unsigned) => covered.join('') + canonicalSignatureField(unsigned, 'relaxed'),
  );
}

const usualHeaders = (message: RawMessage): string[] =>
  SIGNED_BY_DEFAULT.flatMap((name) => new Array<string>(fieldCount(message, name)).fill(name));

/** A field that ends in `b=`, with its signature. */
function signed(unsigned: HeaderField, key: KeyObject, text: (unsigned: HeaderField) => string): HeaderField {
  const signature = signatureOf(key, algorithmOf(key), text(unsigned)).toString('base64');
  const folded = signature.match(new RegExp(`.{1,${LINE}}`, 'g'))!.join('\r\n\t ');
  return { name: unsigned.name, raw: unsigned.raw + folded, value: unsigned.value + folded };
}

const field = (name: string, value: string): HeaderField => ({
  name: name.toLowerCase(),
  raw: `${name}:${value}`,
  value,
});
