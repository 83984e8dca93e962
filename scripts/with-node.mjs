/**
 * Runs a script with the pinned Node.js after installing what is missing.
 *
 * @example node scripts/with-node.mjs scripts/docs.ts --check
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, pinnedNode, root } from './install.mjs';

/** Runs the pinned Node.js with these arguments in the clone; this process ends with its exit code. */
export function runPinned(args) {
  ensureInstalled();
  const child = spawn(pinnedNode, args, { cwd: root, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes; this one stays until the other has ended in good order.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runPinned(process.argv.slice(2));
