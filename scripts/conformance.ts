/**
 * Runs what lies in a folder beside the clone against this tree: the conformance corpus over HTTP, held by a ratchet, the
 * seed hunts word for word over the demo, the suites of mail authentication, and real messages.
 *
 * @example node scripts/conformance.ts ../shared
 * @example node scripts/conformance.ts ../shared --record // also writes test/conformance/passing.json anew
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, demoBatches } from '../src/lab/index.ts';
import { type Server, serve, sessionOn } from '../src/server/index.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { ticksFromUnixMs } from '../src/values/index.ts';
import { runPublishedHunts } from './hunt-conformance.ts';
import { runCorpusInvestigations } from './investigate-corpus.ts';
import { supportedEntries } from './kql-entries.ts';
import { countUses, passingCounts, passingFile } from './kql-support.ts';
import { logicProblem } from './lint-conformance.ts';
import { silentProblem } from './lint-silent-sample.ts';
import { runCorpusMail, runMailSuites } from './mail-conformance.ts';
import { differing } from './passing.ts';
import { broken, brokenHunts, type Counts, fewer, type Ratchet } from './ratchet.ts';
import { countWitnesses } from './witness-conformance.ts';

const ratchetFile = fileURLToPath(new URL('../test/conformance/ratchet.json', import.meta.url));
const ratchet: Ratchet = JSON.parse(readFileSync(ratchetFile, 'utf8'));

/** The clock of the hunts: the demo is the same tomorrow. */
const NOW = Date.parse('2026-07-18T14:00:00Z');

let [passed, failed] = [0, 0];

function note(name: string, problem: string): void {
  if (problem === '') passed++;
  else failed++;
  process.stdout.write(problem === '' ? `ok ${name}\n` : `FAILED ${name}: ${problem}\n`);
}

/** A store in a folder of its own for as long as the work takes. */
async function withStore(work: (store: Store, folder: string) => Promise<void>, now: () => number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-conformance-'));
  try {
    await using store = await openStore(join(folder, 'store'), { now, idle: 0 });
    await work(store, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCorpus(shared: string): Promise<void> {
  await withStore(async (store, folder) => {
    const server = await serve({ store, host: '127.0.0.1', port: 0, now: Date.now, log: () => {} });
    try {
      const counts = await corpusCounts(server, join(shared, 'conformance'), join(folder, 'report.json'));
      for (const [file, limit] of Object.entries(ratchet.corpus)) {
        const count = counts.get(file);
        note(`conformance ${file}`, count === undefined ? 'it was not run' : broken(count, wrongOf(count), limit));
      }
      holdPassing(join(shared, 'conformance'), [...counts.values()]);
    } finally {
      await server.close();
    }
  }, Date.now);
}

/** One file of the corpus, run. */
interface FileReport extends Counts {
  readonly file: string;
  readonly cases: readonly { readonly id: string; readonly outcome: string }[];
}

const wrongOf = ({ cases }: FileReport): string[] =>
  cases.filter(({ outcome }) => outcome === 'wrong').map(({ id }) => id);

/** Holds how many passing cases use each name of the support table, or writes it down. */
function holdPassing(folder: string, files: readonly FileReport[]): void {
  const texts = files.flatMap(({ file, cases }) => {
    const passed = new Set(cases.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id));
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean);
    const all = lines.map((line) => JSON.parse(line) as { id: string; query: string });
    return all.filter(({ id }) => passed.has(id)).map(({ query }) => query);
  });
  const known = new Set(supportedEntries().map(({ name }) => name));
  const used = [...countUses(texts)].filter(([name]) => known.has(name));
  const found = Object.fromEntries(used.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (process.argv.includes('--record')) writeFileSync(passingFile, `${JSON.stringify(found, null, 2)}\n`);
  note('passing cases of each name', differing(found, passingCounts()));
}

async function corpusCounts(server: Server, folder: string, report: string): Promise<Map<string, FileReport>> {
  const files = Object.keys(ratchet.corpus).map((name) => join(folder, name));
  const args = ['--url', server.address, '--failures', '0', '--min', '0', '--json', report];
  const runner = spawn(process.execPath, [join(folder, 'run.mjs'), ...args, ...files], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(runner, 'close');
  if (!existsSync(report)) return new Map();
  const read: { files: FileReport[] } = JSON.parse(readFileSync(report, 'utf8'));
  return new Map(read.files.map((counts) => [counts.file, counts]));
}

async function runHunts(folder: string): Promise<void> {
  await withStore(
    async (store) => {
      for await (const batch of demoBatches({ seed: DEMO_SEED, now: ticksFromUnixMs(NOW) })) await store.append(batch);
      await store.flush();
      const session = sessionOn(store, () => NOW);
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.kql'))) {
        note(`hunt ${file}`, await huntProblem(() => session.query(readFileSync(join(folder, file), 'utf8'))));
      }
    },
    () => NOW,
  );
}

type Ask = () => ReturnType<ReturnType<typeof sessionOn>['query']>;

/** What is wrong with a hunt's answer: each of the seed hunts finds something in the demo. */
async function huntProblem(ask: Ask): Promise<string> {
  try {
    let rows = 0;
    for (const table of (await ask()).tables) for await (const block of table.blocks) rows += block.length;
    return rows > 0 ? '' : 'no rows';
  } catch (error) {
    return String(error);
  }
}

const shared = resolve(process.argv[2] ?? '../shared');
await runCorpus(shared);
await runHunts(join(shared, 'seeds', 'hunts'));
note('published hunts', brokenHunts(await runPublishedHunts(join(shared, 'corpus', 'rules.jsonl')), ratchet.hunts));
note(
  'witnesses of published hunts',
  fewer(await countWitnesses(join(shared, 'corpus', 'rules.jsonl')), ratchet.witnesses),
);
note('silent lints', await silentProblem(shared));
note('what is proved of published hunts', logicProblem(shared));
runMailSuites(join(shared, 'conformance', 'mail'), note);
await runCorpusMail(join(shared, 'corpus', 'eml'), note);
await runCorpusInvestigations(join(shared, 'corpus', 'eml'), note);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
