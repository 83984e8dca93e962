import { MailhuntError } from '../errors/index.ts';
import { type JudgedMessage, type JudgeOptions, judge, messageRows } from '../ingest/index.ts';
import { bodyTextOf, bodyToShow, type Resolver, readMessage } from '../mail/index.ts';
import { aftermathOf } from './aftermath/aftermath.ts';
import { involvedIn } from './aftermath/involved.ts';
import { DAY, earlierOf, moved, ticksOfIso } from './ask/moment.ts';
import { campaignOf } from './campaign/campaign.ts';
import { clicksOf } from './clicks.ts';
import type { Evidence } from './evidence.ts';
import { messageFactsOf } from './facts/message-facts-of.ts';
import { givenRows, storedRows } from './facts/message-rows.ts';
import { type Coverage, coverageOf } from './gaps/coverage.ts';
import { gapsOf } from './gaps/gaps.ts';
import { senderHistoryOf } from './history/sender-history.ts';
import { languageOf } from './language/language-of.ts';
import type { EvidenceMeans } from './means.ts';
import type { MessageFacts } from './message-facts.ts';
import { repliesOf } from './replies.ts';
import { stampOf } from './stamp/stamp.ts';

/** A message that is given, and not looked up: judged already, or its bytes with what it is to be judged by. */
export type GivenMessage =
  | {
      readonly judged: JudgedMessage;
      /** The same judged by a check now, where `judged` is by a receiver's stamp. */
      readonly own?: JudgedMessage;
    }
  | { readonly bytes: Buffer; readonly place: string; readonly judge: JudgeOptions; readonly resolver: Resolver };

/** How long after a message clicks, answers and what came after are looked for. */
const LOOK_AHEAD = 30 * DAY;

/**
 * All that the store says about one of its messages: what it is, who sent such before, who else got it, who clicked and
 * answered, what came after, and what could not be looked at. Three rounds of queries, those of a round at once.
 *
 * @param networkMessageId as `EmailEvents` has it, in either case
 * @throws MailhuntError EVID0001 where `EmailEvents` has no such message; KQL… as the store does; the signal's reason
 * @example (await evidenceOf('c12b42e7-328c-4840-a6f7-7cf1ac8a8220', { store, now, signal })).clicks
 */
export async function evidenceOf(networkMessageId: string, means: EvidenceMeans): Promise<Evidence> {
  const [rows, coverage, kept] = await Promise.all([
    storedRows(networkMessageId, means),
    coverageOf(means),
    means.keptMessage?.(networkMessageId),
  ]);
  const message = messageFactsOf(rows, kept !== undefined);
  if (message === undefined) throw new MailhuntError('EVID0001', { id: networkMessageId.slice(0, 200) });
  return evidenceAround({ message, kept, coverage, isStored: true }, means);
}

/**
 * The same for a message that is given. Where the store has it already, what the store says of its delivery counts, for the
 * file alone does not know; else its own rows are made as ingest makes them.
 *
 * @example await evidenceOfMessage({ bytes, place: 'mail.eml', judge: { ...defaultJudgeOptions, now }, resolver }, means)
 */
export async function evidenceOfMessage(given: GivenMessage, means: EvidenceMeans): Promise<Evidence> {
  const judged = 'judged' in given ? given.judged : await judge({ ...given, position: 0 }, given.judge, given.resolver);
  const [own, stored, coverage] = await Promise.all([
    ownCheck(given, judged),
    storedRows(judged.networkMessageId, means),
    coverageOf(means),
  ]);
  const ofStore = messageFactsOf(stored, true);
  const message = besideOwn(ofStore ?? madeOf(judged), judged, own);
  return evidenceAround({ message, kept: judged.message.bytes, coverage, isStored: ofStore !== undefined }, means);
}

function madeOf(judged: JudgedMessage): MessageFacts {
  const facts = messageFactsOf(givenRows(messageRows(judged, { withHeaderForm: true })), true);
  if (facts === undefined) throw new MailhuntError('EVID0001', { id: judged.networkMessageId });
  return facts;
}

/** A check of our own beside the stamp that the message was judged by. */
async function ownCheck(given: GivenMessage, { verdict }: JudgedMessage): Promise<JudgedMessage | undefined> {
  if ('judged' in given) return given.own;
  return verdict.source === 'received' && given.judge.verdicts === 'auto'
    ? judge({ ...given, position: 0 }, { ...given.judge, verdicts: 'verify' }, given.resolver)
    : undefined;
}

/** The facts of a message with what a check of our own says of the stamp that they rest on; overruled, the check's. */
function besideOwn(message: MessageFacts, judged: JudgedMessage, own: JudgedMessage | undefined): MessageFacts {
  const isOfStamp = message.checks.some(({ verdictSource }) => verdictSource === 'received');
  const stamp = own === undefined || !isOfStamp ? undefined : stampOf(judged, own);
  if (own === undefined || stamp === undefined) return message;
  if (!stamp.isOverruled) return { ...message, stamp };
  const { words, checks } = madeOf(own);
  return { ...message, words, checks, stamp };
}

/** A message whose surroundings are looked up. */
interface Known {
  readonly message: MessageFacts;
  readonly kept: Buffer | undefined;
  readonly coverage: Coverage;
  readonly isStored: boolean;
}

async function evidenceAround({ message, kept, coverage, isStored }: Known, means: EvidenceMeans): Promise<Evidence> {
  const start = ticksOfIso(message.at) ?? means.now;
  const end = earlierOf(moved(start, means.lookAhead ?? LOOK_AHEAD), means.now);
  const [history, campaign, clicks, replies] = await Promise.all([
    senderHistoryOf(message, coverage.of('EmailEvents').first, means),
    campaignOf(message, means),
    clicksOf(message, { isStored, end }, means),
    repliesOf(message, end, means),
  ]);
  const people = involvedIn(message, { clicks, replies, hasClicks: coverage.of('UrlClickEvents').rows > 0 });
  return {
    message,
    history,
    campaign,
    clicks,
    aftermath: await aftermathOf({ message, people, start, end, coverage, means }),
    language: languageOf({ subject: message.subject, displayName: message.senderDisplayName, body: bodyOf(kept) }),
    replies,
    gaps: gapsOf({ message, coverage, isStored }),
  };
}

/** As much of the texts as a reader is shown: files beside them are not decoded. */
function bodyOf(kept: Buffer | undefined): string {
  if (kept === undefined) return '';
  const { text = '', html = '' } = bodyToShow(readMessage(kept));
  return bodyTextOf({ text, html }, { both: true });
}
