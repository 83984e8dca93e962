import { type Transferable, Worker } from 'node:worker_threads';
import { MailhuntError } from '../../errors/index.ts';
import { fromPlain } from './plain-error.ts';
import type { TaskQuestion, TaskReply, TaskTable } from './task.ts';

/** A task on its way. */
interface Waiting {
  readonly question: TaskQuestion;
  readonly handed: readonly Transferable[];
  readonly done: (answer: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly tell: (words: string) => void;
}

/** How a task is waited for. */
export interface TaskOptions {
  /** Takes it out of the line; where it runs already, its thread is ended with it: nothing else stops what runs there. */
  readonly signal?: AbortSignal;
  readonly tell?: (words: string) => void;
  /** What of the question goes over to the thread, and is empty here afterwards. */
  readonly handed?: readonly Transferable[];
}

/** With what a thread begins. */
export interface Beginning {
  /** The file that calls `answerTasks`. */
  readonly file: URL;
  /** What it finds as its `workerData`, made anew for each beginning. */
  readonly given?: () => { readonly data: unknown; readonly handed: readonly Transferable[] };
}

/** Tasks that wait in one line; what they are about waits in memory with them. */
const LINE = 50;

/**
 * A thread that does what would keep all others waiting here, a task at a time; it begins with its first task, and again
 * after it was ended. Its other side is `answerTasks`.
 *
 * @example new TaskThread<RuleTasks>({ file: threadFile(import.meta.url, './rule-thread-entry') })
 */
export class TaskThread<T extends TaskTable<T>> {
  readonly #beginning: Beginning;
  #line: Waiting[] = [];
  #running: Waiting | undefined;
  #worker: Worker | undefined;
  #last = 0;

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
  }

  /**
   * Gives it a task. Throws the errors of the catalogue that the task throws, the signal's reason, and HTTP0006 where too
   * many wait.
   */
  async run<K extends keyof T & string>(
    kind: K,
    ask: T[K]['ask'],
    { signal, tell = () => {}, handed = [] }: TaskOptions = {},
  ): Promise<T[K]['answer']> {
    signal?.throwIfAborted();
    if (this.#line.length >= LINE) throw new MailhuntError('HTTP0006', { running: 1, waiting: this.#line.length });
    const question = { id: ++this.#last, kind, ask };
    let stop = () => {};
    try {
      return await new Promise((resolve, reject) => {
        const waiting = { question, handed, done: (answer: unknown) => resolve(answer as never), fail: reject, tell };
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
    const { question, handed } = this.#running;
    try {
      this.#worker ??= this.#begin();
      this.#worker.postMessage(question, handed);
    } catch (error) {
      this.#giveUp(this.#running, error);
    }
  }

  #begin(): Worker {
    const { file, given } = this.#beginning;
    const { data, handed = [] } = given?.() ?? { data: undefined };
    const worker = new Worker(file, { workerData: data, transferList: [...handed] });
    worker.unref();
    worker.on('message', (reply: TaskReply) => this.#worker === worker && this.#take(reply));
    const lost = (error: Error) => this.#worker === worker && this.#giveUp(this.#running, error);
    worker.on('error', lost);
    worker.on('exit', () => lost(new Error('a thread of the server has ended')));
    return worker;
  }

  #take(reply: TaskReply): void {
    const running = this.#running;
    if (running?.question.id !== reply.id) return;
    if ('progress' in reply) {
      running.tell(reply.progress);
      return;
    }
    this.#running = undefined;
    if ('answer' in reply) running.done(reply.answer);
    else running.fail(fromPlain(reply.error));
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

/**
 * The file of a thread beside the one that names it: TypeScript in the clone, JavaScript where it was built.
 *
 * @param name without its ending
 */
export const threadFile = (beside: string, name: string): URL =>
  new URL(`${name}${beside.endsWith('.ts') ? '.ts' : '.js'}`, beside);
