import type { Fields } from '../../document-fields.ts';
import { milliseconds } from '../../read/durations.ts';
import { severities } from '../../rule.ts';
import type { Finding, Lint } from '../lint.ts';
import { isAnalyticsRule, quoted, sentinelLint, sentinelTests } from './document.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const scheduled = (lines: string) => `name: Own domain fails DMARC
kind: Scheduled
severity: Medium
${lines}query: |
  EmailEvents
  | where parse_json(AuthenticationDetails).DMARC == "fail"
`;
const trigger = 'triggerOperator: gt\ntriggerThreshold: 0\n';
const every = (frequency: string, period: string) => `queryFrequency: ${frequency}\nqueryPeriod: ${period}\n`;

const kind = sentinelLint(
  {
    id: 'MH407',
    name: 'kind',
    severity: 'error',
    summary: 'The kind of the rule is missing or none that there is.',
    why: 'An analytics rule is `Scheduled` or `NRT`, in these letters. Without a kind the repository’s tools do not know which fields it needs. A hunt has no kind.',
    source: sentinelTests,
    examples: [
      {
        wrong: scheduled(every('1h', '1h') + trigger).replace('kind: Scheduled\n', ''),
        right: scheduled(every('1h', '1h') + trigger),
      },
      {
        wrong: scheduled(every('1h', '1h') + trigger).replace('Scheduled', 'scheduled'),
        right: scheduled(every('1h', '1h') + trigger),
      },
    ],
  },
  function* (document, { rule }): Iterable<Finding> {
    const { kind: word } = document;
    if (word === undefined) {
      if (isAnalyticsRule(rule))
        yield { field: ['name'], message: 'The rule has a schedule or a severity and no kind: Scheduled or NRT.' };
    } else if (word !== 'Scheduled' && word !== 'NRT' && word !== 'Hunting')
      yield { field: ['kind'], message: `There is no kind ${quoted(word)}: analytics rules are Scheduled or NRT.` };
  },
);

const severity = sentinelLint(
  {
    id: 'MH408',
    name: 'severity',
    severity: 'error',
    summary: 'The severity is missing or none that there is.',
    why: 'Sentinel takes `Informational`, `Low`, `Medium` and `High`, in these letters, and an analytics rule must have one: queues of incidents are sorted by it.',
    source: sentinelTests,
    examples: [
      {
        wrong: scheduled(every('1h', '1h') + trigger).replace('Medium', 'medium'),
        right: scheduled(every('1h', '1h') + trigger),
      },
      {
        wrong: scheduled(every('1h', '1h') + trigger).replace('severity: Medium\n', ''),
        right: scheduled(every('1h', '1h') + trigger).replace('Medium', 'High'),
      },
    ],
  },
  function* ({ severity: word }, { rule }): Iterable<Finding> {
    if (word === undefined) {
      if (isAnalyticsRule(rule))
        yield { field: ['name'], message: `The rule has no severity: ${severities.join(', ')}.` };
    } else if (!(severities as readonly unknown[]).includes(word))
      yield { field: ['severity'], message: `There is no severity ${quoted(word)}: ${severities.join(', ')}.` };
  },
);

/** What a field holds as a duration; a number is none. */
const duration = (value: unknown): number | undefined =>
  typeof value === 'string' ? milliseconds(value.trim()) : undefined;

const scheduleForm = sentinelLint(
  {
    id: 'MH409',
    name: 'schedule-form',
    severity: 'error',
    summary: 'Frequency or period of a scheduled rule is missing, of no known form, or outside 5 minutes to 14 days.',
    why: 'Both are a number with `m`, `h` or `d`, from `5m` to `14d`.',
    source: sentinelTests,
    examples: [
      { wrong: scheduled(every('1 hour', '1h') + trigger), right: scheduled(every('1h', '1h') + trigger) },
      { wrong: scheduled(every('1m', '1h') + trigger), right: scheduled(every('5m', '1h') + trigger) },
      { wrong: scheduled(every('1d', '30d') + trigger), right: scheduled(every('1d', '14d') + trigger) },
      { wrong: scheduled(`queryFrequency: 1h\n${trigger}`), right: scheduled(every('1h', '2h') + trigger) },
    ],
  },
  function* (document, { rule }): Iterable<Finding> {
    if (rule.kind !== 'scheduled') return;
    for (const name of ['queryFrequency', 'queryPeriod']) {
      const value = document[name];
      const length = duration(value);
      if (value === undefined) yield { field: ['kind'], message: `A scheduled rule needs ${name}, such as 1h.` };
      else if (length === undefined)
        yield { field: [name], message: `${name} is ${quoted(value)}, which is no duration such as 5m, 1h or 1d.` };
      else if (length < 5 * MINUTE || length > 14 * DAY)
        yield { field: [name], message: `${name} is ${quoted(value)}; Sentinel takes 5m to 14d.` };
    }
  },
);

const scheduleRelation = sentinelLint(
  {
    id: 'MH410',
    name: 'schedule-relation',
    severity: 'error',
    summary: 'The period is shorter than the frequency, or the rule looks far back too often.',
    why: 'A rule that looks back less than it waits never sees what came in between: the period must be at least the frequency. Sentinel refuses a period of two days or more that runs more often than hourly.',
    source: sentinelTests,
    examples: [
      { wrong: scheduled(every('1d', '1h') + trigger), right: scheduled(every('1h', '1h') + trigger) },
      { wrong: scheduled(every('30m', '2d') + trigger), right: scheduled(every('1h', '2d') + trigger) },
    ],
  },
  function* ({ queryFrequency, queryPeriod }): Iterable<Finding> {
    const [frequency, period] = [duration(queryFrequency), duration(queryPeriod)];
    if (frequency === undefined || period === undefined) return;
    const [often, far] = [quoted(queryFrequency), quoted(queryPeriod)];
    const field = ['queryPeriod'];
    if (period < frequency)
      yield {
        field,
        message: `The rule runs every ${often} and looks back ${far}: what comes in between is never looked at.`,
      };
    else if (period >= 2 * DAY && frequency < HOUR)
      yield { field, message: `A rule that looks back ${far} may run hourly at most; this one runs every ${often}.` };
  },
);

const operators = ['gt', 'lt', 'eq', 'ne', 'GreaterThan', 'LessThan', 'Equal', 'NotEqual'];

const triggerForm = sentinelLint(
  {
    id: 'MH411',
    name: 'trigger',
    severity: 'error',
    summary: 'The trigger of a scheduled rule is missing or none that there is.',
    why: '`triggerOperator` is `gt`, `lt`, `eq` or `ne`, `triggerThreshold` a whole number from 0 to 10,000: together they say at how many rows there is an alert. `gt` and `0` means at the first.',
    source: sentinelTests,
    examples: [
      {
        wrong: scheduled(`${every('1h', '1h')}triggerOperator: ">"\ntriggerThreshold: 0\n`),
        right: scheduled(every('1h', '1h') + trigger),
      },
      {
        wrong: scheduled(`${every('1h', '1h')}triggerOperator: gt\ntriggerThreshold: -1\n`),
        right: scheduled(every('1h', '1h') + trigger),
      },
      { wrong: scheduled(`${every('1h', '1h')}triggerOperator: gt\n`), right: scheduled(every('1h', '1h') + trigger) },
    ],
  },
  function* ({ triggerOperator, triggerThreshold }, { rule }): Iterable<Finding> {
    if (rule.kind !== 'scheduled') return;
    if (triggerOperator === undefined)
      yield { field: ['kind'], message: 'A scheduled rule needs a triggerOperator: gt, lt, eq or ne.' };
    else if (!operators.includes(String(triggerOperator)))
      yield {
        field: ['triggerOperator'],
        message: `There is no triggerOperator ${quoted(triggerOperator)}: gt, lt, eq, ne.`,
      };
    if (triggerThreshold === undefined)
      yield { field: ['kind'], message: 'A scheduled rule needs a triggerThreshold, 0 to 10000.' };
    else if (!isThreshold(triggerThreshold))
      yield {
        field: ['triggerThreshold'],
        message: `The triggerThreshold ${quoted(triggerThreshold)} is no whole number from 0 to 10000.`,
      };
  },
);

const isThreshold = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000;

const scheduleFields = ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'];

const nrtSchedule = sentinelLint(
  {
    id: 'MH412',
    name: 'nrt-with-schedule',
    severity: 'error',
    summary: 'An NRT rule has fields of a schedule.',
    why: 'An NRT rule runs each minute over what came in during the last: it has no frequency, period or trigger, and a file with them is refused. Take them out, or make it `kind: Scheduled`.',
    source: sentinelTests,
    examples: [
      {
        wrong: scheduled(every('1h', '1h')).replace('Scheduled', 'NRT'),
        right: scheduled('').replace('Scheduled', 'NRT'),
      },
    ],
  },
  function* (document: Fields, { rule }): Iterable<Finding> {
    if (rule.kind !== 'nrt') return;
    for (const name of scheduleFields.filter((field) => document[field] !== undefined))
      yield { field: [name], message: `An NRT rule has no ${name}: it runs each minute over what came in.` };
  },
);

export const scheduleLints: readonly Lint[] = [
  kind,
  severity,
  scheduleForm,
  scheduleRelation,
  triggerForm,
  nrtSchedule,
];
