import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl';
import { peeked, streamChunks, withoutByteOrderMark } from '../bytes.ts';
import { foreignMail } from './foreign.ts';
import { type Found, MESSAGE_LIMIT, tooLarge } from './found-message.ts';
import { KIND_HEAD, type MailKind, mailKindOf } from './kind.ts';
import { mboxMessages } from './mbox.ts';

/** What an archive may unfold to. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of one message. */
  readonly message: number;
  /** Bytes of all entries, and how many times the archive's own size that may be. */
  readonly bytes: number;
  readonly ratio: number;
}

export const archiveLimits: ArchiveLimits = { entries: 2_000_000, message: MESSAGE_LIMIT, bytes: 1 << 30, ratio: 200 };

/** Why reading of an archive ended before its end. */
export class ArchiveProblem extends Error {}

interface Part {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

export interface ArchiveOptions {
  /** The name that places begin with. */
  readonly file: string;
  /** Messages read earlier; those are passed over. */
  readonly start?: number;
  /** Bytes of the archive, for the ratio; undefined for a stream. */
  readonly size?: number;
  readonly limits?: ArchiveLimits;
}

/**
 * The messages of a tar: its .eml files, its mboxes, the files of a Maildir. Entries that are no mail are passed over. A
 * message's position is its number.
 *
 * @throws ArchiveProblem where the archive is damaged or unfolds to more than its limits
 */
export async function* tarMessages(chunks: AsyncIterable<Buffer>, options: ArchiveOptions): AsyncGenerator<Found> {
  const tar = extract();
  const source = Readable.from(chunks);
  // The error, if any, comes out where the entries are read.
  pipeline(source, tar as unknown as NodeJS.WritableStream, () => {});
  yield* messagesOf(tarParts(tar as unknown as AsyncIterable<TarEntry>), options);
}

/** An entry as tar-stream gives it; its types speak of another kind of stream. */
interface TarEntry extends AsyncIterable<Buffer> {
  readonly header: Header;
  resume(): void;
}

async function* tarParts(tar: AsyncIterable<TarEntry>): AsyncGenerator<Part> {
  try {
    for await (const entry of tar) {
      if (entry.header.type === 'file' || entry.header.type === 'contiguous-file') {
        yield { name: entry.header.name, bytes: tarEntry(entry) };
      }
      // Whatever was not read has to be, or the next entry never comes.
      entry.resume();
    }
  } catch (cause) {
    throw notWholeTar(cause);
  }
}

/** The bytes of an entry; a tar may end within them. */
async function* tarEntry(entry: TarEntry): AsyncGenerator<Buffer> {
  try {
    yield* entry;
  } catch (cause) {
    throw notWholeTar(cause);
  }
}

const notWholeTar = (cause: unknown): ArchiveProblem =>
  cause instanceof ArchiveProblem ? cause : new ArchiveProblem(`not a whole tar: ${words(cause)}`, { cause });

/**
 * The messages of a zip file, as {@link tarMessages}.
 *
 * @param source its path, or all its bytes
 * @throws ArchiveProblem where the archive is damaged, encrypted or unfolds to more than its limits
 */
export async function* zipMessages(source: string | Buffer, options: ArchiveOptions): AsyncGenerator<Found> {
  const zip = await opened(source);
  try {
    yield* messagesOf(zipParts(zip), options);
  } finally {
    zip.close();
  }
}

function opened(source: string | Buffer): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: true } as const;
  return new Promise((resolve, reject) => {
    const done = (cause: Error | null, zip?: ZipFile): void => {
      if (zip === undefined) reject(new ArchiveProblem(`not a whole zip: ${words(cause)}`, { cause }));
      else resolve(zip);
    };
    if (typeof source === 'string') open(source, options, done);
    else fromBuffer(source, options, done);
  });
}

async function* zipParts(zip: ZipFile): AsyncGenerator<Part> {
  for (;;) {
    const entry = await nextEntry(zip);
    if (entry === undefined) return;
    if (entry.fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) throw new ArchiveProblem(`${entry.fileName} is encrypted`);
    yield { name: entry.fileName, bytes: zipEntry(zip, entry) };
  }
}

async function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  const stop = new AbortController();
  const { signal } = stop;
  const seen = Promise.race([
    once(zip, 'entry', { signal }).then(([entry]) => entry as Entry),
    once(zip, 'end', { signal }).then(() => undefined),
  ]);
  zip.readEntry();
  try {
    return await seen;
  } catch (cause) {
    throw new ArchiveProblem(`not a whole zip: ${words(cause)}`, { cause });
  } finally {
    stop.abort();
  }
}

async function* zipEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (cause, found) => (cause === null ? resolve(found) : reject(cause)));
  }).catch((cause) => {
    throw new ArchiveProblem(`${entry.fileName} cannot be read: ${words(cause)}`, { cause });
  });
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new ArchiveProblem(`${entry.fileName} cannot be read: ${words(cause)}`, { cause });
  } finally {
    stream.destroy();
  }
}

async function* messagesOf(parts: AsyncIterable<Part>, options: ArchiveOptions): AsyncGenerator<Found> {
  const { file, start = 0, size, limits = archiveLimits } = options;
  const budget = { left: Math.max(limits.bytes, (size ?? 0) * limits.ratio) };
  let entries = 0;
  let position = 0;
  for await (const { name, bytes } of parts) {
    if (++entries > limits.entries) throw new ArchiveProblem(`more than ${limits.entries} entries`);
    for await (const found of messagesIn(`${file}/${name}`, within(bytes, budget), limits)) {
      position++;
      if (position > start) yield { ...found, position };
    }
  }
}

/** Counts what comes out against what may. */
async function* within(bytes: AsyncIterable<Buffer>, budget: { left: number }): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    budget.left -= chunk.length;
    if (budget.left < 0) throw new ArchiveProblem('unfolds to far more than its own size');
    yield chunk;
  }
}

/** The messages of one entry: none where it is no mail. */
async function* messagesIn(place: string, bytes: AsyncIterable<Buffer>, limits: ArchiveLimits): AsyncGenerator<Found> {
  const { head, chunks } = await peeked(streamChunks(bytes), KIND_HEAD);
  const kind = mailKindOf(head, place);
  const reason = refusalOf(head, place, kind);
  if (reason !== undefined) yield { place, position: 0, reason, bytes: head.subarray(0, KIND_HEAD) };
  if (kind !== 'eml' && kind !== 'mbox') return;
  const mail = withoutByteOrderMark(chunks);
  if (kind === 'mbox') yield* mboxMessages(mail, { file: place, limit: limits.message });
  else yield await wholeMessage(place, mail, limits.message);
}

/** Why an entry that may well hold mail is not read. */
function refusalOf(head: Buffer, place: string, kind: MailKind | undefined): string | undefined {
  if (kind === 'tar' || kind === 'zip')
    return `a ${kind} in an archive is not read: unpack the outer one and ingest the folder`;
  const foreign = foreignMail(head, place);
  return foreign && `${foreign.what} is not read. ${foreign.advice}`;
}

/** All of a stream as one message. */
export async function wholeMessage(
  place: string,
  chunks: AsyncIterable<Buffer>,
  limit = MESSAGE_LIMIT,
): Promise<Found> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > limit) {
      const bytes = Buffer.concat(parts).subarray(0, KIND_HEAD);
      return { place, position: length, reason: tooLarge(limit), bytes };
    }
    parts.push(chunk);
    length += chunk.length;
  }
  return { place, position: length, bytes: Buffer.concat(parts, length) };
}

const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
