import { Worker } from 'node:worker_threads';
import { MailhuntError } from '../../../errors/index.ts';
import { fromPlain } from '../../compiling/crossing.ts';
import type { FromRuleThread, TaskKind, Tasks, ToRuleThread } from './rule-task.ts';

/** The thread's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const file = new URL(
  import.meta.url.endsWith('.ts') ? './rule-thread-entry.ts' : './rule-thread-entry.js',
  import.meta.url,
);

/** A task on its way. */
interface Waiting {
  readonly message: ToRuleThread;
  readonly done: (answer: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly tell: (words: string) => void;
}

/** How a task is waited for. */
export interface TaskOptions {
  /** Takes it out of the line; where it runs already, its thread is ended with it: nothing else stops what runs there. */
  readonly signal?: AbortSignal;
  readonly tell?: (words: string) => void;
}

/** A thread that works on rules, a task at a time; it begins with its first task, and again after it was ended. */
export class RuleThread {
  #line: Waiting[] = [];
  #running: Waiting | undefined;
  #worker: Worker | undefined;
  #last = 0;

  /** Gives it a task. Throws the errors of the catalogue that the task throws, and the signal's reason. */
  async run<K extends TaskKind>(kind: K, ask: Tasks[K]['ask'], options: TaskOptions = {}): Promise<Tasks[K]['answer']> {
    const { signal, tell = () => {} } = options;
    signal?.throwIfAborted();
    const message = { id: ++this.#last, kind, ask };
    let stop = () => {};
    try {
      return await new Promise((resolve, reject) => {
        const waiting = { message, done: (answer: unknown) => resolve(answer as never), fail: reject, tell };
        stop = () => this.#giveUp(waiting, signal?.reason);
        signal?.addEventListener('abort', stop, { once: true });
        this.#line.push(waiting);
        this.#next();
      });
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends the thread; nobody waits on. */
  async close(): Promise<void> {
    const closing = new MailhuntError('KQL0008', { text: 'the server is stopping' });
    const all = [...(this.#running ? [this.#running] : []), ...this.#line];
    this.#line = [];
    for (const { fail } of all) fail(closing);
    await this.#end();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    this.#running = this.#line.shift();
    if (this.#running === undefined) return;
    this.#worker ??= this.#begin();
    this.#worker.postMessage(this.#running.message);
  }

  #begin(): Worker {
    const worker = new Worker(file);
    worker.unref();
    worker.on('message', (message: FromRuleThread) => this.#worker === worker && this.#take(message));
    const lost = (error: Error) => this.#worker === worker && this.#giveUp(this.#running, error);
    worker.on('error', lost);
    worker.on('exit', () => lost(new Error('the thread of the rules has ended')));
    return worker;
  }

  #take(message: FromRuleThread): void {
    const running = this.#running;
    if (running?.message.id !== message.id) return;
    if ('progress' in message) {
      running.tell(message.progress);
      return;
    }
    this.#running = undefined;
    if ('answer' in message) running.done(message.answer);
    else running.fail(fromPlain(message.error));
    this.#next();
  }

  /** Nobody waits for a task any more: the others go on, in a new thread where it was the one that ran. */
  #giveUp(waiting: Waiting | undefined, reason: unknown): void {
    waiting?.fail(reason);
    if (waiting !== this.#running) {
      this.#line = this.#line.filter((one) => one !== waiting);
      return;
    }
    this.#end().catch(() => {});
    this.#next();
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#running = undefined;
    await worker?.terminate();
  }
}
