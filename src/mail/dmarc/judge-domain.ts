import { align, type DkimEvidence, identifiersOf, type SpfEvidence } from './alignment.ts';
import type { Discovered, Discovery } from './discovery.ts';
import { canBeInDns, isAddress, shown, topLabel } from './domain-name.ts';
import { oneLower, type Policies, policiesOf } from './policy.ts';
import { failReason, passReason } from './reason.ts';
import type { RecordLookup } from './record-lookup.ts';
import type { Alignment, DmarcDomainResult, DmarcMode, DmarcPolicy } from './result.ts';
import type { PublishedRecord } from './tree-walk.ts';

/** What all author domains of a message are judged by. */
export interface Evidence {
  readonly spf: SpfEvidence;
  readonly dkim: readonly DkimEvidence[];
  readonly mode: DmarcMode;
  readonly sample: number;
  readonly lookup: RecordLookup;
  readonly discovery: Discovery;
}

type Verdict = Omit<DmarcDomainResult, 'domain' | 'organizationalDomain' | 'queries'> & {
  readonly organizationalDomain?: string | undefined;
};

/** The verdict on one author domain (RFC 9989 section 5.3). @param domain lower case, A-labels */
export async function judgeDomain(domain: string, evidence: Evidence): Promise<DmarcDomainResult> {
  const before = evidence.lookup.questions();
  const verdict = unaskable(domain) ?? (await discoveredVerdict(domain, evidence));
  return {
    ...verdict,
    domain,
    organizationalDomain: verdict.organizationalDomain ?? domain,
    queries: evidence.lookup.questions() - before,
  };
}

/** A domain that no question can be asked about, nor about any name above it. */
function unaskable(domain: string): Verdict | undefined {
  if (isAddress(domain))
    return without('none', `${shown(domain)} is an address: there is no domain that could have a policy`);
  return canBeInDns(topLabel(domain))
    ? undefined
    : without('permerror', `${shown(domain) || 'nothing'} is no domain name`);
}

/** A verdict to which no policy belongs. */
const without = (result: DmarcDomainResult['result'], reason: string, more: Partial<Verdict> = {}): Verdict => ({
  result,
  reason,
  disposition: 'none',
  alignments: [],
  ...more,
});

async function discoveredVerdict(domain: string, evidence: Evidence): Promise<Verdict> {
  const discovered = await evidence.discovery.author(domain);
  const { published, organizationalDomain } = discovered;
  if (published === undefined) return { ...withoutRecord(domain, discovered, evidence), organizationalDomain };
  const policies = policiesOf(published.record, evidence.mode);
  const found = { organizationalDomain, recordDomain: published.domain, record: published.record.text };
  return policies === undefined
    ? without(
        'permerror',
        `the record at _dmarc.${shown(published.domain)} has no valid policy and no valid rua`,
        found,
      )
    : { ...(await recordVerdict(domain, published, policies, discovered, evidence)), ...found };
}

function withoutRecord(domain: string, { failure, discarded }: Discovered, { spf, dkim }: Evidence): Verdict {
  if (failure !== undefined) return without('temperror', failure);
  const [first] = discarded;
  // Without any record each domain is its own organization: only the same one aligns, and nothing counts.
  const alignments = identifiersOf(spf, dkim)
    .filter(({ passed }) => passed)
    .map(
      ({ method, domain: name }): Alignment => ({
        method,
        domain: name,
        alignment: name === domain ? 'strict' : 'none',
        counts: false,
      }),
    );
  if (first === undefined) return without('none', `no DMARC record for ${shown(domain)}`, { alignments });
  return first.because === 'broken record'
    ? without(
        'permerror',
        `the record at _dmarc.${shown(first.domain)} cannot be read: a tag stands twice in it, or it is too long`,
        { alignments },
      )
    : without('none', `several DMARC records at _dmarc.${shown(first.domain)}: none of them counts`, { alignments });
}

/** RFC 9989 sections 5.3.4 to 5.3.6. */
async function recordVerdict(
  domain: string,
  { domain: recordDomain, record }: PublishedRecord,
  policies: Policies,
  { organizationalDomain, failure }: Discovered,
  { spf, dkim, mode, sample, lookup, discovery }: Evidence,
): Promise<Verdict> {
  const author = { domain, organizationalDomain };
  const { alignments, open } = await align(author, identifiersOf(spf, dkim), record, discovery);
  const policy = await policyFor(domain, recordDomain, policies, lookup);
  const counting = alignments.find(({ counts }) => counts);
  const common = { alignments, disposition: 'none' as const, ...(policy === undefined ? {} : { policy }) };
  if (counting !== undefined)
    return { ...common, policy: policy ?? weakest(policies), result: 'pass', reason: passReason(counting, domain) };
  if (open !== undefined)
    return {
      ...common,
      result: 'temperror',
      reason: `DNS gave no answer for ${open}${failure ? `: ${failure}` : ''}`,
    };
  if (policy === undefined)
    return {
      ...common,
      result: 'temperror',
      reason: `DNS gave no answer whether ${shown(domain)} exists, on which the policy depends`,
    };
  const isSampled = mode === 'rfc9989' || sample < record.pct;
  const disposition = isSampled ? policy : oneLower(policy);
  const sampling = isSampled ? '' : `; outside the sample of ${record.pct} %`;
  return { ...common, result: 'fail', reason: `${failReason(alignments, record)}${sampling}`, disposition };
}

/** `p` at the record's own name; below it `sp`, or `np` for a name that is not in DNS (RFC 9989 section 4.10.1). */
async function policyFor(
  domain: string,
  recordDomain: string,
  { own, existing, missing }: Policies,
  lookup: RecordLookup,
): Promise<DmarcPolicy | undefined> {
  if (domain === recordDomain) return own;
  if (existing === missing) return existing;
  const existence = await lookup.exists(domain);
  return existence === 'unknown' ? undefined : existence === 'exists' ? existing : missing;
}

const strength: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject'];
const weakest = ({ existing, missing }: Policies): DmarcPolicy =>
  strength.indexOf(existing) < strength.indexOf(missing) ? existing : missing;
