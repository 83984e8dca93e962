import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MailhuntError } from '../errors/index.ts';

/** How much is read, and for how long. */
export interface ReadLimits {
  readonly bytes: number;
  readonly signal: AbortSignal;
}

/** An answer of the network. */
export interface Reply {
  readonly status: number;
  /** Where a redirect leads. */
  readonly location: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Asks the network for an address; follows no redirects. */
export type Get = (url: URL, signal: AbortSignal) => Promise<Reply>;

const MAX_REDIRECTS = 5;

/** The bytes of a local file. */
export const fileBytes = (path: string): AsyncIterable<Uint8Array> => createReadStream(path);

/** The bytes of an address. Each redirect must lead where `mayFollow` says yes. */
export async function networkBytes(
  url: URL,
  get: Get,
  mayFollow: (url: URL) => boolean,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  let at = url;
  for (let redirects = 0; ; redirects++) {
    const { status, location, body } = await get(at, signal);
    if (status === 200) return body;
    await drop(body);
    const next = status >= 300 && status < 400 && location !== undefined ? URL.parse(location, at.href) : null;
    if (next === null) return fail(url, `the server answered ${status}`);
    if (redirects >= MAX_REDIRECTS) return fail(url, `it redirects more than ${MAX_REDIRECTS} times`);
    if (!mayFollow(next)) return fail(url, `it redirects to ${next.origin}${next.pathname}, which is not allowed`);
    at = next;
  }
}

const drop = async (body: AsyncIterable<Uint8Array>): Promise<void> =>
  void (await body[Symbol.asyncIterator]().return?.());

/** What an address holds, as text; unpacked where its name ends in `.gz`. The limit holds for both. */
export async function readText(url: URL, bytes: AsyncIterable<Uint8Array>, limits: ReadLimits): Promise<string> {
  if (/\.zip$/i.test(url.pathname)) return fail(url, 'zip files are not read; unpack it');
  const packed = limited(url, bytes, limits);
  const plain = /\.gz$/i.test(url.pathname) ? limited(url, unpacked(packed), limits) : packed;
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const chunk of plain) parts.push(decoder.decode(chunk, { stream: true }));
  return parts.join('') + decoder.decode();
}

async function* limited(url: URL, bytes: AsyncIterable<Uint8Array>, { bytes: most, signal }: ReadLimits) {
  let read = 0;
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    read += chunk.length;
    if (read > most) fail(url, `it is larger than ${most} bytes; size under externaldata in mailhunt.yaml allows more`);
    yield chunk;
  }
  signal.throwIfAborted();
}

/** An error on either side ends both. */
const unpacked = (bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  pipeline(Readable.from(bytes), createGunzip(), () => {});

export function fail(url: URL, text: string): never {
  throw new MailhuntError('KQL0013', { url: `${url.origin}${url.pathname}`, text });
}
