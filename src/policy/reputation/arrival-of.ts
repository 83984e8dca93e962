import { networkOf } from '../../evidence/index.ts';
import type { VerdictWords } from '../../mail/index.ts';
import { organizationOf } from './organization.ts';
import type { Arrival } from './reputation.ts';

/** What is known of the proof of a message. Domains as they come. */
export interface Proof {
  readonly at: number;
  readonly authorDomain: string;
  readonly words: VerdictWords;
  /** Domains for which SPF or DKIM passed. */
  readonly passed: readonly string[];
  /** Of the envelope; empty for the null sender. */
  readonly mailFromDomain: string;
  readonly clientIp: string | undefined;
  readonly isPassedOn: boolean;
}

/** Whether a verdict proves the author: DMARC, or composite authentication, passed. */
export const isProvedBy = ({ dmarc, compauth }: VerdictWords): boolean => dmarc === 'pass' || compauth === 'pass';

/** Microsoft's reasons of what its owner asks to refuse or to keep apart: a domain of others, an own one. */
const UNWANTED: ReadonlySet<string> = new Set(['000', '010']);

const isUnwantedBy = (words: VerdictWords): boolean => !isProvedBy(words) && UNWANTED.has(words.reason ?? '');

/** A message as {@link Reputation} counts it: organizations by the public suffix list. */
export function arrivalOf({ at, authorDomain, words, passed, mailFromDomain, clientIp, isPassedOn }: Proof): Arrival {
  const author = organizationOf(authorDomain);
  const isProved = isProvedBy(words);
  // Whom the author's own SPF names is no carrier of his, though he may sign as well.
  const isStraight = words.spf === 'pass' && organizationOf(mailFromDomain) === author;
  const common = { at, author, isProved, isUnwanted: isUnwantedBy(words), isPassedOn };
  if (isStraight) return { ...common, carriers: [], network: isProved ? networkOf(clientIp ?? '') : undefined };
  const foreign = [...new Set(passed.map(organizationOf))].filter((org) => org !== '' && org !== author);
  const byAddress = foreign.length === 0 && clientIp !== undefined && clientIp !== '' ? [clientIp] : [];
  return { ...common, carriers: foreign.length > 0 ? foreign : byAddress, network: undefined };
}

/**
 * Whether a message was written to somebody else and came here all the same, as what forwarders and lists bring. Where the
 * header names nobody that cannot be told, and it is not.
 *
 * @param addressed addresses of To and Cc; undefined where they are not known
 * @example isPassedOn(['anna@contoso.com'], ['anna@alumni.example']) // true
 */
export function isPassedOn(recipients: readonly string[], addressed: readonly string[] | undefined): boolean {
  if (addressed === undefined || addressed.length === 0) return false;
  const named = new Set(addressed.map((address) => address.toLowerCase()));
  return !recipients.some((recipient) => named.has(recipient.toLowerCase()));
}

const SRS = /^srs[01][=+-]/i;

/** What a message says of its carrier, which anybody can write. */
export const claimsOfCarrier = (listId: string, mailFrom: string) => ({
  claimsList: listId !== '',
  claimsCarrier: listId !== '' || SRS.test(mailFrom),
});
