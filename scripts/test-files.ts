import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How many tests passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** What came of test files, and how long each took. */
export interface TestedFiles extends Tally {
  readonly files: { readonly name: string; readonly seconds: number }[];
}

/** How test files are run. */
export interface TestFileOptions {
  readonly root: string;
  /** A file that takes longer is killed, with what it started in its process group, and counts as failed. */
  readonly timeoutMs: number;
  /** Where failures are shown. */
  readonly report: (text: string) => void;
}

/** The test files below a folder, in order, those in `without` (folder names) left out. */
export const testFilesBelow = (folder: string, without: readonly string[] = []): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !without.some((skip) => name.startsWith(`${skip}/`)))
    .map((name) => join(folder, name))
    .sort();

/** Runs test files, two at a time, each in a process of its own that cannot reach outside this machine. */
export async function runTestFiles(files: readonly string[], options: TestFileOptions): Promise<TestedFiles> {
  const tally: TestedFiles = { passed: 0, failed: 0, files: [] };
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const started = performance.now();
      const { passed, failed, report } = await runTestFile(file, options);
      tally.passed += passed;
      tally.failed += failed;
      tally.files.push({ name: relative(options.root, file), seconds: (performance.now() - started) / 1000 });
      if (report !== '') options.report(report);
    }
  };
  await Promise.all([worker(), worker()]);
  return tally;
}

const scriptUrl = (name: string): string => new URL(name, import.meta.url).href;

async function runTestFile(file: string, options: TestFileOptions): Promise<Tally & { report: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-test-'));
  const events = join(folder, 'events.jsonl');
  const { NODE_TEST_CONTEXT: _, ...given } = process.env;
  // Most files are over in a second or two: half of that is reading the code under test.
  const env = { NODE_COMPILE_CACHE: join(options.root, '.cache', 'node'), ...given };
  const child = spawn(
    process.execPath,
    [
      `--import=${scriptUrl('loopback-only.mjs')}`,
      `--test-reporter=${fileURLToPath(scriptUrl('events-reporter.mjs'))}`,
      `--test-reporter-destination=${events}`,
      file,
    ],
    { cwd: options.root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4000);
    });
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.kill(-child.pid!, 'SIGKILL');
  }, options.timeoutMs);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  const lines = existsSync(events) ? readFileSync(events, 'utf8').split('\n').filter(Boolean) : [];
  rmSync(folder, { recursive: true });
  const ending = late ? `timed out after ${options.timeoutMs} ms` : `ended with exit code ${code ?? 'none'}`;
  return tallyOf(
    lines.map((line) => JSON.parse(line)),
    code === 0,
    relative(options.root, file),
    ending,
    printed,
  );
}

/** What scripts/events-reporter.mjs prints. */
interface Event {
  readonly passed?: string;
  readonly failed?: string;
  readonly line?: number;
  readonly words?: string;
}

/** A process that ends badly although none of its tests failed counts as one failed test. */
function tallyOf(events: readonly Event[], ok: boolean, file: string, ending: string, printed: string) {
  const failures = events.filter((event) => event.failed !== undefined);
  let report = failures
    .map(({ failed, line, words }) => `FAILED ${failed} (${file}:${line ?? 1})\n${words?.replace(/^/gm, '  ')}\n`)
    .join('');
  if (!ok && failures.length === 0) report = `FAILED ${file}: ${ending}\n`;
  if (report !== '' && printed.trim() !== '') report += `printed by ${file}:\n${printed.replace(/^/gm, '  ')}\n`;
  return { passed: events.length - failures.length, failed: failures.length || Number(!ok), report };
}
