/** A thread in which messages are taken apart; see `message-reader.ts` for who talks to it. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { resolverOverPort } from '../../../../mail/index.ts';
import { answerTasks } from '../../../threads/index.ts';
import type { ReadingTasks } from './tasks.ts';
import { readingWork } from './work.ts';

const { dns } = workerData as { readonly dns: MessagePort };

answerTasks<ReadingTasks>(readingWork(resolverOverPort(dns)));
