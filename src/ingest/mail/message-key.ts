import { createHash } from 'node:crypto';
import { bodyHash, canonicalField, type RawMessage, type Transaction } from '../../mail/index.ts';

/** What an author writes and signs; what receivers add on the way is left out, so that two copies have one key. */
const authored = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'list-id',
  'list-unsubscribe',
  'dkim-signature',
]);

/**
 * SHA-256 (hex) of what the author of a message controls: the fields that are usually signed, and the body, both in
 * relaxed canonical form (RFC 6376 section 3.4). Not the Message-ID alone: one that is used again must hide nothing.
 */
export function contentHashOf(message: RawMessage): string {
  const hash = createHash('sha256');
  for (const field of message.fields)
    if (authored.has(field.name)) hash.update(canonicalField(field, 'relaxed'), 'latin1');
  for (const value of message.disguisedFrom) hash.update(`${JSON.stringify(value)}\n`);
  return hash.update(bodyHash(message, 'relaxed', 'sha256').hash).digest('hex');
}

/**
 * A NetworkMessageId made here: the same content over the same client and envelope is the same delivery, however often
 * it is read; a replay from elsewhere or at another time is another, so that it cannot take the place of the first. In the form of a UUID of version 8 (RFC 9562 section 5.8).
 *
 * @param contentHash {@link contentHashOf}; at a gate that of all bytes, so that each of two messages that it gets at once is kept
 * @param envelope recipients, where each transaction is a delivery of its own: at a gate, which answers for all of them. Out of
 * mailboxes the copies of one message have one name, whoever got them.
 */
export function networkMessageIdOf(
  contentHash: string,
  transaction: Transaction,
  envelope: readonly string[] = [],
): string {
  const { ip = '', mailFrom = '', known, receivedAt } = transaction;
  // Copies share the time at which the border took the message; the topmost hop of an unknown path is each copy's own.
  const isSure = known === 'trusted' || known === 'given';
  const time = isSure && receivedAt !== undefined ? `\n${receivedAt}` : '';
  const to = envelope.length === 0 ? '' : `\n${JSON.stringify(envelope.map((one) => one.toLowerCase()).sort())}`;
  const hex = createHash('sha256').update(`${contentHash}\n${ip}\n${mailFrom.toLowerCase()}${time}${to}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
