#!/usr/bin/env node
/**
 * Starts mailhunt: finds the Node.js to run with (in a clone the pinned one), the start-up snapshot where there is one,
 * and hands over. Plain JavaScript for Node 20 without dependencies.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshSnapshot } from './snapshot.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Node.js does not run TypeScript below node_modules, so an installed package runs what was compiled.
const isClone = existsSync(join(root, 'src', 'cli', 'start.ts')) && !root.includes(`${sep}node_modules${sep}`);
const code = join(root, isClone ? 'src' : 'dist');
const node = isClone ? cloneNode() : process.execPath;
const args = process.argv.slice(2);
/**
 * What starts no thread. One of a restored process ends that process as soon as it loads node:net or node:v8 (Node.js 24, a
 * failed assertion), and to judge a message may take one: for its pictures.
 */
const withoutThreads = /^(?:query|explain|fmt|tables|rules (?:list|show|lint))(?: |$)/;
const usesSnapshot = process.env.MAILHUNT_SNAPSHOT !== '0' && withoutThreads.test(args.join(' '));
const snapshot = usesSnapshot ? freshSnapshot({ root, code, node }) : undefined;
const start = join(code, 'cli', isClone ? 'start.ts' : 'start.js');
// Four heavy queries would keep the default pool of 4 threads from reading a single file.
const env = {
  UV_THREADPOOL_SIZE: String(Math.max(8, 2 * availableParallelism())),
  // What TypeScript was compiled to is kept in the clone itself: a folder that others can write to could be given other code.
  ...(isClone ? { NODE_COMPILE_CACHE: join(root, '.cache', 'node') } : {}),
  ...process.env,
};

if (usesSnapshot && snapshot === undefined) makeSnapshot();
run(snapshot === undefined ? [start, ...args] : [`--snapshot-blob=${snapshot}`, start, ...args]);

/** Makes the snapshot of an installed package behind this command; the next one has it. In a clone npm scripts do. */
function makeSnapshot() {
  const bundle = join(root, 'dist', 'snapshot.cjs');
  if (isClone || !process.execve || !existsSync(bundle)) return;
  const maker = join(root, 'bin', 'snapshot.mjs');
  spawn(node, [maker, root, code, bundle], { detached: true, stdio: 'ignore' }).unref();
}

function cloneNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  process.stderr.write('mailhunt: the packages of this clone are not installed yet. Run npm start or npm test once.\n');
  process.exit(3);
}

/** Becomes that process where Node.js can (22.15 on), else waits for it. */
function run(argv) {
  if (process.execve) process.execve(node, [node, ...argv], env);
  const child = spawn(node, argv, { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both; this process stays until the other has ended in good order.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (exitCode, signal) => process.exit(exitCode ?? (signal === 'SIGINT' ? 130 : 143)));
}
