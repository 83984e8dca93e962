import { MailhuntError } from '../../../errors/index.ts';
import type { JsonSchema, Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { type SavedQuery, SavedQueryFile } from './saved-query-file.ts';

/** The longest text that is kept, in UTF-16 units. */
const LONGEST = 200_000;

const saved: JsonSchema = {
  type: 'object',
  required: ['name', 'text', 'description', 'savedBy', 'savedAt'],
  properties: {
    name: { type: 'string' },
    text: { type: 'string' },
    description: { type: 'string' },
    savedBy: { type: 'string' },
    savedAt: { type: 'string', description: 'ISO 8601' },
  },
};

const list: Operation = {
  summary: 'The saved queries, by name',
  answers: { 200: { description: 'all', type: 'application/json', schema: { type: 'array', items: saved } } },
};

const put: Operation = {
  summary: 'Saves a query under a name, over what was saved under it',
  parameters: { name: { type: 'string', minLength: 1, maxLength: 120 } },
  body: {
    type: 'application/json',
    limit: 4 * LONGEST,
    schema: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: {
        text: { type: 'string', minLength: 1, maxLength: LONGEST },
        description: { type: 'string', maxLength: 2_000 },
      },
    },
  },
  answers: { 200: { description: 'what was saved', type: 'application/json', schema: saved } },
};

const remove: Operation = {
  summary: 'Removes a saved query',
  parameters: { name: { type: 'string' } },
  answers: { 200: { description: 'it is gone', type: 'application/json', schema: { type: 'object' } } },
};

/** Queries that everybody who may hunt on this store sees. */
export const savedQueryRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/saved-queries', needs: 'query', operation: list, answer: sendAll },
  { method: 'PUT', path: '/api/v1/saved-queries/:name', needs: 'edit', operation: put, answer: save },
  { method: 'DELETE', path: '/api/v1/saved-queries/:name', needs: 'edit', operation: remove, answer: drop },
];

const fileOf = ({ site }: Visit): SavedQueryFile => SavedQueryFile.of(site.store.path);

async function sendAll(visit: Visit): Promise<void> {
  sendJson(visit.response, 200, await fileOf(visit).all());
}

async function save(visit: Visit): Promise<void> {
  const { params, principal, site, url, response } = visit;
  const { text, description = '' } = visit.body as { readonly text: string; readonly description?: string };
  const name = (params.name ?? '').trim();
  if (name === '' || name.length > 120 || /\p{Cc}/u.test(name))
    throw new MailhuntError('HTTP0002', { path: url.pathname, text: 'a name is 1 to 120 characters on one line' });
  const query: SavedQuery = {
    name,
    text,
    description,
    savedBy: principal.name,
    savedAt: new Date(site.now()).toISOString(),
  };
  await fileOf(visit).put(query);
  sendJson(response, 200, query);
}

async function drop(visit: Visit): Promise<void> {
  const name = visit.params.name ?? '';
  if (!(await fileOf(visit).remove(name))) throw new MailhuntError('HTTP0070', { name: name.slice(0, 200) });
  sendJson(visit.response, 200, {});
}
