import type { ResultTable } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';
import { dataTypes } from './column-types.ts';
import { type CompletionEvent, completionEvents } from './completion.ts';
import { dynamicAsText } from './dynamic-as-text.ts';
import { messageOf } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';
import { type RowsEnd, writeRows } from './rows.ts';
import { visualizationText } from './visualization.ts';

const statusColumns: readonly Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'Severity', type: 'int' },
  { name: 'SeverityName', type: 'string' },
  { name: 'StatusCode', type: 'int' },
  { name: 'StatusDescription', type: 'string' },
  { name: 'Count', type: 'int' },
  { name: 'RequestId', type: 'guid' },
  { name: 'ActivityId', type: 'guid' },
  { name: 'SubActivityId', type: 'guid' },
  { name: 'ClientActivityId', type: 'string' },
];

const contentColumns: readonly Column[] = [
  { name: 'Ordinal', type: 'long' },
  { name: 'Kind', type: 'string' },
  { name: 'Name', type: 'string' },
  { name: 'Id', type: 'string' },
  { name: 'PrettyName', type: 'string' },
];

const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Writes an answer as the tables of Kusto's first protocol: those of a query followed by @ExtendedProperties,
 * QueryStatus and the table of contents, those of a command alone. Throws as `writeV2` does.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/response
 */
export async function writeV1(reply: Reply, kind: 'query' | 'command'): Promise<void> {
  const { answer, out, exchange, limits } = reply;
  await out.write('{"Tables":[');
  let error: RowsEnd['error'];
  const written: ResultTable[] = [];
  for (const table of answer.tables) {
    if (written.length > 0) await out.write(',');
    error = await writeTable(table, written.length, reply);
    if (error && !out.started && error.code !== 'HTTP0010') throw error;
    written.push(table);
    if (error) break;
  }
  const story = { error, warnings: answer.warnings, rows: limits.rows, size: limits.size };
  if (kind === 'query')
    for (const table of about(written, completionEvents(story, exchange), exchange))
      await out.write(`,${JSON.stringify(table)}`);
  const exceptions = error ? `,"Exceptions":${JSON.stringify([messageOf(error, exchange.text)])}` : '';
  await out.write(`]${exceptions}}`);
}

async function writeTable(table: ResultTable, index: number, reply: Reply): Promise<RowsEnd['error']> {
  const { out, exchange } = reply;
  const head = JSON.stringify({ TableName: `Table_${index}`, Columns: columnsOf(table.columns) }).slice(0, -1);
  await out.write(`${head},"Rows":[`);
  const form = dynamicAsText(table.columns);
  const { rows, error } = await writeRows(table, { ...reply, ...(form && { form }) });
  const told = error && JSON.stringify({ Exceptions: [messageOf(error, exchange.text)] });
  await out.write(`${told ? (rows > 0 ? ',' : '') + told : ''}]}`);
  return error;
}

const columnsOf = (columns: readonly Column[]): object[] =>
  columns.map(({ name, type }) => ({ ColumnName: name, DataType: dataTypes[type], ColumnType: type }));

/**
 * A table about the results. `TableKind` is no member of Kusto's own first protocol: Microsoft's Node client looks for
 * the errors of an answer in the table that has this one from the start, and shows none without it.
 */
const tableOf = (
  index: number,
  columns: readonly Column[],
  rows: readonly (readonly unknown[])[],
  kind?: 'QueryCompletionInformation',
): object => ({
  TableName: `Table_${index}`,
  ...(kind && { TableKind: kind }),
  Columns: columnsOf(columns),
  Rows: rows,
});

/** The three tables after the results. */
function about(tables: readonly ResultTable[], events: readonly CompletionEvent[], exchange: Exchange): object[] {
  const first = tables.length;
  const properties = tables.map((table) => [visualizationText(table.visualization)]);
  const contents = [
    ...tables.map((table) => ['QueryResult', table.name || 'PrimaryResult', exchange.activityId]),
    ['QueryProperties', '@ExtendedProperties', exchange.activityId],
    ['QueryStatus', 'QueryStatus', NO_ID],
  ].map(([kind, name, id], ordinal) => [ordinal, kind, name, id, '']);
  return [
    tableOf(first, [{ name: 'Value', type: 'string' }], properties),
    tableOf(
      first + 1,
      statusColumns,
      events.map((event) => status(event, exchange)),
      'QueryCompletionInformation',
    ),
    tableOf(first + 2, contentColumns, contents),
  ];
}

const status = (event: CompletionEvent, exchange: Exchange): unknown[] => [
  new Date(exchange.now()).toISOString(),
  event.level,
  event.levelName,
  event.status,
  event.text,
  event.count,
  exchange.activityId,
  exchange.activityId,
  exchange.activityId,
  exchange.clientRequestId,
];
