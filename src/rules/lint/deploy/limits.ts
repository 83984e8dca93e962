import type { Finding, Lint, Subject } from '../lint.ts';
import { alertTexts } from './custom-detection.ts';
import { placeholders } from './needed-columns.ts';
import { keywordOf, pipelineOf } from './pipeline.ts';

/** The columns that the texts of one alert may name. */
const DYNAMIC_COLUMNS = 3;

/** The characters of a query that Sentinel takes. */
const SENTINEL_CHARACTERS = 10_000;

const alertPage = 'https://learn.microsoft.com/defender-xdr/custom-detection-rules';

function* dynamicColumns({ rule }: Subject): Iterable<Finding> {
  const texts = alertTexts(rule);
  const names = [...new Set(texts.flatMap(({ text }) => placeholders(text)))];
  const last = texts.findLast(({ text }) => placeholders(text).length > 0);
  if (names.length <= DYNAMIC_COLUMNS || last === undefined) return;
  const message = `Title and description name ${names.length} columns (${names.join(', ')}); Defender takes ${DYNAMIC_COLUMNS} in both together.`;
  yield { field: last.field, message };
}

function* length({ rule }: Subject): Iterable<Finding> {
  if (rule.kind === 'hunting' || rule.query.length <= SENTINEL_CHARACTERS) return;
  yield {
    message: `The query has ${rule.query.length} characters, and Sentinel takes ${SENTINEL_CHARACTERS}: keep lists in watchlists, and parts in functions.`,
  };
}

/** Operators behind which not every row is there any more. */
const choosing =
  /^(?:where|filter|summarize|distinct|join|lookup|top|take|limit|sample|union|evaluate|invoke|mv-apply|parse-where|search|make-series|scan|reduce|count|partition|top-nested|top-hitters|sample-distinct|find)$/;

function* everyRow({ rule, reading }: Subject): Iterable<Finding> {
  if (rule.kind === 'hunting' || reading === undefined) return;
  const pipeline = pipelineOf(reading);
  if (pipeline?.source.symbol?.kind !== 'Table') return;
  if (pipeline.operators.some((operator) => choosing.test(keywordOf(operator)))) return;
  const message = `Every row of ${pipeline.source.text} gives an alert: nothing in the query chooses. Defender stops at 150 alerts a run.`;
  yield { span: pipeline.source.span, message };
}

const arbitrary = /^(?:take|limit|sample|sample-distinct)$/;

function* arbitraryRows({ rule, reading }: Subject): Iterable<Finding> {
  if (rule.kind === 'hunting' || reading === undefined) return;
  const { operators = [] } = pipelineOf(reading) ?? {};
  for (const operator of operators)
    if (arbitrary.test(keywordOf(operator)))
      yield {
        span: operator.span,
        message: `\`${operator.text}\` lets chance decide which events are seen: a rule that finds more drops the rest, others each time.`,
      };
}

export const limitLints: readonly Lint[] = [
  {
    id: 'MH330',
    name: 'too-many-dynamic-columns',
    group: 'deploy',
    severity: 'error',
    summary: 'Title and description of the alert name more columns than Defender takes.',
    why: 'Graph answers 400 where `alertTitle` and `alertDescription` together name more than three columns as `{{Column}}`. The others can be custom details.',
    source: alertPage,
    targets: ['defender'],
    examples: [
      {
        wrong: alert('{{Subject}} from {{SenderFromAddress}} to {{RecipientEmailAddress}} ({{DeliveryAction}})'),
        right: alert('{{Subject}} from {{SenderFromAddress}} to {{RecipientEmailAddress}}'),
      },
    ],
    check: dynamicColumns,
  },
  {
    id: 'MH331',
    name: 'query-too-long',
    group: 'deploy',
    severity: 'error',
    summary: 'The query is longer than an analytics rule of Sentinel may be.',
    why: 'Sentinel takes 10,000 characters. Keep lists in watchlists, and parts that others use too in saved functions.',
    source: 'https://learn.microsoft.com/azure/sentinel/sentinel-service-limits',
    targets: ['sentinel'],
    examples: [
      {
        wrong: `EmailEvents\n| where SenderFromDomain in (${Array.from({ length: 700 }, (_, i) => `"d${i}.example"`).join(', ')})`,
        right: "EmailEvents\n| where SenderFromDomain in ((_GetWatchlist('domains') | project SearchKey))",
        target: 'sentinel',
        kind: 'scheduled',
      },
    ],
    check: length,
  },
  {
    id: 'MH332',
    name: 'alert-for-every-row',
    group: 'deploy',
    severity: 'warning',
    summary: 'The rule has nothing that chooses: each row of the table is an alert.',
    why: 'A run of a custom detection gives 150 alerts at most; the rest is dropped. A rule that alerts on everything is turned off by those who must look at it.',
    source: alertPage,
    targets: ['defender', 'sentinel'],
    examples: [
      {
        wrong: 'EmailPostDeliveryEvents\n| project Timestamp, ReportId, RecipientEmailAddress',
        right:
          'EmailPostDeliveryEvents\n| where ActionType == "Phish ZAP"\n| project Timestamp, ReportId, RecipientEmailAddress',
        kind: 'scheduled',
      },
    ],
    check: everyRow,
  },
  {
    id: 'MH333',
    name: 'arbitrary-rows',
    group: 'deploy',
    severity: 'warning',
    summary: 'The rule takes some rows of its result, whichever come first.',
    why: '`take` and `sample` give any rows, others each time. In a hunt that is a peek; in a rule events are missed by chance. Choose by `where`, or by `top … by`.',
    source: 'https://learn.microsoft.com/kusto/query/take-operator',
    targets: ['defender', 'sentinel', 'mailhunt'],
    examples: [
      {
        wrong: 'EmailEvents\n| where ThreatTypes has "Phish"\n| take 100',
        right: 'EmailEvents\n| where ThreatTypes has "Phish"',
        kind: 'scheduled',
      },
    ],
    check: arbitraryRows,
  },
];

function alert(title: string): string {
  return JSON.stringify({
    displayName: 'Example',
    queryCondition: {
      queryText: 'EmailEvents | where ThreatTypes has "Phish" and DeliveryAction == "Delivered"',
    },
    schedule: { frequency: 'PT1H' },
    detectionAction: {
      alertTemplate: {
        title,
        severity: 'medium',
        impactedAssets: [
          { '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier: 'recipientEmailAddress' },
        ],
      },
    },
  });
}
