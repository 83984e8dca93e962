/** The command line: one file a command. */
import type { ExitCode, World } from './command.ts';
import { main } from './main.ts';
import { outputOn } from './output.ts';

export type { World } from './command.ts';
export { main } from './main.ts';
export { outputOn } from './output.ts';

/** Runs the command line of this process and ends it. */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const stopping = new AbortController();
  let asked = 0;
  const stop = (): void => {
    // npm and the terminal may both pass on one Ctrl-C; a later one means it.
    if (stopping.signal.aborted && Date.now() - asked > 1000) process.exit(130);
    if (!stopping.signal.aborted) asked = Date.now();
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  const readers = new Set<() => void>();
  // A terminal that closes ends a command; a service is told so to read its files anew.
  process.on('SIGHUP', () => {
    if (readers.size === 0) stop();
    for (const read of readers) read();
  });
  // `mailhunt query … | head` ends quietly.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  }
  const world: World = {
    stdin: process.stdin,
    out: outputOn(process.stdout),
    err: outputOn(process.stderr),
    env: process.env,
    now: Date.now,
    signal: stopping.signal,
    onReload: (read) => {
      readers.add(read);
      return { [Symbol.dispose]: () => readers.delete(read) };
    },
  };
  const code: ExitCode = await main(argv, world);
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
