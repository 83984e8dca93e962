import { once } from 'node:events';
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';

/** Milliseconds in which a program that listens would take a connection. */
const ANSWERS_WITHIN = 1_000;

/**
 * Listens on a socket file. One that a killed program left behind makes way; one that somebody listens on does not, and
 * neither does what is no socket. Nobody else can open the file before it has its mode: it is made under a narrow umask, in
 * the same turn of the event loop.
 *
 * @param mode as for chmod: who may connect
 * @throws the system's error
 */
export async function listenOnFile(server: Server, path: string, mode: number): Promise<void> {
  await clearSocketFile(path);
  const listening = once(server, 'listening');
  const umask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(umask);
  }
  await listening;
  chmodSync(path, mode);
}

async function clearSocketFile(path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  if (!(await isListenedOn(path))) unlinkSync(path);
}

function isListenedOn(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(ANSWERS_WITHIN, () => done(true));
    socket.once('connect', () => done(true));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => done(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
}
