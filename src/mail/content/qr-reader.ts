import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { QrAnswer } from './qr-worker.ts';

/** What came of one picture: its texts, or why there are none. */
export type QrOutcome = QrAnswer | { readonly late: true };

/**
 * The texts of the QR codes in a PNG, JPEG, GIF or BMP, decoded in a thread that is ended when it takes too long. Pictures
 * wait for each other; the time runs from a picture's turn on. Never rejects.
 *
 * @param time milliseconds
 * @example await readQrCodes(png, 1500) // { texts: ['https://example.com/'] }
 */
export function readQrCodes(picture: Buffer, time: number): Promise<QrOutcome> {
  const turn = last.then(() => {
    if (thread === undefined || thread.ended) thread = new QrThread();
    return thread.ask(picture, time);
  });
  last = turn;
  return turn;
}

/** One for all messages, begun with the first picture. */
let thread: QrThread | undefined;
let last: Promise<unknown> = Promise.resolve();

class QrThread {
  ended = false;
  readonly #worker = new Worker(workerFile(), { resourceLimits: { maxOldGenerationSizeMb: 256 } });
  #settle: (outcome: QrOutcome) => void = () => {};

  constructor() {
    this.#worker.on('message', (answer: QrAnswer) => this.#settle(answer));
    this.#worker.on('error', (error: Error) => this.#end({ problem: error.message }));
    this.#worker.on('exit', () => this.#end({ problem: 'the reader ended' }));
    // It keeps no process alive; while somebody waits, the timer does.
    this.#worker.unref();
  }

  async ask(picture: Buffer, time: number): Promise<QrOutcome> {
    const timer = setTimeout(() => this.#end({ late: true }), time);
    const answer = new Promise<QrOutcome>((resolve) => {
      this.#settle = resolve;
    });
    const copy = new Uint8Array(picture);
    this.#worker.postMessage(copy, [copy.buffer]);
    const outcome = await answer;
    clearTimeout(timer);
    return outcome;
  }

  #end(outcome: QrOutcome): void {
    this.ended = true;
    void this.#worker.terminate();
    this.#settle(outcome);
  }
}

/** The published package holds `.js`, the clone `.ts`. */
const workerFile = (): URL => new URL(`./qr-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
