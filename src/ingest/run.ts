import { type ErrorCode, MailhuntError } from '../errors/index.ts';
import type { TableSchema } from '../schema/index.ts';
import type { Batches } from './batches.ts';
import { UnknownTable } from './feed.ts';
import { shownName, unreadable } from './files.ts';
import type { Format } from './format.ts';
import type { IngestStore } from './identity.ts';
import type { Origin } from './mail/judge-group.ts';
import type { MailKind } from './mail/kind.ts';
import type { MailOptions } from './mail/mail-options.ts';
import type { Rejected, RejectSink } from './rejects.ts';
import type { FileReport, IngestReport, Progress } from './report.ts';
import { UnknownFormat } from './source.ts';
import type { Tally } from './tally.ts';

export interface IngestOptions {
  /** Where rows go: the store, or what stands for a server's. Batches are the only thing it is given. */
  readonly store: IngestStore;
  /** The table of all rows of exports; otherwise they, or the file's name, tell. */
  readonly table?: string | undefined;
  readonly format?: Format | MailKind | undefined;
  /** Sets aside what does not come in, see `rejectsFolder`. */
  readonly reject: RejectSink;
  /** The clock, milliseconds since 1970: for the rate that progress shows. */
  readonly now: () => number;
  /** How raw mail is judged; without it, files with mail are refused. */
  readonly mail?: MailOptions | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the run at the end of a batch; the same call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** What `-` stands for. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Bytes; a line longer than this is set aside without being held. Default 16 MB. */
  readonly lineLimit?: number;
  readonly batchRows?: number;
}

/** So many set-aside lines and files are listed in the report; all are counted and set aside. */
const LISTED = 1000;

/** One call of `ingest`: what it was asked, and what became of it so far. */
export class Run {
  readonly options: IngestOptions;
  readonly table: TableSchema | undefined;
  readonly tally: Tally;
  readonly files: FileReport[] = [];
  readonly failures: { file: string; error: MailhuntError }[] = [];
  /** Files of folders that are neither mail nor exports. */
  readonly #passedOver: string[] = [];
  readonly #started: number;
  readonly #rejected: Rejected[] = [];
  readonly #tables = new Map<string, number>();
  #rejectedCount = 0;
  #rowsAlreadyThere = 0;
  #rows = 0;
  #messages = { taken: 0, verified: 0, without: 0, alreadyThere: 0, rejected: 0 };
  readonly #received = new Map<string, number>();

  constructor(options: IngestOptions, table: TableSchema | undefined, tally: Tally) {
    this.options = options;
    this.table = table;
    this.tally = tally;
    this.#started = options.now();
  }

  get stopped(): boolean {
    return this.options.signal?.aborted === true;
  }

  /** Counts a line or message that was set aside. */
  rejected(rejected: Rejected): void {
    this.#rejectedCount++;
    if (rejected.line === undefined) this.#messages.rejected++;
    if (this.#rejected.length < LISTED) this.#rejected.push(rejected);
  }

  passedOver(file: string): void {
    this.#passedOver.push(file);
  }

  /** Counts a message: where its verdict comes from, undefined where it had come in before. */
  message(origin: Origin | undefined): void {
    const counts = this.#messages;
    if (origin === undefined) {
      counts.alreadyThere++;
      return;
    }
    counts.taken++;
    const { source, receiver = '' } = origin;
    if (source === 'verified') counts.verified++;
    else if (source === 'none') counts.without++;
    else this.#received.set(receiver, (this.#received.get(receiver) ?? 0) + 1);
  }

  failed(file: string, error: MailhuntError): void {
    this.failures.push({ file, error });
  }

  /** Tells how far a source is, and how many of its rows were read. `size` may be Infinity. */
  progress(file: string, bytes: number, size: number, rowsOfIt: number): void {
    const seconds = (this.options.now() - this.#started) / 1000;
    const rows = this.#rows + rowsOfIt;
    const messages = this.#messages.taken + this.#messages.alreadyThere;
    this.options.onProgress?.({
      file,
      bytes,
      size: Number.isFinite(size) ? size : null,
      rows,
      rowsPerSecond: seconds > 0 ? rows / seconds : 0,
      messages,
      messagesPerSecond: seconds > 0 ? messages / seconds : 0,
    });
  }

  /** A source was read to its end, or as far as it went. */
  finished(rowsOfIt: number): void {
    this.#rows += rowsOfIt;
  }

  /** Adds what the batches of a source brought; returns how many rows that was. */
  settled(batches: Batches): number {
    this.#rowsAlreadyThere += batches.alreadyThere;
    let rows = 0;
    for (const [name, count] of batches.appended) {
      this.#tables.set(name, (this.#tables.get(name) ?? 0) + count);
      rows += count;
    }
    return rows;
  }

  report(): IngestReport {
    const { files } = this;
    return {
      files,
      rows: [...this.#tables.values()].reduce((sum, rows) => sum + rows, 0),
      tables: Object.fromEntries(this.#tables),
      messages: { ...this.#messages, received: Object.fromEntries(this.#received) },
      repairs: this.tally.repairs(),
      unknownColumns: Object.fromEntries(this.tally.unknown),
      passedOver: this.#passedOver.slice(0, LISTED),
      passedOverCount: this.#passedOver.length,
      rejected: this.#rejected,
      rejectedCount: this.#rejectedCount,
      filesAlreadyThere: files.filter(
        ({ rows, bytes, alreadyThere }) => rows === 0 && alreadyThere > 0 && alreadyThere >= bytes,
      ).length,
      rowsAlreadyThere: this.#rowsAlreadyThere,
      failures: this.failures,
      stopped: this.stopped,
    };
  }
}

/** What went wrong with one file, as an error of the catalogue; what is none of the file's making is thrown on. */
export function failureOf(file: string, cause: unknown): MailhuntError {
  if (cause instanceof UnknownTable) return new MailhuntError('INGEST0003', { file: shownName(file) });
  if (cause instanceof UnknownFormat) return new MailhuntError('INGEST0004', { file: shownName(file) });
  if (cause instanceof MailhuntError) throw cause as MailhuntError<ErrorCode>;
  if (cause instanceof Error && 'code' in cause) return unreadable(file, cause);
  throw cause;
}

/** What there is of a source until the run is stopped. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  for await (const one of source) {
    if (signal?.aborted === true) return;
    yield one;
  }
}
