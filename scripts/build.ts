/** Compiles what is published: `dist/`. `npm pack` calls it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './snapshot.ts';
import { ensureWeb } from './web.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const dist = join(root, 'dist');

// The workbench stays: it is built anew where its sources changed, and a server of this clone may be sending it.
for (const name of existsSync(dist) ? readdirSync(dist) : []) {
  if (!/^\.?web\b/.test(name)) rmSync(join(dist, name), { recursive: true });
}
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
await bundle(join(dist, 'snapshot.cjs'));
const wrong = await ensureWeb();
if (wrong !== '') {
  process.stderr.write(`the workbench could not be built:\n${wrong}\n`);
  process.exit(1);
}
