/** A thread of `mail.ts`: authenticates all messages each time it is told to. */
import { parentPort, workerData } from 'node:worker_threads';
import { authenticate, parseZone, readMessage, transactionOf, zoneResolver } from '../src/mail/index.ts';

const { messages, zone, now } = workerData as { messages: readonly Uint8Array[]; zone: string; now: number };
const resolver = zoneResolver(parseZone(zone, 'bench.zone'));

async function run(): Promise<void> {
  for (const bytes of messages) {
    const message = readMessage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const transaction = transactionOf(message, { trusted: [], acceptedDomains: [] });
    await authenticate(message, { resolver, now, transaction });
  }
  parentPort!.postMessage('done');
}

parentPort!.on('message', run);
await run();
