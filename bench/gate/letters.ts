import { kinds, newSigner, signedLetter } from '../signed-letter.ts';
import type { TextRecords } from './name-server.ts';

/** A message ready for DATA, its end included. */
export interface Letter {
  readonly from: string;
  readonly data: Buffer;
}

const SENDERS = 10;

/** So many messages, no two alike, of some senders in turn; and what DNS says of these. */
export function lettersOf(count: number): { readonly letters: readonly Letter[]; readonly records: TextRecords } {
  const senders = Array.from({ length: SENDERS }, (_, at) => newSigner(`sender${at}.example`));
  const letters = Array.from({ length: count }, (_, n) => {
    const sender = senders[n % SENDERS]!;
    // No line of it begins with a dot.
    return {
      from: `news@${sender.domain}`,
      data: Buffer.concat([signedLetter(n, kinds.html, sender), Buffer.from('.\r\n')]),
    };
  });
  return { letters, records: senders.flatMap(({ records }) => records) };
}
