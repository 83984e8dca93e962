import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { sendFile } from '../../http/send-file.ts';
import { gateOf } from './gate-of.ts';
import { operations } from './operations.ts';

/**
 * The mail gate, through its control socket. Its list says what EmailEvents says; the header and the message are what people
 * wrote; and who gives a message out, or away, answers for it.
 */
export const gateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/gate',
    needs: 'admin',
    operation: operations.status,
    answer: async (visit) => sendJson(visit.response, 200, await (await gateOf(visit)).status()),
  },
  {
    method: 'GET',
    path: '/api/v1/gate/quarantine',
    needs: 'query',
    operation: operations.list,
    answer: list,
  },
  {
    method: 'GET',
    path: '/api/v1/gate/quarantine/:id',
    needs: 'bodies',
    operation: operations.show,
    answer: async (visit) => sendJson(visit.response, 200, await (await gateOf(visit)).show(idOf(visit))),
  },
  {
    method: 'GET',
    path: '/api/v1/gate/quarantine/:id/message',
    needs: 'bodies',
    operation: operations.message,
    answer: async (visit) => sendFile(visit, `${idOf(visit)}.eml`, await (await gateOf(visit)).bytes(idOf(visit))),
  },
  {
    method: 'POST',
    path: '/api/v1/gate/quarantine/:id/release',
    needs: 'admin',
    operation: operations.release,
    answer: async (visit) =>
      sendJson(visit.response, 200, await (await gateOf(visit)).release(idOf(visit), visit.principal.name)),
  },
  {
    method: 'DELETE',
    path: '/api/v1/gate/quarantine/:id',
    needs: 'admin',
    operation: operations.remove,
    answer: async (visit) =>
      sendJson(visit.response, 200, await (await gateOf(visit)).remove(idOf(visit), visit.principal.name)),
  },
];

async function list(visit: Visit): Promise<void> {
  const { searchParams } = visit.url;
  const [limit, before] = ['limit', 'before'].map((name) => searchParams.get(name));
  const page = { ...(limit && { limit: Number(limit) }), ...(before && { before: Number(before) }) };
  sendJson(visit.response, 200, await (await gateOf(visit)).list(page));
}

/** The message that a visit is about. */
const idOf = ({ params: { id = '' } }: Visit): string => id;
