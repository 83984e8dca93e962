import { noteConnection } from './connection.ts';

/** What the server says of an error: a code of the catalogue, what happened, what to do. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly advice?: string | undefined;
  /** Place in the query's text, in characters. */
  readonly span?: { readonly start: number; readonly length: number } | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** An answer of the server that is no success. */
export class ServerError extends Error {
  readonly status: number;
  readonly failure: Failure;
  constructor(status: number, failure: Failure) {
    super(failure.message);
    this.status = status;
    this.failure = failure;
  }
}

/** The token that proves that a request comes from this page; known once `me` was asked. */
let csrf = '';

/** Notes the token of `GET /api/v1/me`. */
export function noteCsrf(token: string): void {
  csrf = token;
}

/** What `call` sends along. */
export interface CallOptions {
  /** Sent as JSON, or a file or bytes as they are. */
  readonly body?: unknown;
  /** The media type of a body that is no JSON. */
  readonly type?: string;
  readonly signal?: AbortSignal;
}

/**
 * Asks an address of the server's own API. Throws {@link ServerError}, of code `GONE` where nobody answers.
 *
 * @example await call('POST', '/api/v1/messages/open', { body: file, type: 'message/rfc822' })
 */
export async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { body, type, signal }: CallOptions = {},
): Promise<Response> {
  const response = await reach(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }),
      ...(method !== 'GET' && { 'X-CSRF-Token': csrf }),
    },
    ...(body !== undefined && { body: type ? (body as BodyInit) : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.ok) return response;
  const failure = await failureIn(response);
  if (response.status === 401 && path !== '/api/v1/login') noteConnection('signed-out');
  throw new ServerError(response.status, failure);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    noteConnection('there');
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    noteConnection('gone');
    throw new ServerError(0, { code: 'GONE', message: 'The server does not answer', advice: 'Is it still running?' });
  }
}

/** The JSON that an address answers. */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await (await call('GET', path, signal ? { signal } : {})).json()) as T;

/** The JSON that an address answers to a JSON body. */
export const postJson = async <T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  (await (await call('POST', path, { body, ...(signal && { signal }) })).json()) as T;

/** Sends JSON with any method and answers the JSON that comes back, undefined for an empty answer. */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const text = await (await call(method, path, { body, ...(signal && { signal }) })).text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function failureIn(response: Response): Promise<Failure> {
  const fallback = { code: `HTTP ${response.status}`, message: response.statusText || 'the server refused' };
  try {
    const { error } = (await response.json()) as { error?: { '@mailhunt'?: Partial<Failure>; message?: string } };
    return { ...fallback, ...(error?.message && { message: error.message }), ...error?.['@mailhunt'] };
  } catch {
    return fallback;
  }
}
