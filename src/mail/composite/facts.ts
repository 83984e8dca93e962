import type { ArcResult } from '../arc/result.ts';
import type { DkimEvidence, SpfEvidence } from '../dmarc/alignment.ts';
import { comparedDomain } from '../dmarc/domain-name.ts';
import { suffixListDomain } from '../dmarc/organizational-domain.ts';
import type { DmarcResult } from '../dmarc/result.ts';
import type { Resolver } from '../dns/resolver.ts';
import { isSameOrBelow } from '../message/domain-name.ts';
import type { Transaction } from '../message/hop.ts';
import type { AuthorProblem, Authors } from '../message/mailbox.ts';
import { vouchingSealer } from './arc-override.ts';
import { isExchangerOf, isInSubnetOf, reverseNames } from './reverse-names.ts';
import { entryFor, type SpoofEntry } from './spoof-entry.ts';

/** What an organisation knows and wants, beyond what the message and DNS say. All of it is empty by default. */
export interface CompositeSettings {
  /** ARC sealers, exactly as their d= says. */
  readonly trustedSealers?: readonly string[];
  /** The organisation's own domains, with all below them. */
  readonly acceptedDomains?: readonly string[];
  /** Pairs that must not send. */
  readonly blocked?: readonly SpoofEntry[];
  /** Pairs that may. The verdict stays as it is and is overridden, as at Microsoft. */
  readonly allowed?: readonly SpoofEntry[];
  /** Why nothing is to be checked: inside the organisation, an administrator's exemption, or an MX that points elsewhere. */
  readonly exempt?: 'internal' | 'bypassed' | 'complex routing';
  /** True where the sender is known to be the Microsoft 365 organisation that owns the From domain. */
  readonly sentByOwner?: boolean;
  /** What a bounce (a message with the null sender) is known to answer. */
  readonly bounceFor?: 'known correspondent' | 'own message';
}

/** What composite authentication is judged by. */
export interface CompositeQuery extends CompositeSettings {
  readonly spf: SpfEvidence;
  readonly dkim: readonly DkimEvidence[];
  readonly dmarc: DmarcResult;
  readonly arc: ArcResult;
  readonly authors: Authors;
  readonly transaction: Transaction;
  /** Without it, what reverse DNS would tell is not known. */
  readonly resolver?: Resolver;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How the client's own name stands to the author domain, best first. */
export type ReverseName = 'same' | 'below' | 'exchanger' | 'subnet' | 'organization' | 'none';

/** What the rules ask; whatever costs a question to DNS is asked only when a rule comes to it. */
export interface Facts {
  readonly query: CompositeQuery;
  /** The one author domain; undefined where From does not name exactly one, so that nothing may be guessed in its favour. */
  readonly author: string | undefined;
  /** Methods that passed for a domain of the author's organization, by the public suffix list: what is left to go by without a record. */
  readonly aligned: ReadonlySet<'spf' | 'dkim'>;
  /** True where some author domain belongs to the organisation. */
  readonly isOwnDomain: boolean;
  readonly isBounce: boolean;
  readonly sealer: string | undefined;
  blockedBy(): Promise<SpoofEntry | undefined>;
  allowedBy(): Promise<SpoofEntry | undefined>;
  reverseName(): Promise<ReverseName>;
}

export function factsOf(query: CompositeQuery): Facts {
  const { authors, arc, transaction, trustedSealers = [], acceptedDomains = [] } = query;
  const author = onlyAuthor(authors);
  const own = acceptedDomains.map(comparedDomain);
  const names = once(() => namesOfClient(query));
  const entry = async (entries: readonly SpoofEntry[] = []) =>
    entries.length === 0
      ? undefined
      : entryFor(
          entries,
          authors.mailboxes,
          { ip: knownAddress(transaction), domains: [...(await names()), ...signersOf(query)] },
          query.now,
        );
  return {
    query,
    author,
    aligned: alignedMethods(query, author),
    isOwnDomain: authors.domains.some((domain) => own.some((one) => isSameOrBelow(comparedDomain(domain), one))),
    isBounce: transaction.mailFrom === '',
    sealer: author === undefined ? undefined : vouchingSealer(arc, author, trustedSealers),
    blockedBy: () => entry(query.blocked),
    allowedBy: () => entry(query.allowed),
    reverseName: once(async () => reverseNameOf(author, await names(), query)),
  };
}

/** Odd but plain: such a From names its author all the same. */
const harmless: readonly AuthorProblem[] = ['malformed From'];

function onlyAuthor({ domains, mailboxes, problems }: Authors): string | undefined {
  const isPlain =
    problems.every((problem) => harmless.includes(problem)) && mailboxes.every(({ domain }) => domain !== '');
  return isPlain && domains.length === 1 ? comparedDomain(domains[0]!) : undefined;
}

function alignedMethods({ spf, dkim }: CompositeQuery, author: string | undefined): ReadonlySet<'spf' | 'dkim'> {
  const methods = new Set<'spf' | 'dkim'>();
  if (author === undefined) return methods;
  const organization = suffixListDomain(author);
  const isAligned = (domain: string) => domain !== '' && suffixListDomain(comparedDomain(domain)) === organization;
  if (spf.result === 'pass' && isAligned(spf.domain)) methods.add('spf');
  if (signersOf({ dkim }).some(isAligned)) methods.add('dkim');
  return methods;
}

const signersOf = ({ dkim }: Pick<CompositeQuery, 'dkim'>): readonly string[] =>
  dkim.filter(({ result, mayAlign }) => result === 'pass' && mayAlign).map(({ domain }) => comparedDomain(domain));

/** An address that only an untrusted Received field names may be anybody's. */
const knownAddress = ({ ip, known }: Transaction): string | undefined =>
  known === 'given' || known === 'trusted' ? ip : undefined;

async function namesOfClient({ transaction, resolver }: CompositeQuery): Promise<readonly string[]> {
  const ip = knownAddress(transaction);
  return ip === undefined || resolver === undefined ? [] : reverseNames(ip, resolver);
}

async function reverseNameOf(
  author: string | undefined,
  names: readonly string[],
  query: CompositeQuery,
): Promise<ReverseName> {
  const { transaction, resolver } = query;
  const ip = knownAddress(transaction);
  if (author === undefined || names.length === 0 || ip === undefined || resolver === undefined) return 'none';
  if (names.includes(author)) return 'same';
  if (names.some((name) => isSameOrBelow(name, author))) return 'below';
  if (await isExchangerOf(author, names, resolver)) return 'exchanger';
  if (await isInSubnetOf(author, ip, resolver)) return 'subnet';
  const organization = suffixListDomain(author);
  return names.some((name) => suffixListDomain(name) === organization) ? 'organization' : 'none';
}

/** Works it out at the first call and keeps it. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => (kept ??= work());
}
