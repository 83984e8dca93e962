import { stat } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { cachingResolver } from '../../mail/index.ts';
import { fileChunks, withoutByteOrderMark } from '../bytes.ts';
import { STDIN, shownName } from '../files.ts';
import { failureOf, type Run, untilAborted } from '../run.ts';
import { ArchiveProblem, tarMessages, wholeMessage, zipMessages } from './archive.ts';
import type { Found, FoundMessage, SkippedMessage } from './found-message.ts';
import { type Brought, takeIn } from './intake.ts';
import { type Judging, judgingHere, judgingInThreads } from './judging.ts';
import type { MailKind } from './kind.ts';
import type { MailOptions } from './mail-options.ts';
import { mboxMessages } from './mbox.ts';
import { withNested } from './nested.ts';
import { type Pack, packsOf } from './pack.ts';
import { reasonAgainst } from './reason-against.ts';

/** A pack with less mail than this is judged in this thread: starting others would take longer. */
const LITTLE_BYTES = 2 << 20;

/** What is told while mail comes in. */
interface Told {
  /** What progress names, how far that is read, and how large it is, Infinity where it is not known. */
  readonly name: (message: FoundMessage) => string;
  readonly read: () => number;
  readonly size: number;
  readonly onMessage: (message: FoundMessage, brought: Brought | undefined) => void;
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
    // The same mail judged by other rules is another reading of it, and so is one that keeps what was only read before.
    const { now: _, ...rules } = options.judge;
    const keeps = options.keep === undefined ? [] : ['kept'];
    this.#as = `mail:${JSON.stringify([rules, options.rows, options.nested ?? false, ...keeps])}:`;
  }

  /**
   * An mbox, an archive, or a single message.
   *
   * @param chunks its bytes where it is no file: those of standard input
   */
  async source(file: string, kind: MailKind, chunks?: AsyncIterable<Buffer>): Promise<void> {
    const { signal } = this.#run.options;
    const size = chunks === undefined ? (await stat(file)).size : Number.POSITIVE_INFINITY;
    const counted = new Counted(withoutByteOrderMark(untilAborted(chunks ?? fileChunks(file), signal)));
    let [fresh, known, rows] = [0, 0, 0];
    let failed = false;
    try {
      await this.#take(foundIn(file, kind, counted, size), {
        name: () => file,
        read: () => counted.bytes,
        // Of what is compressed, the bytes that come out say nothing about how much is left.
        size: kind === 'zip' || /\.(?:gz|tgz)$/i.test(file) ? Number.POSITIVE_INFINITY : size,
        onMessage: (_, brought) => {
          if (brought === undefined) known++;
          else fresh++;
          rows += brought?.rows ?? 0;
        },
      });
    } catch (cause) {
      failed = true;
      const problem = cause instanceof ArchiveProblem ? cause.message : endOfGzip(cause);
      if (problem === undefined) this.#run.failed(file, failureOf(file, cause));
      else {
        const about = { file: shownName(file), text: problem };
        this.#run.failed(file, new MailhuntError('INGEST0006', about, { cause }));
      }
    }
    if (failed && fresh === 0) return;
    const bytes = kind === 'zip' && Number.isFinite(size) ? size : counted.bytes;
    const alreadyThere = fresh === 0 && known > 0 && !this.#run.stopped ? bytes : 0;
    this.#run.files.push({ file, format: kind, bytes, rows, alreadyThere, rejected: 0 });
  }

  /** Files that are a message each. */
  async messageFiles(files: readonly string[]): Promise<void> {
    let read = 0;
    await this.#take(this.#readable(files), {
      name: ({ place }) => place,
      read: () => read,
      size: files.length,
      onMessage: ({ place, bytes, isNested = false }, brought) => {
        const rows = brought?.rows ?? 0;
        const outer = this.#run.files.at(-1);
        if (isNested && outer !== undefined && place.startsWith(`${outer.file}!`)) {
          this.#run.files[this.#run.files.length - 1] = { ...outer, rows: outer.rows + rows };
          return;
        }
        read++;
        const alreadyThere = brought === undefined ? bytes.length : 0;
        this.#run.files.push({ file: place, format: 'eml', bytes: bytes.length, rows, alreadyThere, rejected: 0 });
      },
    });
  }

  async *#readable(files: readonly string[]): AsyncGenerator<Found> {
    for (const file of files) {
      if (this.#run.stopped) return;
      try {
        yield await wholeMessage(file, withoutByteOrderMark(fileChunks(file)));
      } catch (cause) {
        this.#run.failed(file, failureOf(file, cause));
      }
    }
  }

  async #take(found: AsyncIterable<Found>, { name, read, size, onMessage }: Told): Promise<void> {
    const { store, batchRows, signal } = this.#run.options;
    let rows = 0;
    await takeIn(packsOf(this.#whole(this.#options.nested === true ? withNested(found) : found)), {
      store,
      keep: this.#options.keep,
      as: this.#as,
      batchRows,
      signal,
      judging: (pack) => this.#judging(pack),
      check: () => this.#check(),
      onMessage: (message, brought) => {
        rows += brought?.rows ?? 0;
        this.#run.message(brought?.origin);
        onMessage(message, brought);
        this.#run.progress(name(message), read(), size, rows);
      },
      onPack: (batches) => this.#run.settled(batches),
    });
    this.#run.finished(rows);
  }

  /** What can be judged; the rest is set aside. */
  async *#whole(found: AsyncIterable<Found>): AsyncGenerator<FoundMessage> {
    for await (const one of found) {
      const reason = 'reason' in one ? one.reason : reasonAgainst(one);
      if (reason === undefined) yield one;
      else this.#setAside({ ...one, reason });
    }
  }

  #check(): void {
    const { resolver } = this.#options;
    if ('dead' in resolver && resolver.dead !== undefined) throw resolver.dead;
  }

  #setAside({ place, reason, bytes }: SkippedMessage): void {
    const rejected = { file: place, reason };
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

/** In words for a person: a gzip that ends before its end, or is none. */
function endOfGzip(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('Z_') ? `its compression is damaged: ${(cause as Error).message}` : undefined;
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
  throw new ArchiveProblem('a zip cannot be read from a pipe, save it as a file');
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
