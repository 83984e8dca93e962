import { MailhuntError } from '../../errors/index.ts';
import type { KeptMessage } from '../../store/index.ts';
import { objectOf, readBody, readBytes } from '../http/body.ts';
import { requireType } from '../http/guard.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';

/** Raw messages, for mailhunt's own commands; the page has addresses that ask for the right to read bodies. */
export const messageRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/message', needs: 'append', answer: message },
  { method: 'POST', path: '/api/kept', needs: 'append', answer: kept },
  { method: 'POST', path: '/api/keep', needs: 'append', answer: keep },
];

/** The media type of {@link packedMessages}. */
export const MESSAGES_TYPE = 'application/vnd.mailhunt.messages';

/** Messages as one body: a line of JSON with the id and the length of each, then their bytes, one behind the other. */
export const packedMessages = (messages: readonly KeptMessage[]): Buffer =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify(messages.map(({ id, bytes }) => [id, bytes.length]))}\n`),
    ...messages.map(({ bytes }) => bytes),
  ]);

/** The messages of a body; `refuse` is told what is wrong with it. */
export function unpackedMessages(body: Buffer, refuse: (text: string) => never): readonly KeptMessage[] {
  const line = body.indexOf(10);
  if (line < 0) refuse('its first line must list the messages');
  let heads: unknown;
  try {
    heads = JSON.parse(body.toString('utf8', 0, line));
  } catch {
    refuse('its first line is not JSON');
  }
  if (!Array.isArray(heads) || !heads.every(isHead)) return refuse('its first line must hold pairs of id and length');
  let end = line + 1;
  const messages = heads.map(([id, length]): KeptMessage => {
    end += length;
    return { id, bytes: body.subarray(end - length, end) };
  });
  return end === body.length ? messages : refuse('the lengths do not come to its own');
}

const isHead = (value: unknown): value is [string, number] =>
  Array.isArray(value) && typeof value[0] === 'string' && Number.isSafeInteger(value[1]) && value[1] >= 0;

/** The bytes of a message; 204 where it was not kept. */
async function message({ site, response, url }: Visit): Promise<void> {
  const id = url.searchParams.get('id');
  if (id === null) throw new MailhuntError('HTTP0002', { path: url.pathname, text: 'id is missing' });
  const bytes = await site.store.messages.read(id);
  if (bytes === undefined) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length });
  response.end(bytes);
}

async function kept({ site, request, response, url }: Visit): Promise<void> {
  requireType(request, 'application/json');
  const { ids } = objectOf(await readBody(request, site.settings.queryBytes), url.pathname);
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
    throw new MailhuntError('HTTP0002', { path: url.pathname, text: 'ids must be a list of texts' });
  sendJson(response, 200, { ids: [...(await site.store.messages.has(ids))] });
}

async function keep({ site, request, response, url }: Visit): Promise<void> {
  requireType(request, MESSAGES_TYPE);
  const messages = unpackedMessages(await readBytes(request, site.settings.appendBytes), (text) => {
    throw new MailhuntError('HTTP0002', { path: url.pathname, text });
  });
  sendJson(response, 200, await site.store.messages.keep(messages));
}
