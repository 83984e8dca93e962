/** The hand-written SQL beside which the hunts are measured, and how its rows are printed as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KqlType } from '../src/values/index.ts';

/** A hunt, as far as DuckDB's own types do not tell the KQL type of a result column. */
export interface Hunt {
  /** The stem of `baseline/*.sql` and `hunts/*.kql`. */
  readonly name: string;
  readonly types: Readonly<Record<string, KqlType>>;
  /** The column that orders the rows, where something does. */
  readonly orderedBy?: string;
  /** Columns of which the hunt leaves open which of several values they show, or rows which of equal ones they are. */
  readonly open?: readonly string[];
  /** Whether its rows print faster by concat() than by json_array(): where a column of few distinct texts is wide. */
  readonly concat?: true;
}

/** What the rows of one message differ in: a row for each recipient. */
const ofRecipient = [
  ...[
    'RecipientEmailAddress',
    'RecipientObjectId',
    'DeliveryAction',
    'DeliveryLocation',
    'ThreatTypes',
    'DetectionMethods',
  ],
  ...['ConfidenceLevel', 'BulkComplaintLevel', 'EmailAction', 'EmailActionPolicy', 'AttachmentCount', 'UrlCount', 'To'],
  ...['EmailLanguage', 'Connectors', 'ReportId', 'LatestDeliveryLocation', 'LatestDeliveryAction', 'RecipientDomain'],
  ...['EmailSize', 'IsFirstContact'],
];

export const hunts: readonly Hunt[] = [
  { name: '1-dmarc-temperror', types: { Timestamp: 'datetime' } },
  { name: '2-dkim-failure-trend', types: { Count: 'dynamic', Timestamp: 'dynamic' } },
  { name: '3-t1672-email-spoofing', types: { Timestamp: 'datetime' }, orderedBy: 'Timestamp' },
  { name: '4-find-dmarc-failures', types: { Timestamp: 'datetime' }, orderedBy: 'Timestamp', concat: true },
  {
    name: '5-dmarc-failures-with-delivery-context',
    types: { Timestamp: 'datetime' },
    orderedBy: 'Timestamp',
    concat: true,
  },
  {
    name: '6-group-dmarc-failures-by-sender',
    types: { FirstSeen: 'datetime', LastSeen: 'datetime' },
    orderedBy: 'Messages',
  },
  {
    name: '7-dmarc-failure-to-url-clicks',
    types: { EmailTime: 'datetime', ClickTime: 'datetime' },
    orderedBy: 'EmailTime',
  },
  { name: '8-latest-report-of-each-message', types: { Timestamp: 'datetime' }, open: ofRecipient },
  { name: '9-messages-by-latest-verdict', types: {} },
  { name: '10-phish-that-was-clicked', types: { Timestamp: 'datetime', ClickTime: 'datetime' } },
  { name: '11-links-in-mail-that-fails-dmarc', types: { Senders: 'dynamic' } },
  {
    name: '12-files-from-new-places',
    types: { First: 'datetime', Last: 'datetime' },
    open: ['SHA256', 'Senders', 'Recipients', 'First', 'Last'],
  },
  { name: '13-senders-by-day', types: { Day: 'datetime' } },
  { name: '14-subjects-with-any-of-200-words', types: { First: 'datetime' } },
  { name: '15-verdicts-read-from-json', types: {} },
  { name: '16-recipients-of-a-sender', types: { Recipients: 'dynamic', Subjects: 'dynamic' } },
  { name: '17-threats-one-by-one', types: { Day: 'datetime' } },
  { name: '18-mail-by-hour-and-direction', types: { Mails: 'dynamic', Bytes: 'dynamic', Timestamp: 'dynamic' } },
  { name: '19-newest-blocked', types: { Timestamp: 'datetime' } },
  { name: '20-reach-of-sender-domains', types: {}, orderedBy: 'Recipients' },
  { name: '21-senders-never-seen-before', types: { Timestamp: 'datetime' } },
  { name: '22-a-link-in-mail-and-clicks', types: { First: 'datetime', Last: 'datetime' } },
  { name: '23-campaigns-of-phish', types: { Timestamp: 'datetime' }, orderedBy: 'Timestamp' },
  { name: '24-first-mails-of-a-sender', types: { Timestamp: 'datetime' } },
  { name: '25-sizes-by-kind-of-sender', types: {} },
];

/** The baseline of a hunt as one statement, `$now` filled in. */
export function baselineSql(hunt: Hunt, now: bigint): string {
  const text = readFileSync(join(import.meta.dirname, 'baseline', `${hunt.name}.sql`), 'utf8');
  return text.replaceAll(/^--.*\n/gm, '').replaceAll('$now', String(now));
}

function cell(name: string, type: KqlType | undefined): string {
  if (type === 'dynamic') return `"${name}"::JSON`;
  if (type !== 'datetime') return `"${name}"`;
  const timestamp = `make_timestamp(("${name}" - 621355968000000000) // 10)`;
  return `strftime(${timestamp}, '%Y-%m-%dT%H:%M:%S.%f') || ("${name}" % 10) || 'Z'`;
}

const jsonArray = (columns: readonly string[], { types }: Hunt): string =>
  `json_array(${columns.map((name) => cell(name, types[name])).join(', ')})::VARCHAR`;

const concatenated = (columns: readonly string[], { types }: Hunt): string =>
  `concat('[', ${columns.map((name) => `to_json(${cell(name, types[name])})`).join(", ',', ")}, ']')`;

/**
 * The same statement with each row printed as the text of a JSON array.
 *
 * Tried, to the last byte (ms): hunt 4, json_array() before the sort 340, after it 377, to_json() of each cell in one
 * concat() 334; hunt 7, json_array() 536, concat() 584. Hence the row is printed first and the sort moves one text beside
 * its key. Where nothing sorts, a filter leaves a few rows a chunk and each chunk is awaited: materialised first, hunt 1
 * takes 114 instead of 149.
 */
export function baselineRowsSql(sql: string, columns: readonly string[], hunt: Hunt): string {
  const row = `${hunt.concat ? concatenated(columns, hunt) : jsonArray(columns, hunt)} AS row`;
  if (!hunt.orderedBy) return `WITH printed AS MATERIALIZED (SELECT ${row} FROM (${sql})) FROM printed`;
  const order = /\nORDER BY .*\n$/.exec(sql)?.[0] ?? '';
  const unordered = sql.slice(0, sql.length - order.length);
  return `SELECT row FROM (SELECT ${row}, "${hunt.orderedBy}" FROM (${unordered}))${order}`;
}
