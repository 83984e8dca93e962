import { MailhuntError } from '../../../errors/index.ts';
import type { ResultTable, Warning } from '../../../kql/index.ts';
import { warningCodes } from '../../../kql/index.ts';
import { parseDatetime } from '../../../values/index.ts';
import { abortableBlocks } from '../../http/abortable.ts';
import { answerQuery, type Writing } from '../../http/answer-query.ts';
import type { Operation } from '../../http/operation.ts';
import { type Refusal, refuse } from '../../http/refusal.ts';
import type { Route, Visit } from '../../http/route.ts';
import { statusOf } from '../../kusto/errors.ts';
import { Limits } from '../../kusto/limits.ts';
import { visualizationText } from '../../kusto/visualization.ts';
import { oneLine } from '../../own/wire.ts';
import type { QueryOptions } from '../../session.ts';
import { exactNumbers } from './exact-numbers.ts';
import { failureJson } from './failure-json.ts';

/** What the page asks with. */
interface Asked {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly to?: string;
  /** Most rows that are sent, over all tables. */
  readonly rows?: number;
}

const MB = 1024 * 1024;
const text = { type: 'string' };

const operation: Operation = {
  summary: 'Runs a query; the answer comes in lines of JSON while rows are found: head, rows, ends, tail',
  body: {
    type: 'application/json',
    limit: 4 * MB,
    schema: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: {
        text: { ...text, description: 'KQL' },
        parameters: {
          type: 'object',
          description: 'values for `declare query_parameters`, as KQL literals',
          additionalProperties: text,
        },
        from: { ...text, description: 'ISO 8601: rows of an earlier Timestamp are not seen' },
        to: { ...text, description: 'ISO 8601: rows of a later Timestamp are not seen' },
        rows: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'most rows that are sent' },
      },
    },
  },
  answers: {
    200: {
      description:
        'a line `{"tables", "warnings"}`, for each table its rows as arrays and `{"end": rows, "more": true where rows were left out}`, then `{"warnings", "milliseconds"}`; `{"error"}` in place of any after the first',
      type: 'application/x-ndjson',
    },
  },
};

/** Hunts of the page. */
export const queryRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/query', needs: 'query', operation, answer: query },
];

async function query(visit: Visit): Promise<void> {
  const { site } = visit;
  const asked = visit.body as Asked;
  const started = performance.now();
  const options = optionsOf(asked, visit.url.pathname);
  try {
    await answerQuery(
      visit,
      {
        timeout: site.settings.timeout,
        type: 'application/x-ndjson',
        run: (signal) => site.session.query(asked.text, { ...options, signal }),
      },
      (writing) => writeLines(asked, writing, new Limits(limitsOf(asked), site.settings), started),
    );
  } catch (thrown) {
    refuse(visit, thrown, (error) => inWords(error, asked.text));
  }
}

function inWords(error: MailhuntError, asked: string): Refusal {
  const failure = failureJson(error, asked);
  return { status: statusOf(error), body: { error: { message: failure.message, '@mailhunt': failure } } };
}

const limitsOf = ({ rows }: Asked) => (rows === undefined ? {} : { truncationmaxrecords: rows });

function optionsOf({ parameters, from, to }: Asked, path: string): QueryOptions {
  const [first, last] = [timeOf(from, 'from', path), timeOf(to, 'to', path)];
  const isScoped = first !== undefined || last !== undefined;
  return {
    ...(parameters && { parameters }),
    ...(isScoped && {
      scope: {
        column: 'Timestamp',
        ...(first !== undefined && { from: first }),
        ...(last !== undefined && { to: last }),
      },
    }),
  };
}

function timeOf(given: string | undefined, member: string, path: string): bigint | undefined {
  if (given === undefined) return undefined;
  const time = parseDatetime(given);
  if (time !== null) return time;
  throw new MailhuntError('HTTP0002', { path, text: `${member} is no time` });
}

/** The answer in lines. What fails once rows have left is the last line. */
async function writeLines(
  { text: asked }: Asked,
  { answer, out, signal, failureOf }: Writing,
  limits: Limits,
  started: number,
): Promise<void> {
  const line = (value: object) => out.write(`${JSON.stringify(value)}\n`);
  const told = answer.warnings.length;
  await line({ tables: answer.tables.map(headOf), warnings: answer.warnings.map(withAdvice) });
  // whoever waits sees at once that the query runs, and which columns come
  await out.flush();
  try {
    for (const table of answer.tables) await writeTable(table, limits, { out, signal });
    await line({
      warnings: answer.warnings.slice(told).map(withAdvice),
      milliseconds: Math.round(performance.now() - started),
    });
  } catch (error) {
    await line({ error: failureJson(failureOf(error), asked) });
  }
}

async function writeTable(table: ResultTable, limits: Limits, { out, signal }: Pick<Writing, 'out' | 'signal'>) {
  const before = limits.rows;
  const form = exactNumbers(table.columns);
  let more = false;
  for await (const block of abortableBlocks(table.blocks, signal)) {
    const { rows, full } = limits.admit(block);
    if (rows.length > 0) await out.write(`${rows.map((row) => oneLine(form ? form(row) : row)).join('\n')}\n`);
    more = full;
    if (full) break;
  }
  const end = { end: limits.rows - before, ...(more && { more }) };
  await out.write(`${JSON.stringify(end)}\n`);
}

const headOf = ({ name, columns, visualization, sql }: ResultTable) => ({
  name,
  columns: columns.map(({ name: column, type }) => ({ name: column, type })),
  ...(visualization && { visualization: JSON.parse(visualizationText(visualization)) as object }),
  sql,
});

/** A warning, with what to do about it. */
export const withAdvice = (warning: Warning): Warning & { readonly advice?: string } => {
  const advice = (warningCodes as Readonly<Record<string, { readonly advice: string }>>)[warning.code]?.advice;
  return advice === undefined ? warning : { ...warning, advice };
};
