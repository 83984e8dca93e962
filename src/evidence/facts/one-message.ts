import { type JudgedMessage, messageRows } from '../../ingest/index.ts';
import type { EvidenceMeans } from '../means.ts';
import type { MessageFacts } from '../message-facts.ts';
import { messageFactsOf } from './message-facts-of.ts';
import { givenRows, storedRows } from './message-rows.ts';

/**
 * What the store says of one message, without its history, kin and clicks: enough to show it. Undefined where there is
 * none.
 *
 * @param isKept whether the message itself is there, told without reading it
 * @example await messageFacts(networkMessageId, means, async () => false)
 */
export async function messageFacts(
  networkMessageId: string,
  means: EvidenceMeans,
  isKept: (networkMessageId: string) => Promise<boolean>,
): Promise<MessageFacts | undefined> {
  const [rows, kept] = await Promise.all([storedRows(networkMessageId, means), isKept(networkMessageId)]);
  return messageFactsOf(rows, kept);
}

/** The same of a message that was judged and is in no store; the message itself is there. */
export function givenMessageFacts(judged: JudgedMessage): MessageFacts {
  // A message to nobody has no row a recipient, and can be looked at all the same.
  const someone = judged.recipients.length > 0 ? judged : { ...judged, recipients: [{ address: '' }] };
  const facts = messageFactsOf(givenRows(messageRows(someone, { withHeaderForm: false })), true);
  if (!facts) throw new Error('a judged message has rows');
  return { ...facts, recipients: facts.recipients.filter(({ address }) => address !== '') };
}
