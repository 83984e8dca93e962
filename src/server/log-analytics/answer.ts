import type { MailhuntError } from '../../errors/index.ts';
import type { Answer, ResultTable, Visualization } from '../../kql/index.ts';
import type { TextResponse } from '../http/text-response.ts';
import { dynamicAsText } from '../kusto/dynamic-as-text.ts';
import { Limits } from '../kusto/limits.ts';
import { writeRows } from '../kusto/rows.ts';
import { visualizationMembers } from '../kusto/visualization.ts';
import { partialError } from './errors.ts';
import type { WorkspaceQuery } from './request.ts';

/** What an answer is written with. */
export interface AnswerMeans {
  readonly answer: Answer;
  readonly out: Pick<TextResponse, 'write' | 'started'>;
  readonly signal: AbortSignal;
  readonly failureOf: (thrown: unknown) => MailhuntError;
  /** Seconds since the query began. */
  readonly seconds: () => number;
}

const MB = 1024 * 1024;
/** Those of Log Analytics: 500,000 rows, 64 MB. */
const limits = { rows: 500_000, size: 64 * MB };

/**
 * Writes an answer as Log Analytics does: the tables, then what was asked for beside them. What was cut off or failed in
 * the middle is `error` beside the rows so far. Warnings stand in `statistics`, always: clients hand that on, and take an
 * `error` for a failure. Throws what went wrong before anything was sent.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format
 */
export async function writeAnswer(means: AnswerMeans, { query, prefer }: WorkspaceQuery): Promise<void> {
  const { answer, out, seconds } = means;
  const left = new Limits({}, limits);
  await out.write('{"tables":[');
  let error: MailhuntError | undefined;
  for (const [index, table] of answer.tables.entries()) {
    error = await writeTable(table, index, means, left);
    if (error && !out.started && error.code !== 'HTTP0010') throw error;
    if (error) break;
  }
  const warnings = answer.warnings.map(({ code, message }) => ({ code, message }));
  const statistics = {
    ...(prefer.statistics && {
      query: { executionTime: seconds(), datasetStatistics: [{ tableRowCount: left.rows, tableSize: left.size }] },
    }),
    ...(warnings.length > 0 && { warnings }),
  };
  const members = {
    ...(Object.keys(statistics).length > 0 && { statistics }),
    ...(prefer.render && { render: renderOf(answer.tables[0]?.visualization) }),
    ...(error && { error: partialError(error, query) }),
  };
  const text = JSON.stringify(members).slice(1);
  await out.write(text === '}' ? ']}' : `],${text}`);
}

async function writeTable(
  { columns, name, ...table }: ResultTable,
  index: number,
  means: AnswerMeans,
  left: Limits,
): Promise<MailhuntError | undefined> {
  const { out } = means;
  const head = { name: name || (index === 0 ? 'PrimaryResult' : `Table_${index}`), columns: columns.map(plain) };
  await out.write(`${index > 0 ? ',' : ''}${JSON.stringify(head).slice(0, -1)},"rows":[`);
  const form = dynamicAsText(columns);
  const { error } = await writeRows({ columns, name, ...table }, { ...means, limits: left, ...(form && { form }) });
  await out.write(']}');
  return error;
}

const plain = ({ name, type }: ResultTable['columns'][number]) => ({ name, type });

/** The visualization with the names that Log Analytics gives its members: `visualization`, `xColumn`. */
const renderOf = (visualization: Visualization | undefined): object =>
  Object.fromEntries(
    Object.entries(visualizationMembers(visualization)).map(([name, value]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      value,
    ]),
  );
