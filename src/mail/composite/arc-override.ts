import type { ArcResult, ArcSet } from '../arc/result.ts';
import { suffixListDomain } from '../dmarc/organizational-domain.ts';
import { toAsciiDomain } from '../message/domain-name.ts';
import { readAuthenticationResults } from '../results/read-results.ts';
import type { MethodResult } from '../results/words.ts';

/**
 * The trusted sealer who saw the message authenticated before it was changed (RFC 8617 section 7.2,
 * https://learn.microsoft.com/defender-office-365/email-authentication-arc-configure). All sealers behind him must be
 * trusted as well: any of them could have put another message into the chain.
 *
 * @param author the author domain
 * @param trusted domains of sealers, exactly as their d= says
 * @returns the sealer's domain; undefined where the chain does not pass or nobody trusted vouches for this author
 */
export function vouchingSealer(arc: ArcResult, author: string, trusted: readonly string[]): string | undefined {
  if (arc.result !== 'pass') return undefined;
  const names = new Set(trusted.map((name) => name.toLowerCase()));
  const sets = [...arc.sets].sort((one, other) => other.instance - one.instance);
  const end = sets.findIndex(({ sealer }) => !names.has(sealer));
  return sets.slice(0, end < 0 ? sets.length : end).find((set) => sawItPass(set, author))?.sealer;
}

/**
 * The trusted sealer who would vouch for the message, had DNS given the keys of its chain: {@link vouchingSealer} for a chain
 * that ended in temperror. Who seals with a key of his own that nobody answers for is not trusted, and so is not waited for.
 */
export const awaitedSealer = (arc: ArcResult, author: string, trusted: readonly string[]): string | undefined =>
  arc.result === 'temperror' ? vouchingSealer({ ...arc, result: 'pass' }, author, trusted) : undefined;

/** What the sealer says of DMARC goes before what follows from SPF and DKIM, and two words on it are no good word. */
function sawItPass({ results }: ArcSet, author: string): boolean {
  const vouching = readAuthenticationResults(results)?.results.filter((one) => vouchesFor(one, author)) ?? [];
  const isPass = ({ result }: MethodResult): boolean => result === 'pass';
  const dmarc = vouching.filter(({ method }) => method === 'dmarc');
  return dmarc.length > 0 ? dmarc.every(isPass) : vouching.some(isPass);
}

/** Whom a method vouches for: DMARC for the author named beside it, SPF and DKIM for the organization. */
function vouchesFor({ method, properties }: MethodResult, author: string): boolean {
  const named = (property: string): string | undefined => toAsciiDomain(behindAt(properties[property] ?? ''));
  const isOrganization = (domain: string | undefined): boolean =>
    domain !== undefined && suffixListDomain(domain) === suffixListDomain(author);
  if (method === 'dmarc') return named('header.from') === author;
  if (method === 'spf') return isOrganization(named('smtp.mailfrom'));
  return method === 'dkim' && isOrganization(named('header.d'));
}

const behindAt = (text: string): string => text.slice(text.lastIndexOf('@') + 1);
