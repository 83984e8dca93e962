import { ask } from './ask/ask.ts';
import { ticksOfIso } from './ask/moment.ts';
import type { Row } from './ask/row.ts';
import { withoutPrefixes } from './campaign/reply-prefixes.ts';
import { needlesOf, type Skeleton, skeletonOf } from './campaign/subject-skeleton.ts';
import type { Reply } from './evidence.ts';
import type { EvidenceMeans } from './means.ts';
import type { MessageFacts } from './message-facts.ts';
import { bare, messageIdForms } from './text/message-id.ts';

const MOST = 200;

/** Messages that recipients sent afterwards and that name the message, or whose subject has its words; and copies of it that went out. */
const replyQuery = (needles: readonly string[]): string => `
let answering = EmailHeaders
| where Timestamp between (at .. end) and (isnotempty(InReplyTo) or isnotempty(References))
| project NetworkMessageId, InReplyTo, References;
EmailEvents
| where Timestamp between (at .. end) and EmailDirection != "Inbound" and NetworkMessageId != id
| where SenderFromAddress in~ (people)
| join kind=leftouter answering on NetworkMessageId
| where (isnotempty(messageId) and (InReplyTo contains_cs messageId or References contains_cs messageId))${
  needles.length === 0 ? '' : ` or (${needles.map((_, i) => `Subject contains needle${i}`).join(' and ')})`
}
| summarize Timestamp = min(Timestamp), Sender = take_any(SenderFromAddress), Subject = take_any(Subject),
    To = make_set(RecipientEmailAddress, 100), InReplyTo = take_any(InReplyTo), References = take_any(References)
    by NetworkMessageId
| order by Timestamp asc
| take 5000;
EmailEvents
| where Timestamp between (at .. end)
| where (NetworkMessageId == id and isnotempty(ForwardingInformation))
    or (isnotempty(messageId) and InternetMessageId in (messageIds) and NetworkMessageId != id
      and (EmailDirection == "Outbound" or isnotempty(ForwardingInformation)))
| summarize Timestamp = min(Timestamp), To = make_set(RecipientEmailAddress, 100) by NetworkMessageId
| take ${MOST}`;

/**
 * Traces of answers to a message and of its being passed on, the first first, at most 200: mail of its recipients that
 * names it in In-Reply-To or References; mail without such headers whose subject has the same skeleton behind a prefix
 * (`AW:`, `Fwd:`); copies that a mailbox rule sent on.
 *
 * @param end datetime ticks: until when
 */
export async function repliesOf(message: MessageFacts, end: bigint, means: EvidenceMeans): Promise<readonly Reply[]> {
  const people = message.recipients.map(({ address }) => address).filter(Boolean);
  const skeleton = skeletonOf(message.subject, people);
  const needles = needlesOf(skeleton);
  const messageId = bare(message.internetMessageId);
  const [sent = [], copied = []] = await ask(
    replyQuery(needles),
    {
      at: ticksOfIso(message.at) ?? means.now,
      end,
      id: message.networkMessageId,
      people,
      messageId,
      messageIds: messageIdForms(message.internetMessageId),
      ...Object.fromEntries(needles.map((needle, i) => [`needle${i}`, needle])),
    },
    means,
  );
  const asked = addressesForAnswers(message);
  const replies = sent.flatMap((row) => replyOf(row, { messageId, skeleton, people, asked }) ?? []);
  return [...replies, ...copied.map((row) => automaticForward(row))]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(0, MOST);
}

interface Answered {
  readonly messageId: string;
  readonly skeleton: Skeleton;
  readonly people: readonly string[];
  /** Lower case: where answers go. */
  readonly asked: ReadonlySet<string>;
}

function replyOf(row: Row, { messageId, skeleton, people, asked }: Answered): Reply | undefined {
  const to = row.texts('To');
  const { prefixes } = withoutPrefixes(row.text('Subject'));
  const reachesSender = to.some((address) => asked.has(address.toLowerCase()));
  const isNamed =
    messageId !== '' &&
    [row.text('InReplyTo'), row.text('References')].some((text) => namesIn(text).includes(messageId));
  const isNamingNothing = row.text('InReplyTo') === '' && row.text('References') === '';
  const isAlike =
    isNamingNothing && prefixes.length > 0 && skeletonOf(row.text('Subject'), people).text === skeleton.text;
  // A subject alone says that it is an answer where it goes to the sender, or is passed on.
  if (!isNamed && !(isAlike && (reachesSender || prefixes[0] === 'forward'))) return undefined;
  return {
    at: row.text('Timestamp'),
    kind: prefixes[0] ?? (reachesSender ? 'reply' : 'forward'),
    networkMessageId: row.text('NetworkMessageId'),
    from: row.text('Sender'),
    to,
    reachesSender,
  };
}

const automaticForward = (row: Row): Reply => ({
  at: row.text('Timestamp'),
  kind: 'forward',
  networkMessageId: row.text('NetworkMessageId'),
  from: '',
  to: row.texts('To'),
  reachesSender: false,
  isAutomatic: true,
});

const namesIn = (text: string): readonly string[] => text.split(/[\s,]+/).map(bare);

/** Where answers go: the address in From, and those of Reply-To. */
const addressesForAnswers = ({
  senderFromAddress,
  senderMailFromAddress,
  headers,
}: MessageFacts): ReadonlySet<string> =>
  new Set(
    [senderFromAddress, senderMailFromAddress, ...(headers?.replyTo.split(',') ?? [])]
      .map((address) => address.trim().toLowerCase())
      .filter(Boolean),
  );
