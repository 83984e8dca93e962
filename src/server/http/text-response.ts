import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { MailhuntError } from '../../errors/index.ts';

/** Text is handed on in pieces of about this many characters. */
const PIECE = 64 * 1024;
/** Shorter answers are not worth compressing. */
const WORTH_GZIP = 1024;
/** Fast rather than small: the other end is mostly this machine. */
const LEVEL = { level: 1 } as const;

/** What an answer is sent with. */
export interface ResponseOptions {
  readonly type: string;
  readonly gzip: boolean;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** How long the reader may stop reading, in milliseconds; as long as it likes where absent. */
  readonly stall?: number;
}

/**
 * A successful answer whose text grows: collected first, so that what fails early can still become a proper HTTP error,
 * then streamed with back-pressure.
 */
export class TextResponse {
  readonly #response: ServerResponse;
  readonly #options: ResponseOptions;
  #parts: string[] = [];
  #size = 0;
  #sink: Writable | undefined;

  constructor(response: ServerResponse, options: ResponseOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** True once bytes have left: the status can no longer change. */
  get started(): boolean {
    return this.#sink !== undefined;
  }

  /**
   * Adds text; waits where the reader is slower. Rejects when the signal is aborted while it waits, and with KQL0008 when
   * the reader has stopped reading. Once the signal is aborted it waits no more: what is still to be said is how the
   * answer ended.
   */
  async write(text: string): Promise<void> {
    this.#parts.push(text);
    this.#size += text.length;
    if (this.#size >= PIECE) await this.flush();
  }

  /** Sends what has been collected. */
  async flush(): Promise<void> {
    if (this.#size === 0) return;
    this.#sink ??= this.#open();
    const full = !this.#sink.write(this.#take());
    if (full && !this.#options.signal.aborted) await this.#drained(this.#sink);
  }

  /** Sends the rest, without waiting for it to arrive. */
  end(): void {
    if (this.#sink) {
      this.#sink.end(this.#take());
      return;
    }
    const text = this.#take();
    const zip = this.#options.gzip && text.length >= WORTH_GZIP;
    const body = zip ? gzipSync(text, LEVEL) : Buffer.from(text);
    this.#response.writeHead(200, { ...this.#headers(zip), 'Content-Length': body.length });
    this.#response.end(body);
  }

  async #drained(sink: Writable): Promise<void> {
    const { signal, stall } = this.#options;
    const patience = stall === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(stall)]);
    try {
      await once(sink, 'drain', { signal: patience });
    } catch (error) {
      if (signal.aborted) throw error;
      this.#response.destroy();
      throw new MailhuntError('KQL0008', { text: 'the client stopped reading' }, { cause: error });
    }
  }

  #open(): Writable {
    this.#response.writeHead(200, this.#headers(this.#options.gzip));
    if (!this.#options.gzip) return this.#response;
    const gzip = createGzip(LEVEL);
    gzip.pipe(this.#response);
    this.#response.once('close', () => gzip.destroy());
    // Writing to a reader that is gone is no news: the signal says so.
    gzip.on('error', () => {});
    return gzip;
  }

  #headers(zip: boolean): Record<string, string> {
    const headers = { 'Content-Type': this.#options.type, Vary: 'Accept-Encoding' };
    return zip ? { ...headers, 'Content-Encoding': 'gzip' } : headers;
  }

  #take(): string {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#size = 0;
    return text;
  }
}
