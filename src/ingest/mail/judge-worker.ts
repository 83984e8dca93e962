/** A worker thread that judges messages and prints their rows; see `judging.ts` for who talks to it. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { cachingResolver, resolverOverPort } from '../../mail/index.ts';
import { messagesOf, rowCargoOf } from './crossing.ts';
import { type JudgeSetup, judgeGroup } from './judge-group.ts';
import type { JudgeJob } from './judging.ts';

const { options, rows, dns } = workerData as JudgeSetup & { readonly dns: MessagePort };
// The thread that owns the worker has the cache that counts; this one spares the way there.
const resolver = cachingResolver(resolverOverPort(dns), {
  now: () => performance.now(),
  concurrency: 1000,
  perNameLimit: 1000,
});

parentPort!.on('message', (job: JudgeJob) => {
  judgeGroup(messagesOf(job.cargo), { options, rows }, resolver).then(
    (judged) => parentPort!.postMessage({ id: job.id, judged: rowCargoOf(judged) }),
    (error: unknown) =>
      parentPort!.postMessage({ id: job.id, defect: error instanceof Error ? error.stack : String(error) }),
  );
});
