import { MailhuntError, toWire } from '../../errors/index.ts';
import type { Answer } from '../../kql/index.ts';
import type { Batch } from '../../store/index.ts';
import { abortable, abortableBlocks } from '../http/abortable.ts';
import { isObject, objectOf, readBody } from '../http/body.ts';
import { failureOf } from '../http/failure.ts';
import { requireType } from '../http/guard.ts';
import { inTurn } from '../http/in-turn.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';
import { TextResponse } from '../http/text-response.ts';
import type { QueryOptions } from '../session.ts';
import { messageRoutes } from './messages.ts';
import { oneLine } from './wire.ts';

/** The addresses that mailhunt's own commands use while the server owns the store. */
export const ownRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/tables', needs: 'append', answer: tables },
  { method: 'GET', path: '/api/position', needs: 'append', answer: position },
  { method: 'POST', path: '/api/append', needs: 'append', answer: append },
  { method: 'POST', path: '/api/flush', needs: 'append', answer: flush },
  ...messageRoutes,
  { method: 'POST', path: '/api/query', needs: 'append', answer: query },
  { method: 'POST', path: '/api/explain', needs: 'append', answer: explain },
];

/** Ticks do not fit JSON's numbers and travel as text. */
async function tables({ site, response }: Visit): Promise<void> {
  const summary = await site.store.summary();
  const ticks = (value: bigint | null) => (value === null ? null : String(value));
  sendJson(
    response,
    200,
    summary.map(({ name, rows, from, to }) => ({ name, rows, from: ticks(from), to: ticks(to) })),
  );
}

async function position({ site, response, url }: Visit): Promise<void> {
  const source = url.searchParams.get('source');
  if (source === null) throw new MailhuntError('HTTP0002', { path: url.pathname, text: 'source is missing' });
  sendJson(response, 200, { position: await site.store.position(source) });
}

/**
 * A batch as lines: the first an object with its `table`, `columns` and `source`, the others its rows as they are, which
 * spares both ends the escaping. Answers once the batch is durable.
 */
async function append({ site, request, response, url }: Visit): Promise<void> {
  requireType(request, 'application/x-ndjson');
  const [head = '', ...rows] = (await readBody(request, site.settings.appendBytes)).split('\n');
  if (rows.at(-1) === '') rows.pop();
  sendJson(response, 200, await site.store.append({ ...readBatch(head, url.pathname), rows }));
}

function readBatch(head: string, path: string): Omit<Batch, 'rows'> {
  const refuse = (text: string): never => {
    throw new MailhuntError('HTTP0002', { path, text });
  };
  const { table, columns, source } = objectOf(head, path);
  if (typeof table !== 'string') return refuse('table must be a name');
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string'))
    return refuse('columns must be a list of names');
  if (source === undefined) return { table, columns };
  if (!isObject(source)) return refuse('source must be an object');
  const { id, position } = source;
  if (typeof id !== 'string' || typeof position !== 'number') return refuse('source needs id and position');
  return { table, columns, source: { id, position } };
}

async function flush({ site, response }: Visit): Promise<void> {
  await site.store.flush();
  sendJson(response, 200, {});
}

/** The members of a query: its text and how it is asked for. */
async function readQuery({ site, request, url }: Visit): Promise<QueryOptions & { text: string; plan: boolean }> {
  requireType(request, 'application/json');
  const path = url.pathname;
  const { text, now, parameters, plan } = objectOf(await readBody(request, site.settings.queryBytes), path);
  if (typeof text !== 'string') throw new MailhuntError('HTTP0002', { path, text: 'text must be a query' });
  return {
    text,
    plan: plan === true,
    ...(typeof now === 'string' && /^-?\d{1,19}$/.test(now) && { now: BigInt(now) }),
    ...(isObject(parameters) && { parameters: parameters as Record<string, string> }),
  };
}

async function explain(visit: Visit): Promise<void> {
  const { text, ...options } = await readQuery(visit);
  sendJson(visit.response, 200, await visit.site.session.explain(text, options));
}

async function query(visit: Visit): Promise<void> {
  const { site, response } = visit;
  const { text, ...options } = await readQuery(visit);
  await inTurn(visit, site.settings.maxTimeout, async (signal) => {
    const out = new TextResponse(response, { type: 'application/x-ndjson', gzip: false, signal });
    try {
      const answer = await abortable(site.session.query(text, { ...options, signal }), signal);
      await writeLines(answer, out, signal);
    } catch (error) {
      if (!out.started) throw error;
      await out.write(`${JSON.stringify(toWire(failureOf(error, visit, signal)))}\n`);
    }
    out.end();
  });
}

async function writeLines(answer: Answer, out: TextResponse, signal: AbortSignal): Promise<void> {
  const heads = answer.tables.map(({ name, columns, visualization, sql }) => ({ name, columns, visualization, sql }));
  const line = (value: object) => out.write(`${JSON.stringify(value)}\n`);
  const told = answer.warnings.length;
  await line({ tables: heads, warnings: answer.warnings });
  for (const table of answer.tables) {
    let rows = 0;
    for await (const block of abortableBlocks(table.blocks, signal)) {
      rows += block.length;
      if (block.length > 0) await out.write(`${block.map(oneLine).join('\n')}\n`);
    }
    await line({ end: rows });
  }
  await line({ warnings: answer.warnings.slice(told) });
}
