import { ticksFromUnixMs } from '../../values/index.ts';
import { abortable } from '../http/abortable.ts';
import { answerQuery } from '../http/answer-query.ts';
import { objectOf, readBody } from '../http/body.ts';
import { failureOf } from '../http/failure.ts';
import { requireType } from '../http/guard.ts';
import { inTurn } from '../http/in-turn.ts';
import { isoInterval } from '../http/iso-interval.ts';
import { refuse } from '../http/refusal.ts';
import type { Route, Visit } from '../http/route.ts';
import { TextResponse } from '../http/text-response.ts';
import { startWork } from '../http/work.ts';
import { writeAnswer } from './answer.ts';
import { type BatchPart, Kept, readBatch } from './batch.ts';
import { logAnalyticsError } from './errors.ts';
import { readPrefer, readWorkspaceQuery, type WorkspaceQuery } from './request.ts';

/** Microsoft's client leaves `/v1` out where its endpoint has none. */
const bases = ['/v1', ''];

/**
 * The query API of Log Analytics. Whatever the workspace is called, it is the store of this server.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/api/overview
 */
export const logAnalyticsRoutes: readonly Route[] = bases.flatMap((base): Route[] => [
  { method: 'POST', path: `${base}/workspaces/:id/query`, needs: 'query', answer: (visit) => fromBody(visit) },
  { method: 'GET', path: `${base}/workspaces/:id/query`, needs: 'query', answer: (visit) => fromAddress(visit) },
  { method: 'POST', path: `${base}/$batch`, needs: 'query', answer: batch },
]);

const preferOf = ({ request }: Visit): string => String(request.headers.prefer ?? '');

const fromBody = (visit: Visit): Promise<void> =>
  answered(visit, async () => {
    requireType(visit.request, 'application/json');
    const path = visit.url.pathname;
    const members = objectOf(await readBody(visit.request, visit.site.settings.queryBytes), path);
    return readWorkspaceQuery(members, preferOf(visit), path);
  });

const fromAddress = (visit: Visit): Promise<void> =>
  answered(visit, async () =>
    readWorkspaceQuery(Object.fromEntries(visit.url.searchParams), preferOf(visit), visit.url.pathname),
  );

async function answered(visit: Visit, read: () => Promise<WorkspaceQuery>): Promise<void> {
  const { site, activityId } = visit;
  const started = site.now();
  let text = '';
  try {
    const asked = await read();
    text = asked.query;
    const timeout = Math.min(asked.prefer.wait * 1000, site.settings.maxTimeout);
    const seconds = () => (site.now() - started) / 1000;
    await answerQuery(visit, { timeout, run: running(visit, asked) }, (writing) =>
      writeAnswer({ ...writing, seconds }, asked),
    );
  } catch (thrown) {
    refuse(visit, thrown, (error) => logAnalyticsError(error, text, activityId));
  }
}

function running({ site, url }: Visit, { query, timespan }: WorkspaceQuery) {
  const scope = timespan === undefined ? undefined : isoInterval(timespan, ticksFromUnixMs(site.now()), url.pathname);
  return (signal: AbortSignal) =>
    site.session.query(query, { signal, ...(scope && { scope: { column: 'TimeGenerated', ...scope } }) });
}

/** The queries of a batch one after the other: each has its own status. */
async function batch(visit: Visit): Promise<void> {
  const { site, request, response, activityId } = visit;
  try {
    requireType(request, 'application/json');
    const parts = readBatch(await readBody(request, site.settings.queryBytes), visit.url.pathname);
    using work = startWork(response, site.settings.maxTimeout, site.closing);
    const out = new TextResponse(response, {
      type: 'application/json; charset=utf-8',
      gzip: false,
      signal: work.signal,
    });
    await out.write('{"responses":[');
    for (const [index, part] of parts.entries()) {
      work.signal.throwIfAborted();
      await out.write(`${index > 0 ? ',' : ''}${await partAnswer(visit, part)}`);
    }
    await out.write(']}');
    out.end();
  } catch (thrown) {
    refuse(visit, thrown, (error) => logAnalyticsError(error, '', activityId));
  }
}

async function partAnswer(visit: Visit, { id, members, prefer }: BatchPart): Promise<string> {
  const { site, activityId } = visit;
  const started = site.now();
  const timeout = Math.min(readPrefer(prefer).wait * 1000, site.settings.maxTimeout);
  const head = (status: number) => `{"id":${JSON.stringify(id)},"status":${status},"headers":{},"body":`;
  const seconds = () => (site.now() - started) / 1000;
  const out = new Kept();
  let text = '';
  try {
    const asked = readWorkspaceQuery(members, prefer, visit.url.pathname);
    text = asked.query;
    await inTurn(visit, timeout, async (signal) => {
      const answer = await abortable(running(visit, asked)(signal), signal);
      const told = (thrown: unknown) => failureOf(thrown, visit, signal);
      await writeAnswer({ answer, out, signal, failureOf: told, seconds }, asked);
    });
    return `${head(200)}${out.text}}`;
  } catch (thrown) {
    const { status, body } = logAnalyticsError(failureOf(thrown, visit), text, activityId);
    return `${head(status)}${JSON.stringify(body)}}`;
  }
}
