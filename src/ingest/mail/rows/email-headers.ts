import { fieldNamed, fieldText } from '../../../mail/index.ts';
import { bodyShapeOf } from '../body-shape.ts';
import type { JudgedMessage } from '../judged-message.ts';
import { domainOf } from './email-events.ts';
import { dynamic, rowTable, ticks } from './row-table.ts';

/** Names of header fields that a row holds at most. */
const NAMES = 200;

/** Characters of one field that a row holds. */
const LENGTH = 2000;

const addresses = (mailboxes: readonly { address: string }[]): string =>
  mailboxes.map(({ address }) => address).join(', ');

/** The topmost field of a name as text. */
const field =
  (name: string) =>
  ({ message }: JudgedMessage): string =>
    fieldText(fieldNamed(message, name)?.value ?? '').slice(0, LENGTH);

/** A message, and which of its rows there was no room for. */
export interface ListedMessage extends JudgedMessage {
  readonly leftOut: readonly string[];
}

/** EmailHeaders: what a message claims and Defender has no column for; a row for each message. */
export const emailHeaders = rowTable<ListedMessage>('EmailHeaders', {
  Timestamp: ({ at }) => ticks(at),
  NetworkMessageId: ({ networkMessageId }) => networkMessageId,
  InternetMessageId: ({ claims }) => claims.messageId ?? '',
  Date: ({ claims }) => ticks(claims.date),
  From: field('from'),
  FromDomains: ({ authors }) => dynamic(authors.domains),
  Sender: ({ claims }) => claims.sender?.address ?? '',
  ReplyTo: ({ claims }) => addresses(claims.replyTo),
  ReplyToDomain: ({ claims }) => (claims.replyTo[0] === undefined ? '' : domainOf(claims.replyTo[0].address)),
  ReturnPath: ({ claims }) => claims.returnPath ?? '',
  InReplyTo: field('in-reply-to'),
  References: field('references'),
  ListId: ({ claims }) => claims.listId ?? '',
  ListUnsubscribe: ({ claims }) => claims.listUnsubscribe ?? '',
  ListPost: field('list-post'),
  Precedence: field('precedence'),
  AutoSubmitted: field('auto-submitted'),
  UserAgent: (judged) => field('user-agent')(judged) || field('x-mailer')(judged),
  OriginatingIP: field('x-originating-ip'),
  HopCount: ({ hops }) => hops.length,
  Hops: ({ hops }) => dynamic(hops),
  HeaderNames: ({ message }) =>
    message.fields
      .slice(0, NAMES)
      .map(({ name }) => name)
      .join(' '),
  Problems: ({ message, authors, content, leftOut }) =>
    dynamic([...message.defects, ...authors.problems, ...content.defects, ...leftOut]),
  ContentHash: ({ contentHash }) => contentHash,
  BodyShape: ({ content }) => bodyShapeOf(content) ?? null,
  SourceFile: ({ place }) => place,
});
