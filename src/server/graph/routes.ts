import { MailhuntError } from '../../errors/index.ts';
import type { ResultTable, Warning } from '../../kql/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import { answerQuery, type Writing } from '../http/answer-query.ts';
import { readBody } from '../http/body.ts';
import { requireType } from '../http/guard.ts';
import { isoInterval } from '../http/iso-interval.ts';
import { type Refusal, refuse } from '../http/refusal.ts';
import type { Route, Visit } from '../http/route.ts';
import { dataTypes } from '../kusto/column-types.ts';
import { Limits } from '../kusto/limits.ts';
import { writeRows } from '../kusto/rows.ts';
import { type ErrorAbout, graphError, olderError } from './errors.ts';
import { type HuntingRequest, readHuntingRequest } from './request.ts';
import { rowAsObject } from './rows.ts';

/** What is told beside the rows. */
type Told = Pick<Warning | MailhuntError, 'code' | 'message'>;

/** How one of Microsoft's hunting addresses answers. */
interface Dialect {
  /** What stands before the rows, with the array of rows open. */
  readonly head: (table: ResultTable) => string;
  /** What stands after them. */
  readonly tail: (warnings: readonly Told[], rows: number, size: number, seconds: number) => string;
  readonly error: (error: MailhuntError, about: ErrorAbout) => Refusal;
}

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults';
const MB = 1024 * 1024;
/** Microsoft's: three minutes, 100,000 rows, 50 MB. */
const limits = { timeout: 3 * 60_000, rows: 100_000, size: 50 * MB };

/** Warnings as an annotation of OData, which clients pass over. */
const annotation = (warnings: readonly Told[]): string =>
  warnings.length === 0
    ? ''
    : `,"@mailhunt.warnings":${JSON.stringify(warnings.map(({ code, message }) => ({ code, message })))}`;

const graph: Dialect = {
  head: ({ columns }) => {
    const schema = columns.map(({ name, type }) => ({ name, type: dataTypes[type] }));
    return `{"@odata.context":${JSON.stringify(CONTEXT)},"schema":${JSON.stringify(schema)},"results":[`;
  },
  tail: (warnings) => `]${annotation(warnings)}}`,
  error: graphError,
};

const older: Dialect = {
  head: ({ columns }) => {
    const schema = columns.map(({ name, type }) => ({ Name: name, Type: dataTypes[type] }));
    return `{"Schema":${JSON.stringify(schema)},"Results":[`;
  },
  tail: (warnings, rows, size, seconds) =>
    `],"Stats":${JSON.stringify({
      ExecutionTime: seconds,
      resource_usage: {
        cache: { memory: { hits: 0, misses: 0, total: 0 }, disk: { hits: 0, misses: 0, total: 0 } },
        cpu: { user: '00:00:00', kernel: '00:00:00', 'total cpu': '00:00:00' },
        memory: { peak_per_node: 0 },
      },
      dataset_statistics: [{ table_row_count: rows, table_size: size }],
    })}${annotation(warnings)}}`,
  error: olderError,
};

const hunting = (path: string, dialect: Dialect): Route => ({
  method: 'POST',
  path,
  needs: 'query',
  answer: (visit) => hunt(visit, dialect),
});

/**
 * Advanced hunting as Microsoft Graph answers it, and as the older Defender API does, which Microsoft switches off in
 * February 2027.
 *
 * @see https://learn.microsoft.com/graph/api/security-security-runhuntingquery
 */
export const graphRoutes: readonly Route[] = [
  hunting('/v1.0/security/runHuntingQuery', graph),
  hunting('/v1.0/security/microsoft.graph.security.runHuntingQuery', graph),
  hunting('/beta/security/runHuntingQuery', graph),
  hunting('/beta/security/microsoft.graph.security.runHuntingQuery', graph),
  hunting('/api/advancedhunting/run', older),
  hunting('/api/advancedqueries/run', older),
];

async function hunt(visit: Visit, dialect: Dialect): Promise<void> {
  const { site, request, response, activityId } = visit;
  const clientRequestId = String(request.headers['client-request-id'] ?? '')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 256);
  response.setHeader('request-id', activityId);
  response.setHeader('client-request-id', clientRequestId || activityId);
  const about = { text: '', activityId, clientRequestId, now: site.now() };
  try {
    requireType(request, 'application/json');
    const asked = readHuntingRequest(await readBody(request, site.settings.queryBytes), visit.url.pathname);
    about.text = asked.query;
    await run(visit, asked, dialect);
  } catch (thrown) {
    refuse(visit, thrown, (error) => dialect.error(error, about));
  }
}

async function run(visit: Visit, { query, timespan }: HuntingRequest, dialect: Dialect): Promise<void> {
  const { site } = visit;
  const started = site.now();
  const scope =
    timespan === undefined ? undefined : isoInterval(timespan, ticksFromUnixMs(started), visit.url.pathname);
  const asked = {
    timeout: Math.min(limits.timeout, site.settings.maxTimeout),
    run: (signal: AbortSignal) =>
      site.session.query(query, { signal, ...(scope && { scope: { column: 'Timestamp', ...scope } }) }),
  };
  await answerQuery(visit, asked, (writing) => write(writing, dialect, () => (site.now() - started) / 1000));
}

/** Graph knows one result: the first. What is over its limits is left out and said among the warnings. */
async function write(writing: Writing, { head, tail }: Dialect, seconds: () => number): Promise<void> {
  const { answer, out } = writing;
  const [table] = answer.tables;
  if (!table) throw new MailhuntError('HTTP0030', { count: 0 });
  const left = new Limits({}, limits);
  await out.write(head(table));
  const { error } = await writeRows(table, { ...writing, limits: left, form: rowAsObject(table.columns) });
  // half an answer would read as a whole one: what failed breaks off
  if (error && error.code !== 'HTTP0010') throw error;
  const results = answer.tables.length;
  const others = results > 1 ? [new MailhuntError('HTTP0030', { count: results })] : [];
  const cut = error ? [error] : [];
  await out.write(tail([...answer.warnings, ...others, ...cut], left.rows, left.size, seconds()));
}
