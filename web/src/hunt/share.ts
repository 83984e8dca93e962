/** What a link carries. */
export interface Shared {
  readonly name: string;
  readonly text: string;
}

/** Longer addresses are cut off by mail programs and chat, and a cut query is another query. */
export const LONGEST_LINK = 8_000;
/** A link that unpacks to more is none of ours: 8,000 characters can be made to say gigabytes. */
export const LONGEST_TEXT = 1_000_000;

/** Marks the fragment, and how it is packed. */
const MARK = 'q1=';

/**
 * The fragment of an address that opens a query: `#q1=…`, deflated JSON in base64 for URLs. Nothing of it reaches a
 * server, for no browser sends fragments. Undefined where the link would be longer than {@link LONGEST_LINK}.
 */
export async function packed({ name, text }: Shared): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify([name, text]));
  const deflated = await collected(streamOf(bytes).pipeThrough(new CompressionStream('deflate-raw')), Infinity);
  if (deflated === undefined) return undefined;
  const fragment = `#${MARK}${base64Of(deflated)}`;
  return fragment.length > LONGEST_LINK ? undefined : fragment;
}

/** What a fragment says; undefined where it is none of ours, or damaged. */
export async function unpacked(fragment: string): Promise<Shared | undefined> {
  if (!fragment.startsWith(`#${MARK}`)) return undefined;
  try {
    const deflated = bytesOf(fragment.slice(MARK.length + 1));
    const stream = streamOf(deflated).pipeThrough(new DecompressionStream('deflate-raw'));
    const bytes = await collected(stream, LONGEST_TEXT);
    if (bytes === undefined) return undefined;
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string') return undefined;
    return { name: value[0].slice(0, 120), text: value[1] };
  } catch {
    // Cut off, mistyped, or made by somebody else: there is nothing in it for us.
    return undefined;
  }
}

const streamOf = (bytes: Uint8Array): ReadableStream<BufferSource> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });

/** All bytes of a stream; undefined, and the stream let go, as soon as there are more than `most`. */
async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
