import { orgOf } from '../../evidence/index.ts';
import type { JudgedMessage } from '../../ingest/index.ts';
import type { Row } from '../../kql/index.ts';
import { type Authentication, awaitedSealer, bodyTextOf, isLiftedBySeal, vouchingSealer } from '../../mail/index.ts';
import { eventRows } from '../kql/event-rows.ts';
import type { ItemEvidence, MailItem } from '../mail-item.ts';
import { any } from '../predicates/predicate.ts';
import { headersOfMessage } from './message-headers.ts';
import { LIFTED, sealersOf, verdictOf } from './verdict-of.ts';

/** What is around a message beside itself. */
export interface ItemSurroundings {
  readonly acceptedDomains: readonly string[];
  /** ARC sealers that the organisation trusts, exactly as their d= says. */
  readonly trustedSealers: readonly string[];
  /** True where the client proved who it is. */
  readonly isAuthenticated?: boolean;
  /** What the store knows of the sender; nothing where it was not asked. */
  readonly known?: Omit<ItemEvidence, 'trustedSealer'>;
}

const nothingKnown: Omit<ItemEvidence, 'trustedSealer'> = {
  isFirstContact: undefined,
  passedBefore: undefined,
  carrier: undefined,
  carrierDomain: undefined,
};

/**
 * A message with its verdict, as a policy sees it.
 *
 * @example decide(policy, judgedItem(await judge(found, options, resolver), { acceptedDomains: [], trustedSealers: [] }), now)
 */
export function judgedItem(judged: JudgedMessage, around: ItemSurroundings): MailItem {
  const ifAnswered = itemIfAnswered(judged, around);
  const item = itemOf(judged, around);
  return ifAnswered === undefined ? item : { ...item, ifAnswered };
}

/** With the seals of a chain that DNS kept from being checked, and the composite verdict that rests on them. */
function itemIfAnswered(judged: JudgedMessage, around: ItemSurroundings): MailItem | undefined {
  if (judged.verdict.source !== 'verified') return undefined;
  const { authentication } = judged.verdict;
  if (authentication.arc.result !== 'temperror') return undefined;
  const author = onlyAuthor(judged);
  const sealer = author === undefined ? undefined : awaitedSealer(authentication.arc, author, around.trustedSealers);
  const { verdict, evidence, ...item } = itemOf(sealer === undefined ? judged : lifted(judged, authentication), around);
  return {
    ...item,
    verdict: { ...verdict, sealers: sealersOf(authentication.arc) },
    evidence: { ...evidence, trustedSealer: sealer },
  };
}

const lifted = (judged: JudgedMessage, authentication: Authentication): JudgedMessage => {
  if (!isLiftedBySeal(authentication.composite.reason)) return judged;
  const composite = { ...authentication.composite, ...LIFTED };
  const words = { ...authentication.words, ...LIFTED };
  return { ...judged, verdict: { source: 'verified', words, authentication: { ...authentication, composite, words } } };
};

function itemOf(judged: JudgedMessage, around: ItemSurroundings): MailItem {
  const { message, transaction, claims, authors, content } = judged;
  const { verdict, stamp } = verdictOf(judged);
  let rows: readonly Row[] | undefined;
  return {
    id: judged.networkMessageId,
    at: judged.at,
    client: { ip: transaction.ip, helo: transaction.helo, isAuthenticated: around.isAuthenticated ?? false },
    mailFrom: transaction.mailFrom,
    recipients: judged.recipients.map(({ address }) => address),
    authors: authors.mailboxes.map(({ address, domain }) => ({ address, domain })),
    to: claims.to.map(({ address }) => address),
    cc: claims.cc.map(({ address }) => address),
    subject: claims.subject ?? '',
    size: message.bytes.length,
    headers: headersOfMessage(message, () => (stamp === undefined ? [] : [stamp])),
    body: () => bodyTextOf(content, { both: true }),
    scl: 'none',
    verdict,
    carriers: carriersOf(judged),
    evidence: { ...nothingKnown, ...around.known, trustedSealer: trustedSealerOf(judged, around.trustedSealers) },
    acceptedDomains: around.acceptedDomains,
    kql: ({ holds }) => {
      rows ??= eventRows(judged);
      return any(rows.map(holds));
    },
  };
}

function trustedSealerOf(judged: JudgedMessage, trusted: readonly string[]): string | undefined {
  const author = onlyAuthor(judged);
  if (judged.verdict.source !== 'verified' || author === undefined) return undefined;
  return vouchingSealer(judged.verdict.authentication.arc, author, trusted);
}

const onlyAuthor = ({ authors: { domains } }: JudgedMessage): string | undefined =>
  domains.length === 1 ? domains[0] : undefined;

/** By real checks alone: what a stamp says of others names nobody whom one could hold to it. */
function carriersOf({ verdict, authors }: JudgedMessage): readonly string[] {
  if (verdict.source !== 'verified') return [];
  const { spf, dkim } = verdict.authentication;
  const passed = [spf, ...dkim.signatures].filter(({ result }) => result === 'pass').map(({ domain }) => orgOf(domain));
  const own = new Set(authors.domains.map(orgOf));
  return [...new Set(passed)].filter((org) => org !== '' && !own.has(org));
}
