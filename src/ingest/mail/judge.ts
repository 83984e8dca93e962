import {
  type Authors,
  authenticate,
  type CompositeSettings,
  claimsOf,
  contentOf,
  type DmarcMode,
  fieldsNamed,
  hopsOf,
  ipAddressOf,
  passedMicrosoft,
  type RawMessage,
  type Resolver,
  readMessage,
  receivedVerdict,
  type Transaction,
  transactionOf,
  trustedHosts,
  unfolded,
  withQrCodes,
} from '../../mail/index.ts';
import { deliveryOf, directionByMicrosoft } from './delivery.ts';
import type { FoundMessage, SeenTransaction } from './found-message.ts';
import type { JudgedMessage, Verdict } from './judged-message.ts';
import { contentHashOf, networkMessageIdOf } from './message-key.ts';
import { directionOf, recipientsOf } from './parties.ts';

/** Where verdicts come from: checks made now, what a trusted receiver wrote, or the latter where there is one. */
export const verdictSources = ['verify', 'received', 'auto'] as const;
export type VerdictSource = (typeof verdictSources)[number];

/** What messages are judged by. Plain data: it travels to worker threads. */
export interface JudgeOptions {
  readonly verdicts: VerdictSource;
  /** Receivers that are believed: authserv-ids and host names; `microsoft` stands for Microsoft 365. */
  readonly trusted: readonly string[];
  /** Hosts whose Received fields are believed though nobody's Authentication-Results are on their word. */
  readonly relays?: readonly string[];
  readonly acceptedDomains: readonly string[];
  readonly dmarcMode: DmarcMode;
  readonly rsaSha1: 'policy' | 'accept';
  /** Trusted ARC sealers, who may send for whom and who must not. */
  readonly composite?: Omit<CompositeSettings, 'acceptedDomains'>;
  /** When verdicts are reached, milliseconds since 1970. */
  readonly now: number;
  /** Whether the message was delivered earlier: a key that is gone says nothing then. @default true */
  readonly retrospective?: boolean;
  /** Whether pictures are searched for QR codes, which takes long. @default true */
  readonly qrCodes?: boolean;
}

export const defaultJudgeOptions: Omit<JudgeOptions, 'now'> = {
  verdicts: 'auto',
  trusted: [],
  acceptedDomains: [],
  dmarcMode: 'rfc9989',
  rsaSha1: 'policy',
};

/**
 * Judges one message: who sent it to whom, what it carries, and the verdict, from where the options say. A message is
 * never refused for what it holds.
 *
 * @example (await judge(found, { ...defaultJudgeOptions, now: Date.now() }, resolver)).verdict.words.dmarc // 'fail'
 */
export async function judge(found: FoundMessage, options: JudgeOptions, resolver: Resolver): Promise<JudgedMessage> {
  const message = readMessage(found.bytes);
  const { trusted, relays = [], acceptedDomains, now } = options;
  const hops = hopsOf(message);
  const transaction =
    found.seen === undefined
      ? transactionOf(message, { trusted: [...trusted, ...relays], acceptedDomains, hops })
      : seenTransaction(message, found.seen, options);
  const claims = claimsOf(message);
  const { authors } = claims;
  const [content, verdict] = await Promise.all([
    options.qrCodes === false ? contentOf(message) : withQrCodes(contentOf(message)),
    verdictOf(message, { transaction, authors }, options, resolver),
  ]);
  const accepted = new Set(acceptedDomains.map((domain) => domain.toLowerCase()));
  const recipients = recipientsOf(transaction, [...claims.to, ...claims.cc], accepted);
  const contentHash = contentHashOf(message);
  const trustsMicrosoft = passedMicrosoft(message, hops, trusted);
  const at = transaction.receivedAt ?? claims.date;
  return {
    message,
    place: found.place,
    networkMessageId:
      (trustsMicrosoft ? exchangeId(message) : undefined) ?? networkMessageIdOf(contentHash, transaction),
    contentHash,
    at: at ?? now,
    atKnown: transaction.receivedAt !== undefined ? 'received' : at === undefined ? 'now' : 'date',
    direction:
      directions[(trustsMicrosoft && directionByMicrosoft(message)) || ''] ??
      directionOf({
        fromDomains: authors.domains,
        recipients,
        began: transaction.began ?? (transaction.ip === undefined ? undefined : 'outside'),
        accepted,
      }),
    recipients,
    authors,
    claims,
    hops,
    transaction,
    content,
    verdict,
    delivery: deliveryOf(message, found.place, trustsMicrosoft),
  };
}

/** The client that a gate saw; behind a relay of the organisation, the one that the relay saw. */
function seenTransaction(message: RawMessage, seen: SeenTransaction, options: JudgeOptions): Transaction {
  const { helo, name, mailFrom, recipients, at, isOwn } = seen;
  const { relays = [], acceptedDomains } = options;
  const ip = seen.ip && (ipAddressOf(seen.ip) ?? seen.ip);
  const hosts = trustedHosts(relays);
  // By its own address or name alone: not every private address is a relay's.
  const isRelay = [ip, name].some((by) => by !== undefined && hosts.wrote({ by }));
  const behind = isRelay ? transactionOf(message, { trusted: relays, acceptedDomains }) : undefined;
  const envelope = { mailFrom, recipients, receivedAt: at };
  if (behind?.known === 'trusted') return { ...behind, ...envelope };
  return { ...(ip !== undefined && { ip }), helo, ...envelope, known: 'given', began: isOwn ? 'inside' : 'outside' };
}

const directions: Readonly<Record<string, JudgedMessage['direction'] | undefined>> = {
  INB: 'Inbound',
  INT: 'Intra-org',
};

async function verdictOf(
  message: RawMessage,
  seen: { readonly transaction: Transaction; readonly authors: Authors },
  options: JudgeOptions,
  resolver: Resolver,
): Promise<Verdict> {
  if (options.verdicts !== 'verify') {
    const received = receivedVerdict(message, options.trusted);
    if (received !== undefined) return { source: 'received', words: received.words, received };
    if (options.verdicts === 'received') return { source: 'none', words: {} };
  }
  const { now, dmarcMode, rsaSha1, acceptedDomains } = options;
  const authentication = await authenticate(message, {
    resolver,
    now,
    ...seen,
    dmarcMode,
    rsaSha1,
    retrospective: options.retrospective ?? true,
    composite: { ...options.composite, acceptedDomains },
  });
  return { source: 'verified', words: authentication.words, authentication };
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The id that Exchange gave the message; its border removes such fields from what comes in, so that two are one too many. */
function exchangeId(message: RawMessage): string | undefined {
  const [field, ...more] = fieldsNamed(message, 'x-ms-exchange-organization-network-message-id');
  const id = unfolded(field?.value ?? '');
  return more.length === 0 && GUID.test(id) ? id.toLowerCase() : undefined;
}
