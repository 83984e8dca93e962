import { Worker } from 'node:worker_threads';
import { MailhuntError } from '../../errors/index.ts';
import { answerOf, type Compiled, compileOn, type RunContext, type RunnableTable } from '../../kql/index.ts';
import type { Run } from '../session.ts';
import { type FromThread, fromPlain, type Job, type Question, type Reply, type ToThread, toPlain } from './crossing.ts';

/** Compiles queries in a thread of its own and runs them here. */
export interface Compiler extends AsyncDisposable {
  readonly run: Run;
}

/** How long a compilation may work, in milliseconds: no query that a person writes takes a tenth of it. */
const MOST = 20_000;

interface Waiting {
  readonly text: string;
  readonly context: RunContext;
  readonly done: (compiled: Compiled<RunnableTable>) => void;
  readonly fail: (error: Error) => void;
  /** The thread has begun with it. */
  readonly begin: () => void;
  /** The thread has ended with it. */
  readonly end: () => void;
}

/** The thread's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

/**
 * A compiler in a thread. A compilation that takes too long ends with its thread; a new one takes over what else
 * waits.
 */
export function compilerInThread(most = MOST): Compiler {
  const thread = new CompilerThread(most);
  return {
    run: async (text, context) => answerOf(await thread.compile(text, context), context),
    [Symbol.asyncDispose]: () => thread.close(),
  };
}

class CompilerThread {
  readonly #most: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #catalog = '';
  #lastId = 0;

  constructor(most: number) {
    this.#most = most;
    this.#start();
  }

  /** What a lent table's columns are only this thread can say: such a text is compiled here. */
  compile(text: string, context: RunContext): Promise<Compiled<RunnableTable>> {
    if (context.surroundings?.tables.some(({ name }) => text.includes(name))) return compileOn(text, context);
    const id = ++this.#lastId;
    const { signal } = context;
    signal?.throwIfAborted();
    return new Promise<Compiled<RunnableTable>>((done, fail) => {
      let timer: NodeJS.Timeout | undefined;
      const begin = () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.#giveUp(id), this.#most);
      };
      // The thread goes on with what nobody waits for any more, until it ends or takes too long.
      const gone = () => fail(asError(signal!.reason));
      signal?.addEventListener('abort', gone, { once: true });
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', gone);
        this.#waiting.delete(id);
      };
      const waiting = { text, context, begin, done, fail, end };
      this.#waiting.set(id, waiting);
      this.#send(id, waiting);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#failAll(new Error('the server ends'));
    worker?.ref();
    await worker?.terminate();
  }

  #start(): void {
    const worker = new Worker(threadFile);
    this.#worker = worker;
    this.#catalog = '';
    worker.unref();
    worker.on('message', (message: FromThread) => this.#take(message));
    worker.on('error', (error: Error) => this.#replace(worker, error));
    worker.on('exit', (code) => this.#replace(worker, new Error(`the compiler ended with code ${code}`)));
  }

  /** A thread that ended by itself takes what it worked on with it. */
  #replace(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#failAll(error);
    this.#start();
  }

  #failAll(error: Error): void {
    for (const { fail, end } of [...this.#waiting.values()]) {
      fail(error);
      end();
    }
  }

  #send(id: number, { text, context }: Waiting): void {
    const { catalog, now, parameters, surroundings } = context;
    const { tables: _, external: __, ...plain } = surroundings ?? {};
    const job = {
      text,
      now,
      ...(parameters && { parameters }),
      ...(catalog.version !== this.#catalog && { catalog }),
      ...(surroundings && { surroundings: plain as Job['surroundings'] }),
    } as Job;
    this.#catalog = catalog.version;
    this.#post({ kind: 'job', id, job });
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  /** The thread may be deep in this text and hears nothing: it ends, and the others begin again in a new one. */
  #giveUp(id: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    waiting.fail(new MailhuntError('KQL0006', { text: `compiling it takes longer than ${this.#most} ms` }));
    waiting.end();
    const worker = this.#worker;
    this.#start();
    void worker?.terminate();
    for (const [other, still] of [...this.#waiting]) {
      if (still.context.signal?.aborted) still.end();
      else this.#send(other, still);
    }
  }

  #take(message: FromThread): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === 'begun') {
      waiting.begin();
      return;
    }
    if (message.kind === 'question') {
      void this.#answer(message, waiting);
      return;
    }
    waiting.end();
    if (message.kind === 'done') waiting.done(message.compiled);
    else waiting.fail(fromPlain(message.error));
  }

  async #answer({ id, number, question }: FromThread & { kind: 'question' }, { context }: Waiting): Promise<void> {
    try {
      this.#post({ kind: 'reply', id, question: number, reply: await replyTo(question, context) });
    } catch (error) {
      this.#post({ kind: 'no reply', id, question: number, error: toPlain(error) });
    }
  }
}

async function replyTo(question: Question, { engine, surroundings, signal }: RunContext): Promise<Reply> {
  if ('external' in question) return surroundings!.external(question.external, signal);
  const texts: string[] = [];
  for await (const block of engine.texts(question.sql, signal)) texts.push(...block);
  return texts;
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
