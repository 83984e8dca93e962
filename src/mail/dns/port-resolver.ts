/** DNS across threads: a worker's questions are answered by the one resolver, and cache, of the thread that started it. */
import type { MessagePort } from 'node:worker_threads';
import type { DnsAnswer, RecordType, Resolver } from './resolver.ts';

interface Question {
  readonly id: number;
  readonly name: string;
  readonly type: RecordType;
}

interface Answered {
  readonly id: number;
  readonly answer?: DnsAnswer<RecordType>;
  /** What the resolver threw: a defect, told to whoever asked. */
  readonly defect?: string;
}

interface Waiting {
  readonly done: (answer: DnsAnswer<RecordType>) => void;
  readonly fail: (error: Error) => void;
}

/**
 * A resolver whose questions go through a port to `answerOverPort` at its other end. Questions of one microtask travel
 * together. When the port closes, what waits and what is asked later is `failed: unreachable`. The port keeps its thread
 * alive only while something waits.
 *
 * @example const dns = resolverOverPort(workerData.dnsPort);
 */
export function resolverOverPort(port: MessagePort): Resolver {
  const waiting = new Map<number, Waiting>();
  let closed = false;
  let lastId = 0;
  const send = inBatches<Question>((questions) => port.postMessage(questions));

  port.on('message', (answers: readonly Answered[]) => {
    for (const { id, answer, defect } of answers) {
      const asker = waiting.get(id);
      waiting.delete(id);
      if (answer) asker?.done(answer);
      else asker?.fail(new Error(`the resolver of the other thread failed: ${defect}`));
    }
    if (waiting.size === 0) port.unref();
  });
  port.on('close', () => {
    closed = true;
    for (const { done } of waiting.values()) done({ status: 'failed', failure: 'unreachable' });
    waiting.clear();
  });
  port.unref();

  return {
    query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      if (closed) return Promise.resolve({ status: 'failed', failure: 'unreachable' });
      return new Promise((done, fail) => {
        const id = ++lastId;
        waiting.set(id, { done: done as Waiting['done'], fail });
        port.ref();
        send({ id, name, type });
      });
    },
  };
}

/**
 * Answers what `resolverOverPort` asks at the other end of the port, until the port is closed by either end. The port
 * does not keep its thread alive.
 *
 * @example
 * const { port1, port2 } = new MessageChannel();
 * answerOverPort(port1, dns);
 * new Worker(url, { workerData: { dnsPort: port2 }, transferList: [port2] });
 */
export function answerOverPort(port: MessagePort, resolver: Resolver): void {
  const send = inBatches<Answered>((answers) => port.postMessage(answers));
  port.on('message', (questions: readonly Question[]) => {
    for (const { id, name, type } of questions) {
      resolver.query(name, type).then(
        (answer) => send({ id, answer }),
        (error: unknown) => send({ id, defect: String(error) }),
      );
    }
  });
  port.unref();
}

/** Collects what is given within one microtask. */
function inBatches<T>(post: (batch: T[]) => void): (item: T) => void {
  let batch: T[] = [];
  return (item) => {
    if (batch.push(item) > 1) return;
    queueMicrotask(() => {
      const full = batch;
      batch = [];
      post(full);
    });
  };
}
