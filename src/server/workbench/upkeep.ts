import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PurgeRequest } from '../../store/index.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';

/** What keeps a store in order and is for who answers for it. */
export const upkeepRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/backup',
    needs: 'upkeep',
    operation: {
      summary: 'The whole store at this moment, as a tar that mailhunt restore takes; the server goes on meanwhile',
      answers: { 200: { description: 'a tar: backup.json, the files, manifest.json', type: 'application/x-tar' } },
    },
    answer: backup,
  },
  {
    method: 'POST',
    path: '/api/v1/purge',
    needs: 'upkeep',
    operation: {
      summary: 'Removes a person’s data from rows, messages and files, or says what would be removed',
      body: {
        type: 'application/json',
        limit: 64 * 1024,
        schema: {
          type: 'object',
          properties: {
            persons: {
              type: 'array',
              minItems: 1,
              maxItems: 20,
              items: { type: 'string', minLength: 1, maxLength: 320 },
              description: 'Addresses, user principal names, object ids or SIDs of one person.',
            },
            dryRun: { type: 'boolean', description: 'True where nothing is to be removed.' },
          },
          required: ['persons', 'dryRun'],
          additionalProperties: false,
        },
      },
      answers: {
        200: {
          description: 'what was removed, or would be, and what is left',
          type: 'application/json',
          schema: {
            type: 'object',
            properties: {
              dryRun: { type: 'boolean' },
              tables: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    table: { type: 'string' },
                    removed: { type: 'integer' },
                    changed: { type: 'integer' },
                  },
                },
              },
              messages: { type: 'integer' },
              rejected: { type: 'integer' },
              left: {
                type: 'array',
                items: { type: 'object', properties: { where: { type: 'string' }, why: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
    answer: purge,
  },
];

/** The first bytes are asked for before the answer begins: what fails until then is told as an error. */
async function backup({ site, response }: Visit): Promise<void> {
  const tar = site.session.backup(site.version)[Symbol.asyncIterator]();
  const first = await tar.next();
  const name = `mailhunt-${new Date(site.now()).toISOString().slice(0, 19).replaceAll(':', '')}.tar`;
  response.writeHead(200, {
    'Content-Type': 'application/x-tar',
    'Content-Disposition': `attachment; filename="${name}"`,
  });
  const all = async function* (): AsyncGenerator<Buffer> {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => tar };
  };
  await pipeline(Readable.from(all(), { objectMode: false }), response);
}

async function purge({ site, response, body }: Visit): Promise<void> {
  const report = await site.session.purge(body as PurgeRequest).finally(() => site.investigations.clear());
  sendJson(response, 200, report);
}
