import { readAddressList } from './address-list.ts';
import { disguiseLimit } from './disguised-from.ts';
import type { AuthorProblem, Authors } from './mailbox.ts';
import { fieldsNamed, isCutOff, type RawMessage } from './raw-message.ts';

/** Mailboxes that are read from all From fields of a message. */
export const authorLimit = 100;

/**
 * Who the message says wrote it: every mailbox of every From field, and each domain among them once. The domains are what
 * DMARC judges. RFC 9989 leaves messages with several open; a verdict on the first alone would let an attacker choose
 * which, so all are named, and a From that breaks the grammar is read as a mail client would read it. What only some
 * mail programs show as a From counts as one more.
 *
 * @example authorsOf(message).domains // ['example.com']
 */
export function authorsOf(message: RawMessage): Authors {
  const fields = fieldsNamed(message, 'from');
  const values = [...fields.map(({ value }) => value), ...message.disguisedFrom];
  const lists = values.map((value) => readAddressList(value, authorLimit));
  const all = lists.flatMap((list) => list.mailboxes);
  const mailboxes = all.slice(0, authorLimit);
  const domains = [...new Set(mailboxes.map(({ domain }) => domain))].filter((domain) => domain !== '');
  const found: Readonly<Record<AuthorProblem, boolean>> = {
    'no From field': fields.length === 0,
    'several From fields': values.length > 1,
    'several domains in From': domains.length > 1,
    'no address in From': values.length > 0 && mailboxes.length === 0,
    'malformed From': lists.some((list) => list.malformed) || mailboxes.some(({ domain }) => domain === ''),
    // Behind as many disguises as are looked at there may be another one.
    'too many mailboxes in From':
      all.length > authorLimit || lists.some((list) => list.more) || message.disguisedFrom.length >= disguiseLimit,
    'header cut off': isCutOff(message),
  };
  const problems = (Object.keys(found) as AuthorProblem[]).filter((problem) => found[problem]);
  return { mailboxes, domains, problems };
}
