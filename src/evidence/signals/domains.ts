import { suffixListDomain, toAsciiDomain } from '../../mail/index.ts';

/**
 * The organization that a domain belongs to, by the public suffix list; empty for what is no domain.
 *
 * @example orgOf('Mail.Example.co.uk') // 'example.co.uk'
 */
export function orgOf(domain: string): string {
  const name = toAsciiDomain(domain.trim());
  return name === undefined ? '' : suffixListDomain(name);
}

/** Whether two domains are one organization's; never for what is no domain. */
export const isSameOrg = (one: string, other: string): boolean => orgOf(one) !== '' && orgOf(one) === orgOf(other);

/** The domain of an address in lower case; empty without one. */
export const domainOfAddress = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The label that names an organization: `bank` of `bank.example`. */
export const nameOfOrg = (org: string): string => org.split('.')[0] ?? '';
