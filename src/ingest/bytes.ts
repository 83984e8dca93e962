import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK = 1 << 20;

/** Bytes of a source, looked at before they are consumed. */
export class Bytes {
  /** How many bytes were consumed: the place in the source, its compression undone. */
  offset = 0;
  /** True once nothing follows what {@link peek} returned last. */
  ended = false;
  readonly #chunks: AsyncIterator<Buffer>;
  #exhausted = false;
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `size` bytes, fewer only where the source ends. They stay until {@link skip}. */
  async peek(size: number): Promise<Buffer> {
    const parts = [this.#held];
    let length = this.#held.length;
    // One byte more than asked for, so that the end is known when it is reached.
    while (length <= size && !this.#exhausted) {
      const next = await this.#chunks.next();
      if (next.done) this.#exhausted = true;
      else {
        parts.push(next.value);
        length += next.value.length;
      }
    }
    if (parts.length > 1) this.#held = Buffer.concat(parts, length);
    this.ended = this.#exhausted && length <= size;
    return this.#held.subarray(0, size);
  }

  skip(count: number): void {
    this.#held = this.#held.subarray(count);
    this.offset += count;
  }

  /** Consumes up to a place in the source; returns how many lines ended on the way. */
  async skipTo(offset: number): Promise<number> {
    let lines = 0;
    while (this.offset < offset) {
      const block = await this.peek(Math.min(CHUNK, offset - this.offset));
      if (block.length === 0) break;
      lines += linesIn(block);
      this.skip(block.length);
    }
    return lines;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** How many lines end in these bytes. */
export function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isUtf16 = (head: Uint8Array): boolean => head[0] === 0xff && head[1] === 0xfe;

/** The chunks of a file; gzip undone, UTF-16 (what older PowerShell writes) turned into UTF-8. */
export async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  try {
    yield* streamChunks(stream);
  } finally {
    // Who looks at the beginning alone leaves no file open.
    stream.destroy();
  }
}

/** The first bytes of a source, as many as asked for or more, and all of it. */
export async function peeked(
  source: AsyncGenerator<Buffer>,
  size: number,
): Promise<{ readonly head: Buffer; readonly chunks: AsyncGenerator<Buffer> }> {
  const begun: Buffer[] = [];
  let length = 0;
  while (length < size) {
    const next = await source.next();
    if (next.done) break;
    begun.push(next.value);
    length += next.value.length;
  }
  const chunks = (async function* () {
    yield* begun;
    yield* source;
  })();
  return { head: Buffer.concat(begun), chunks };
}

/** The chunks without the byte order mark that some programs write before a text in UTF-8. */
export async function* withoutByteOrderMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    const isMarked = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    yield isMarked ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

/** The chunks up to a length. */
export async function* upTo(chunks: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** The chunks of a stream such as standard input, decoded in the same way. */
export async function* streamChunks(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  yield* decoded(whole, head);
}

async function* decoded(chunks: AsyncIterable<Buffer>, head: Uint8Array): AsyncGenerator<Buffer> {
  if (isUtf16(head)) yield* utf8(chunks);
  else if (isGzip(head)) {
    const plain = createGunzip({ chunkSize: CHUNK });
    // The error, if any, comes out where the plain bytes are read.
    pipeline(Readable.from(chunks), plain, () => {});
    yield* streamChunks(plain as AsyncIterable<Buffer>);
  } else yield* chunks;
}

async function* utf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
