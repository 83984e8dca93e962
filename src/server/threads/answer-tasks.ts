import { parentPort } from 'node:worker_threads';
import { toPlain } from './plain-error.ts';
import { ownBytes, type TaskMeans, type TaskQuestion, type TaskReply, type TaskTable, type TaskWork } from './task.ts';

/** Makes of the thread that calls it the other side of a `TaskThread`: it does one task at a time, in their order. */
export function answerTasks<T extends TaskTable<T>>(work: TaskWork<T>): void {
  let queue = Promise.resolve();
  const send = (reply: TaskReply, handed: readonly ArrayBufferLike[] = []): void =>
    parentPort?.postMessage(reply, handed as ArrayBuffer[]);
  parentPort?.on('message', ({ id, kind, ask }: TaskQuestion) => {
    const handed: ArrayBufferLike[] = [];
    const means: TaskMeans = {
      tell: (progress) => send({ id, progress }),
      hand: (bytes) => {
        const own = ownBytes(bytes);
        handed.push(own.buffer);
        return own;
      },
    };
    queue = queue
      .then(() => work[kind as keyof T](ask as T[keyof T]['ask'], means))
      .then((answer) => send({ id, answer }, handed))
      .catch((error: Error) => send({ id, error: toPlain(error) }));
  });
}
