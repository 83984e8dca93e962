import { peeked, withoutByteOrderMark } from '../bytes.ts';
import { wholeMessage } from './archive.ts';
import { foreignMail } from './foreign.ts';
import type { Found } from './found-message.ts';
import { KIND_HEAD, mailKindOf } from './kind.ts';
import { mboxMessages } from './mbox.ts';
import { reasonAgainst } from './reason-against.ts';

/** The bytes of a message, or why there is not one message. */
export type Sole = { readonly bytes: Buffer } | { readonly reason: string };

/**
 * The one message that a file holds: an .eml, or an mbox of one. Never the first of several, which could be taken for all.
 *
 * @param chunks as `fileChunks` gives them
 * @example await soleMessage('inbox.mbox', fileChunks('inbox.mbox')) // { reason: 'it holds several messages: …' }
 */
export async function soleMessage(file: string, source: AsyncGenerator<Buffer>): Promise<Sole> {
  const { head, chunks } = await peeked(source, KIND_HEAD);
  const foreign = foreignMail(head, file);
  if (foreign !== undefined) return { reason: `it is ${foreign.what}, which is not read. ${foreign.advice}` };
  const kind = mailKindOf(head, file);
  if (kind === 'tar' || kind === 'zip') return { reason: `it is a ${kind}: mailhunt ingest takes what is in it` };
  const mail = withoutByteOrderMark(chunks);
  const [first, second] =
    kind === 'mbox' ? await firstTwo(mboxMessages(mail, { file })) : [await wholeMessage(file, mail), undefined];
  if (second !== undefined) return { reason: 'it holds several messages: mailhunt ingest takes them' };
  if (first === undefined) return { reason: 'it is empty' };
  const reason = 'reason' in first ? first.reason : reasonAgainst(first);
  return reason === undefined ? { bytes: first.bytes } : { reason };
}

async function firstTwo(found: AsyncIterable<Found>): Promise<readonly Found[]> {
  const list: Found[] = [];
  for await (const one of found) if (list.push(one) === 2) break;
  return list;
}
