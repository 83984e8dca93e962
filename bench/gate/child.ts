import { type ChildProcess, fork, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that the measurement has started, and ends. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly pid: number;
}

/** Milliseconds that a process has to be there, and to be gone. */
const [START, END] = [60_000, 10_000];

/** Starts a program with a log of its own and waits until it listens at all its ports and socket files. */
export async function start(
  [program, ...args]: readonly [string, ...string[]],
  { at, log, ...options }: SpawnOptions & { readonly at: readonly (number | string)[]; readonly log: string },
): Promise<Child> {
  const file = openSync(log, 'a');
  const child = owned(spawn(program, args, { ...options, stdio: ['ignore', file, file] }));
  try {
    for (const one of at) await untilOpen(one, child, log);
    return child;
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts a file of this folder, to be talked to. */
export const forked = (file: string, args: readonly string[]): Child =>
  owned(fork(new URL(file, import.meta.url), args));

function owned(child: ChildProcess): Child {
  const cut = (): void => void child.kill('SIGKILL');
  const gone = once(child, 'exit');
  process.once('exit', cut);
  return {
    process: child,
    pid: child.pid!,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', cut);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await Promise.race([gone, sleep(END, undefined, { ref: false })]);
      cut();
    },
  };
}

async function untilOpen(at: number | string, { process: child }: Child, log: string): Promise<void> {
  const deadline = performance.now() + START;
  while (!(await isOpen(at))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`${child.spawnargs.join(' ')} does not listen at ${at}:\n${readFileSync(log, 'utf8')}`);
    }
    await sleep(100);
  }
}

const isOpen = (at: number | string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = typeof at === 'string' ? connect(at) : connect(at, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
