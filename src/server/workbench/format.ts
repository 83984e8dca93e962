import { format } from '../../kql/index.ts';
import type { Operation } from '../http/operation.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';

/**
 * Longer texts are refused: the formatter works where requests are answered, and Microsoft's parser needs for some texts
 * time that grows with the square of their length (20,000 characters: less than half a second). `mailhunt fmt` takes any.
 */
const MOST = 20_000;

const operation: Operation = {
  summary: 'Lays a query out: an operator a line',
  body: {
    type: 'application/json',
    limit: 4 * MOST,
    schema: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: { text: { type: 'string', maxLength: MOST, description: 'KQL' } },
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
    answer: async ({ body, response }: Visit) => {
      sendJson(response, 200, { text: format((body as { text: string }).text) });
    },
  },
];
