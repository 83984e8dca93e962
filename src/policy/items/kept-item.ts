import { bodyTextOf, claimsOf, contentOf, readMessage } from '../../mail/index.ts';
import type { MailItem } from '../mail-item.ts';
import { headersOfMessage, OWN_STAMP } from './message-headers.ts';

/**
 * A stored message with all that its bytes tell, which tables do not hold: every header field and the body. What the checks
 * said stays as it was stored; DNS is not asked again.
 *
 * @param bytes the message as it was kept
 */
export function keptItem(item: MailItem, bytes: Buffer): MailItem {
  const message = readMessage(bytes);
  const { authors, to, cc, subject } = claimsOf(message);
  let body: string | undefined;
  return {
    ...item,
    authors: authors.mailboxes.map(({ address, domain }) => ({ address, domain })),
    to: to.map(({ address }) => address),
    cc: cc.map(({ address }) => address),
    subject: subject ?? '',
    size: bytes.length,
    headers: headersOfMessage(message, () => item.headers(OWN_STAMP)),
    body: () => {
      body ??= bodyTextOf(contentOf(message), { both: true });
      return body;
    },
    ifAnswered: item.ifAnswered && keptItem(item.ifAnswered, bytes),
  };
}
