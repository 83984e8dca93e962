import type { Resolver } from '../dns/resolver.ts';
import type { AuthorProblem, Authors } from '../message/mailbox.ts';
import type { DkimEvidence, SpfEvidence } from './alignment.ts';
import { discoveryBy } from './discovery.ts';
import { comparedDomain } from './domain-name.ts';
import { judgeDomain } from './judge-domain.ts';
import { recordLookup } from './record-lookup.ts';
import type { DmarcDomainResult, DmarcMode, DmarcPolicy, DmarcResult, DmarcWord } from './result.ts';

/** What is asked: did the author domains stand behind this message, and what do they want done if not? */
export interface DmarcQuery {
  readonly authors: Authors;
  readonly spf: SpfEvidence;
  readonly dkim: readonly DkimEvidence[];
  readonly mode: DmarcMode;
  readonly resolver: Resolver;
  /**
   * RFC 7489 only: where this message falls among 100, 0 or more and under 100. The policy applies to it where that is
   * less than pct; outside the sample it is handled one level lower (section 6.6.4). 0 where nothing is given: the policy
   * applies unless pct=0.
   */
  readonly sample?: number;
}

/** Author domains that are judged; where there are more, the verdict cannot be good (RFC 9989 section 11.5). */
export const authorLimit = 10;

/**
 * Checks a message by DMARC: RFC 9989, or RFC 7489 on request. There is always a verdict: several author domains are
 * judged each for itself and the worst counts, no author domain is a permerror. A From in which nothing can be aligned lets
 * none of its domains be better than permerror. Never throws for what a message or DNS says.
 *
 * @example (await checkDmarc({ authors, spf, dkim, mode: 'rfc9989', resolver })).result // 'pass'
 */
export async function checkDmarc({ authors, spf, dkim, mode, resolver, sample = 0 }: DmarcQuery): Promise<DmarcResult> {
  const names = [...new Set(authors.domains.map(comparedDomain))];
  const lookup = recordLookup(resolver);
  const evidence = { spf, dkim, mode, sample, lookup, discovery: discoveryBy[mode](lookup) };
  const domains: DmarcDomainResult[] = [];
  for (const name of names.slice(0, authorLimit)) domains.push(await judgeDomain(name, evidence));
  const worst = domains.length > 0 ? domains.reduce(worse) : nobody;
  const objection = objectionTo(authors, names.length);
  const barredFrom = (one: DmarcDomainResult): DmarcDomainResult =>
    objection === undefined ? one : worse({ ...one, ...unjudged, reason: objection }, one);
  // The domains as well: who asks about one of them must not read of a pass that the message does not have.
  return { ...barredFrom(worst), mode, domains: domains.map(barredFrom), queries: lookup.questions() };
}

const unjudged = { result: 'permerror', disposition: 'none' } as const;

const nobody: DmarcDomainResult = {
  ...unjudged,
  reason: 'From holds no domain',
  domain: '',
  organizationalDomain: '',
  alignments: [],
  queries: 0,
};

/** What about From forbids a pass whatever its domains can prove: there is no telling whom it names (RFC 9989 section 4.4). */
const barred: Readonly<Partial<Record<AuthorProblem, string>>> = {
  'no From field': 'the message has no From field',
  'several From fields': 'the message has several From fields',
  'no address in From': 'From holds no address',
  'too many mailboxes in From': 'From holds too many mailboxes to judge them all',
  'header cut off': 'the header is too long to tell all From fields',
};

function objectionTo({ problems, mailboxes }: Authors, count: number): string | undefined {
  for (const problem of problems) if (barred[problem] !== undefined) return barred[problem];
  if (count > authorLimit) return `From names ${count} domains, of which ${authorLimit} were judged`;
  if (count === 0) return 'From holds no domain';
  return mailboxes.some(({ domain }) => domain === '') ? 'From holds an address without a domain name' : undefined;
}

/**
 * From the worst: failures by what their owners ask for (RFC 9989 section 11.5), then what is not known, then what is good. A
 * failure that nobody asks anything for hides nothing that is not known yet: a forger could add such an author to his From.
 */
const rankOfWord: Readonly<Record<DmarcWord, number>> = { fail: 10, temperror: 11, permerror: 3, none: 2, pass: 1 };
const rankOfPolicy: Readonly<Record<DmarcPolicy, number>> = { reject: 3, quarantine: 2, none: 0 };

const rank = ({ result, disposition }: DmarcDomainResult): number => rankOfWord[result] + rankOfPolicy[disposition];

const worse = (one: DmarcDomainResult, other: DmarcDomainResult): DmarcDomainResult =>
  rank(other) > rank(one) ? other : one;
