import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** As a user starts it: with the start-up snapshot, where the command may have it. */
const start = fileURLToPath(new URL('../../bin/mailhunt.mjs', import.meta.url));

/** `mailhunt gateway` as a process of its own, once it is open. */
export interface GatewayProcess extends AsyncDisposable {
  /** Of the SMTP front, where it has one. */
  readonly port: number;
  /** What it has printed so far. */
  said(): string;
  /** Waits until it has printed something. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: 'SIGTERM' | 'SIGHUP'): void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts the gate of a folder: `gateway.yaml`, `mailhunt.yaml`, `store`. It ends in good order when it is disposed of.
 *
 * @param now what its clock says, ISO 8601
 * @param options further ones of the command line
 */
export async function startGateway(
  folder: string,
  now: string,
  options: readonly string[] = [],
): Promise<GatewayProcess> {
  const args = [
    start,
    'gateway',
    'gateway.yaml',
    '--store',
    'store',
    '--config',
    'mailhunt.yaml',
    '--now',
    now,
    ...options,
  ];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(said);
      if (found !== null) return found;
      if (child.exitCode !== null) throw new Error(said);
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended]);
    }
  };
  await until(/The gate is open/);
  return {
    port: Number(/SMTP at 127\.0\.0\.1:(\d+)/.exec(said)?.[1]),
    said: () => said,
    until,
    signal: (name) => void child.kill(name),
    ended: ended.then(([code]) => code),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) child.kill('SIGINT');
      await ended;
    },
  };
}
