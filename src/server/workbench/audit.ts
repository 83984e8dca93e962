import { readAudit } from '../http/audit.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';

const USUAL = 100;
const MOST = 1000;

/** Who did what. */
export const auditRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/audit',
    needs: 'admin',
    operation: {
      summary: 'The audit log, newest lines first',
      parameters: {
        limit: { type: 'integer', minimum: 1, maximum: MOST, description: `Lines at most; ${USUAL} where absent.` },
        who: {
          type: 'string',
          maxLength: 80,
          description: 'Lines of this user, or of `token:NAME`, `owner`, `local`.',
        },
        before: {
          type: 'string',
          maxLength: 40,
          description: 'Lines older than this, ISO 8601: the way to the next page.',
        },
      },
      answers: {
        200: {
          description: 'the lines',
          type: 'application/json',
          schema: { type: 'object', properties: { entries: { type: 'array', items: { type: 'object' } } } },
        },
      },
    },
    answer: audit,
  },
];

async function audit({ site, url, response }: Visit): Promise<void> {
  const { searchParams: asked } = url;
  await site.audit.flush();
  const entries = await readAudit(site.store.path, {
    limit: Number(asked.get('limit') ?? USUAL),
    who: asked.get('who') ?? undefined,
    before: asked.get('before') ?? undefined,
  });
  sendJson(response, 200, { entries });
}
