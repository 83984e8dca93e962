/**
 * Runs changed query texts for as long as asked, on a small store: each must give rows or an error of the catalogue, in
 * time. The golden queries are changed, and with a folder (or a file of JSON lines with a `query`) those of its
 * rules.jsonl. What is found is printed with what repeats it; `--progress` names a file that a later run goes on from.
 *
 * @example node scripts/soak-kql.ts --minutes 15 --seed 7 --progress soak.json ../shared/corpus
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MailhuntError } from '../src/errors/index.ts';
import { runQuery } from '../src/kql/index.ts';
import { DEMO_SEED, demoBatches } from '../src/lab/index.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { ticksFromUnixMs } from '../src/values/index.ts';
import { mutated, randomAt } from './mutate-kql.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    progress: { type: 'string' },
    /** Runs this one query of the seed, and prints it. */
    index: { type: 'string' },
    /** Set in the process that runs the queries. */
    child: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const NOW = Date.parse('2026-07-18T14:00:00Z');

/** The engine is asked to stop after this long; a query that has not ended by {@link HANG} hangs. */
const STOP = 7_000;
const HANG = 10_000;
/** Rows that are read of a result. */
const ENOUGH = 200_000;
/** Batches of the demo that make the small store. */
const BATCHES = 3;

/** What the process that runs queries tells the one that watches it. */
type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'start'; readonly index: number }
  | { readonly kind: 'end'; readonly index: number; readonly outcome: string; readonly problem?: string };

/** The tables that golden queries read, for they are none of the store's. */
const GOLDEN_TABLES = `let Mail = datatable(Timestamp:datetime, Id:string, Sender:string, Size:long, Auth:string, Score:real, Bulk:bool, Extra:dynamic)[
datetime(2025-07-15 11:00), "m1", "ann@contoso.com", 100, '{"SPF":"pass"}', 0.5, false, dynamic({"a":1}),
datetime(2025-07-14 06:00), "m3", "", long(null), "", real(nan), bool(null), dynamic([1,"x"])];
let Clicks = datatable(Timestamp:datetime, Id:string, Url:string, sender:string)[datetime(2025-07-15 11:00), "m1", "https://example.net/a", "x"];
`;

function queryTexts(): string[] {
  const golden = fileURLToPath(new URL('../test/kql/golden/', import.meta.url));
  const texts = readdirSync(golden).map(
    (name) => GOLDEN_TABLES + readFileSync(join(golden, name, 'query.kql'), 'utf8'),
  );
  for (const path of positionals) {
    const file = statSync(path).isDirectory() ? join(path, 'rules.jsonl') : path;
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    texts.push(...lines.map((line) => String(JSON.parse(line).query)));
  }
  return texts;
}

/** Errors of the engine that say that the statement was wrong, and so that we were. */
const OUR_FAULT = /Binder Error|Catalog Error|Parser Error|Conversion Error|INTERNAL|Not implemented|Internal Error/i;

/** How a query ends, in a word, and what is wrong with that. */
async function outcomeOf(text: string, store: Store): Promise<{ outcome: string; problem?: string }> {
  const signal = AbortSignal.timeout(STOP);
  try {
    const context = { catalog: store.catalog(), now: ticksFromUnixMs(NOW), engine: store.engine, signal };
    let rows = 0;
    for (const table of (await runQuery(text, context)).tables)
      for await (const block of table.blocks) {
        rows += block.length;
        if (rows > ENOUGH) break;
      }
    return { outcome: rows === 0 ? 'no rows' : 'rows' };
  } catch (error) {
    if (signal.aborted) return { outcome: 'stopped' };
    if (!(error instanceof MailhuntError))
      return { outcome: 'crash', problem: String((error as Error)?.stack ?? error) };
    const isOurs = error.code === 'KQL0007' && OUR_FAULT.test(error.message);
    return isOurs ? { outcome: 'bad statement', problem: error.message } : { outcome: error.code };
  }
}

async function runQueries(first: number): Promise<void> {
  const texts = queryTexts();
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-soak-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await using store = await openStore(join(folder, 'store'), { now: () => NOW, idle: 0, memory: '1GB', spill: '1GB' });
  let batches = 0;
  for await (const batch of demoBatches({ seed: DEMO_SEED, now: ticksFromUnixMs(NOW) })) {
    await store.append(batch);
    if (++batches >= BATCHES) break;
  }
  await store.flush();
  // what is slow the first time is no hang
  await outcomeOf(
    'EmailEvents | join kind=inner UrlClickEvents on NetworkMessageId | summarize count() by Subject',
    store,
  );
  const tell = (report: Report): void => void process.send?.(report);
  tell({ kind: 'ready' });
  for (let index = first; process.connected; index++) {
    tell({ kind: 'start', index });
    tell({ kind: 'end', index, ...(await outcomeOf(textAt(index, texts), store)) });
    // the watcher's word to end comes in between
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const textAt = (index: number, texts: readonly string[]): string => mutated(texts, randomAt(seed, index));

/** How far a run has come, and what it has found. */
interface Progress {
  next: number;
  readonly outcomes: Record<string, number>;
  readonly found: { readonly index: number; readonly outcome: string; readonly problem: string }[];
}

function readProgress(): Progress {
  const path = values.progress;
  if (path === undefined || !existsSync(path)) return { next: 0, outcomes: {}, found: [] };
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Watches the process that runs the queries, and starts another where one died or had to be ended. */
async function watch(minutes: number): Promise<Progress> {
  const progress = readProgress();
  const end = Date.now() + minutes * 60_000;
  const texts = queryTexts();
  const note = (index: number, outcome: string, problem: string | undefined): void => {
    progress.next = index + 1;
    progress.outcomes[outcome] = (progress.outcomes[outcome] ?? 0) + 1;
    if (problem !== undefined) {
      progress.found.push({ index, outcome, problem });
      process.stdout.write(
        `\n${outcome} --seed ${seed} --index ${index}\n${textAt(index, texts).slice(0, 2_000)}\n=> ${problem.slice(0, 2_000)}\n`,
      );
    }
    if (values.progress !== undefined && (problem !== undefined || index % 100 === 0))
      writeFileSync(values.progress, JSON.stringify(progress));
  };
  while (Date.now() < end) await watchOne(progress.next, end, note);
  if (values.progress !== undefined) writeFileSync(values.progress, JSON.stringify(progress));
  return progress;
}

/** One process, until it ends. */
function watchOne(first: number, end: number, note: (index: number, outcome: string, problem?: string) => void) {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), [
    ...process.argv.slice(2),
    '--child',
    '--index',
    String(first),
  ]);
  let [running, hangs]: [number | undefined, boolean] = [undefined, false];
  let timer: NodeJS.Timeout | undefined;
  child.on('message', (report: Report) => {
    clearTimeout(timer);
    if (report.kind === 'end') {
      running = undefined;
      note(report.index, report.outcome, report.problem);
      if (Date.now() > end) child.kill('SIGTERM');
    }
    if (report.kind === 'start') {
      running = report.index;
      timer = setTimeout(() => {
        hangs = true;
        child.kill('SIGKILL');
      }, HANG);
    }
  });
  return new Promise<void>((resolve, reject) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (running !== undefined && hangs) note(running, 'hang', `not ended after ${HANG} ms`);
      else if (running !== undefined && Date.now() <= end)
        note(running, 'death', `exit code ${code}, signal ${signal}`);
      else if (running === undefined && Date.now() <= end)
        reject(new Error(`the process ended with ${code ?? signal}`));
      resolve();
    });
  });
}

if (values.child) await runQueries(Number(values.index));
else if (values.index !== undefined) {
  process.stdout.write(`${textAt(Number(values.index), queryTexts())}\n`);
} else {
  const { next, outcomes, found } = await watch(Number(values.minutes));
  process.stdout.write(`${next} queries: ${JSON.stringify(outcomes)}; ${found.length} problems\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
