/**
 * Which source this is, whatever its name: the way to take each row exactly once.
 *
 * A file is known by the hash of its whole content, so the same file under another name is known, and one that differs
 * anywhere is another. A file that grew has another hash too; so each source leaves a mark that leads from what it began
 * with to its size, and the hash of that many bytes of the longer file tells whether it is the same one, grown.
 */
import { createHash } from 'node:crypto';
import type { Store } from '../store/index.ts';

/** What of the store ingest relies on; the command line lends a server's over HTTP. */
export type IngestStore = Pick<Store, 'append' | 'flush' | 'position'>;

/** Names what a batch carries as its source. */
export interface Identity {
  /** Where reading begins: what stands before it is in the store already. */
  readonly start: number;
  /** Bytes of the source, Infinity where that is not known. */
  readonly size: number;
  /** Why its bytes end there, where they should not: the file could not be read on. */
  readonly problem: unknown;
  /** True where bytes come from the start again although they may be in the store: a stream cannot be wound on. */
  readonly replayed: boolean;
  /** The source id of a batch that ends with what was consumed so far; behind it those that it grew from. */
  ids(): readonly string[];
  /** Tells which bytes were read up to the next position. */
  consumed(bytes: Uint8Array): void;
  /** Called once, before the first batch. */
  begin(): Promise<void>;
}

/** The first two lines tell a growing file from others; no more than this is looked at for them. */
const HEAD = 1 << 16;

interface Grown {
  readonly id: string;
  readonly size: number;
  readonly position: number;
}

/** What a file's identity is found with. */
export interface Identified {
  readonly chunks: AsyncIterable<Buffer>;
  readonly store: IngestStore;
  /** Some table of the store: a mark is a batch without rows. */
  readonly markTable: string;
  /** What else makes two readings of the same bytes two sources: the table that the caller named. */
  readonly as: string;
}

/** The identity of a file, from one pass over its content. What comes before a read error counts. */
export async function fileIdentity({ chunks, store, markTable, as }: Identified): Promise<Identity> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  let mark = '';
  let next = 0;
  let grown: Grown | undefined;
  let problem: unknown;

  const digest = (): string => `${as}${hash.copy().digest('base64url')}`;
  const findMark = async (): Promise<void> => {
    const marks = beginnings(head).map((part) => `head:${as}${createHash('sha256').update(part).digest('base64url')}`);
    for (const one of marks) {
      next = await store.position(one);
      if (next > 0) break;
    }
    mark = marks[0]!;
  };
  const take = async (chunk: Buffer): Promise<void> => {
    let rest = chunk;
    while (next > size && next <= size + rest.length) {
      const part = rest.subarray(0, next - size);
      hash.update(part);
      size += part.length;
      rest = rest.subarray(part.length);
      const id = digest();
      const position = await store.position(id);
      if (position === 0) break;
      grown = { id, size, position };
      mark = `after:${id}`;
      next = await store.position(mark);
    }
    hash.update(rest);
    size += rest.length;
  };

  const readable = untilError(chunks, (error) => {
    problem = error;
  });
  for await (const chunk of readable) {
    if (mark !== '') await take(chunk);
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < HEAD) continue;
      await findMark();
      await take(head);
    }
  }
  if (mark === '') {
    await findMark();
    await take(head);
  }
  return identityOf(store, { id: digest(), size, mark, grown, markTable, problem });
}

/** What a source yields until it fails; the failure is told. */
export async function* untilError<T>(source: AsyncIterable<T>, onError: (error: unknown) => void): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    onError(error);
  }
}

/** What a file may be remembered by: its first two lines, or the first where the second is not whole. */
function beginnings(head: Buffer): readonly Buffer[] {
  const first = head.indexOf(10) + 1;
  const second = first === 0 ? 0 : head.indexOf(10, first) + 1;
  if (first === 0) return [head.subarray(0, HEAD)];
  return (second === 0 ? [first] : [second, first]).map((end) => head.subarray(0, Math.min(end, HEAD)));
}

interface Found {
  readonly id: string;
  readonly size: number;
  readonly mark: string;
  readonly grown: Grown | undefined;
  readonly markTable: string;
  readonly problem: unknown;
}

async function identityOf(store: IngestStore, { id, size, mark, grown, markTable, problem }: Found): Promise<Identity> {
  const own = await store.position(id);
  const ids = grown === undefined || grown.id === id ? [id] : [id, grown.id];
  return {
    start: own > 0 ? own : (grown?.position ?? 0),
    size,
    problem,
    replayed: false,
    ids: () => ids,
    consumed: () => {},
    begin: async () => {
      if (own === 0)
        await store.append({ table: markTable, columns: [], rows: [], source: { id: mark, position: size } });
    },
  };
}

/**
 * The identity of a stream, which can be read once only: each batch is known by the hash of everything up to its end.
 * The same stream again is cut at the same places, so its batches are known one by one.
 */
export function streamIdentity(as: string): Identity {
  const hash = createHash('sha256');
  return {
    start: 0,
    size: Number.POSITIVE_INFINITY,
    problem: undefined,
    replayed: true,
    ids: () => [`stream:${as}${hash.copy().digest('base64url')}`],
    consumed: (bytes) => void hash.update(bytes),
    begin: async () => {},
  };
}

/** The identity of messages that come in together; positions count them. */
export async function packIdentity(id: string, store: IngestStore): Promise<Identity> {
  return {
    start: await store.position(id),
    size: Number.POSITIVE_INFINITY,
    problem: undefined,
    replayed: false,
    ids: () => [id],
    consumed: () => {},
    begin: async () => {},
  };
}
