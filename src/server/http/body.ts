import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { joined } from './joined.ts';

/** The whole body of a request as text; throws as {@link readBytes}, and HTTP0002 where it is not UTF-8. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new MailhuntError('HTTP0002', { path: pathOf(request), text: 'it is not UTF-8' }, { cause: error });
  }
}

/**
 * The whole body of a request. Throws HTTP0008 as soon as it is larger than `limit` bytes, HTTP0002 where it is compressed
 * or cut off.
 */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const path = pathOf(request);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new MailhuntError('HTTP0008', { limit });
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new MailhuntError('HTTP0002', { path, text: 'it is compressed; send it plain' });
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limit) throw new MailhuntError('HTTP0008', { limit });
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    throw new MailhuntError('HTTP0002', { path, text: 'it was cut off' }, { cause: error });
  }
  return joined(parts, size);
}

/** A body that must be one JSON object. Throws HTTP0002 where it is not. */
export function objectOf(text: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MailhuntError('HTTP0002', { path, text: 'it is not JSON' }, { cause: error });
  }
  if (isObject(value)) return value;
  throw new MailhuntError('HTTP0002', { path, text: 'it is not a JSON object' });
}

/** True for what `{…}` in JSON gives. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path of a request, without what follows `?`. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';
