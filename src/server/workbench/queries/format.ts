import { abortable } from '../../http/abortable.ts';
import { inTurn } from '../../http/in-turn.ts';
import type { Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';

/** Milliseconds: somebody is writing. Microsoft's parser needs for some texts time that grows with the square of their length. */
const PATIENCE = 15_000;

const operation: Operation = {
  summary: 'Lays a query out: an operator a line',
  body: {
    type: 'application/json',
    limit: 4 * 1024 * 1024,
    schema: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: { text: { type: 'string', description: 'KQL' } },
    },
  },
  answers: {
    200: {
      description: 'the same query',
      type: 'application/json',
      schema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
    },
  },
};

/** The formatter of the page's editor, the same as `mailhunt fmt`. */
export const formatRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/format',
    needs: 'query',
    operation,
    answer: laidOut,
  },
];

async function laidOut(visit: Visit): Promise<void> {
  const { text } = visit.body as { readonly text: string };
  const formatted = await inTurn(visit, PATIENCE, (signal) => abortable(visit.site.format(text, { signal }), signal));
  sendJson(visit.response, 200, { text: formatted });
}
