import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { answerOverPort, type Resolver } from '../../mail/index.ts';
import type { Decision, Mode, Reply } from '../../policy/index.ts';
import type { Offered } from '../gate.ts';
import type { Entry } from '../journal/index.ts';
import type { Decided, Evidence, Facts, Hearing, HearingSetup } from './hearing.ts';
import type { Hearings, PolicyInForce } from './hearings.ts';

/** What a thread is asked about a hearing. */
export type Asked =
  | { readonly kind: 'open'; readonly offered: Offered; readonly policy: PolicyText; readonly isChecked: boolean }
  | { readonly kind: 'decide'; readonly evidence: Evidence }
  | { readonly kind: 'entry'; readonly id: string; readonly answer: Reply; readonly decision?: Decision | undefined }
  | { readonly kind: 'end' };

/** A policy on its way to a thread: its predicates are functions, which do not travel. */
export interface PolicyText {
  readonly text: string;
  readonly file: string;
  readonly mode: Mode;
}

/** A question to a thread, and its answer. */
export interface Question {
  readonly number: number;
  readonly hearing: number;
  readonly asked: Asked;
}

export interface Answered {
  readonly number: number;
  readonly value?: unknown;
  /** What was thrown there. */
  readonly defect?: string;
}

interface Waiting {
  readonly done: (value: never) => void;
  readonly fail: (error: Error) => void;
}

/** The worker's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './hearing-worker.ts' : './hearing-worker.js',
  import.meta.url,
);

/** A thread that has not answered anything for so many milliseconds does not come back. */
const STUCK = 60_000;

/** One worker with what it is asked at the moment. */
class HearingThread {
  readonly #worker: Worker;
  readonly #dns: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #lastSign = performance.now();
  isGone = false;
  /** Resolves with the first thing that it says: it has loaded what it needs. */
  readonly ready: Promise<void>;

  constructor(setup: HearingSetup, resolver: Resolver) {
    const { port1, port2 } = new MessageChannel();
    this.#dns = port1;
    answerOverPort(port1, resolver);
    this.#worker = new Worker(workerFile, { workerData: { setup, dns: port2 }, transferList: [port2] });
    this.#worker.on('message', (answered: Answered) => this.#take(answered));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`a thread of the gate ended with code ${code}`)));
    const ended = once(this.#worker, 'exit').then(() =>
      Promise.reject(new Error('a thread of the gate ended at its start')),
    );
    this.ready = Promise.race([once(this.#worker, 'message'), ended]).then(() => {});
    // Nobody need wait for it: one that has failed fails who asks it.
    this.ready.catch(() => {});
  }

  get busy(): number {
    return this.#waiting.size;
  }

  ask<T>(hearing: number, asked: Asked, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    this.#giveUpIfStuck();
    // Nobody would ever answer: who waits to have a decision written down would wait with his client.
    if (this.isGone) return Promise.reject(new Error('the thread of the gate that heard the message has ended'));
    const number = ++this.#number;
    return new Promise<T>((done, fail) => {
      if (this.#waiting.size === 0) {
        this.#lastSign = performance.now();
        this.#worker.ref();
      }
      this.#waiting.set(number, { done: done as Waiting['done'], fail });
      this.#worker.postMessage({ number, hearing, asked } satisfies Question, transfer);
    });
  }

  async close(): Promise<void> {
    this.#dns.close();
    await this.#worker.terminate();
  }

  #take({ number, value, defect }: Answered): void {
    this.#lastSign = performance.now();
    const asker = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (defect === undefined) asker?.done(value as never);
    else asker?.fail(new Error(`a thread of the gate failed: ${defect}`));
  }

  #giveUpIfStuck(): void {
    if (this.#waiting.size > 0 && performance.now() - this.#lastSign > STUCK) void this.close();
  }

  #fail(error: Error): void {
    this.isGone = true;
    for (const { fail } of this.#waiting.values()) fail(error);
    this.#waiting.clear();
  }
}

/**
 * Hears messages in worker threads, so that a large one, or one that breaks the judging, delays no other. All of them ask
 * DNS through the one resolver given here. A thread that dies is followed by a new one; what it heard has failed.
 *
 * @example await using hearings = hearingsInThreads(setup, cachingResolver(dns, { now }), 2);
 */
export function hearingsInThreads(setup: HearingSetup, resolver: Resolver, threads: number): Hearings {
  const start = (): HearingThread => new HearingThread(setup, resolver);
  const all = Array.from({ length: Math.max(1, threads) }, start);
  let last = 0;
  const next = (): HearingThread => {
    for (const [at, thread] of all.entries()) if (thread.isGone) all[at] = start();
    return all.reduce((least, one) => (one.busy < least.busy ? one : least));
  };
  return {
    ready: async () => void (await Promise.all(all.map((thread) => thread.ready))),
    open: async (offered, inForce, isChecked = true) => {
      const thread = next();
      const id = ++last;
      // A copy that may go: a slice of a larger buffer would take all of that along.
      const bytes = new Uint8Array(offered.bytes);
      const policy = policyTextOf(inForce);
      // Who holds its memory is this thread's affair.
      const { memory: _, ...told } = offered;
      const asked: Asked = { kind: 'open', offered: { ...told, bytes: bytes as Buffer }, policy, isChecked };
      return hearingIn(thread, id, offered, await thread.ask<Facts>(id, asked, [bytes.buffer]));
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((thread) => thread.close()));
    },
  };
}

const policyTextOf = ({ policy, text }: PolicyInForce): PolicyText => ({ text, file: policy.file, mode: policy.mode });

const hearingIn = (thread: HearingThread, id: number, { bytes }: Offered, facts: Facts): Hearing => ({
  facts,
  decide: (evidence) => thread.ask<Decided>(id, { kind: 'decide', evidence }).then(withBuffer),
  // The message itself does not travel back: it is here.
  entry: async (name, answer, decision) => {
    const { kept, ...entry } = await thread.ask<Entry>(id, { kind: 'entry', id: name, answer, decision });
    return kept === undefined ? entry : { ...entry, kept: { ...kept, bytes } };
  },
  end: () => thread.ask(id, { kind: 'end' }),
});

/** A Buffer is an Uint8Array once it has travelled. */
function withBuffer({ edits, ...decided }: Decided): Decided {
  const body = edits?.body;
  if (edits === undefined || body === undefined) return { ...decided, edits };
  return { ...decided, edits: { ...edits, body: Buffer.from(body.buffer, body.byteOffset, body.length) } };
}
