import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { QueryContext } from '../../kql/index.ts';
import type { ColumnsQuestion, ColumnsReply, FromThread, Job, Line, Purpose, ToThread } from './crossing.ts';

/** Who hears of a thread. */
export interface Listener {
  readonly take: (message: Exclude<FromThread, { kind: 'columns' }>) => void;
  readonly columns: (question: ColumnsQuestion) => ColumnsReply;
  /** The thread has ended without being told to. */
  readonly lost: (error: Error) => void;
}

/** The thread's file beside this one: TypeScript in the clone, JavaScript where it was built. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);

/** One thread that compiles. */
export class CompilingThread {
  readonly #worker: Worker;
  readonly #relieved = new Int32Array(new SharedArrayBuffer(4));
  #sent = 0;
  #catalog = '';
  /** Whether it has ended with a text: the first one takes longer, for everything is read and made for it. */
  warm = false;

  constructor({ take, columns, lost }: Listener) {
    const { port1, port2 } = new MessageChannel();
    const bell = new Int32Array(new SharedArrayBuffer(4));
    const line: Line = { port: port2, bell, relieved: this.#relieved };
    this.#worker = new Worker(threadFile, { workerData: line, transferList: [port2] });
    this.#worker.unref();
    port1.unref();
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'columns') tell(port1, bell, columns(message));
      else take(message);
    });
    this.#worker.on('error', lost);
    this.#worker.on('exit', (code) => {
      port1.close();
      lost(new Error(`the compiler ended with code ${code}`));
    });
  }

  /** Gives it a text to compile; a catalog that it has is not sent again. */
  send(
    id: number,
    text: string,
    { catalog, now, parameters, scope, surroundings }: QueryContext,
    purpose: Purpose,
  ): void {
    const { external: _, ...plain } = surroundings ?? {};
    const tables = surroundings?.tables.map((table) => ({ name: table.name, parameters: table.parameters }));
    const job = {
      place: ++this.#sent,
      text,
      now,
      purpose,
      ...(parameters && { parameters }),
      ...(scope && { scope }),
      ...(catalog.version !== this.#catalog && { catalog }),
      ...(surroundings && { surroundings: { ...plain, tables } as Job['surroundings'] }),
    } as Job;
    this.#catalog = catalog.version;
    this.post({ kind: 'job', id, job });
  }

  /** What it has not begun of its jobs is another's from now on. It may be deep in a text and hears nothing. */
  relieve(): void {
    Atomics.store(this.#relieved, 0, this.#sent);
  }

  post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  async end(): Promise<void> {
    this.#worker.ref();
    await this.#worker.terminate();
  }
}

function tell(port: MessagePort, bell: Int32Array, reply: ColumnsReply): void {
  port.postMessage(reply);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}
