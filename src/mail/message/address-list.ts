import { readConforming, type WrittenMailbox } from './address-grammar.ts';
import { mailboxesIn, mailboxOf } from './address-harvest.ts';
import { toAsciiDomain } from './domain-name.ts';
import { decodedText, decodedWords } from './encoded-words.ts';
import type { Mailbox } from './mailbox.ts';
import { unfolded } from './raw-message.ts';

/** What a field of addresses holds. */
export interface AddressList {
  readonly mailboxes: readonly Mailbox[];
  /** True where the field does not follow RFC 5322 section 3.4, so that readers may differ about it. */
  readonly malformed: boolean;
  /** True where mailboxes beyond the limit were left out. */
  readonly more: boolean;
}

/**
 * Reads the value of From, To, Cc, Sender or Reply-To. The grammar of RFC 5322 section 3.4 comes first, with its obsolete
 * forms, comments, groups and RFC 6532's UTF-8. What does not follow it is searched for whatever a mail client would show
 * as an address. Takes time linear in the value and never throws.
 *
 * @param value as in {@link HeaderField}: folded, one character a byte
 * @param limit mailboxes; those beyond are left out and `more` is set
 * @example readAddressList(' Team ,_<no-reply@example.com>', 10)
 * // { mailboxes: [{ name: 'Team ,_', address: 'no-reply@example.com', domain: 'example.com' }], malformed: true, more: false }
 */
export function readAddressList(value: string, limit: number): AddressList {
  const list = listIn(decodedText(unfolded(value)), limit);
  const hidden = list.mailboxes.flatMap(({ address }) => hiddenIn(address, limit));
  return hidden.length === 0 ? list : listOf([...list.mailboxes, ...hidden], true, limit, list.more);
}

function listIn(text: string, limit: number): AddressList {
  const parts = readConforming(text, limit + 1);
  const written = listOf(parts?.map(mailboxOf) ?? [], parts === undefined, limit);
  if (parts !== undefined && isPlain(parts, text)) return written;
  const found = mailboxesIn(text, limit + 1);
  // Some senders encode the address along with the name; some clients show it all the same.
  const read = found.length > 0 || !text.includes('=?') ? found : mailboxesIn(decodedWords(text), limit + 1);
  return read.length > 0 ? listOf(read, true, limit) : { ...written, malformed: true };
}

/**
 * The addresses in an encoded local part: `=?utf-8?q?ceo=40example.com?=@example.net` is an address of example.net, and some
 * clients decode it and show the other (RFC 2047 section 5 allows no encoded word there).
 */
function hiddenIn(address: string, limit: number): readonly Mailbox[] {
  const local = address.slice(0, address.lastIndexOf('@'));
  return local.includes('=?') ? mailboxesIn(decodedWords(local.replaceAll('"', '')), limit) : [];
}

/**
 * Whether what follows the grammar says all that a client would show. The grammar lets through domains that DNS has no name
 * for (`a@%example.com`), and addresses in comments.
 */
const isPlain = (parts: readonly WrittenMailbox[], text: string): boolean =>
  parts.every(({ domain }) => domain.startsWith('[') || toAsciiDomain(domain) !== undefined) &&
  (parts.length > 0 || !text.includes('@'));

const listOf = (mailboxes: readonly Mailbox[], malformed: boolean, limit: number, more = false): AddressList => ({
  mailboxes: mailboxes.slice(0, limit),
  malformed,
  more: more || mailboxes.length > limit,
});

/**
 * The mailboxes of {@link readAddressList} alone.
 *
 * @example parseAddressList('"Doe, Jane" <jane@example.com>, bob@example.net', 10).length // 2
 */
export const parseAddressList = (value: string, limit: number): readonly Mailbox[] =>
  readAddressList(value, limit).mailboxes;
