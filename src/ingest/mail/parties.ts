import { type Mailbox, type Transaction, toAsciiDomain } from '../../mail/index.ts';
import type { JudgedMessage, Recipient } from './judged-message.ts';

/** The organisation's domains, lower case and in A-labels. */
export type Accepted = ReadonlySet<string>;

const isOurs = (domain: string, accepted: Accepted): boolean => accepted.has(domain);

function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return toAsciiDomain(domain) ?? domain.toLowerCase();
}

/**
 * Who got a message: whom the receiver names (Delivered-To, X-Original-To, the `for` of trusted hops), else those of To
 * and Cc in the organisation's domains; where the domains are not known, all of To and Cc. Nobody named: one without an
 * address, so that the message is seen all the same.
 */
export function recipientsOf(
  transaction: Transaction,
  named: readonly Mailbox[],
  accepted: Accepted,
): readonly Recipient[] {
  const addressed = named.filter(({ address }) => address !== '');
  const ours = addressed.filter(({ domain }) => isOurs(domain, accepted));
  const found = [
    transaction.recipients,
    (ours.length > 0 || accepted.size > 0 ? ours : addressed).map((one) => one.address),
  ];
  const addresses = found.find((list) => list.length > 0) ?? addressed.map(({ address }) => address);
  const distinct = new Map(addresses.map((address) => [address.toLowerCase(), address]));
  const listed = [...distinct.values()].map((address) => ({ address }));
  return listed.length > 0 ? listed : [{ address: '' }];
}

/** What a direction follows from. */
export interface Travelled {
  readonly fromDomains: readonly string[];
  readonly recipients: readonly Recipient[];
  /** Where it began: by trusted receivers, or outside by a client with a public address; undefined where nothing tells. */
  readonly began: 'inside' | 'outside' | undefined;
  readonly accepted: Accepted;
}

/**
 * EmailDirection. Who writes as one of ours from outside is Inbound, whomever To names: that is what a forgery of one's own
 * domain looks like. So is who writes as one of ours to one of ours without a trusted receiver that shows it began inside.
 */
export function directionOf({ fromDomains, recipients, began, accepted }: Travelled): JudgedMessage['direction'] {
  const fromUs = fromDomains.length > 0 && fromDomains.every((domain) => isOurs(domain, accepted));
  if (!fromUs) return 'Inbound';
  if (began === 'outside') return 'Inbound';
  const toUs = recipients.some(({ address }) => isOurs(domainOf(address), accepted));
  if (!toUs) return 'Outbound';
  return began === 'inside' ? 'Intra-org' : 'Inbound';
}
