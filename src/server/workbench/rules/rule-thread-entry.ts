/** The thread in which rules are read, linted and proved: Microsoft's parser takes its time, and the server answers others. */
import { parentPort } from 'node:worker_threads';
import { toPlain } from '../../compiling/crossing.ts';
import type { FromRuleThread, ToRuleThread } from './rule-task.ts';
import { ruleWork } from './rule-work.ts';

const send = (message: FromRuleThread): void => parentPort?.postMessage(message);

/** One task at a time, in their order. */
let queue = Promise.resolve();

parentPort?.on('message', ({ id, kind, ask }: ToRuleThread) => {
  const work = ruleWork[kind] as (ask: unknown, tell: (words: string) => void) => Promise<unknown>;
  queue = queue
    .then(() => work(ask, (progress) => send({ id, progress })))
    .then((answer) => send({ id, answer }))
    .catch((error: Error) => send({ id, error: toPlain(error) }));
});
