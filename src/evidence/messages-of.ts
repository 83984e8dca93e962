import { type Asked, ask } from './ask/ask.ts';
import type { Row } from './ask/row.ts';
import { COMPAUTH, DKIM, DMARC, SPF } from './ask/words-in-kql.ts';
import type { EvidenceMeans } from './means.ts';
import { messageIdForms } from './text/message-id.ts';

/** Which messages are asked for; what is not given does not narrow. */
export interface MessagesWanted {
  /** An address (`a@b.example`), or a domain, with those below it (`b.example`). */
  readonly sender?: string;
  /** Datetime ticks, `until` not included. */
  readonly since?: bigint;
  readonly until?: bigint;
  /** Only those whose DMARC failed. */
  readonly onlyFailing?: boolean;
  /** With or without angle brackets. */
  readonly internetMessageId?: string;
  /** How many are listed; 500 by default and at most. */
  readonly limit?: number;
}

/** A message in short. Times are ISO 8601 texts. Subject and names are hostile text. */
export interface MessageInShort {
  readonly networkMessageId: string;
  readonly at: string;
  readonly senderFromAddress: string;
  readonly senderFromDomain: string;
  readonly subject: string;
  readonly direction: string;
  readonly recipients: number;
  /** `Delivered` where it reached one of them. */
  readonly deliveryAction: string;
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly compAuth: string;
}

export interface MessagesFound {
  /** The newest first. */
  readonly messages: readonly MessageInShort[];
  /** All there are, those beyond the limit too. */
  readonly count: number;
}

const MOST = 500;

/** A condition, and the values that it needs. */
interface Condition {
  readonly where: string;
  readonly values: Readonly<Record<string, Asked>>;
}

/**
 * The messages of a sender, or all that failed DMARC since a time: the newest, and how many there are in all.
 *
 * @throws MailhuntError KQL… as the store does; the signal's reason
 * @example await messagesOf({ sender: 'bank.example', onlyFailing: true, limit: 20 }, means)
 */
export async function messagesOf(wanted: MessagesWanted, means: EvidenceMeans): Promise<MessagesFound> {
  const conditions = conditionsOf(wanted, means.now);
  const from = `EmailEvents | where ${conditions.map(({ where }) => where).join(' and ')}`;
  const limit = Math.max(0, Math.min(wanted.limit ?? MOST, MOST));
  const [counted, rows = []] = await ask(
    `${from} | summarize Messages = count_distinct(NetworkMessageId);
    ${from}
    | summarize At = min(Timestamp), Sender = take_any(SenderFromAddress), Domain = take_any(SenderFromDomain), Subject = take_any(Subject),
        Direction = take_any(EmailDirection), Recipients = count_distinct(tolower(RecipientEmailAddress)), Action = take_any(DeliveryAction),
        IsDelivered = max(DeliveryAction == "Delivered"), Details = take_any(AuthenticationDetails) by NetworkMessageId
    | order by At desc, NetworkMessageId asc
    | take ${limit}
    | extend AuthenticationDetails = Details
    | extend Spf = ${SPF}, Dkim = ${DKIM}, Dmarc = ${DMARC}, CompAuth = ${COMPAUTH}`,
    Object.assign({}, ...conditions.map(({ values }) => values)),
    means,
  );
  return { messages: rows.map(inShort), count: counted?.[0]?.number('Messages') ?? 0 };
}

function conditionsOf(
  { sender, since, until, onlyFailing, internetMessageId }: MessagesWanted,
  now: bigint,
): readonly Condition[] {
  const conditions: Condition[] = [{ where: 'Timestamp <= newest', values: { newest: now } }];
  if (since !== undefined) conditions.push({ where: 'Timestamp >= since', values: { since } });
  if (until !== undefined) conditions.push({ where: 'Timestamp < until', values: { until } });
  if (sender !== undefined) conditions.push(ofSender(sender.trim()));
  if (onlyFailing === true) conditions.push({ where: `${DMARC} == "fail"`, values: {} });
  if (internetMessageId !== undefined) {
    conditions.push({
      where: 'InternetMessageId in (messageIds)',
      values: { messageIds: messageIdForms(internetMessageId) },
    });
  }
  return conditions;
}

function ofSender(sender: string): Condition {
  if (sender.includes('@') && !sender.startsWith('@'))
    return { where: 'SenderFromAddress =~ sender', values: { sender } };
  const domain = sender.replace(/^@/, '');
  return {
    where: '(SenderFromDomain =~ domain or SenderFromDomain endswith subdomains)',
    values: { domain, subdomains: `.${domain}` },
  };
}

const inShort = (row: Row): MessageInShort => ({
  networkMessageId: row.text('NetworkMessageId'),
  at: row.text('At'),
  senderFromAddress: row.text('Sender'),
  senderFromDomain: row.text('Domain'),
  subject: row.text('Subject'),
  direction: row.text('Direction'),
  recipients: row.number('Recipients') ?? 0,
  deliveryAction: row.flag('IsDelivered') === true ? 'Delivered' : row.text('Action'),
  spf: row.text('Spf'),
  dkim: row.text('Dkim'),
  dmarc: row.text('Dmarc'),
  compAuth: row.text('CompAuth'),
});
