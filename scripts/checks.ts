/**
 * Everything that must hold before a change counts: `npm test`. Each check counts as one test; the last line is
 * `N passed, N failed`.
 *
 *   npm test                       all of it
 *   npm test -- test/kql/a.test.ts these test files only
 *   npm run soak                   what takes long (test/soak)
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserMissing } from './browser.ts';
import { brokenLayers, rooms } from './layers.ts';
import { mailProgramsMissing } from './mta.ts';
import { runTestFiles, type Tally, type TestedFiles, testFilesBelow } from './test-files.ts';
import { ensureWeb } from './web.ts';
import { brokenWebLayers } from './web-layers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const minutes = 60_000;

/** A check's name and what it finds: nothing where all is well, else the words to show. */
type Check = readonly [name: string, find: () => Promise<string> | string];

const checks: readonly Check[] = [
  ['types', () => program('tsc', '--noEmit')],
  ['types of the workbench', () => program('tsc', '--noEmit', '-p', 'web')],
  ['lint', () => program('biome', 'check', '--error-on-warnings', '--colors=off')],
  ['layers', () => brokenLayers(join(root, 'src'), { rooms, packages: dependencies() }).join('\n')],
  ['layers of the workbench', () => brokenWebLayers(root, allDependencies()).join('\n')],
  ['the workbench is built', ensureWeb],
  ['a browser to test it with', browserMissing],
  ['mail programs to test the gate with', mailProgramsMissing],
  ['start-up snapshot', async () => (await (await import('./snapshot.ts')).ensureSnapshot()) ?? ''],
  ['generated docs', async () => (await import('./docs.ts')).staleDocs().join('\n')],
];

function program(name: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` || `${name} failed`;
}

const manifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dependencies = (): string[] => Object.keys(manifest().dependencies);
/** What the page holds is built in, and so a development dependency. */
const allDependencies = (): string[] => [...dependencies(), ...Object.keys(manifest().devDependencies)];

const print = (text: string): void => {
  process.stdout.write(`${text.trimEnd()}\n`);
};

async function attempt(find: Check[1]): Promise<string> {
  try {
    return await find();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** The files that took longest, in words: where to look when the whole takes too long. */
function slowestOf(files: TestedFiles['files']): string {
  const slowest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, 15);
  return `slowest: ${slowest.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`).join(', ')}`;
}

async function runChecks(): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0 };
  for (const [name, find] of checks) {
    const started = performance.now();
    const found = await attempt(find);
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    tally[found === '' ? 'passed' : 'failed']++;
    print(found === '' ? `ok ${name} (${took})` : `FAILED ${name}\n${found}`);
  }
  return tally;
}

const [only, soak] = [process.argv.slice(2).filter((arg) => !arg.startsWith('--')), process.argv.includes('--soak')];
const files =
  only.length > 0 ? only : testFilesBelow(join(root, 'test', ...(soak ? ['soak'] : [])), soak ? [] : ['soak']);
const checked = only.length > 0 || soak ? { passed: 0, failed: 0 } : await runChecks();
const tested = await runTestFiles(files, { root, timeoutMs: (soak ? 60 : 8) * minutes, report: print });
const [passed, failed] = [checked.passed + tested.passed, checked.failed + tested.failed];
print(slowestOf(tested.files));
print(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
