import { MessageChannel } from 'node:worker_threads';
import type { JudgedMessage, JudgeOptions } from '../../../../ingest/index.ts';
import { answerOverPort, type Resolver } from '../../../../mail/index.ts';
import { abortable } from '../../../http/abortable.ts';
import { joined } from '../../../http/joined.ts';
import { ownBytes, type TaskMeans, TaskThread, type TaskWork, threadFile } from '../../../threads/index.ts';
import type { ReadingTasks } from './tasks.ts';
import { bufferOf, readingWork } from './work.ts';

/**
 * Bytes of a message that is taken apart where requests are answered: the worst of that size takes less than 0.1 s, and a
 * thread that has to begin first takes longer.
 */
const SMALL = 64 * 1024;

/** Takes messages apart: small ones here, large ones in threads, where they keep nobody waiting. */
export class MessageReader {
  readonly #here: TaskWork<ReadingTasks>;
  readonly #opening: TaskThread<ReadingTasks>;
  /** Who looks at a message does not wait for files that others open. */
  readonly #showing: TaskThread<ReadingTasks>;

  /** @param resolver what answers DNS, for the threads as well */
  constructor(resolver: Resolver) {
    const beginning = {
      file: threadFile(import.meta.url, './thread-entry'),
      given: () => {
        const { port1, port2 } = new MessageChannel();
        answerOverPort(port1, resolver);
        return { data: { dns: port2 }, handed: [port2] };
      },
    };
    this.#here = readingWork(resolver);
    this.#opening = new TaskThread(beginning);
    this.#showing = new TaskThread(beginning);
  }

  /**
   * Judges the one message that a file holds; takes its bytes over. Throws MSG0004 where it holds none, or several, and
   * the signal's reason.
   */
  async open(bytes: Buffer, options: JudgeOptions, signal: AbortSignal): Promise<JudgedMessage> {
    const { judged } = await this.#run('open', { bytes: ownBytes(bytes), options }, this.#opening, signal);
    return { ...judged, message: { ...judged.message, bytes: bufferOf(judged.message.bytes) } };
  }

  /** Something of a message that is to be shown; its bytes stay. Throws what the task throws, and the signal's reason. */
  async show<K extends 'body' | 'files' | 'file'>(
    kind: K,
    ask: ReadingTasks[K]['ask'],
    signal: AbortSignal,
  ): Promise<ReadingTasks[K]['answer']> {
    const { bytes } = ask;
    const own = bytes.length > SMALL ? { ...ask, bytes: await joined([bytes], bytes.length) } : ask;
    return this.#run(kind, own, this.#showing, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#opening.close(), this.#showing.close()]);
  }

  #run<K extends keyof ReadingTasks>(
    kind: K,
    ask: ReadingTasks[K]['ask'],
    thread: TaskThread<ReadingTasks>,
    signal: AbortSignal,
  ): Promise<ReadingTasks[K]['answer']> {
    if (ask.bytes.length <= SMALL) return abortable(this.#here[kind](ask, here), signal);
    return thread.run(kind, ask, { signal, handed: [ask.bytes.buffer as ArrayBuffer] });
  }
}

const here: TaskMeans = { tell: () => {}, hand: (bytes) => bytes };
