import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWeb } from '../../scripts/web.ts';
import { demoStore, NOW, program } from './demo-store.ts';

/** The program with the demo in it, in a process of its own, as a person starts it. */
export interface DemoServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** The store's folder: a copy that the test may change. */
  readonly store: string;
  /** What it has printed. */
  readonly said: () => string;
  /** Stops it for good, as Ctrl-C does, and keeps its folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts it, on any free port. MAILHUNT_WORKBENCH names one that runs already and is left alone: for working on a flow.
 *
 * @example await using server = await startDemo(); await fetch(`${server.address}/api/v1/me`);
 */
export async function startDemo(...more: readonly string[]): Promise<DemoServer> {
  const given = process.env.MAILHUNT_WORKBENCH;
  const idle = async () => {};
  if (given) return { address: given, store: '', said: () => '', stop: idle, [Symbol.asyncDispose]: idle };
  const wrong = process.env.MAILHUNT_WEB ? '' : await ensureWeb();
  if (wrong !== '') throw new Error(`the workbench cannot be built: ${wrong}`);
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-workbench-'));
  const store = await demoStore(folder);
  const child = spawn(process.execPath, [...program, 'serve', '--port', '0', '--store', store, '--now', NOW, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // What is not stopped in good order goes with the test's process.
  process.once('exit', () => child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      text = (text + String(piece)).slice(-20_000);
    });
  const address = await addressIn(child, () => text);
  const stop = () => stopped(child);
  return {
    address,
    store,
    said: () => text,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressIn(child: ChildProcess, said: () => string): Promise<string> {
  const deadline = AbortSignal.timeout(60_000);
  for (;;) {
    const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(said())?.[0];
    if (found) return found;
    if (child.exitCode !== null) throw new Error(`the server ended: ${said()}`);
    await Promise.race([once(child.stdout!, 'data', { signal: deadline }), once(child, 'exit', { signal: deadline })]);
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}
