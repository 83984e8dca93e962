/**
 * How long a command takes from cold: `node bench/cold-start.ts [RUNS]`, on a machine that does nothing else. Called
 * directly, with and without the start-up snapshot, and through npx; medians and worst cases in milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 11);
const folder = mkdtempSync(join(tmpdir(), 'mailhunt-bench-'));
const query = ['query', '-e', 'print 1', '--store', join(folder, 'store')];
const direct = [join(root, 'bin', 'mailhunt.mjs'), ...query];

/** What is measured, and the budget of the issue in milliseconds. */
const cases: readonly [name: string, command: string, args: readonly string[], env: object, budget: number][] = [
  ['direct', process.execPath, direct, {}, 500],
  ['direct, no snapshot', process.execPath, direct, { MAILHUNT_SNAPSHOT: '0' }, Number.NaN],
  ['npx', 'npx', ['mailhunt', ...query], {}, 1100],
];

console.log(`${runs} runs each\ncase                  median   worst  budget`);
for (const [name, command, args, env, budget] of cases) {
  const times = Array.from({ length: runs + 1 }, () => timed(command, args, env))
    .slice(1) // the first run fills the file cache and creates the store
    .sort((a, b) => a - b);
  const shown = [times[Math.floor(times.length / 2)]!, times.at(-1)!, budget].map((ms) =>
    String(Math.round(ms)).padStart(8),
  );
  console.log(name.padEnd(20) + shown.join(''));
}
rmSync(folder, { recursive: true });

function timed(command: string, args: readonly string[], env: object): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}
