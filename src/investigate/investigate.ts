import {
  acquaintanceOf,
  anyHouse,
  type Evidence,
  type EvidenceMeans,
  evidenceOf,
  evidenceOfMessage,
  type GivenMessage,
  type House,
  type MessageInShort,
  messagesOf,
  sceneOf,
} from '../evidence/index.ts';
import { unixMsFromTicks } from '../values/index.ts';
import type { Investigation, Overview } from './investigation.ts';
import { letterOf } from './letter/letter-of.ts';
import { overviewOf } from './overview.ts';
import { nextStepsOf } from './steps/playbook.ts';
import { situationOf } from './steps/situation.ts';
import { timelineOf } from './timeline.ts';
import { verdictOf } from './verdict/verdict-of.ts';
import type { Weight } from './verdict/weights.ts';
import { whyOf } from './why.ts';

/** What is to be investigated: one message, by its id or as it is; or all of a sender, or of a time. */
export type Asked =
  | { readonly id: string }
  | { readonly eml: GivenMessage }
  | {
      /** An address, or a domain with those below it. */
      readonly sender?: string;
      /** Datetime ticks. */
      readonly since?: bigint;
      /** Messages that are looked at, the newest first. @default 20 */
      readonly limit?: number;
      /** Those whose DMARC passed as well. Of a sender all are looked at anyway. @default false */
      readonly withPassing?: boolean;
    };

/** With what an investigation is made. */
export interface InvestigationMeans extends EvidenceMeans {
  /** What the receiver says of itself. @default nothing */
  readonly house?: House;
  /** Instead of the documented table, see `weightsWith`. */
  readonly weights?: readonly Weight[];
  /** Told what is being done, in words. */
  readonly progress?: (words: string) => void;
}

/** Messages of an overview that are looked at, where nothing else is said. */
export const USUAL_LIMIT = 20;

/**
 * Follows one message to its end, or gives an overview of many: why authentication failed, what became of it, what it is,
 * and what to do.
 *
 * @throws MailhuntError EVID0001 where there is no such message; KQL… as the store does; the signal's reason
 * @example (await investigate({ id: 'c12b42e7-328c-4840-a6f7-7cf1ac8a8220' }, { store, now, signal })).verdict.word
 */
export async function investigate(
  asked: { readonly id: string } | { readonly eml: GivenMessage },
  means: InvestigationMeans,
): Promise<Investigation>;
export async function investigate(asked: Asked, means: InvestigationMeans): Promise<Investigation | Overview>;
export async function investigate(asked: Asked, means: InvestigationMeans): Promise<Investigation | Overview> {
  if ('id' in asked) return investigationOf(await evidenceOf(asked.id, means), means);
  if ('eml' in asked) return investigationOf(await evidenceOfMessage(asked.eml, means), means);
  const { sender, since, limit = USUAL_LIMIT, withPassing = sender !== undefined } = asked;
  means.progress?.('looking for messages');
  const wanted = {
    limit,
    onlyFailing: !withPassing,
    ...(sender === undefined ? {} : { sender }),
    ...(since === undefined ? {} : { since }),
  };
  const { messages, count } = await messagesOf(wanted, means);
  const found: Investigation[] = [];
  for (const [i, message] of messages.entries()) {
    means.signal.throwIfAborted();
    means.progress?.(`${i + 1} of ${messages.length}: ${shortOf(message)}`);
    found.push(await investigationOf(await evidenceOf(message.networkMessageId, means), means));
  }
  return overviewOf(found, { asOf: asOfOf(means), count, ...(sender === undefined ? {} : { sender }) });
}

const shortOf = ({ senderFromAddress, subject }: MessageInShort): string => `${senderFromAddress} ${subject}`;

const asOfOf = ({ now }: InvestigationMeans): string => new Date(unixMsFromTicks(now)).toISOString();

/** Judges evidence that is at hand; what the store knows of others around the message is looked up where it is not yet there. */
async function investigationOf(found: Evidence, means: InvestigationMeans): Promise<Investigation> {
  const { house = anyHouse, weights } = means;
  const acquaintance = found.acquaintance ?? (await acquaintanceOf(sceneOf(found, house), means));
  const evidence: Evidence = { ...found, acquaintance };
  const verdict = verdictOf(evidence, { house, ...(weights === undefined ? {} : { weights }) });
  const letter = letterOf(evidence, verdict.word, house);
  return {
    asOf: asOfOf(means),
    evidence,
    verdict,
    why: whyOf(evidence, house),
    timeline: timelineOf(evidence),
    nextSteps: nextStepsOf(situationOf(evidence, verdict, { house, letter, now: unixMsFromTicks(means.now) })),
    letter,
  };
}
