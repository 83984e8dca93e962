import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { answerOverPort, type Resolver } from '../../mail/index.ts';
import { cargoOf, judgedRowsOf, type MessageCargo } from './crossing.ts';
import type { FoundMessage } from './found-message.ts';
import { type JudgedRows, type JudgeSetup, judgeGroup } from './judge-group.ts';

/** A group of messages on its way to a worker. */
export interface JudgeJob {
  readonly id: number;
  readonly cargo: MessageCargo;
}

/** Judges groups of messages, in this thread or in others. */
export interface Judging extends AsyncDisposable {
  /** How many groups may be under way at once with a gain. */
  readonly width: number;
  judge(messages: readonly FoundMessage[]): Promise<readonly JudgedRows[]>;
}

/** Judges in this thread: for few messages, and for tests. */
export const judgingHere = (setup: JudgeSetup, resolver: Resolver): Judging => ({
  width: 1,
  judge: (messages) => judgeGroup(messages, setup, resolver),
  [Symbol.asyncDispose]: async () => {},
});

interface Waiting {
  readonly done: (judged: readonly JudgedRows[]) => void;
  readonly fail: (error: Error) => void;
}

/** One worker with what it is asked at the moment. */
class JudgeThread {
  readonly #worker: Worker;
  readonly #dns: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(setup: JudgeSetup, resolver: Resolver) {
    const { port1, port2 } = new MessageChannel();
    this.#dns = port1;
    answerOverPort(port1, resolver);
    this.#worker = new Worker(workerFile, { workerData: { ...setup, dns: port2 }, transferList: [port2] });
    this.#worker.on('message', ({ id, judged, defect }) => {
      const asker = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (judged !== undefined) asker?.done(judgedRowsOf(judged));
      else asker?.fail(new Error(`a worker failed: ${defect}`));
    });
    this.#worker.on('error', (error: Error) => this.#failAll(error));
    this.#worker.on('exit', (code) => this.#failAll(new Error(`a worker ended with code ${code}`)));
  }

  get busy(): number {
    return this.#waiting.size;
  }

  judge(messages: readonly FoundMessage[]): Promise<readonly JudgedRows[]> {
    const cargo = cargoOf(messages);
    return new Promise((done, fail) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { done, fail });
      this.#worker.postMessage({ id, cargo } satisfies JudgeJob, [cargo.bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    this.#dns.close();
    await this.#worker.terminate();
  }

  #failAll(error: Error): void {
    for (const { fail } of this.#waiting.values()) fail(error);
    this.#waiting.clear();
  }
}

/** The worker's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './judge-worker.ts' : './judge-worker.js',
  import.meta.url,
);

/** Groups that wait in a worker beside the one at hand, so that it never waits for this thread. */
const AHEAD = 2;

/**
 * Judges in worker threads, as many as there are processors. All of them ask DNS through the one resolver given here.
 *
 * @example await using judging = judgingInThreads(setup, cachingResolver(systemResolver(), { now }));
 */
export function judgingInThreads(setup: JudgeSetup, resolver: Resolver, threads = availableParallelism()): Judging {
  const all = Array.from({ length: Math.max(1, threads) }, () => new JudgeThread(setup, resolver));
  return {
    width: all.length * AHEAD,
    judge: (messages) => all.reduce((least, one) => (one.busy < least.busy ? one : least)).judge(messages),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((thread) => thread.close()));
    },
  };
}
