import { Worker } from 'node:worker_threads';
import { MailhuntError } from '../../../errors/index.ts';
import { fromPlain } from '../../compiling/crossing.ts';
import type { FromRuleThread, TaskKind, Tasks, ToRuleThread } from './rule-task.ts';

/** The thread's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const file = new URL(
  import.meta.url.endsWith('.ts') ? './rule-thread-entry.ts' : './rule-thread-entry.js',
  import.meta.url,
);

interface Waiting {
  readonly done: (answer: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly tell: (words: string) => void;
}

/** How a task is waited for. */
export interface TaskOptions {
  /** Ends the thread with all that it does: what runs in it cannot be stopped otherwise. */
  readonly signal?: AbortSignal;
  readonly tell?: (words: string) => void;
}

/** A thread that works on rules; it begins with its first task, and again after it was ended. */
export class RuleThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;

  /** Gives it a task. Throws the errors of the catalogue that the task throws, and the signal's reason. */
  async run<K extends TaskKind>(kind: K, ask: Tasks[K]['ask'], options: TaskOptions = {}): Promise<Tasks[K]['answer']> {
    const { signal, tell = () => {} } = options;
    signal?.throwIfAborted();
    const id = ++this.#last;
    const stop = () => this.#lost(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { done: (answer) => resolve(answer as Tasks[K]['answer']), fail: reject, tell });
        this.#worker ??= this.#begin();
        this.#worker.postMessage({ id, kind, ask } satisfies ToRuleThread);
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#waiting.delete(id);
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#lost(new MailhuntError('KQL0008', { text: 'the server is stopping' }));
  }

  #begin(): Worker {
    const worker = new Worker(file);
    worker.unref();
    worker.on('message', (message: FromRuleThread) => this.#take(message));
    worker.on('error', (error) => this.#lost(error));
    worker.on('exit', () => this.#worker === worker && this.#lost(new Error('the thread of the rules has ended')));
    return worker;
  }

  #take(message: FromRuleThread): void {
    const waiting = this.#waiting.get(message.id);
    if ('progress' in message) waiting?.tell(message.progress);
    else if ('answer' in message) waiting?.done(message.answer);
    else waiting?.fail(fromPlain(message.error));
  }

  async #lost(reason: unknown): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { fail } of this.#waiting.values()) fail(reason);
    this.#waiting.clear();
    await worker?.terminate();
  }
}
