import { readAddressList } from './address-list.ts';
import { authorsOf } from './authors.ts';
import { parseMailDate } from './date.ts';
import { isSameOrBelow, toAsciiDomain } from './domain-name.ts';
import { fieldText } from './encoded-words.ts';
import type { Authors, Mailbox } from './mailbox.ts';
import { fieldNamed, fieldsNamed, type RawMessage } from './raw-message.ts';

/** Mailboxes of To, Cc and Reply-To that are read: more than anybody gets rows for. */
const mailboxLimit = 1000;
const TEXT_LENGTH = 2000;

/** What a message says of itself. All of it is the sender's choice: hostile text, decoded for reading. */
export interface Claims {
  readonly authors: Authors;
  readonly sender?: Mailbox;
  readonly replyTo: readonly Mailbox[];
  /** The address of the topmost Return-Path; empty for the null sender. */
  readonly returnPath?: string;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject?: string;
  /** The Date field, milliseconds since 1970; undefined where it is missing or none. */
  readonly date?: number;
  /** Without angle brackets. */
  readonly messageId?: string;
  /** List-Id and List-Unsubscribe as they are. */
  readonly listId?: string;
  readonly listUnsubscribe?: string;
  readonly tricks: readonly NameTrick[];
}

/** A display name that shows an address or domain other than the real one. */
export interface NameTrick {
  readonly mailbox: Mailbox;
  /** What the name shows: lower case, A-labels. */
  readonly shownDomain: string;
}

/**
 * What a message claims, for a person to read.
 *
 * @example claimsOf(message).tricks // [{ mailbox: { name: 'ceo@contoso.com', … }, shownDomain: 'contoso.com' }]
 */
export function claimsOf(message: RawMessage): Claims {
  const authors = authorsOf(message);
  const sender = mailboxesOf(message, 'sender')[0];
  const date = fieldNamed(message, 'date');
  const at = date === undefined ? undefined : parseMailDate(date.value);
  return {
    authors,
    ...(sender === undefined ? {} : { sender }),
    replyTo: mailboxesOf(message, 'reply-to'),
    ...text(message, 'returnPath', 'return-path', withoutBrackets),
    to: mailboxesOf(message, 'to'),
    cc: mailboxesOf(message, 'cc'),
    ...text(message, 'subject', 'subject'),
    ...(at === undefined ? {} : { date: at }),
    ...text(message, 'messageId', 'message-id', withoutBrackets),
    ...text(message, 'listId', 'list-id'),
    ...text(message, 'listUnsubscribe', 'list-unsubscribe'),
    tricks: authors.mailboxes.flatMap(trickOf),
  };
}

const mailboxesOf = (message: RawMessage, name: string): readonly Mailbox[] =>
  fieldsNamed(message, name)
    .flatMap(({ value }) => readAddressList(value, mailboxLimit).mailboxes)
    .slice(0, mailboxLimit);

function text<K extends keyof Claims>(
  message: RawMessage,
  key: K,
  name: string,
  shape: (value: string) => string = (value) => value,
): { [key in K]?: string } {
  const field = fieldNamed(message, name);
  if (field === undefined) return {};
  return { [key]: shape(fieldText(field.value).slice(0, TEXT_LENGTH)) } as { [key in K]?: string };
}

const withoutBrackets = (value: string): string => /<([^<>]*)>/.exec(value)?.[1]?.trim() ?? value;

/** In compatibility form, so that a full-width `＠` counts. */
const SHOWN_ADDRESS = /@([^\s@<>()",;:'\]]+)/g;

function trickOf(mailbox: Mailbox): readonly NameTrick[] {
  const shown = [...mailbox.name.slice(0, TEXT_LENGTH).normalize('NFKC').matchAll(SHOWN_ADDRESS)].flatMap(
    ([, domain = '']) => toAsciiDomain(domain) ?? [],
  );
  const other = shown.find((domain) => domain.includes('.') && !related(domain, mailbox.domain));
  return other === undefined ? [] : [{ mailbox, shownDomain: other }];
}

const related = (one: string, other: string): boolean => isSameOrBelow(one, other) || isSameOrBelow(other, one);
