/**
 * The clients of a measurement, in a process of their own: it makes its messages before anything is measured, tells its
 * parent what DNS must say of them, and then sends as it is told.
 *
 *     fork('client.ts', ['1000'])
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { type Letter, lettersOf } from './letters.ts';
import type { TextRecords } from './name-server.ts';

/** What is to be sent. */
export interface Mailing {
  readonly port: number;
  readonly connections: number;
  readonly count: number;
  /** The domain of the recipients. */
  readonly to: string;
  /** Messages a second on each connection; as fast as it goes where undefined. */
  readonly rate?: number;
}

/** What became of it. */
export interface Mailed {
  /** From the first message to the last answer. */
  readonly seconds: number;
  /** Milliseconds from the final dot of each message to its answer. */
  readonly waits: readonly number[];
}

/** What this process says. */
export type Said =
  | { readonly kind: 'ready'; readonly records: TextRecords }
  | { readonly kind: 'mailed'; readonly mailed: Mailed }
  | { readonly kind: 'failed'; readonly text: string };

/** Recipients that were written to: no two messages go to the same one, so that no two deliveries are alike. */
let recipients = 0;

async function send({ port, connections, count, to, rate }: Mailing, letters: readonly Letter[]): Promise<Mailed> {
  const opened = await Promise.all(
    Array.from({ length: connections }, (_, at) => Connection.to(port, `192.0.2.${10 + at}`)),
  );
  const waits: number[] = [];
  let next = 0;
  const start = performance.now();
  const deliver = async (connection: Connection): Promise<void> => {
    for (let mine = 0; next < count; mine++) {
      const letter = letters[next++ % letters.length]!;
      if (rate !== undefined) await sleep(Math.max(0, start + (mine * 1_000) / rate - performance.now()));
      waits.push(await connection.deliver(letter, `reader${recipients++}@${to}`));
    }
  };
  await Promise.all(opened.map(deliver));
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(opened.map((connection) => connection.close()));
  return { seconds, waits };
}

if (process.send !== undefined) {
  const say = (said: Said): void => void process.send!(said);
  const { letters, records } = lettersOf(Number(process.argv[2]));
  process.on('message', (mailing: Mailing) => {
    send(mailing, letters).then(
      (mailed) => say({ kind: 'mailed', mailed }),
      (error: Error) => say({ kind: 'failed', text: error.message }),
    );
  });
  process.once('disconnect', () => process.exit());
  say({ kind: 'ready', records });
}
