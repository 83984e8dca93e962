import { parseAddressList } from './address-list.ts';
import { type Border, borderOf } from './border.ts';
import { mailFromOf } from './envelope-sender.ts';
import type { Hop, Known, Transaction } from './hop.ts';
import { ipAddressOf } from './ip-address.ts';
import { fieldsNamed, type RawMessage } from './raw-message.ts';
import { hopsOf } from './received.ts';
import { trustedHosts } from './trusted-hosts.ts';

/** What the caller knows about a message that is not in it. */
export interface TransactionOptions {
  /** What was seen of the connection itself, or is claimed on the command line. */
  readonly given?: { readonly ip?: string; readonly helo?: string; readonly mailFrom?: string };
  /** Host names, addresses and CIDR blocks whose Received fields are believed; `microsoft` stands for Microsoft 365. */
  readonly trusted: readonly string[];
  /** Domains of the organisation, lower case: To and Cc in them are recipients where nothing better says. */
  readonly acceptedDomains: readonly string[];
  /** The hops of the message (`hopsOf`), where the caller has read them already. */
  readonly hops?: readonly Hop[];
}

/** Recipients of one message that are kept. */
export const recipientLimit = 1000;

/** Received fields that are looked at where none is trusted. */
const HOPS = 100;

/**
 * What the border of the organisation saw when it took the message: the client and the envelope (RFC 5321 section 4.4). Read
 * from the Received fields of trusted receivers, from the top down to the one that took the message from outside; a sender
 * can forge any field below that one and none above it. Without such a field, it is what the topmost one with a public
 * client says, and marked `assumed`. What the caller gives goes before both.
 *
 * @example transactionOf(message, { trusted: ['microsoft'], acceptedDomains: [] }).ip // '192.0.2.7'
 */
export function transactionOf(message: RawMessage, options: TransactionOptions): Transaction {
  const { given = {}, trusted, acceptedDomains, hops = hopsOf(message) } = options;
  const border = borderOf(message, hops, trustedHosts(trusted)) ?? assumedBorder(message, hops);
  const hop = border?.hop;
  const givenIp = given.ip === undefined ? undefined : ipAddressOf(given.ip);
  // What the message tells of another client says nothing about the one that is given.
  const told = givenIp === undefined || givenIp === hop?.ip ? hop : undefined;
  return {
    ...defined('ip', givenIp ?? hop?.ip),
    ...defined('helo', given.helo ?? told?.helo),
    ...defined('mailFrom', given.mailFrom ?? mailFromOf(message, border)),
    recipients: recipientsOf(message, border, acceptedDomains),
    known: knownBy(givenIp, border),
    ...(border?.trusted && givenIp === undefined ? { began: border.beganInside ? 'inside' : 'outside' } : {}),
    ...defined('receivedAt', hop?.at ?? hops[0]?.at),
  };
}

const defined = <K extends keyof Transaction>(key: K, value: Transaction[K] | undefined): Partial<Transaction> =>
  value === undefined ? {} : { [key]: value };

function knownBy(givenIp: string | undefined, border: Border | undefined): Known {
  if (givenIp !== undefined) return 'given';
  if (border?.hop?.ip === undefined) return 'unknown';
  return border.trusted ? 'trusted' : 'assumed';
}

const microsoft = trustedHosts(['microsoft']);

/** The topmost hop with a client that is neither private nor one Microsoft host that speaks to another. */
function assumedBorder(message: RawMessage, hops: readonly Hop[]): Border | undefined {
  const at = hops.slice(0, HOPS).findIndex((hop) => hop.ip !== undefined && !microsoft.cameFromInside(hop));
  const hop = hops[at];
  if (hop === undefined) return undefined;
  const index = message.fields.indexOf(fieldsNamed(message, 'received')[at]!);
  return { hop, inside: [hop], index, trusted: false, beganInside: false };
}

/** Names of the fields in which a delivering server writes for whom it delivers. */
const deliveryFields = new Set(['delivered-to', 'x-original-to']);

function recipientsOf(message: RawMessage, border: Border | undefined, accepted: readonly string[]): readonly string[] {
  // Below the border a sender may have written them; without one, nothing tells where that begins.
  const above = border === undefined ? message.fields : message.fields.slice(0, border.index);
  const delivered = above.filter(({ name }) => deliveryFields.has(name)).flatMap(({ value }) => addressesOf(value));
  const forClauses = (border?.inside ?? []).flatMap((hop: Hop) => (hop.for === undefined ? [] : addressesOf(hop.for)));
  const sure = distinct([...delivered, ...forClauses]);
  if (sure.length > 0) return sure;
  const named = [...fieldsNamed(message, 'to'), ...fieldsNamed(message, 'cc')]
    .flatMap(({ value }) => parseAddressList(value, NAMED))
    .filter(({ domain }) => accepted.includes(domain));
  return distinct(named.map(({ address }) => address));
}

/** Mailboxes of one To or Cc that are looked through for accepted domains. */
const NAMED = 100_000;

const addressesOf = (value: string): readonly string[] =>
  parseAddressList(value, recipientLimit).map(({ address }) => address);

const distinct = (addresses: readonly string[]): readonly string[] =>
  [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()].slice(0, recipientLimit);
