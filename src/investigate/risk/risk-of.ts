import type { Evidence, Signal } from '../../evidence/index.ts';
import type { Risk, VerdictWord } from '../investigation.ts';
import { accuses } from '../verdict/words.ts';

/** What risk is made of. */
export interface RiskFacts {
  readonly evidence: Evidence;
  readonly isBad: boolean;
  readonly signals: ReadonlySet<string>;
}

/** A row of the table of risks. */
export interface RiskRow {
  readonly name: string;
  readonly points: number;
  /** One sentence for the documentation. */
  readonly about: string;
  readonly see: (facts: RiskFacts) => string | undefined;
}

const isDelivered = ({ evidence: { message } }: RiskFacts): boolean =>
  message.recipients.some(({ deliveryAction }) => /^delivered/i.test(deliveryAction));

/** In a mailbox now, as far as it is known. */
const isThereStill = ({ evidence: { message } }: RiskFacts): boolean =>
  message.recipients.some(({ latestDeliveryLocation: now, deliveryLocation: then }) => /inbox/i.test(now || then));

const clickedThrough = ({ evidence }: RiskFacts) =>
  evidence.clicks.filter(
    ({ isClickedThrough, actionType }) => isClickedThrough || /^(?:click)?allowed/i.test(actionType),
  );

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const MANY = 10;
/** Somebody who got the message and one of its kin is one of them. */
const peopleOf = ({ people, recipients }: Evidence['campaign'], message: Evidence['message']): number =>
  people ?? Math.max(recipients, message.recipients.length);

/**
 * The table of risks. Only a message that deceives is a risk by itself; what clicks and answers add counts for it alone, and
 * trouble afterwards for every message.
 */
export const riskTable: readonly RiskRow[] = [
  {
    name: 'deceives',
    points: 2,
    about: 'The verdict is spoof or impersonation.',
    see: ({ isBad }) => (isBad ? 'The message deceives.' : undefined),
  },
  {
    name: 'delivered',
    points: 2,
    about: 'It deceives and was delivered to an inbox.',
    see: (facts) => (facts.isBad && isDelivered(facts) ? 'It was delivered.' : undefined),
  },
  {
    name: 'still-there',
    points: 1,
    about: 'It deceives and is in an inbox still.',
    see: (facts) => (facts.isBad && isDelivered(facts) && isThereStill(facts) ? 'It is in an inbox still.' : undefined),
  },
  {
    name: 'clicked',
    points: 2,
    about: 'It deceives and somebody clicked.',
    see: ({ isBad, evidence }) =>
      isBad && evidence.clicks.length > 0
        ? `${plural(evidence.clicks.length, 'click', 'clicks')} on its links.`
        : undefined,
  },
  {
    name: 'clicked-through',
    points: 2,
    about: 'It deceives and somebody reached the page.',
    see: (facts) => {
      const through = facts.isBad ? clickedThrough(facts) : [];
      return through.length > 0 ? `${through[0]!.account || 'Somebody'} reached the page.` : undefined;
    },
  },
  {
    name: 'answered',
    points: 2,
    about: 'It deceives and somebody answered to the sender.',
    see: ({ isBad, evidence }) => {
      const reply = isBad ? evidence.replies.find(({ reachesSender }) => reachesSender) : undefined;
      return reply && `${reply.from} answered the sender.`;
    },
  },
  {
    name: 'passed-on',
    points: 1,
    about: 'It deceives and somebody passed it on.',
    see: ({ isBad, evidence }) =>
      isBad && evidence.replies.some(({ kind }) => kind === 'forward') ? 'Somebody passed it on.' : undefined,
  },
  {
    name: 'trouble-afterwards',
    points: 3,
    about: 'An alert, an odd sign-in or the like of a recipient followed.',
    see: ({ evidence }) => {
      const first = evidence.aftermath.find(({ isSuspicious, kind }) => isSuspicious && kind !== 'post-delivery');
      return first && `Afterwards ${first.account || 'somebody'}: ${first.words}.`;
    },
  },
  {
    name: 'malicious-file',
    points: 2,
    about: 'The receiver found something in an attached file.',
    see: ({ signals }) => (signals.has('file-is-malicious') ? 'An attached file is malicious.' : undefined),
  },
  {
    name: 'about-money',
    points: 1,
    about: 'It deceives and speaks of payments or bank details.',
    see: ({ isBad, signals }) =>
      isBad && ['words-payment', 'words-invoice-change', 'words-gift-card'].some((name) => signals.has(name))
        ? 'It speaks of money.'
        : undefined,
  },
  {
    name: 'many-recipients',
    points: 1,
    about: 'It deceives, and with its kin it went to ten and more people.',
    see: ({ isBad, evidence: { campaign, message } }) =>
      isBad && peopleOf(campaign, message) >= MANY
        ? `With its kin it went to ${peopleOf(campaign, message)} people.`
        : undefined,
  },
  {
    name: 'weak-signals-together',
    points: 2,
    about: 'DMARC failed, the source is unknown, it was delivered and clicked, whatever the verdict is.',
    see: (facts) =>
      facts.signals.has('dmarc-fail') &&
      ['source-never-seen', 'domain-never-seen', 'first-contact', 'carrier-never-seen'].some((name) =>
        facts.signals.has(name),
      ) &&
      isDelivered(facts) &&
      facts.evidence.clicks.length > 0
        ? 'DMARC failed, the source is unknown, it was delivered and somebody clicked.'
        : undefined,
  },
];

/** From so many points on. */
export const riskLevels: readonly (readonly [level: Risk['level'], points: number])[] = [
  ['critical', 8],
  ['high', 5],
  ['medium', 3],
  ['low', 1],
  ['none', 0],
];

/**
 * How much a message matters now, apart from what it is.
 *
 * @example riskOf(evidence, 'spoof', signalsOf(evidence)).level // 'high'
 */
export function riskOf(evidence: Evidence, word: VerdictWord, signals: readonly Pick<Signal, 'name'>[]): Risk {
  const facts = { evidence, isBad: accuses(word), signals: new Set(signals.map(({ name }) => name)) };
  const found = riskTable.flatMap(({ points, see }) => {
    const words = see(facts);
    return words === undefined ? [] : [{ points, words }];
  });
  const points = found.reduce((sum, one) => sum + one.points, 0);
  const level = riskLevels.find(([, from]) => points >= from)![0];
  return { level, points, reasons: found.sort((one, other) => other.points - one.points).map(({ words }) => words) };
}
