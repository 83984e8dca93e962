import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { fromWire, MailhuntError } from '../../errors/index.ts';
import type { Answer } from '../../kql/index.ts';
import type { Appended, Keeping, PurgeReport, TableSummary } from '../../store/index.ts';
import type { Explanation, QueryOptions, Session } from '../session.ts';
import { MESSAGES_TYPE, packedMessages } from './messages.ts';
import { readAnswer } from './read-answer.ts';
import { oneLine } from './wire.ts';

/** A message to the server. */
interface Message {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal | undefined;
}

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';

/**
 * A session through the server that owns the store. Errors of the catalogue come back as they were thrown there; CLI0002
 * where nobody answers.
 *
 * @param address as the owner left it, `http://127.0.0.1:8719`
 * @param ownerFile where the address was found, for the words of CLI0002
 * @param certificate of a server that speaks HTTPS: this one is believed, whatever names it has, and no other
 * @example await using session = connect(owner.address, owner.token)
 */
export function connect(address: string, token: string, ownerFile = 'owner.json', certificate?: string): Session {
  const pinned = { ca: certificate, checkServerIdentity: () => undefined, allowPartialTrustChain: true };
  const isTls = address.startsWith('https:');
  const agent = isTls ? new TlsAgent({ keepAlive: true, ...pinned }) : new Agent({ keepAlive: true });
  const request = isTls ? tlsRequest : httpRequest;
  const unreachable = (text: string, cause?: unknown) =>
    new MailhuntError('CLI0002', { address, text, path: ownerFile }, { cause });

  const send = (message: Message): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, path, type, body, signal } = message;
      // rows are not sent twice, so they come on a connection of their own, which nobody can have let go of
      const line = path === '/api/append' || path === '/api/keep' ? false : agent;
      const headers = { Authorization: `Bearer ${token}`, ...(type && { 'Content-Type': type }) };
      const options = { method, headers, agent: line, ...(isTls && pinned), ...(signal && { signal }) };
      const sent = request(new URL(path, address), options);
      sent.once('error', (error: NodeJS.ErrnoException) => {
        if (signal?.aborted) reject(signal.reason);
        // the server had let go of the connection while nothing was said on it
        else if (sent.reusedSocket && error.code === 'ECONNRESET') send(message).then(resolve, reject);
        else reject(unreachable(error.message, error));
      });
      sent.once('response', (response) => {
        if (response.statusCode === 200 || response.statusCode === 204) resolve(response);
        else
          textOf(response).then(
            (text) => reject(failureOf(text) ?? unreachable(`HTTP ${response.statusCode}`)),
            reject,
          );
      });
      sent.end(body);
    });
  const json = async <T>(message: Message): Promise<T> => JSON.parse(await textOf(await send(message))) as T;
  const close = async () => agent.destroy();

  return {
    query: async (text, options = {}): Promise<Answer> => {
      const { signal } = options;
      const response = await send({ ...post('/api/query', asked(text, options)), signal });
      return readAnswer(response, { broken: unreachable, signal });
    },
    explain: (text, options = {}) =>
      json<Explanation>({
        ...post('/api/explain', { ...asked(text, options), plan: options.plan === true }),
        signal: options.signal,
      }),
    append: ({ rows, ...head }) =>
      json<Appended>({
        method: 'POST',
        path: '/api/append',
        type: LINES_TYPE,
        body: `${[JSON.stringify(head), ...rows.map(oneLine)].join('\n')}\n`,
      }),
    flush: async () => {
      await json(post('/api/flush', {}));
    },
    position: async (source) => {
      const path = `/api/position?source=${encodeURIComponent(source)}`;
      return (await json<{ position: number }>({ method: 'GET', path })).position;
    },
    summary: async () => {
      type Sent = Omit<TableSummary, 'from' | 'to'> & { from: string | null; to: string | null };
      const tables = await json<Sent[]>({ method: 'GET', path: '/api/tables' });
      return tables.map((table) => ({ ...table, from: ticks(table.from), to: ticks(table.to) }));
    },
    message: async (id) => {
      const response = await send({ method: 'GET', path: `/api/message?id=${encodeURIComponent(id.toWellFormed())}` });
      const bytes = await bytesOf(response);
      return response.statusCode === 204 ? undefined : bytes;
    },
    kept: async (ids) => new Set((await json<{ ids: string[] }>(post('/api/kept', { ids }))).ids),
    keep: (messages) =>
      json<Keeping>({ method: 'POST', path: '/api/keep', type: MESSAGES_TYPE, body: packedMessages(messages) }),
    backup: async function* () {
      yield* (await send({ method: 'POST', path: '/api/v1/backup' })) as AsyncIterable<Buffer>;
    },
    purge: (request) => json<PurgeReport>(post('/api/v1/purge', request)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const post = (path: string, body: object): Message => ({
  method: 'POST',
  path,
  type: JSON_TYPE,
  body: JSON.stringify(body),
});

const asked = (text: string, { now, parameters }: QueryOptions): object => ({
  text,
  ...(now !== undefined && { now: String(now) }),
  ...(parameters && { parameters }),
});

const ticks = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

const textOf = async (response: IncomingMessage): Promise<string> => (await bytesOf(response)).toString('utf8');

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function failureOf(text: string): MailhuntError | undefined {
  try {
    return fromWire((JSON.parse(text) as { wire?: unknown }).wire);
  } catch {
    // Not our JSON: something else listens there, which the caller reports by its status.
    return undefined;
  }
}
