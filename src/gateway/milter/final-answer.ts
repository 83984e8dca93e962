import type { Reply } from '../../policy/index.ts';
import type { Gate, Offered, Ruling } from '../gate.ts';
import { untilAborted } from '../until-aborted.ts';
import { modifications } from './modifications.ts';
import { packet } from './packet.ts';
import { replyLetters } from './protocol.ts';
import { isRefusal, isSuccess, ownReplies, replyPacket, taken } from './reply.ts';

/** What is said to a message at its end. */
export interface Answer {
  /** For the MTA; the last one decides. */
  readonly packets: readonly Buffer[];
  /** What its client will be told. */
  readonly told: Reply;
  /** Where the gate could not be asked, or its word not be written down. */
  readonly failure?: string;
}

/** How the gate is asked. */
export interface Asking {
  readonly rule: Gate['rule'];
  /** Milliseconds after which the client is asked to come again. */
  readonly ruling: number;
  /** Milliseconds between two signs of life. */
  readonly progress: number;
  readonly sendProgress: () => void;
}

/** A refusal in these words. */
export const refusal = (told: Reply, failure?: string): Answer => ({
  packets: [replyPacket(told)],
  told,
  ...(failure === undefined ? {} : { failure }),
});

/**
 * Asks the gate, lets the MTA know meanwhile that it works, and writes the answer down before it is given. Whatever fails
 * on the way is a 451: the client has the message still, and brings it again.
 *
 * @param gone aborts when the MTA does not wait any more; the answer is then of no use
 */
export async function finalAnswer(offered: Offered, asking: Asking, gone: AbortSignal): Promise<Answer> {
  const tooLong = new AbortController();
  const stopped = AbortSignal.any([gone, tooLong.signal]);
  const end = setTimeout(() => tooLong.abort(new Error(`no ruling within ${asking.ruling} ms`)), asking.ruling);
  const progress = setInterval(asking.sendProgress, asking.progress);
  try {
    const ruling = await untilAborted(asking.rule(offered, stopped), stopped);
    const answer = answerOf(ruling);
    await untilAborted(ruling.record(answer.told), stopped);
    return answer;
  } catch (error) {
    return refusal(ownReplies.failed, String(error));
  } finally {
    clearTimeout(end);
    clearInterval(progress);
  }
}

/** What a ruling means for the MTA: go on with the edits, refuse in these words, or take the message and drop it. */
export function answerOf({ course, reply, edits }: Ruling): Answer {
  if (course === 'handOn') return { packets: [...modifications(edits), packet(replyLetters.accept)], told: taken };
  if (reply !== undefined && isRefusal(reply)) return refusal(reply);
  // What is dropped must have been taken: a reply of no sense loses no mail.
  if (reply === undefined || !isSuccess(reply)) throw new Error(`the gate answers with ${reply?.code ?? 'nothing'}`);
  return { packets: [packet(replyLetters.discard)], told: reply };
}
