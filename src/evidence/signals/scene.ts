import type { Evidence } from '../evidence.ts';
import type { CheckFacts, MessageFacts } from '../message-facts.ts';
import { type Acquaintance, noAcquaintance } from './acquaintance.ts';
import { domainOfAddress, isSameOrg, orgOf } from './domains.ts';
import type { House } from './house.ts';

/** What signals look at: the evidence, and what follows from it for many of them. Domains in lower case. */
export interface Scene {
  readonly evidence: Evidence;
  readonly message: MessageFacts;
  readonly acquaintance: Acquaintance;
  readonly house: House;
  /** The domain of From, and its organization. */
  readonly author: string;
  readonly authorOrg: string;
  readonly envelope: string;
  /** Organizations of the receiver: those that it names, and those of the recipients of mail that comes in. */
  readonly ownOrgs: ReadonlySet<string>;
  /** True where From names the receiver's own organization. */
  readonly isOwn: boolean;
  readonly spf: Checked;
  readonly dkim: readonly Checked[];
  readonly dmarc: Checked;
  readonly arc: CheckFacts | undefined;
  readonly compAuth: Checked;
  /** False for mail that nothing was checked of. */
  readonly isChecked: boolean;
  /** Whether the address of the client is only taken from a field that anybody can write. */
  readonly isClientAssumed: boolean;
  readonly clientIp: string;
  /** What passed for the author's organization, `SPF` or `DKIM`, whether or not the record is content with it. */
  readonly aligned: readonly string[];
  /** Organizations other than the author's for which SPF or DKIM passed. */
  readonly foreign: readonly string[];
  /** A domain that the receiver trusts as a sealer, where SPF or DKIM shows that its host handed the message over. */
  readonly trustedHost: string | undefined;
}

/** A check as far as it is known: an export has the word alone. */
export interface Checked {
  /** Lower case; empty where it is not known. */
  readonly word: string;
  readonly domain: string;
  readonly reason: string;
  readonly row: CheckFacts | undefined;
}

/** What signals look at in some evidence. */
export function sceneOf(evidence: Evidence, house: House): Scene {
  const { message } = evidence;
  const author = (message.senderFromDomain || domainOfAddress(message.senderFromAddress)).toLowerCase();
  const envelope = (message.senderMailFromDomain || domainOfAddress(message.senderMailFromAddress)).toLowerCase();
  const { words, checks } = message;
  const spf = checked(words.spf, checkNamed(checks, 'SPF')[0], envelope);
  const signatures = checkNamed(checks, 'DKIM');
  const dkim =
    signatures.length === 0 ? [checked(words.dkim, undefined, '')] : signatures.map((row) => checked('', row, ''));
  const passes = [spf, ...dkim].filter(({ word, domain }) => word === 'pass' && domain !== '');
  const dmarc = checked(words.dmarc, worst(checkNamed(checks, 'DMARC')), author);
  const compAuth = checked(words.compAuth, checkNamed(checks, 'CompAuth')[0], author);
  const ownOrgs = ownOrgsOf(message, house);
  const known = checks.find(({ clientKnown }) => clientKnown !== '');
  const isMine = ({ domain }: Checked): boolean => isSameOrg(domain, author);
  const foreign = [...new Set(passes.filter((one) => !isMine(one)).map(({ domain }) => orgOf(domain)))].filter(Boolean);
  return {
    evidence,
    message,
    acquaintance: evidence.acquaintance ?? noAcquaintance,
    house,
    author,
    authorOrg: orgOf(author),
    envelope,
    ownOrgs,
    isOwn: ownOrgs.has(orgOf(author)),
    spf,
    dkim,
    dmarc,
    arc: checkNamed(checks, 'ARC')[0],
    compAuth,
    isChecked: [spf, ...dkim, dmarc, compAuth].some(({ word }) => word !== ''),
    isClientAssumed: known !== undefined && known.clientKnown !== 'given' && known.clientKnown !== 'trusted',
    clientIp: message.senderIp || (known?.clientIp ?? ''),
    aligned: [...(spf.word === 'pass' && isMine(spf) ? ['SPF'] : []), ...(dkim.some(signsFor(author)) ? ['DKIM'] : [])],
    foreign,
    trustedHost: foreign.find((org) => house.trustedSealers.some((sealer) => isSameOrg(sealer, org))),
  };
}

const checkNamed = (checks: readonly CheckFacts[], method: string): readonly CheckFacts[] =>
  checks.filter((one) => one.method === method);

const checked = (word: string, row: CheckFacts | undefined, domain: string): Checked => ({
  word: (row?.result || word).toLowerCase(),
  domain: namedOf(row?.domain || domain),
  reason: row?.reason ?? '',
  row,
});

/** Microsoft stamps `header.d=none` where there is no signature. */
const namedOf = (domain: string): string => (/^none$/i.test(domain) ? '' : domain.toLowerCase());

/** A signature that passes for the author and covers all of the body. */
const signsFor =
  (author: string) =>
  ({ word, domain, row }: Checked): boolean =>
    word === 'pass' && isSameOrg(domain, author) && row?.details.coversBody !== false;

const severity = ['pass', 'bestguesspass', 'none', 'permerror', 'temperror', 'fail'];

/** Of several author domains the one that fares worst. */
const worst = (rows: readonly CheckFacts[]): CheckFacts | undefined =>
  [...rows].sort((one, other) => severity.indexOf(other.result) - severity.indexOf(one.result))[0];

function ownOrgsOf({ direction, recipients }: MessageFacts, { acceptedDomains }: House): ReadonlySet<string> {
  const ofRecipients = direction === 'Outbound' ? [] : recipients.map(({ address }) => domainOfAddress(address));
  const domains = acceptedDomains.length > 0 ? acceptedDomains : ofRecipients;
  return new Set(domains.map(orgOf).filter(Boolean));
}
