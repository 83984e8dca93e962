import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Numbers } from './numbers.ts';

/** Prometheus asks every few seconds, over one connection. */
const CONNECTIONS = 16;
/** Milliseconds for a request to come. */
const REQUEST = 5_000;

/** Numbers that can be asked for over HTTP. */
export interface MetricsServer extends AsyncDisposable {
  readonly port: number;
}

/**
 * Answers `GET /metrics` with numbers, and nothing else. For a process that has no other address: whoever reaches it may ask.
 *
 * @throws the system's error where it cannot listen
 * @example await using metrics = await serveMetrics({ host: '127.0.0.1', port: 9182 }, numbers);
 */
export async function serveMetrics(
  address: { readonly host: string; readonly port: number } | { readonly path: string },
  numbers: Pick<Numbers, 'text'>,
): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: REQUEST, headersTimeout: REQUEST }, (request, response) => {
    answer(request, response, numbers).catch(() => response.destroy());
  });
  server.maxConnections = CONNECTIONS;
  server.listen(address);
  await once(server, 'listening');
  // A connection that cannot be taken is no reason to end.
  server.on('error', () => {});
  const at = server.address() as AddressInfo | string | null;
  return {
    port: typeof at === 'object' && at !== null ? at.port : 0,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  numbers: Pick<Numbers, 'text'>,
): Promise<void> {
  const isAsked = url.split('?', 1)[0] === '/metrics';
  const status = !isAsked ? 404 : method === 'GET' || method === 'HEAD' ? 200 : 405;
  const { type, body } =
    status === 200 ? await numbers.text() : { type: 'text/plain; charset=utf-8', body: 'GET /metrics\n' };
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : body);
}
