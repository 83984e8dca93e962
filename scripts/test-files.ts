import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
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

/**
 * Folders of tests that start no process and leave nothing behind in theirs: they may share one. What measures how long
 * hostile input takes may not, or the others' rubbish is collected in its time.
 */
const SHARING =
  /^test\/(?:evidence|investigate|kql|lab|mail|policy|rules|schema|surroundings|values|web|yaml)\/(?!.*hostile)/;
/** Test files of one process: most of what a short one costs is reading the code under test. */
const TOGETHER = 8;

/**
 * Which test files run in one process: those of one folder that may share it, in their order.
 *
 * @example processesOf(['test/kql/a.test.ts', 'test/kql/b.test.ts', 'test/cli/c.test.ts']) // [[a, b], [c]]
 */
export function processesOf(files: readonly string[], root = ''): string[][] {
  const all: string[][] = [];
  let open: string | undefined;
  for (const file of files) {
    const folder = SHARING.exec(relative(root, resolve(root, file)))?.[0];
    const last = all.at(-1);
    if (last !== undefined && folder !== undefined && folder === open && last.length < TOGETHER) last.push(file);
    else all.push([file]);
    open = folder;
  }
  return all;
}

/** Runs test files, two processes at a time, none of which can reach outside this machine. */
export async function runTestFiles(files: readonly string[], options: TestFileOptions): Promise<TestedFiles> {
  const tally: TestedFiles = { passed: 0, failed: 0, files: [] };
  const waiting = processesOf(files, options.root);
  const worker = async (): Promise<void> => {
    for (let together = waiting.shift(); together !== undefined; together = waiting.shift()) {
      const started = performance.now();
      const { passed, failed, report } = await runProcess(together, options);
      const others = together.length === 1 ? '' : ` and ${together.length - 1} more`;
      const name = `${relative(options.root, together[0]!)}${others}`;
      tally.passed += passed;
      tally.failed += failed;
      tally.files.push({ name, seconds: (performance.now() - started) / 1000 });
      if (report !== '') options.report(report);
    }
  };
  await Promise.all([worker(), worker()]);
  return tally;
}

const scriptUrl = (name: string): string => new URL(name, import.meta.url).href;

async function runProcess(files: readonly string[], options: TestFileOptions): Promise<Tally & { report: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-test-'));
  const events = join(folder, 'events.jsonl');
  const { NODE_TEST_CONTEXT: _, ...given } = process.env;
  // Most files are over in a second or two: half of that is reading the code under test.
  const env = { NODE_COMPILE_CACHE: join(options.root, '.cache', 'node'), ...given };
  const child = spawn(
    process.execPath,
    [
      ...(files.length > 1 ? ['--test', '--test-isolation=none'] : []),
      `--import=${scriptUrl('loopback-only.mjs')}`,
      `--test-reporter=${fileURLToPath(scriptUrl('events-reporter.mjs'))}`,
      `--test-reporter-destination=${events}`,
      ...files,
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
    { ok: code === 0, files: files.map((file) => relative(options.root, file)), root: options.root, ending, printed },
  );
}

/** What scripts/events-reporter.mjs prints. */
interface Event {
  readonly passed?: string;
  readonly failed?: string;
  readonly file?: string;
  readonly line?: number;
  readonly words?: string;
}

/** How a process ended. */
interface Ended {
  readonly ok: boolean;
  readonly files: readonly string[];
  readonly root: string;
  readonly ending: string;
  readonly printed: string;
}

/** A process that ends badly although none of its tests failed counts as one failed test. */
function tallyOf(events: readonly Event[], { ok, files, root, ending, printed }: Ended) {
  const all = files.join(' ');
  const failures = events.filter((event) => event.failed !== undefined);
  let report = failures
    .map(({ failed, file, line, words }) => {
      const where = file === undefined ? all : relative(root, file);
      return `FAILED ${failed} (${where}:${line ?? 1})\n${words?.replace(/^/gm, '  ')}\n`;
    })
    .join('');
  if (!ok && failures.length === 0) report = `FAILED ${all}: ${ending}\n`;
  if (report !== '' && printed.trim() !== '') report += `printed by ${all}:\n${printed.replace(/^/gm, '  ')}\n`;
  return { passed: events.length - failures.length, failed: failures.length || Number(!ok), report };
}
