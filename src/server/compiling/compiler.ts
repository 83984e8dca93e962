import { MailhuntError } from '../../errors/index.ts';
import { answerOf, type RunContext } from '../../kql/index.ts';
import type { Check, Format, Run } from '../session.ts';
import { fromPlain, toPlain } from '../threads/index.ts';
import { CompilingThread, type Listener } from './compiling-thread.ts';
import type { ColumnsQuestion, ColumnsReply, Finished, Finishing, Purpose, Question, Reply } from './crossing.ts';

/** Compiles queries in a thread of its own and runs them here. */
export interface Compiler extends AsyncDisposable {
  readonly run: Run;
  /** Checks a text that is being written, beside those that are to be run. */
  readonly check: Check;
  /** Lays a text out. */
  readonly format: Format;
}

/** How long a compilation may work, in milliseconds: no query that a person writes takes a tenth of it. */
const MOST = 20_000;
/** After so many milliseconds a text that keeps others waiting is put aside. */
const PATIENCE = 250;
/** The same for the first text of a thread, which takes seconds on a busy machine. */
const FIRST_PATIENCE = 6_000;
/** Threads with texts that were put aside. */
const MOST_ASIDE = 2;
/** A text that was put aside is taken for one that does not end soon after so many milliseconds, and may be refused after as many of work. */
const LEAST_ASIDE = 3_000;

/** The number of a text that nobody waits for. */
const WARMING = 0;

/** A text that somebody waits for. */
interface Waiting {
  readonly text: string;
  readonly context: RunContext;
  readonly purpose: Purpose;
  readonly done: (finished: Finished) => void;
  readonly fail: (error: Error) => void;
  thread: CompilingThread;
  /** Milliseconds for which its thread has worked on it, without the times in which it waited for rows. */
  worked: number;
  /** Since when its thread works on it. */
  since: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** A text that was put aside with its thread, and when. */
interface Aside {
  readonly id: number;
  readonly since: number;
}

/**
 * A compiler in a thread. A text that takes long while others wait keeps its thread, and another takes over the others as
 * soon as it is warm: a cold one would take longer than what they wait for, and take the processor from it. A thread whose
 * text has ended is the next to take over. A compilation that takes too long ends with its thread.
 */
export function compilerInThread(most = MOST): Compiler {
  const threads = new CompilingThreads(most);
  return {
    run: async (text, context) => answerOf(await threads.finish('run', text, context), context),
    check: async (text, context) => {
      const { refusal, ...rest } = await threads.finish('check', text, context);
      return { ...rest, refusal: refusal && (fromPlain(refusal) as MailhuntError) };
    },
    format: (text, context) => threads.finish('format', text, context),
    [Symbol.asyncDispose]: () => threads.close(),
  };
}

class CompilingThreads {
  readonly #most: number;
  readonly #waiting = new Map<number, Waiting>();
  /** The thread that new texts go to. */
  #front: CompilingThread;
  /** Takes the place of the front thread once it is warm; there is one from the first time on that one was needed. */
  #spare: CompilingThread | undefined;
  /** Those that are put aside, each with one text; the first is the oldest. */
  readonly #aside = new Map<CompilingThread, Aside>();
  #closed = false;
  #lastId = 0;

  constructor(most: number) {
    this.#most = most;
    this.#front = this.#start();
  }

  finish<P extends Purpose>(purpose: P, text: string, context: RunContext): Promise<Finishing[P]> {
    const id = ++this.#lastId;
    const { signal } = context;
    signal?.throwIfAborted();
    const finished = new Promise<Finishing[P]>((resolve, fail) => {
      const done = resolve as Waiting['done'];
      const begin = { worked: 0, since: undefined, timer: undefined };
      this.#waiting.set(id, { text, context, purpose, done, fail, thread: this.#front, ...begin });
    });
    // The thread goes on with what nobody waits for any more, until it ends or is in the way.
    const gone = () => this.#waiting.get(id)?.fail(asError(signal!.reason));
    signal?.addEventListener('abort', gone, { once: true });
    this.#front.send(id, text, context, purpose);
    return finished.finally(() => signal?.removeEventListener('abort', gone));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const threads = [this.#front, ...this.#aside.keys(), ...(this.#spare ? [this.#spare] : [])];
    this.#failAll(() => true, new Error('the server ends'));
    await Promise.all(threads.map((thread) => thread.end()));
  }

  #start(): CompilingThread {
    const listener: Listener = {
      take: (message) => this.#take(thread, message),
      columns: (question) => this.#columns(question),
      lost: (error) => this.#lost(thread, error),
    };
    const thread = new CompilingThread(listener);
    return thread;
  }

  /** A thread that ended by itself takes what it worked on with it. */
  #lost(thread: CompilingThread, error: Error): void {
    if (thread === this.#spare) this.#spare = undefined;
    if (this.#closed || (thread !== this.#front && !this.#aside.has(thread))) return;
    if (thread === this.#front) this.#front = this.#start();
    this.#failAll((waiting) => waiting.thread === thread, error);
  }

  #failAll(which: (waiting: Waiting) => boolean, error: Error): void {
    for (const [id, waiting] of [...this.#waiting]) {
      if (!which(waiting)) continue;
      waiting.fail(error);
      this.#end(id);
    }
  }

  /** Nobody waits for a text any more; a thread that was kept by it and may still be busy with it ends. */
  #end(id: number): Waiting {
    const waiting = this.#waiting.get(id)!;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    if (this.#aside.delete(waiting.thread)) void waiting.thread.end();
    return waiting;
  }

  /** A thread that has nothing else to do is worth more than one that is not warm yet. */
  #free(thread: CompilingThread): void {
    this.#aside.delete(thread);
    if (this.#spare?.warm) void thread.end();
    else {
      void this.#spare?.end();
      this.#spare = thread;
    }
  }

  #begin(id: number, waiting: Waiting): void {
    waiting.since = Date.now();
    const wait = (milliseconds: number): void => {
      waiting.timer = setTimeout(() => {
        this.#judge(id, waiting);
        if (this.#waiting.get(id) === waiting && waiting.since !== undefined) wait(PATIENCE);
      }, milliseconds);
    };
    clearTimeout(waiting.timer);
    wait(Math.min(PATIENCE, this.#most));
  }

  #rest(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    waiting.worked = workOf(waiting);
    waiting.since = undefined;
  }

  /** What becomes of a text that its thread has worked on for a while. */
  #judge(id: number, waiting: Waiting): void {
    const worked = workOf(waiting);
    const isGone = waiting.context.signal?.aborted;
    if (worked >= this.#most) this.#giveUp(id, `compiling it takes longer than ${this.#most} ms`);
    else if (isGone && waiting.thread !== this.#front) this.#giveUp(id, '');
    else if (!this.#isInTheWay(waiting, worked) || !this.#hasWarmSpare(waiting.context)) return;
    else if (isGone) this.#giveUp(id, '');
    else this.#putAside(id, waiting);
  }

  #isInTheWay({ thread }: Waiting, worked: number): boolean {
    const all = [...this.#waiting.values()].filter((other) => other.thread === thread);
    return all.length > 1 && worked >= (thread.warm ? PATIENCE : FIRST_PATIENCE);
  }

  /** Where there is none, one begins to be warmed; unless a thread that was put aside is likely to be back before. */
  #hasWarmSpare(context: RunContext): boolean {
    if (this.#spare === undefined && ![...this.#aside.values()].some(mayEndSoon)) {
      this.#spare = this.#start();
      this.#spare.send(WARMING, 'print 1', context, 'run');
    }
    return this.#spare?.warm === true;
  }

  /** The thread may be deep in a text and hears nothing: the others begin again in the spare one. */
  #putAside(id: number, { thread }: Waiting): void {
    const [oldest] = this.#aside.values();
    if (oldest !== undefined && this.#aside.size >= MOST_ASIDE) {
      if (workOf(this.#waiting.get(oldest.id)!) < LEAST_ASIDE) return;
      this.#giveUp(oldest.id, 'compiling it takes long while others of the kind wait');
    }
    this.#aside.set(thread, { id, since: Date.now() });
    this.#renew(thread);
  }

  #giveUp(id: number, text: string): void {
    const { fail, thread } = this.#end(id);
    fail(new MailhuntError('KQL0006', { text }));
    if (thread !== this.#front) return;
    void thread.end();
    this.#renew(thread);
  }

  /** Puts another thread in front, which takes over what waits for the old one but is not kept by it. */
  #renew(old: CompilingThread): void {
    this.#front = this.#spare ?? this.#start();
    this.#spare = undefined;
    old.relieve();
    const kept = this.#aside.get(old)?.id;
    for (const [id, waiting] of [...this.#waiting]) {
      if (waiting.thread !== old || id === kept) continue;
      this.#rest(waiting);
      waiting.thread = this.#front;
      if (waiting.context.signal?.aborted) this.#end(id);
      else this.#front.send(id, waiting.text, waiting.context, waiting.purpose);
    }
  }

  /** Surroundings of one version lend tables of the same columns, whichever query asks. */
  #columns({ version, table, args }: ColumnsQuestion): ColumnsReply {
    const lenders = [...this.#waiting.values()].map(({ context }) => context.surroundings);
    try {
      const lender = lenders.find((known) => known?.version === version);
      return { columns: lender!.tables.find(({ name }) => name === table)!.columns(args) };
    } catch (error) {
      return { error: toPlain(error) };
    }
  }

  #take(thread: CompilingThread, message: Parameters<Listener['take']>[0]): void {
    const { id } = message;
    if (message.kind === 'done' || message.kind === 'failed') thread.warm = true;
    const waiting = this.#waiting.get(id);
    if (waiting?.thread !== thread) return;
    if (message.kind === 'begun') {
      this.#begin(id, waiting);
      return;
    }
    if (message.kind === 'question') {
      this.#rest(waiting);
      void this.#answer(id, message.number, message.question, waiting);
      return;
    }
    if (this.#aside.has(thread)) this.#free(thread);
    this.#end(id);
    if (message.kind === 'done') waiting.done(message.finished);
    else waiting.fail(fromPlain(message.error));
  }

  /** The answer goes to the thread that asked, which may not be there any more. */
  async #answer(id: number, question: number, asked: Question, { context, thread }: Waiting): Promise<void> {
    try {
      thread.post({ kind: 'reply', id, question, reply: await replyTo(asked, context) });
    } catch (error) {
      thread.post({ kind: 'no reply', id, question, error: toPlain(error) });
    }
  }
}

/** By the time, not the work: one that waits for rows keeps its thread as well. */
const mayEndSoon = ({ since }: Aside): boolean => Date.now() - since < LEAST_ASIDE;

const workOf = ({ worked, since }: Waiting): number => worked + (since === undefined ? 0 : Date.now() - since);

async function replyTo(question: Question, { engine, surroundings, signal }: RunContext): Promise<Reply> {
  if ('external' in question) return surroundings!.external(question.external, signal);
  if ('lent' in question)
    return surroundings!.tables.find(({ name }) => name === question.lent)!.load(question.args, signal);
  const texts: string[] = [];
  for await (const block of engine.texts(question.sql, signal)) texts.push(...block);
  return texts;
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
