import type { Investigation, MessageOverview, Overview, SenderOverview } from './investigation.ts';
import { accuses, allWords } from './verdict/words.ts';

const risks = ['none', 'low', 'medium', 'high', 'critical'] as const;

/** Several investigations, the gravest first, and what they come to by verdict and by sender. */
export function overviewOf(
  found: readonly Investigation[],
  about: { readonly asOf: string; readonly count: number; readonly sender?: string },
): Overview {
  const messages = found.map(inShort).sort(byGravity);
  return {
    ...about,
    messages,
    verdicts: allWords
      .map((word) => ({ word, messages: messages.filter((one) => one.word === word).length }))
      .filter((one) => one.messages > 0),
    senders: sendersOf(messages),
  };
}

const byGravity = (one: MessageOverview, other: MessageOverview): number =>
  risks.indexOf(other.risk) - risks.indexOf(one.risk) || Date.parse(other.at) - Date.parse(one.at);

function inShort({ evidence, verdict, why }: Investigation): MessageOverview {
  const { message, clicks } = evidence;
  return {
    networkMessageId: message.networkMessageId,
    at: message.at,
    senderFromAddress: message.senderFromAddress,
    senderIp: message.senderIp,
    subject: message.subject,
    recipients: message.recipients.length,
    delivered: message.recipients.filter(({ deliveryAction }) => /^delivered/i.test(deliveryAction)).length,
    clicks: clicks.length,
    word: verdict.word,
    confidence: verdict.confidence,
    risk: verdict.risk.level,
    why: why[0] ?? '',
  };
}

/** A noisy platform, an odd single message, a forger who comes back: the group tells. */
function sendersOf(messages: readonly MessageOverview[]): readonly SenderOverview[] {
  const groups = new Map<string, MessageOverview[]>();
  for (const one of messages) {
    const sender = one.senderFromAddress.toLowerCase();
    groups.set(sender, [...(groups.get(sender) ?? []), one]);
  }
  const senders = [...groups].map(([sender, group]) => {
    const times = group.map(({ at }) => at).sort();
    return {
      sender,
      messages: group.length,
      recipients: group.reduce((sum, { recipients }) => sum + recipients, 0),
      sources: new Set(group.map(({ senderIp }) => senderIp)).size,
      first: times[0]!,
      last: times.at(-1)!,
      words: [...new Set(group.map(({ word }) => word))],
    };
  });
  return senders.sort((one, other) => other.messages - one.messages);
}

/** Whether something bad is among what was found. */
export const isBad = (found: Investigation | Overview): boolean =>
  'verdict' in found ? accuses(found.verdict.word) : found.messages.some(({ word }) => accuses(word));
