import type { Answer, ResultTable } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';
import { type CompletionEvent, completionEvents } from './completion.ts';
import { kustoError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Options } from './options.ts';
import type { Reply } from './reply.ts';
import { type RowsEnd, writeRows } from './rows.ts';
import { visualizationText } from './visualization.ts';

const propertyColumns: readonly Column[] = [
  { name: 'TableId', type: 'int' },
  { name: 'Key', type: 'string' },
  { name: 'Value', type: 'dynamic' },
];

const completionColumns: readonly Column[] = [
  { name: 'Timestamp', type: 'datetime' },
  { name: 'ClientRequestId', type: 'string' },
  { name: 'ActivityId', type: 'guid' },
  { name: 'SubActivityId', type: 'guid' },
  { name: 'ParentActivityId', type: 'guid' },
  { name: 'Level', type: 'int' },
  { name: 'LevelName', type: 'string' },
  { name: 'StatusCode', type: 'int' },
  { name: 'StatusCodeName', type: 'string' },
  { name: 'EventType', type: 'int' },
  { name: 'EventTypeName', type: 'string' },
  { name: 'Payload', type: 'string' },
];

/**
 * Writes an answer as the frames of Kusto's second protocol, its rows straight from the engine. Throws what went wrong
 * before anything was sent, except for a result that is too large: its first rows count.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/response-v2
 */
export async function writeV2(reply: Reply): Promise<void> {
  const { answer, out, options, exchange, limits } = reply;
  const between = options.results_v2_newlines_between_frames ? '\n,' : ',';
  await out.write(`[${JSON.stringify(header(options))}${between}${JSON.stringify(properties(answer))}`);
  let error: RowsEnd['error'];
  for (const [index, table] of answer.tables.entries()) {
    await out.write(between);
    error = await writeTable(table, index + 1, reply, between);
    if (error && !out.started && error.code !== 'HTTP0010') throw error;
    if (error) break;
  }
  const story = { error, warnings: answer.warnings, rows: limits.rows, size: limits.size };
  const completion = completionFrame(answer.tables.length + 1, completionEvents(story, exchange), exchange);
  const end = {
    FrameType: 'DataSetCompletion',
    HasErrors: error !== undefined,
    Cancelled: error !== undefined && error.code !== 'HTTP0010' && reply.signal.aborted,
    ...(error && { OneApiErrors: [kustoError(error, exchange)] }),
  };
  await out.write(`${between}${JSON.stringify(completion)}${between}${JSON.stringify(end)}]`);
}

const isFragmented = (options: Options): boolean =>
  options.results_progressive_enabled === true || options.results_v2_fragment_primary_tables === true;

const header = (options: Options): object => ({
  FrameType: 'DataSetHeader',
  IsProgressive: options.results_progressive_enabled === true,
  Version: 'v2.0',
  IsFragmented: isFragmented(options),
  ErrorReportingPlacement: options.results_error_reporting_placement ?? 'in_data',
});

const properties = (answer: Answer): object => ({
  FrameType: 'DataTable',
  TableId: 0,
  TableKind: 'QueryProperties',
  TableName: '@ExtendedProperties',
  Columns: columnsOf(propertyColumns),
  Rows: answer.tables.map((table, index) => [index + 1, 'Visualization', visualizationText(table.visualization)]),
});

const columnsOf = (columns: readonly Column[]): object[] =>
  columns.map(({ name, type }) => ({ ColumnName: name, ColumnType: type }));

/** The members that a table begins with, without the closing brace. */
const opening = (frame: string, id: number, table: ResultTable): string =>
  JSON.stringify({
    FrameType: frame,
    TableId: id,
    TableKind: 'PrimaryResult',
    TableName: table.name || 'PrimaryResult',
    Columns: columnsOf(table.columns),
  }).slice(0, -1);

/** Writes a result table, in one frame or, where the client asked for it, in fragments. */
function writeTable(table: ResultTable, id: number, reply: Reply, between: string): Promise<RowsEnd['error']> {
  return isFragmented(reply.options) ? writeFragments(table, id, reply, between) : writeWhole(table, id, reply);
}

async function writeWhole(table: ResultTable, id: number, reply: Reply): Promise<RowsEnd['error']> {
  const { out, exchange, options } = reply;
  await out.write(`${opening('DataTable', id, table)},"Rows":[`);
  const { rows, error } = await writeRows(table, reply);
  const inData = error && (options.results_error_reporting_placement ?? 'in_data') === 'in_data';
  const last = inData ? `${rows > 0 ? ',' : ''}${JSON.stringify({ OneApiErrors: [kustoError(error, exchange)] })}` : '';
  await out.write(`${last}]}`);
  return error;
}

async function writeFragments(
  table: ResultTable,
  id: number,
  reply: Reply,
  between: string,
): Promise<RowsEnd['error']> {
  const { out, exchange, options } = reply;
  await out.write(`${opening('TableHeader', id, table)}}`);
  const fragment = { FrameType: 'TableFragment', TableFragmentType: 'DataAppend', TableId: id };
  const open = JSON.stringify({ ...fragment, FieldCount: table.columns.length }).slice(0, -1);
  const around = { before: `${between}${open},"Rows":[`, after: ']}' };
  const { rows, error } = await writeRows(table, { ...reply, around });
  const errors = error && [kustoError(error, exchange)];
  const placement = options.results_error_reporting_placement ?? 'in_data';
  if (errors && placement === 'in_data')
    await out.write(`${around.before}${JSON.stringify({ OneApiErrors: errors })}${around.after}`);
  if (options.results_progressive_enabled)
    await out.write(between + JSON.stringify({ FrameType: 'TableProgress', TableId: id, TableProgress: 100 }));
  const end = { FrameType: 'TableCompletion', TableId: id, RowCount: rows };
  const told = errors && placement === 'end_of_table' ? { ...end, OneApiErrors: errors } : end;
  await out.write(between + JSON.stringify(told));
  return error;
}

const completionFrame = (id: number, events: readonly CompletionEvent[], exchange: Exchange): object => ({
  FrameType: 'DataTable',
  TableId: id,
  TableKind: 'QueryCompletionInformation',
  TableName: 'QueryCompletionInformation',
  Columns: columnsOf(completionColumns),
  Rows: events.map((event) => [
    new Date(exchange.now()).toISOString(),
    exchange.clientRequestId,
    exchange.activityId,
    exchange.activityId,
    exchange.activityId,
    event.level,
    event.levelName,
    event.status,
    event.statusName,
    event.type,
    event.typeName,
    JSON.stringify(event.payload),
  ]),
});
