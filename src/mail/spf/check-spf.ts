import type { Resolver } from '../dns/resolver.ts';
import { clientAddress } from './address.ts';
import { SpfBudget } from './budget.ts';
import { checkHost } from './check-host.ts';
import { SpfClient } from './client.ts';
import { explanationOf } from './explanation.ts';
import { SPF_LIMITS, type SpfLimits } from './limits.ts';
import { asciiDomain, identityDomain } from './name.ts';
import { quoted } from './problem.ts';
import type { SpfQuery, SpfResult } from './result.ts';

/** Characters of a local-part and of a HELO name that macros see: no SMTP address has more (RFC 5321 section 4.5.3.1). */
const LOCAL_PART_MAX = 255;
const HELO_MAX = 255;

/**
 * Checks whether a client may use a name: SPF, exact to RFC 7208, with RFC 8616 for names and local-parts that are not ASCII.
 *
 * It never throws. A domain that is malformed or has one label only gives `none` (and an empty `domain`), as does a client
 * address that is none: then there is nothing to check.
 *
 * @example
 * await checkSpf({ ip: '203.0.113.7', helo: 'mx.example.net', mailFrom: 'ann@example.com', now: Date.now() }, resolver)
 * // { result: 'fail', reason: '203.0.113.7 is not in the record of example.com (ends in -all)', … }
 */
export async function checkSpf(
  query: SpfQuery,
  resolver: Resolver,
  limits: SpfLimits = SPF_LIMITS,
): Promise<SpfResult> {
  const identity = query.mailFrom === '' ? 'helo' : 'mailfrom';
  const { localPart, domainPart } = senderOf(query);
  const domain = identityDomain(domainPart);
  const nothing = { result: 'none', identity, lookups: 0, voidLookups: 0 } as const;
  if (domain === undefined) return { ...nothing, domain: '', reason: `${quoted(domainPart)} is no full domain name` };
  const address = clientAddress(query.ip);
  if (address === undefined) return { ...nothing, domain, reason: `${quoted(query.ip)} is no IP address` };

  const budget = new SpfBudget(resolver, limits);
  const helo = asciiDomain(query.helo.slice(0, HELO_MAX));
  const sender = { address, localPart, domain, helo, receiver: query.receiver ?? 'unknown', now: query.now };
  const client = new SpfClient(sender, budget);
  const { word, reason, record, mechanism, exp } = await checkHost(domain, client, budget);
  const { lookups, voidLookups } = budget;
  const explanation =
    word === 'fail' && exp !== undefined ? await explanationOf(exp, client, budget.forExplanation()) : undefined;
  return {
    result: word,
    reason,
    identity,
    domain,
    lookups,
    voidLookups,
    ...(record !== undefined && { record }),
    ...(mechanism !== undefined && { mechanism }),
    ...(explanation !== undefined && { explanation }),
  };
}

/** `<sender>`: the envelope sender, or the HELO name where there is none; `postmaster` where it has no local-part. */
function senderOf({ mailFrom, helo }: SpfQuery): { readonly localPart: string; readonly domainPart: string } {
  const sender = mailFrom === '' ? helo : mailFrom;
  // A HELO name is a name whatever is in it.
  const at = mailFrom === '' ? -1 : sender.lastIndexOf('@');
  return {
    localPart: sender.slice(0, Math.max(at, 0)).slice(0, LOCAL_PART_MAX) || 'postmaster',
    domainPart: sender.slice(at + 1),
  };
}
