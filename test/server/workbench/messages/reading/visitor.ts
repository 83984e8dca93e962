/** A visitor in a thread of his own, so that what he does is not taken for what the server does. */
import { parentPort, workerData } from 'node:worker_threads';
import { send } from '../../../rig.ts';

/** What he is told of the server. */
export interface Visited {
  readonly address: string;
  readonly csrf: string;
}

/** A request for him, and what he says of the answer. */
export interface Errand {
  readonly path: string;
  /** A file to open. */
  readonly body?: Uint8Array;
}
export interface Errands {
  readonly status: number;
  readonly text: string;
}

const { address, csrf } = workerData as Visited;

parentPort!.on('message', async ({ path, body }: Errand) => {
  const headers = { 'Content-Type': 'message/rfc822', 'X-CSRF-Token': csrf };
  const { status, text } = await send(
    address,
    path,
    body ? { method: 'POST', headers, body: Buffer.from(body.buffer as ArrayBuffer) } : {},
  );
  parentPort!.postMessage({ status, text } satisfies Errands);
});
