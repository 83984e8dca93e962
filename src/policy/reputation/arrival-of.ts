import { organizationOf } from './organization.ts';
import type { Arrival } from './reputation.ts';

/** What is known of the proof of a message. Domains as they come. */
export interface Proof {
  readonly at: number;
  readonly authorDomain: string;
  readonly isProved: boolean;
  /** Domains for which SPF or DKIM passed. */
  readonly passed: readonly string[];
  readonly clientIp: string | undefined;
}

/** A message as {@link Reputation} counts it: organizations by the public suffix list. */
export function arrivalOf({ at, authorDomain, isProved, passed, clientIp }: Proof): Arrival {
  const author = organizationOf(authorDomain);
  const foreign = [...new Set(passed.map(organizationOf))].filter((org) => org !== '' && org !== author);
  const byAddress = foreign.length === 0 && clientIp !== undefined && clientIp !== '' ? [clientIp] : [];
  return { at, author, isProved, carriers: foreign.length > 0 ? foreign : byAddress };
}

const SRS = /^srs[01][=+-]/i;

/** What a message says of its carrier, which anybody can write. */
export const claimsOfCarrier = (listId: string, mailFrom: string) => ({
  claimsList: listId !== '',
  claimsCarrier: listId !== '' || SRS.test(mailFrom),
});
