import type { JudgedMessage } from '../../ingest/index.ts';
import type { Row } from '../../kql/index.ts';
import { bodyTextOf, fieldsNamed, fieldText, unfolded, vouchingSealer } from '../../mail/index.ts';
import type { ItemEvidence, MailItem } from '../mail-item.ts';
import { verdictOf } from './verdict-of.ts';

/** What is around a message beside itself. */
export interface ItemSurroundings {
  readonly acceptedDomains: readonly string[];
  /** ARC sealers that the organisation trusts, exactly as their d= says. */
  readonly trustedSealers: readonly string[];
  /** True where the client proved who it is. */
  readonly isAuthenticated?: boolean;
  /** What the store knows of the sender; nothing where it was not asked. */
  readonly known?: Omit<ItemEvidence, 'trustedSealer'>;
  /** The rows of EmailEvents that it will have. */
  readonly rows?: () => readonly Row[];
}

const nothingKnown: Omit<ItemEvidence, 'trustedSealer'> = {
  isFirstContact: undefined,
  passedBefore: undefined,
  carrier: undefined,
  carrierDomain: undefined,
};

/** A field's stamp and those of others, as this receiver would have written and renamed them. */
const OWN = 'authentication-results';
const OTHERS = 'authentication-results-original';

/**
 * A message with its verdict, as a policy sees it.
 *
 * @example decide(policy, judgedItem(await judge(found, options, resolver), { acceptedDomains: [], trustedSealers: [] }), now)
 */
export function judgedItem(judged: JudgedMessage, around: ItemSurroundings): MailItem {
  const { message, transaction, claims, authors, content } = judged;
  const { verdict, stamp } = verdictOf(judged);
  const valuesOf = (name: string): readonly string[] =>
    fieldsNamed(message, name).map(({ value }) => fieldText(unfolded(value)));
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
    headers: (name) => {
      const field = name.toLowerCase();
      if (field === OWN) return stamp === undefined ? [] : [stamp];
      return field === OTHERS ? [...valuesOf(OWN), ...valuesOf(OTHERS)] : valuesOf(field);
    },
    body: () => bodyTextOf(content, { both: true }),
    scl: 'none',
    verdict,
    evidence: { ...nothingKnown, ...around.known, trustedSealer: trustedSealerOf(judged, around.trustedSealers) },
    acceptedDomains: around.acceptedDomains,
    rows: around.rows ?? (() => []),
  };
}

function trustedSealerOf({ verdict, authors }: JudgedMessage, trusted: readonly string[]): string | undefined {
  const [author, ...more] = authors.domains;
  if (verdict.source !== 'verified' || author === undefined || more.length > 0) return undefined;
  return vouchingSealer(verdict.authentication.arc, author, trusted);
}
