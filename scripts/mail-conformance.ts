/** The mail suites and the real messages that lie in a folder beside the clone, run against this tree. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultJudgeOptions, judge } from '../src/ingest/index.ts';
import { parseZone, readMessage, receivedVerdict, zoneResolver } from '../src/mail/index.ts';

/** Takes a check's name and what is wrong with it: nothing where all is well. */
type Note = (name: string, problem: string) => void;

const adapter = fileURLToPath(new URL('../test/conformance/mail-adapter.ts', import.meta.url));

/** The runners, their arguments, and how many cases must pass: may only be raised. */
const suites: readonly (readonly [runner: string, args: readonly string[], passed: number])[] = [
  ['spf-suite.mjs', ['--suite', 'rfc7208-tests.yml', '--explain'], 203],
  ['arc-suite.mjs', ['--suite', 'arc-validation.yml', '--sign', 'arc-sign.yml'], 186],
];

/** Runs the suites of RFC 7208 and RFC 8617. */
export function runMailSuites(folder: string, note: Note): void {
  const modules = yamlModules();
  try {
    for (const [runner, args, passed] of suites) {
      const named = ['--modules', modules, '--impl', adapter, '--strict', '--quiet', '--min', String(passed)];
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, runner), ...args, ...named], {
        cwd: folder,
        encoding: 'utf8',
      });
      const last = stdout.trim().split('\n').at(-1) ?? '';
      process.stdout.write(`${runner}: ${last}\n`);
      note(runner, status === 0 ? '' : `${last}, expected ${passed} passed ${stderr}`);
    }
  } finally {
    rmSync(modules, { recursive: true, force: true });
  }
}

/** The runners ask for js-yaml; our own reader of YAML stands in for it. */
function yamlModules(): string {
  const modules = mkdtempSync(join(tmpdir(), 'mailhunt-yaml-'));
  const folder = join(modules, 'node_modules', 'js-yaml');
  mkdirSync(folder, { recursive: true });
  const yaml = JSON.stringify(createRequire(import.meta.url).resolve('yaml'));
  writeFileSync(
    join(folder, 'index.js'),
    `const { parseAllDocuments } = require(${yaml});
exports.loadAll = (text) =>
  parseAllDocuments(text, { uniqueKeys: false, version: '1.1', schema: 'yaml-1.1' }).map((one) => one.toJS());
`,
  );
  return modules;
}

/** Milliseconds that one real message may take. */
const SLOW = 2000;

/**
 * Real messages: what the receiver stamped is read as it is, and our own checks give each a verdict.
 *
 * @param folder with `index.tsv` and the messages that it names
 */
export async function runCorpusMail(folder: string, note: Note): Promise<void> {
  const index = readFileSync(join(folder, 'index.tsv'), 'utf8').trim().split('\n').slice(1);
  const resolver = zoneResolver(parseZone('', 'empty.zone'));
  const problems = { stamp: [] as string[], trust: [] as string[], verdict: [] as string[] };
  for (const [id = '', , ...stamped] of index.map((line) => line.split('\t'))) {
    const bytes = readFileSync(join(folder, `${id}.eml`));
    const message = readMessage(bytes);
    const { spf, dkim, dmarc, action, compauth, reason } = receivedVerdict(message, ['microsoft'])?.words ?? {};
    const read = [spf, dkim, dmarc, action, compauth, reason].map((word) => word ?? '-');
    if (read.join() !== stamped.slice(0, 6).join()) problems.stamp.push(`${id}: ${read} for ${stamped}`);
    if (receivedVerdict(message, []) !== undefined) problems.trust.push(id);
    const started = performance.now();
    const found = { place: id, bytes, position: 1 };
    const { words } = (await judge(found, { ...defaultJudgeOptions, verdicts: 'verify', now: 0 }, resolver)).verdict;
    if (words.dmarc === undefined || performance.now() - started > SLOW) problems.verdict.push(id);
  }
  note(`${index.length} stamps of Microsoft`, problems.stamp.join('; '));
  note('no trust, no belief', problems.trust.join());
  note(`a verdict for each of ${index.length} real messages`, problems.verdict.join());
}
