import type { JudgedMessage } from '../../src/ingest/index.ts';
import { type Case, receive } from '../../src/lab/index.ts';
import { claimsOf, contentOf, readMessage } from '../../src/mail/index.ts';
import { judgedItem, type MailItem } from '../../src/policy/index.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

/** The letters of a case that a gate has to answer, each as a policy sees it, with the answer that the case's file states. */
export async function labItems(one: Case): Promise<readonly { readonly item: MailItem; readonly smtp: string }[]> {
  const { acceptedDomains, trustedSealers } = one;
  const { letters } = await receive(one, { seed: 1, now: NOW });
  return letters
    .filter(({ isHistory }) => !isHistory)
    .map((letter) => {
      const message = readMessage(letter.bytes);
      const claims = claimsOf(message);
      const judged = {
        message,
        claims,
        authors: claims.authors,
        content: contentOf(message),
        transaction: letter.transaction,
        networkMessageId: letter.networkMessageId,
        at: letter.at,
        atKnown: 'received',
        hops: [],
        direction: 'Inbound',
        delivery: { action: 'Delivered', location: 'Inbox/folder', known: 'derived' },
        recipients: letter.transaction.recipients.map((address) => ({ address })),
        verdict:
          letter.authentication === undefined
            ? { source: 'none', words: {} }
            : { source: 'verified', words: letter.authentication.words, authentication: letter.authentication },
      } as unknown as JudgedMessage;
      return { item: judgedItem(judged, { acceptedDomains, trustedSealers }), smtp: letter.claimed.smtp };
    });
}
