import { messageFactsOf } from '../../src/evidence/facts/message-facts-of.ts';
import { storedRows } from '../../src/evidence/facts/message-rows.ts';
import type { EvidenceMeans, MessageFacts } from '../../src/evidence/index.ts';
import { ID, meansOf, type Told } from './told-store.ts';

/** The message that a story is about, and means to ask about it. */
export async function toldMessage(told: Told): Promise<{ message: MessageFacts; means: EvidenceMeans }> {
  const means = await meansOf(told);
  const message = messageFactsOf(await storedRows(ID, means), false);
  if (message === undefined) throw new Error('the story tells nothing of the message');
  return { message, means };
}
