/** Makes the start-up snapshot of this clone: `npm run snapshot`; `npm start` and `npm test` do it where it is stale. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { freshSnapshot, snapshotFile, stampFile, stampOf } from '../bin/snapshot.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The database's binary cannot be in a snapshot: it is loaded when first touched, in the process that was restored. */
const lateDatabase: Plugin = {
  name: 'late database',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@duckdb\/node-api$/ }, ({ path }) => ({ path, namespace: 'late' }));
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: `let loaded;
        const load = () => (loaded ??= require('node:module').createRequire(import_meta_url)(${JSON.stringify(path)}));
        module.exports = Object.create(new Proxy({}, { get: (_, name) => name === '__esModule' ? false : load()[name] }));`,
    }));
  },
};

/** One CommonJS file of the program that believes to lie in `src/cli`. */
export async function bundle(outfile: string, at: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'src', 'cli', 'snapshot.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { 'import.meta.url': 'import_meta_url' },
    banner: { js: `const import_meta_url = ${at};` },
    plugins: [lateDatabase],
    logLevel: 'error',
  });
}

/** Builds the snapshot of this clone for the Node.js that runs this, unless it is fresh. */
export async function ensureSnapshot(): Promise<void> {
  const code = join(root, 'src');
  if (freshSnapshot(root, code, process.execPath) !== undefined) return;
  const blob = snapshotFile(root);
  const draft = `${blob}.${process.pid}`;
  mkdirSync(join(blob, '..'), { recursive: true });
  const stamp = stampOf(root, code, process.execPath);
  await bundle(`${draft}.cjs`, JSON.stringify(pathToFileURL(join(code, 'cli', 'snapshot.ts')).href));
  const { status, stderr } = spawnSync(
    process.execPath,
    [`--snapshot-blob=${draft}`, '--build-snapshot', `${draft}.cjs`],
    { encoding: 'utf8', cwd: root },
  );
  rmSync(`${draft}.cjs`);
  if (status !== 0) throw new Error(`the start-up snapshot could not be made: ${stderr}`);
  rmSync(stampFile(root), { force: true });
  renameSync(draft, blob);
  writeFileSync(stampFile(root), stamp);
}

if (import.meta.main) await ensureSnapshot();
