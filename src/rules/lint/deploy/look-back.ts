import type { Finding, Lint, Subject } from '../lint.ts';
import { clockFilters, inWords, timeFilters } from './time-filter.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rulesPage = 'https://learn.microsoft.com/defender-xdr/custom-detection-rules#rule-frequency';
const sentinelPage = 'https://learn.microsoft.com/azure/sentinel/scheduled-rules-overview#query-scheduling';

/** How far back the data of a Defender rule goes, by how often it runs. */
const lookBacks: ReadonlyMap<number, number> = new Map([
  [DAY, 30 * DAY],
  [12 * HOUR, 2 * DAY],
  [3 * HOUR, 12 * HOUR],
  [HOUR, 4 * HOUR],
]);

/** Other frequencies look four times as far back, those of a day and more 30 days. */
const lookBackOf = (frequency: number): number =>
  lookBacks.get(frequency) ?? (frequency < DAY ? 4 * frequency : 30 * DAY);

/** How far back the rule is given data; undefined where its file does not say. */
function windowOf({ rule, target }: Subject): number | undefined {
  const { frequency, period } = rule.schedule ?? {};
  if (rule.kind !== 'scheduled') return undefined;
  if (target === 'sentinel' || period !== undefined) return period;
  return frequency === undefined ? undefined : lookBackOf(frequency);
}

/** A filter reaches further back than data is given. */
function* beyond(
  subject: Subject,
  message: (filter: string, back: string, window: string) => string,
): Iterable<Finding> {
  const window = windowOf(subject);
  if (window === undefined || subject.reading === undefined) return;
  for (const { span, text, back } of timeFilters(subject.reading))
    if (back > window) yield { span, message: message(text, inWords(back), inWords(window)) };
}

/** All lower bounds of a rule are nearer than its last run, so that events between two runs are never looked at. */
function* gaps({ rule, reading }: Subject): Iterable<Finding> {
  const frequency = rule.schedule?.frequency;
  if (rule.kind !== 'scheduled' || frequency === undefined || reading === undefined) return;
  const filters = [...timeFilters(reading), ...timeFilters(reading, { arrival: true })];
  const [furthest] = filters.toSorted((a, b) => b.back - a.back);
  if (furthest === undefined || furthest.back >= frequency) return;
  const message =
    `The rule runs every ${inWords(frequency)} and \`${furthest.text}\` keeps the last ${inWords(furthest.back)}: ` +
    'what happens in the rest of the time between two runs is never seen.';
  yield { span: furthest.span, message };
}

const hourly = { schedule: { frequency: HOUR } };

export const lookBackLints: readonly Lint[] = [
  {
    id: 'MH320',
    name: 'beyond-look-back',
    group: 'deploy',
    severity: 'warning',
    summary: 'A time filter goes further back than the data that Defender gives a rule of this frequency.',
    why:
      'A custom detection sees 4 hours of data when it runs every hour, 12 hours every 3 hours, 48 hours every 12 hours ' +
      'and 30 days every 24 hours, by the time of the event. A baseline of 30 days in an hourly rule is cut without a ' +
      'word, and everything looks new. Run the rule less often, or compare with a list that is kept elsewhere.',
    source: rulesPage,
    targets: ['defender'],
    examples: [
      {
        wrong: 'EmailEvents\n| where Timestamp > ago(30d)\n| summarize count() by SenderFromAddress',
        right: 'EmailEvents\n| where Timestamp > ago(4h)\n| summarize count() by SenderFromAddress',
        kind: 'scheduled',
        rule: hourly,
      },
    ],
    check: (subject) =>
      beyond(
        subject,
        (filter, back, window) =>
          `\`${filter}\` asks for ${back}, but a rule of this frequency is given ${window}: the rest is not there.`,
      ),
  },
  {
    id: 'MH321',
    name: 'unseen-between-runs',
    group: 'deploy',
    severity: 'warning',
    summary: 'The time filter is shorter than the time between two runs, so that events fall through.',
    why: 'Each run looks at less than what happened since the last one. Filter at least as far back as the rule runs apart, better a little further for events that arrive late.',
    source: rulesPage,
    targets: ['defender', 'sentinel'],
    examples: [
      {
        wrong: 'EmailEvents\n| where Timestamp > ago(15m)\n| where DeliveryAction == "Delivered"',
        right: 'EmailEvents\n| where Timestamp > ago(1h)\n| where DeliveryAction == "Delivered"',
        kind: 'scheduled',
        rule: hourly,
      },
    ],
    check: gaps,
  },
  {
    id: 'MH322',
    name: 'nrt-time-filter',
    group: 'deploy',
    severity: 'warning',
    summary: 'A rule that runs continuously filters by the time of the event.',
    why: 'NRT rules go by when an event arrives, and each event is looked at once. A filter on the time of the event drops those that arrive late, and does nothing else. Leave it out.',
    source: 'https://learn.microsoft.com/azure/sentinel/near-real-time-rules',
    targets: ['defender', 'sentinel'],
    examples: [
      {
        wrong: 'EmailEvents\n| where Timestamp > ago(1h)\n| where EmailDirection == "Inbound"',
        right: 'EmailEvents\n| where EmailDirection == "Inbound"',
        kind: 'nrt',
      },
    ],
    *check({ rule, reading }) {
      if (rule.kind !== 'nrt' || reading === undefined) return;
      for (const { span } of clockFilters(reading))
        yield {
          span,
          message:
            'A continuous rule is given each event once, when it arrives: this filter only drops those that arrive late.',
        };
    },
  },
  {
    id: 'MH323',
    name: 'beyond-query-period',
    group: 'deploy',
    severity: 'warning',
    summary: 'A time filter goes further back than the `queryPeriod` of the Sentinel rule.',
    why: 'Sentinel gives the query the data of its `queryPeriod` and no more. A filter that asks for more gets that silently: baselines are too short, and what is first seen in the period counts as new. Raise `queryPeriod` (14 days at most).',
    source: sentinelPage,
    targets: ['sentinel'],
    examples: [
      {
        wrong: 'EmailEvents\n| where TimeGenerated > ago(14d)\n| summarize count() by SenderFromAddress',
        right: 'EmailEvents\n| where TimeGenerated > ago(1d)\n| summarize count() by SenderFromAddress',
        target: 'sentinel',
        kind: 'scheduled',
        rule: { schedule: { frequency: DAY, period: DAY } },
      },
    ],
    check: (subject) =>
      beyond(
        subject,
        (filter, back, window) =>
          `\`${filter}\` asks for ${back}, but queryPeriod gives the query ${window}: the rest is not there.`,
      ),
  },
];
