import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shelf = join(tmpdir(), 'mailhunt-test-workbench');

/** What the clock of the demo and of the server says: the same mail and the same answers every day. */
export const NOW = '2026-07-18T12:00:00Z';

/** Made in 15 s where nothing else runs. */
const PATIENCE = 150_000;

/** Arguments that start the program as it stands in the clone. */
export const program = [join(root, 'src', 'cli', 'start.ts')];

/**
 * A copy of the demo's store in a folder of the caller's own. The demo is made once for each state of the sources, by the
 * program itself, and kept between runs; two test files that come at the same time wait for one.
 */
export async function demoStore(folder: string): Promise<string> {
  const kept = join(shelf, sourceHash());
  await make(kept);
  const store = join(folder, 'store');
  await cp(kept, store, { recursive: true });
  return store;
}

async function make(kept: string): Promise<void> {
  const lock = `${kept}.making`;
  await mkdir(shelf, { recursive: true });
  while (!existsSync(kept)) {
    if (await isLocked(lock)) {
      await sleep(250);
      continue;
    }
    try {
      // It may have been made between the look and the lock.
      if (!existsSync(kept)) await makeAs(kept);
    } finally {
      await rm(lock, { force: true });
    }
  }
}

/** True while another process makes it; else the lock is ours. */
async function isLocked(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return false;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    // Who was making it was killed.
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const ageOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );

async function makeAs(kept: string): Promise<void> {
  const fresh = `${kept}.new`;
  await rm(fresh, { recursive: true, force: true });
  await untilSaid(['serve', '--demo', '--port', '0', '--store', fresh, '--now', NOW], /rows are in/);
  await rm(`${fresh}-cache`, { recursive: true, force: true });
  await rename(fresh, kept);
  for (const name of readdirSync(shelf)) {
    const path = join(shelf, name);
    if (path !== kept && (await ageOf(path)) > 60 * 60 * 1000) await rm(path, { recursive: true, force: true });
  }
}

/** Runs the program until it says something, then stops it in good order. */
function untilSaid(args: readonly string[], wanted: RegExp): Promise<void> {
  const child = spawn(process.execPath, [...program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += String(text);
      if (wanted.test(said)) child.kill('SIGINT');
    });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      code === 0 && wanted.test(said) ? resolve() : reject(new Error(`the demo could not be made: ${said}`));
    });
  });
}

/** Changes with whatever may change the demo. */
function sourceHash(): string {
  const hash = createHash('sha256').update(NOW);
  const files = ['src', 'scenarios'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(isDemoSource),
  );
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

/** The server and the parser have no say in what the demo holds. */
const isDemoSource = (entry: { isFile(): boolean; readonly parentPath: string }): boolean =>
  entry.isFile() && !/[\\/]src[\\/](server|kql|investigate|evidence|rules)([\\/]|$)/.test(entry.parentPath);
