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
  /** Whether its rows print faster by concat() than by json_array(): where a column of few distinct texts is wide. */
  readonly concat?: true;
}

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
