/** Builds the workbench into `dist/web` when its sources have changed since it was last built: `node scripts/web.ts`. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const target = join(dist, 'web');

/** What stands in `dist/web/.built-from`. */
interface Stamp {
  /** The files outside `web/` that the page holds, from the root of the clone. */
  readonly outside: readonly string[];
  readonly hash: string;
}

/**
 * Builds where needed, and puts the new build in the place of the old at once: whoever serves it never sees half of one.
 * Resolves with what went wrong, '' where all is well.
 */
export async function ensureWeb(): Promise<string> {
  if (isFresh()) return '';
  mkdirSync(dist, { recursive: true });
  const fresh = join(dist, `.web-${process.pid}`);
  const said = await build(fresh);
  if (said === '') {
    const outside = JSON.parse(readFileSync(join(fresh, '.sources.json'), 'utf8')) as string[];
    const stamp: Stamp = { outside, hash: sourceHash(outside) };
    writeFileSync(join(fresh, '.built-from'), JSON.stringify(stamp));
    replace(fresh);
  }
  rmSync(fresh, { recursive: true, force: true });
  return said;
}

function isFresh(): boolean {
  const path = join(target, '.built-from');
  if (!existsSync(path)) return false;
  try {
    const { outside, hash } = JSON.parse(readFileSync(path, 'utf8')) as Stamp;
    return hash === sourceHash(outside);
  } catch {
    // Damaged, or a source is gone.
    return false;
  }
}

function replace(fresh: string): void {
  const old = join(dist, `.web-old-${process.pid}`);
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

function sourceHash(outside: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const names = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const name of [...names, ...outside.map((path) => join(root, path))])
    hash.update(name.slice(root.length)).update(readFileSync(name));
  return hash.digest('hex');
}

const build = (outDir: string): Promise<string> =>
  new Promise((resolve) => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'error', '--outDir', outDir], {
      cwd: root,
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(String(piece)));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? '' : said.join('') || `vite ended with ${code}`));
  });

if (import.meta.main) {
  const said = await ensureWeb();
  if (said !== '') {
    process.stderr.write(`${said}\n`);
    process.exitCode = 1;
  }
}
