import type { SyntaxNode } from '../../../kql/index.ts';
import type { Rule } from '../../rule.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { columnOrigin } from './column-origin.ts';
import { alertTexts, impactedAssets, mailActions, type Said } from './custom-detection.ts';
import { assetColumns, recordColumnsOf, requiredColumnsPage } from './impacted-assets.ts';
import { type Pipeline, pipelineOf, resultColumns } from './pipeline.ts';
import { timeColumns } from './time-filter.ts';

/** What a lint of this file looks at: the result of a query that Defender would turn into alerts. */
interface Result {
  readonly pipeline: Pipeline;
  readonly columns: readonly string[];
  /** The table that the pipeline begins with, where it is one. */
  readonly table: string | undefined;
  /** Where a finding about the whole result stands: the last operator, or what is read. */
  readonly end: SyntaxNode;
}

function resultOf({ reading }: Subject): Result | undefined {
  if (reading === undefined || reading.diagnostics.some(({ severity }) => severity === 'Error')) return undefined;
  const [pipeline, columns] = [pipelineOf(reading), resultColumns(reading)];
  if (pipeline === undefined || columns === undefined || columns.length === 0) return undefined;
  const { source, operators } = pipeline;
  const table = source.symbol?.kind === 'Table' ? source.symbol.name : undefined;
  return { pipeline, columns, table, end: operators.at(-1) ?? source };
}

type Look = (result: Result, subject: Subject) => Iterable<Finding>;

/** What is said of the result of a custom detection. */
const ofDetections =
  (look: Look) =>
  (subject: Subject): Iterable<Finding> => {
    const result = subject.rule.kind === 'hunting' ? undefined : resultOf(subject);
    return result === undefined ? [] : look(result, subject);
  };

const promise = /\bcustom detection/i;

/** A hunt that says of itself that it can be made a custom detection. */
const promisesDetection = ({ kind, description = '', name }: Rule): boolean =>
  kind === 'hunting' && (promise.test(description) || promise.test(name));

function* promised(subject: Subject): Iterable<Finding> {
  const result = promisesDetection(subject.rule) ? resultOf(subject) : undefined;
  if (result === undefined) return;
  const looks: readonly Look[] = [time, record, asset, sameRow];
  for (const look of looks)
    for (const { message, ...finding } of look(result, subject))
      yield { ...finding, message: `As a custom detection, which its text promises, this is refused: ${message}` };
}

const advice = '`summarize (Timestamp, ReportId)=arg_max(Timestamp, ReportId), … by …`';

function* time({ pipeline, columns, end }: Result): Iterable<Finding> {
  const found = columns.filter((name) => timeColumns.has(name));
  if (found.length === 0) {
    const message = `The result has no Timestamp, which an alert takes its time from; after a summarize keep it with ${advice}.`;
    yield { span: end.span, message };
    return;
  }
  const origins = found.map((name) => ({ name, origin: columnOrigin(pipeline, name) }));
  const isKept = origins.some(
    ({ name, origin }) => origin.kind === 'chosen' || (origin.kind === 'table' && origin.name === name),
  );
  if (isKept) return;
  for (const { name, origin } of origins) {
    if (origin.kind === 'table')
      yield {
        span: end.span,
        message: `${name} is another column here, ${origin.name}, and a custom detection takes only the time as it stands in the table.`,
      };
    if (origin.kind !== 'computed') continue;
    const message = `${name} is computed here, and a custom detection takes only the time as it stands in the table; after a summarize keep it with ${advice}.`;
    yield { span: origin.node.span, message };
  }
}

function* record({ columns, table, end, pipeline }: Result): Iterable<Finding> {
  if (table === undefined) return;
  const missing = recordColumnsOf(table).filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  const grouped = pipeline.operators.some(({ kind }) => kind === 'SummarizeOperator');
  const how = grouped && missing.includes('ReportId') ? ` Keep them with ${advice}.` : '';
  const message = `The result has no ${missing.join(' and no ')}, by which an alert finds its ${table} event again.${how}`;
  yield { span: end.span, message, ...fixOf(end, missing) };
}

/** Where the last operator is a `project` over rows that have the columns, they are put into it. */
function fixOf(end: SyntaxNode, missing: readonly string[]): Pick<Finding, 'fix'> {
  const before = end.parent?.child('Expression')?.columns?.map(({ name }) => name) ?? [];
  if (end.kind !== 'ProjectOperator' || missing.some((name) => !before.includes(name))) return {};
  const span = { start: end.span.start + end.span.length, length: 0 };
  return { fix: [{ span, text: missing.map((name) => `, ${name}`).join('') }] };
}

function* asset({ columns, end }: Result): Iterable<Finding> {
  if (columns.some((name) => assetColumns.includes(name))) return;
  const message = `The result has none of the columns that say whom an alert is about, as RecipientEmailAddress, AccountObjectId or DeviceId.`;
  yield { span: end.span, message };
}

function* sameRow({ pipeline, columns }: Result): Iterable<Finding> {
  const time = columns.find((name) => timeColumns.has(name));
  if (time === undefined || !columns.includes('ReportId')) return;
  const [a, b] = [columnOrigin(pipeline, time), columnOrigin(pipeline, 'ReportId')];
  if (b.kind === 'computed') {
    const message = `ReportId is computed here, and it must be the one of the event that ${time} is of: ${advice}.`;
    yield { span: b.node.span, message };
  } else if (b.kind === 'chosen' && (a.kind !== 'chosen' || a.call.span.start !== b.call.span.start)) {
    const message = `ReportId is chosen here apart from ${time}, and may be that of another event: take both at once, ${advice}.`;
    yield { span: b.call.span, message };
  }
}

function* named({ columns }: Result, { rule }: Subject): Iterable<Finding> {
  const known = new Set(columns.map((name) => name.toLowerCase()));
  for (const { text, field } of impactedAssets(rule))
    if (!known.has(text.toLowerCase()))
      yield { field, message: `The impacted asset is taken from ${text}, and the query's result has no such column.` };
  for (const { text, field } of alertTexts(rule))
    for (const name of placeholders(text))
      if (!columns.includes(name))
        yield {
          field,
          message: `{{${name}}} stands in the text of the alert, and the query's result has no such column.`,
        };
}

/** The columns that a text of an alert names in `{{…}}`. */
export const placeholders = (text: string): readonly string[] =>
  Array.from(text.matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g), ([, name = '']) => name);

function* acted({ columns }: Result, { rule }: Subject): Iterable<Finding> {
  const missing = ['NetworkMessageId', 'RecipientEmailAddress'].filter((name) => !columns.includes(name));
  const [action] = missing.length === 0 ? [] : mailActions(rule);
  if (action === undefined) return;
  const message = `The rule acts on messages (${shortName(action)}), and the result has no ${missing.join(' and no ')} to find them by.`;
  yield { field: action.field, message };
}

const shortName = ({ text }: Said): string => text.split('.').at(-1) ?? text;

const scheduled = { kind: 'scheduled' } as const;

const graph = (query: string, alert: object, rest: object = {}): string =>
  JSON.stringify({
    displayName: 'Example',
    queryCondition: { queryText: query },
    schedule: { frequency: 'PT1H' },
    detectionAction: { alertTemplate: { title: 'Example', severity: 'medium', ...alert }, ...rest },
  });

const mailbox = (identifier: string) => ({
  impactedAssets: [{ '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier }],
});

const deleteMail = { automatedActions: { softDeleteEmails: [{ networkMessageIdColumn: 'NetworkMessageId' }] } };

export const neededColumnLints: readonly Lint[] = [
  {
    id: 'MH310',
    name: 'time-not-kept',
    group: 'deploy',
    severity: 'error',
    summary: 'The result of a custom detection has no Timestamp as it stands in the table.',
    why: `Defender takes the alert's time from Timestamp (or TimeGenerated) and looks the event up by it, so the column must come through unchanged: not rounded with bin, not max() of a group, not renamed. After a summarize write ${advice}.`,
    source: requiredColumnsPage,
    targets: ['defender'],
    examples: [
      {
        ...scheduled,
        wrong:
          'EmailEvents\n| summarize Timestamp = max(Timestamp), ReportId = take_any(ReportId) by RecipientEmailAddress',
        right: 'EmailEvents\n| summarize (Timestamp, ReportId)=arg_max(Timestamp, ReportId) by RecipientEmailAddress',
      },
      {
        ...scheduled,
        wrong: 'EmailEvents\n| project ReportId, RecipientEmailAddress',
        right: 'EmailEvents\n| project Timestamp, ReportId, RecipientEmailAddress',
      },
      {
        ...scheduled,
        wrong: 'EntraIdSignInEvents\n| project Timestamp = LastPasswordChangeTimestamp, ReportId, AccountUpn',
        right: 'EntraIdSignInEvents\n| project Timestamp, LastPasswordChangeTimestamp, ReportId, AccountUpn',
      },
    ],
    check: ofDetections(time),
  },
  {
    id: 'MH311',
    name: 'record-not-kept',
    group: 'deploy',
    severity: 'error',
    summary: 'The result of a custom detection does not say which events it is about.',
    why: `ReportId leads from an alert back to its event (with DeviceId in the Device tables; the Alert tables need none). A query without it cannot be saved as a custom detection. After a summarize write ${advice}.`,
    source: requiredColumnsPage,
    targets: ['defender'],
    examples: [
      {
        ...scheduled,
        wrong: 'EmailEvents\n| project Timestamp, RecipientEmailAddress',
        right: 'EmailEvents\n| project Timestamp, RecipientEmailAddress, ReportId',
      },
    ],
    check: ofDetections(record),
  },
  {
    id: 'MH312',
    name: 'asset-not-kept',
    group: 'deploy',
    severity: 'error',
    summary: 'The result of a custom detection has no column that says whom it is about.',
    why: `An alert needs an impacted asset, taken from one of these columns: ${assetColumns.join(', ')}.`,
    source: requiredColumnsPage,
    targets: ['defender'],
    examples: [
      {
        ...scheduled,
        wrong: 'EmailEvents\n| project Timestamp, ReportId, Subject',
        right: 'EmailEvents\n| project Timestamp, ReportId, Subject, RecipientEmailAddress',
      },
    ],
    check: ofDetections(asset),
  },
  {
    id: 'MH313',
    name: 'record-of-another-row',
    group: 'deploy',
    severity: 'error',
    summary: 'ReportId and Timestamp of the result are not of the same event.',
    why: `Defender finds the event by both together. max(Timestamp) beside any(ReportId) are of two events: then none is found, or a wrong one. Take both at once: ${advice}.`,
    source: requiredColumnsPage,
    targets: ['defender'],
    examples: [
      {
        ...scheduled,
        wrong:
          'EmailEvents\n| summarize arg_max(Timestamp, Subject), ReportId = take_any(ReportId) by RecipientEmailAddress',
        right: 'EmailEvents\n| summarize arg_max(Timestamp, Subject, ReportId) by RecipientEmailAddress',
      },
    ],
    check: ofDetections(sameRow),
  },
  {
    id: 'MH314',
    name: 'asset-column-missing',
    group: 'deploy',
    severity: 'error',
    summary: 'The rule takes an impacted asset, or a word of its alert, from a column that its result does not have.',
    why: 'Impacted assets and `{{Column}}` in title and description are read from the result by name.',
    source: 'https://learn.microsoft.com/graph/api/resources/security-impactedasset',
    targets: ['defender'],
    examples: [
      {
        wrong: graph('EmailEvents | project Timestamp, ReportId, SenderFromAddress', mailbox('recipientEmailAddress')),
        right: graph(
          'EmailEvents | project Timestamp, ReportId, RecipientEmailAddress',
          mailbox('recipientEmailAddress'),
        ),
      },
    ],
    check: ofDetections(named),
  },
  {
    id: 'MH315',
    name: 'action-without-message',
    group: 'deploy',
    severity: 'error',
    summary: 'The rule moves or deletes messages, and its result does not say which.',
    why: 'Actions on mail need NetworkMessageId and RecipientEmailAddress in the result: one alone stands for several copies.',
    source: 'https://learn.microsoft.com/defender-xdr/custom-detection-rules#actions-on-emails',
    targets: ['defender'],
    examples: [
      {
        wrong: graph(
          'EmailEvents | project Timestamp, ReportId, RecipientEmailAddress',
          mailbox('recipientEmailAddress'),
          deleteMail,
        ),
        right: graph(
          'EmailEvents | project Timestamp, ReportId, RecipientEmailAddress, NetworkMessageId',
          mailbox('recipientEmailAddress'),
          deleteMail,
        ),
      },
    ],
    check: ofDetections(acted),
  },
  {
    id: 'MH316',
    name: 'detection-promised',
    group: 'deploy',
    severity: 'note',
    summary: 'The text says that the hunt can be a custom detection, and its result lacks what one needs.',
    why: 'A custom detection needs Timestamp and ReportId of the same event, unchanged, and a column that says whom it is about.',
    source: requiredColumnsPage,
    targets: ['defender'],
    examples: [
      {
        wrong: 'EmailEvents\n| project Timestamp, Subject, RecipientEmailAddress',
        right: 'EmailEvents\n| project Timestamp, Subject, RecipientEmailAddress, ReportId',
        rule: { description: 'Save it as a custom detection.' },
      },
    ],
    check: promised,
  },
];
