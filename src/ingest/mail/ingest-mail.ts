import { stat } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { cachingResolver } from '../../mail/index.ts';
import { fileChunks } from '../bytes.ts';
import { STDIN } from '../files.ts';
import { failureOf, type Run, untilAborted } from '../run.ts';
import { ArchiveProblem, tarMessages, wholeMessage, zipMessages } from './archive.ts';
import type { Found, FoundMessage, SkippedMessage } from './found-message.ts';
import { takeIn } from './intake.ts';
import { type Judging, judgingHere, judgingInThreads } from './judging.ts';
import type { MailKind } from './kind.ts';
import type { MailOptions } from './mail-options.ts';
import { mboxMessages } from './mbox.ts';
import { withNested } from './nested.ts';
import { type Pack, packsOf } from './pack.ts';

/** A pack with less mail than this is judged in this thread: starting others would take longer. */
const LITTLE_BYTES = 2 << 20;

/** What is told while mail comes in. */
interface Told {
  /** What progress names, and how large that is, Infinity where it is not known. */
  readonly name: (message: FoundMessage) => string;
  readonly size: number;
  readonly onMessage: (message: FoundMessage, rows: number | undefined) => void;
}

/** Takes mail in: holds the judging, which all mail of a run shares, and is closed with it. */
export class MailIntake implements AsyncDisposable {
  readonly #run: Run;
  readonly #options: MailOptions;
  readonly #as: string;
  #here: Judging | undefined;
  #threads: Judging | undefined;

  constructor(run: Run, options: MailOptions) {
    this.#run = run;
    this.#options = options;
    // The same mail judged by other rules is another reading of it.
    const { now: _, ...rules } = options.judge;
    this.#as = `mail:${JSON.stringify([rules, options.rows, options.nested ?? false])}:`;
  }

  /**
   * An mbox, an archive, or a single message.
   *
   * @param chunks its bytes where it is no file: those of standard input
   */
  async source(file: string, kind: MailKind, chunks?: AsyncIterable<Buffer>): Promise<void> {
    const { signal } = this.#run.options;
    const size = chunks === undefined ? (await stat(file)).size : Number.POSITIVE_INFINITY;
    const counted = new Counted(untilAborted(chunks ?? fileChunks(file), signal));
    let fresh = 0;
    let rows = 0;
    try {
      await this.#take(foundIn(file, kind, counted, size), {
        name: () => file,
        size,
        onMessage: (_, brought) => {
          if (brought !== undefined) fresh++;
          rows += brought ?? 0;
        },
      });
    } catch (cause) {
      if (cause instanceof ArchiveProblem) {
        this.#run.failed(file, new MailhuntError('INGEST0006', { file, text: cause.message }, { cause }));
      } else this.#run.failed(file, failureOf(file, cause));
    }
    const bytes = kind === 'zip' && Number.isFinite(size) ? size : counted.bytes;
    const alreadyThere = fresh === 0 && !this.#run.stopped ? bytes : 0;
    this.#run.files.push({ file, format: kind, bytes, rows, alreadyThere, rejected: 0 });
  }

  /** Files that are a message each. */
  async messageFiles(files: readonly string[]): Promise<void> {
    await this.#take(this.#readable(files), {
      name: ({ place }) => place,
      size: Number.POSITIVE_INFINITY,
      onMessage: ({ place, bytes }, rows) => {
        const alreadyThere = rows === undefined ? bytes.length : 0;
        this.#run.files.push({
          file: place,
          format: 'eml',
          bytes: bytes.length,
          rows: rows ?? 0,
          alreadyThere,
          rejected: 0,
        });
      },
    });
  }

  async *#readable(files: readonly string[]): AsyncGenerator<Found> {
    for (const file of files) {
      if (this.#run.stopped) return;
      try {
        yield await wholeMessage(file, fileChunks(file));
      } catch (cause) {
        this.#run.failed(file, failureOf(file, cause));
      }
    }
  }

  async #take(found: AsyncIterable<Found>, { name, size, onMessage }: Told): Promise<void> {
    const { store, batchRows, signal } = this.#run.options;
    let bytes = 0;
    let read = 0;
    await takeIn(packsOf(this.#whole(this.#options.nested === true ? withNested(found) : found)), {
      store,
      as: this.#as,
      batchRows,
      signal,
      judging: (pack) => this.#judging(pack),
      check: () => this.#check(),
      onMessage: (message, rows) => {
        bytes += message.bytes.length;
        read += rows ?? 0;
        onMessage(message, rows);
        this.#run.progress(name(message), bytes, size, read);
      },
      onPack: (batches) => this.#run.settled(batches),
    });
    this.#run.finished(read);
  }

  /** What can be judged; the rest is set aside. */
  async *#whole(found: AsyncIterable<Found>): AsyncGenerator<FoundMessage> {
    for await (const one of found) {
      if ('reason' in one) this.#setAside(one);
      else yield one;
    }
  }

  #check(): void {
    const { resolver } = this.#options;
    if ('dead' in resolver && resolver.dead !== undefined) throw resolver.dead;
  }

  #setAside({ place, reason, bytes }: SkippedMessage): void {
    const rejected = { file: place, line: 1, reason };
    this.#run.rejected(rejected);
    this.#run.options.reject(rejected, bytes, false);
  }

  #judging({ bytes }: Pack): Judging {
    const setup = { options: this.#options.judge, rows: this.#options.rows };
    const cached = () => cachingResolver(this.#options.resolver, { now: () => performance.now() });
    if (this.#threads !== undefined) return this.#threads;
    if (bytes < LITTLE_BYTES || this.#options.threads === 0) {
      this.#here ??= judgingHere(setup, cached());
      return this.#here;
    }
    this.#threads = judgingInThreads(setup, cached(), this.#options.threads);
    return this.#threads;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#threads?.[Symbol.asyncDispose]();
  }
}

function foundIn(file: string, kind: MailKind, bytes: AsyncIterable<Buffer>, size: number): AsyncIterable<Found> {
  const about = { file, ...(Number.isFinite(size) ? { size } : {}) };
  if (kind === 'mbox') return mboxMessages(bytes, { file });
  if (kind === 'tar') return tarMessages(bytes, about);
  if (kind === 'zip') return file === STDIN ? refused() : zipMessages(file, about);
  return single(wholeMessage(file, bytes));
}

/** The table of contents of a zip stands at its end. */
async function* refused(): AsyncGenerator<Found> {
  yield* [];
  throw new ArchiveProblem('a zip cannot be read from a pipe');
}

async function* single(found: Promise<Found>): AsyncGenerator<Found> {
  yield await found;
}

/** Bytes as they are read, counted. */
class Counted {
  bytes = 0;
  readonly #chunks: AsyncIterable<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.#chunks) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }
}
