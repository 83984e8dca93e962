/** Makes the start-up snapshot of this clone: `npm run snapshot`; `npm start` and `npm test` do it where it is stale. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { buildSnapshot, freshSnapshot } from '../bin/snapshot.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Modules as text that stands in for others; `late` is where they live. */
const standIns = (root: string): Readonly<Record<string, string>> => ({
  // The database's binary cannot be in a snapshot: it is loaded when first touched, in the process that was restored.
  '@duckdb/node-api': `let loaded;
    const load = () => (loaded ??= process.getBuiltinModule('node:module').createRequire(import_meta_url)('@duckdb/node-api'));
    module.exports = Object.create(new Proxy({}, { get: (_, name) => name === '__esModule' ? false : load()[name] }));`,
  // Node.js cannot restore a process in which its module loader has run, so the parser is part of the bundle.
  'node:module': `const bundled = {
      ${parserFiles.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(join(root, 'node_modules', file))})`).join(',')}
    };
    exports.createRequire = (url) => (name) =>
      bundled[name] ? bundled[name]() : process.getBuiltinModule('node:module').createRequire(url)(name);`,
});

const parserFiles = ['bridge.min.js', 'Kusto.Language.Bridge.min.js'].map(
  (name) => `@kusto/language-service-next/${name}`,
);

const standIn: Plugin = {
  name: 'stand-in',
  setup: ({ onResolve, onLoad }) => {
    const texts = standIns(root);
    onResolve({ filter: /^(?:@duckdb\/node-api|node:module)$/ }, ({ path }) => ({ path, namespace: 'late' }));
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: texts[path]!, resolveDir: root }));
  },
};

/** One CommonJS file of the program, from which `bin/snapshot.mjs` makes a snapshot. */
export async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(root, 'src', 'cli', 'snapshot.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { 'import.meta.url': 'import_meta_url' },
    banner: { js: 'const import_meta_url = process.env.MAILHUNT_BUNDLE_URL;' },
    plugins: [standIn],
    logLevel: 'error',
  });
}

/** Builds the snapshot of this clone for the Node.js that runs this, unless it is fresh. */
export async function ensureSnapshot(): Promise<void> {
  const program = { root, code: join(root, 'src'), node: process.execPath };
  if (freshSnapshot(program) !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-snapshot-'));
  try {
    await bundle(join(folder, 'mailhunt.cjs'));
    await buildSnapshot(program, join(folder, 'mailhunt.cjs'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) await ensureSnapshot();
