import { getDomain } from 'tldts';
import { lastLabels } from './domain-name.ts';

/**
 * The organizational domain by the public suffix list (RFC 7489 section 3.2): one label more than the longest suffix. Its
 * private part counts too: two customers of a host that gives out names are two organizations, and nothing that one of
 * them sends may pass for the other. A top-level domain that is not listed is a suffix; a suffix is its own organization.
 *
 * @param domain lower case, A-labels
 * @example suffixListDomain('mail.example.co.uk') // 'example.co.uk'
 */
export function suffixListDomain(domain: string): string {
  const suffix = unlisted.find((one) => domain.endsWith(`.${one}`));
  if (suffix !== undefined) return lastLabels(domain, suffix.split('.').length + 1);
  return getDomain(domain, wholeList) ?? domain;
}

/** Suffixes that the list lacks: below these, every tenant of Microsoft 365 has a name. */
const unlisted: readonly string[] = ['mail.onmicrosoft.com', 'onmicrosoft.com'];

const wholeList = { allowPrivateDomains: true, extractHostname: false, validateHostname: false } as const;
