import { isSameOrBelow, toAsciiDomain } from '../message/domain-name.ts';
import { ipAddressOf } from '../message/ip-address.ts';
import type { HeaderField, RawMessage } from '../message/raw-message.ts';
import { hopOf } from '../message/received.ts';
import { knownWords } from './authentication-details.ts';
import { speakingSignature } from './dkim-word.ts';
import { readAuthenticationResults } from './read-results.ts';
import { isStampedByMicrosoft, isStampedByOwnHost, type ReceiverPath } from './receiver-path.ts';
import type { AuthenticationResults, MethodResult, VerdictWords } from './words.ts';

/** The name under which Microsoft 365 is trusted: its stamp bears no authserv-id. As an authserv-id it is nobody's. */
const MICROSOFT = 'microsoft';

/** Fields that receivers write between the parts of one stamp. */
const amongStamps: ReadonlySet<string> = new Set(['received-spf', 'dkim-filter']);

/** What one DKIM part of a stamp says. */
export interface ReceivedDkim {
  readonly result: string;
  readonly reason: string;
  /** `header.d`, or the domain of `header.i`; empty where there is none. */
  readonly domain: string;
  readonly selector?: string;
}

/** What a trusted receiver wrote about a message when it came in. */
export interface ReceivedVerdict {
  /** The trusted name that it was believed for: an authserv-id, or `microsoft`. */
  readonly receiver: string;
  /** Of known words only. Of several DKIM parts the one that speaks for the message, see {@link speakingSignature}. */
  readonly words: VerdictWords;
  readonly results: readonly MethodResult[];
  /** The domain that SPF was about. */
  readonly spfDomain?: string;
  /** The client's address, where the stamp has it. */
  readonly clientIp?: string;
  readonly dkim: readonly ReceivedDkim[];
  /** The domain that DMARC was about. */
  readonly fromDomain?: string;
  /** When the receiver took the message, milliseconds since 1970. */
  readonly receivedAt?: number;
}

/**
 * The verdict that a trusted receiver stamped on a message (RFC 8601 sections 5 and 7.1), or undefined where no such stamp can
 * be believed. The topmost Authentication-Results decides: it must bear a trusted authserv-id, or be of Microsoft's form
 * with `microsoft` trusted, and the Received fields around it must show that this receiver wrote it. A stamp lower down is
 * what somebody said before, and anybody can have said it; one without a known word (`none`) is no verdict.
 *
 * @param trusted authserv-ids in full, and `microsoft`; see {@link isStampedByOwnHost} for hosts beside the authserv-id's
 * @example receivedVerdict(readMessage(bytes), ['mx.example.com'])?.words // { spf: 'pass', dkim: 'none', dmarc: 'pass' }
 */
export function receivedVerdict(message: RawMessage, trusted: readonly string[]): ReceivedVerdict | undefined {
  const stamp = trustedStamp(
    message.fields,
    trusted.map((name) => name.toLowerCase()),
  );
  if (stamp === undefined) return undefined;
  const { receiver, results, receivedAt } = stamp;
  const { words, spf, dkim, fromDomain } = saidBy(results);
  if (Object.keys(words).length === 0) return undefined;
  return {
    receiver,
    words,
    results,
    dkim,
    ...present({
      spfDomain: domainOf(spf?.properties['smtp.mailfrom']) ?? domainOf(spf?.properties['smtp.helo']),
      clientIp: clientIpOf(results),
      fromDomain,
      receivedAt,
    }),
  };
}

/** What the results of one stamp come to. */
interface Said extends Pick<ReceivedVerdict, 'words' | 'dkim'> {
  readonly spf: MethodResult | undefined;
  readonly fromDomain: string | undefined;
}

function saidBy(results: readonly MethodResult[]): Said {
  const of = (method: string): readonly MethodResult[] => results.filter((result) => result.method === method);
  const spf = of('spf').find(({ properties }) => properties['smtp.mailfrom'] !== undefined) ?? of('spf')[0];
  const dmarc = of('dmarc')[0];
  const fromDomain = domainOf(dmarc?.properties['header.from']);
  const dkim = of('dkim').map(receivedDkim);
  const compauth = of('compauth')[0];
  const said = {
    spf: spf?.result,
    dkim: speakingSignature(dkim, (domain) => isRelated(domain, fromDomain))?.result,
    dmarc: dmarc?.result,
    action: dmarc?.properties.action,
    compauth: compauth?.result,
    reason: compauth?.properties.reason,
  };
  return { words: knownWords(present(said)), spf, dkim, fromDomain };
}

/**
 * The words that results come to, of known words only; for whoever got them some other way than from a message, and so
 * has nobody to believe or not.
 *
 * @example wordsOfResults(readAuthenticationResults('spf=pass; dkim=none; dmarc=fail action=oreject')!.results).dmarc // 'fail'
 */
export const wordsOfResults = (results: readonly MethodResult[]): VerdictWords => saidBy(results).words;

/** Without the members that are undefined. */
const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** What the topmost stamp says, if the receiver that it names is trusted and wrote it. */
interface Stamp {
  readonly receiver: string;
  readonly results: readonly MethodResult[];
  readonly receivedAt: number | undefined;
}

function trustedStamp(fields: readonly HeaderField[], trusted: readonly string[]): Stamp | undefined {
  const at = fields.findIndex(isStamp);
  const stamp = at < 0 ? undefined : readAuthenticationResults(fields[at]!.value);
  if (stamp === undefined || !trusted.includes(stamp.authservId ?? MICROSOFT)) return undefined;
  const { authservId, results } = stamp;
  const path = pathAround(fields, at);
  if (authservId === undefined) {
    return isStampedByMicrosoft(path) ? { receiver: MICROSOFT, results, receivedAt: path.below?.at } : undefined;
  }
  if (authservId === MICROSOFT || !isStampedByOwnHost(path, authservId, trusted)) return undefined;
  const receivedAt = (path.above.at(-1) ?? path.below)?.at;
  return { receiver: authservId, results: resultsOfBlock(fields.slice(at), authservId), receivedAt };
}

function pathAround(fields: readonly HeaderField[], at: number): ReceiverPath {
  const below = fields.slice(at).find(isReceived);
  return { above: fields.slice(0, at).filter(isReceived).map(hopOf), below: below && hopOf(below) };
}

/** A blank before the colon is nothing that a receiver writes, and what its filter for forged stamps may not know. */
const isStamp = ({ raw }: HeaderField): boolean => /^authentication-results:/i.test(raw);
const isReceived = ({ name }: HeaderField): boolean => name === 'received';

/**
 * The results of the stamps that a receiver wrote one below the other, a method from the topmost that has it: what comes
 * after the receiver's own fields is the sender's, and must not say more than they do.
 */
function resultsOfBlock(fields: readonly HeaderField[], authservId: string): readonly MethodResult[] {
  const results: MethodResult[] = [];
  for (const field of fields) {
    if (amongStamps.has(field.name)) continue;
    const stamp: AuthenticationResults | undefined = isStamp(field)
      ? readAuthenticationResults(field.value)
      : undefined;
    if (stamp?.authservId !== authservId) break;
    const said = new Set(results.map(({ method }) => method));
    results.push(...stamp.results.filter(({ method }) => !said.has(method)));
  }
  return results;
}

function receivedDkim({ result, reason, properties }: MethodResult): ReceivedDkim {
  const { 'header.d': domain, 'header.i': identity, 'header.s': selector } = properties;
  // Microsoft writes `header.d=none` where there is no signature.
  const named = domain === 'none' ? undefined : domainOf(domain ?? identity);
  const read = { result, reason: reason ?? '', domain: named ?? '' };
  return selector === undefined ? read : { ...read, selector };
}

/** The domain of `user@example.com`, `<user@example.com>`, `@example.com` and `example.com`. */
const domainOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : toAsciiDomain(text.slice(text.lastIndexOf('@') + 1).replace(/>$/, ''));

/** Same domain, or one below the other: near enough to choose among the signatures of a stamp, never to judge. */
const isRelated = (one: string, other: string | undefined): boolean =>
  other !== undefined && (isSameOrBelow(one, other) || isSameOrBelow(other, one));

/** Microsoft writes it as a comment; others as properties of the registry of RFC 8601 section 6.2 or of their own. */
function clientIpOf(results: readonly MethodResult[]): string | undefined {
  for (const { method, reason, properties } of results) {
    const told = properties['smtp.remote-ip'] ?? properties['policy.iprev'] ?? properties['smtp.client-ip'];
    const comment = method === 'spf' ? /^sender ip is (\S+)$/i.exec(reason ?? '')?.[1] : undefined;
    const ip = ipAddressOf(told ?? comment ?? '');
    if (ip !== undefined) return ip;
  }
  return undefined;
}
