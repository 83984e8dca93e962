import type { Evidence } from '../../evidence/index.ts';
import type { Investigation, VerdictWord } from '../investigation.ts';
import { peopleText, spanWords } from '../timeline.ts';

/** Rows of a table that a report shows; the others are counted. */
const MOST = 200;

/** A part of a report, the same in every form: a heading, and facts, sentences or a table. All texts may be hostile. */
export type Section =
  | {
      readonly title: string;
      readonly kind: 'facts';
      readonly facts: readonly (readonly [name: string, value: string])[];
    }
  | { readonly title: string; readonly kind: 'sentences'; readonly sentences: readonly string[] }
  | {
      readonly title: string;
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Rows that are not shown. */
      readonly more: number;
    };

type TableSection = Extract<Section, { kind: 'table' }>;

/** Verdicts as a person reads them. */
export const wordTitles: Readonly<Record<VerdictWord, string>> = {
  spoof: 'Spoof',
  impersonation: 'Impersonation',
  'misconfigured-sender': 'Misconfigured sender',
  'third-party-platform': 'Third-party platform',
  'forwarder-or-list': 'Forwarder or list',
  'temporary-failure': 'Temporary failure',
  legitimate: 'Legitimate',
};

/** `82 %` */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** An ISO time as reports show it, in UTC. */
export const timeText = (iso: string): string => iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}).*$/, '$1 $2');

/** What a signal counted: `+2`, `−1.3`, `does not count`. */
export const pointsText = (points: number): string =>
  points === 0 ? '0' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`;

/** The message in facts. */
export function factsOf({ evidence, asOf }: Investigation): Extract<Section, { kind: 'facts' }> {
  const { message } = evidence;
  const { words, headers } = message;
  const word = (name: string, value: string): string => (value === '' ? '' : `${name} ${value}`);
  const results = [
    word('SPF', words.spf),
    word('DKIM', words.dkim),
    word('DMARC', words.dmarc),
    word('composite', words.compAuth),
    word('reason', words.reason),
  ];
  const name = message.senderDisplayName;
  const facts: readonly (readonly [string, string])[] = [
    ['From', name === '' ? message.senderFromAddress : `${name} <${message.senderFromAddress}>`],
    ['Envelope', message.senderMailFromAddress || '<>'],
    ['Answers to', headers?.replyTo ?? ''],
    ['Client', message.senderIp],
    ['Received', `${timeText(message.at)} UTC`],
    ['Recipients', recipientsText(message.recipients.map(({ address }) => address))],
    ['Authentication', results.filter(Boolean).join(', ')],
    ['Domain first seen', firstSeen(evidence)],
    ['Message-ID', message.internetMessageId],
    ['NetworkMessageId', message.networkMessageId],
    ['Investigated', `${timeText(asOf)} UTC`],
  ];
  return { title: 'The message', kind: 'facts', facts: facts.filter(([, value]) => value !== '') };
}

/** What is of this campaign makes nobody known, and is told apart from what came before. */
function firstSeen({ history: { domain }, campaign, message }: Evidence): string {
  if (domain.first === undefined) return 'with this message';
  const at = Date.parse(message.at);
  const kin = campaign.members.filter(
    (one) => Date.parse(one.at) < at && one.senderFromAddress.toLowerCase().endsWith(`@${message.senderFromDomain}`),
  ).length;
  const isOne = domain.messages === 1;
  const earlier = `${domain.messages} earlier ${isOne ? 'message' : 'messages'}`;
  const share = kin < domain.messages ? `${kin} of them ` : isOne ? '' : 'all ';
  return `${timeText(domain.first)} UTC, ${earlier}${kin === 0 ? '' : `, ${share}of this campaign`}`;
}

const recipientsText = (addresses: readonly string[]): string =>
  addresses.length <= 3 ? addresses.join(', ') : `${addresses.slice(0, 3).join(', ')} and ${addresses.length - 3} more`;

/** What speaks for and against the verdict. */
export const reasonsOf = ({ verdict }: Investigation): TableSection =>
  table(
    'What speaks for and against it',
    ['Points', 'What was seen', 'Signal'],
    verdict.reasons.map(({ points, words, signal, isForgeable }) => [
      pointsText(points),
      words,
      isForgeable && points !== 0 ? `${signal} (the sender could have written it)` : signal,
    ]),
  );

/** The sections that follow the verdict and its reasons. Empty ones are left out. */
export function storyOf(investigation: Investigation): readonly Section[] {
  const { evidence, timeline } = investigation;
  const { message, clicks, campaign, replies, gaps } = evidence;
  const sections: readonly Section[] = [
    table(
      'What happened',
      ['Time (UTC)', 'What', ''],
      timeline.map(({ at, kind, words }) => [timeText(at), words, kind]),
    ),
    table(
      'Clicks',
      ['Time (UTC)', 'Account', 'What happened', 'After delivery', 'Link'],
      clicks.map((one) => [
        timeText(one.at),
        one.account,
        `${one.actionType}${one.isClickedThrough ? ', went on' : ''}`,
        one.secondsAfterDelivery === undefined ? '' : spanWords(one.secondsAfterDelivery),
        one.url,
      ]),
    ),
    table(
      'Answers and forwards',
      ['Time (UTC)', 'Who', 'To', 'What'],
      replies.map((one) => [
        timeText(one.at),
        one.from,
        recipientsText(one.to),
        one.reachesSender ? `${one.kind}, reaches the sender` : one.kind,
      ]),
    ),
    table(
      'Who got it',
      ['Recipient', 'At delivery', 'Now'],
      message.recipients.map((one) => {
        const [then, now] = [
          placeText(one.deliveryAction, one.deliveryLocation),
          placeText(one.latestDeliveryAction, one.latestDeliveryLocation),
        ];
        const isAssumed = one.deliveryKnown === 'derived';
        return [one.address, isAssumed ? `${then} (assumed)` : then, now === then ? 'unchanged' : now];
      }),
    ),
    table(
      `The campaign: ${campaign.count} more, to ${peopleText(campaign.recipients)}`,
      ['Time (UTC)', 'Sender', 'Subject', 'Recipients', 'Delivery', 'Kin by'],
      campaign.members.map((one) => [
        timeText(one.at),
        one.senderFromAddress,
        one.subject,
        String(one.recipients),
        one.deliveryAction,
        one.kinships.join(', '),
      ]),
    ),
    table(
      'Links',
      ['Link', 'Where'],
      message.urls.map(({ url, location }) => [url, location]),
    ),
    table(
      'Files',
      ['Name', 'SHA-256', 'Found in it'],
      message.attachments.map(({ fileName, sha256, threatTypes }) => [fileName, sha256, threatTypes]),
    ),
    table(
      'Words of impersonation',
      ['Theme', 'Where', 'Words'],
      evidence.language.map(({ theme, where, words, language }) => [`${theme} (${language})`, where, words]),
    ),
    { title: 'What could not be looked at', kind: 'sentences', sentences: gaps.map(({ words }) => words) },
  ];
  return sections.filter((one) =>
    one.kind === 'table' ? one.rows.length > 0 : one.kind === 'sentences' && one.sentences.length > 0,
  );
}

/** `Delivered, Inbox/folder` */
const placeText = (...parts: readonly string[]): string => parts.filter(Boolean).join(', ');

const table = (title: string, columns: readonly string[], rows: readonly (readonly string[])[]): TableSection => ({
  title,
  kind: 'table',
  columns,
  rows: rows.slice(0, MOST),
  more: Math.max(0, rows.length - MOST),
});

/** All of a report but its head and what is to be done. */
export const reportSections = (investigation: Investigation) => ({
  facts: factsOf(investigation),
  reasons: reasonsOf(investigation),
  story: storyOf(investigation),
});
