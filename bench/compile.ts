/**
 * How long hunts take to compile, warm: each line of a file of JSON objects with an `id` and a `query`, against the tables
 * of an empty store. The first pass warms up, the others are measured; a hunt's time is its median.
 *
 *     node bench/compile.ts rules.jsonl [--passes 3] [--slowest 10]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../src/kql/index.ts';
import { openStore } from '../src/store/index.ts';
import { benchNow } from './data.ts';

interface Rule {
  readonly id: string;
  readonly query: string;
}

const { values, positionals } = parseArgs({
  options: { passes: { type: 'string', default: '3' }, slowest: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) throw new Error('names a file of rules: node bench/compile.ts rules.jsonl');
const rules = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Rule => JSON.parse(line));

const folder = mkdtempSync(join(tmpdir(), 'mailhunt-bench-'));
const store = await openStore(join(folder, 'store'), { idle: 0 });
const context = { catalog: store.catalog(), now: benchNow };
await store.close();
rmSync(folder, { recursive: true });

/** Milliseconds, and whether the query compiles: a refusal takes its time too. */
function timed({ query }: Rule): { readonly time: number; readonly compiles: boolean } {
  const start = performance.now();
  try {
    compile(query, context);
    return { time: performance.now() - start, compiles: true };
  } catch {
    return { time: performance.now() - start, compiles: false };
  }
}

const sorted = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);
const quantile = (times: readonly number[], part: number): number =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))]!;

for (const rule of rules) timed(rule);
const passes = Array.from({ length: Number(values.passes) }, () => rules.map(timed));
const hunts = rules.map(({ id }, i) => ({
  id,
  time: quantile(
    passes.map((pass) => pass[i]!.time),
    0.5,
  ),
  compiles: passes[0]![i]!.compiles,
}));
const times = hunts.map(({ time }) => time);
const refused = hunts.filter(({ compiles }) => !compiles).length;
console.log(`${hunts.length} hunts, of which ${refused} do not compile`);
console.log(
  `median ${quantile(times, 0.5).toFixed(1)} ms, 95th percentile ${quantile(times, 0.95).toFixed(1)} ms, ` +
    `slowest ${quantile(times, 1).toFixed(1)} ms`,
);
for (const { id, time, compiles } of hunts.toSorted((a, b) => b.time - a.time).slice(0, Number(values.slowest)))
  console.log(`${time.toFixed(1).padStart(8)} ms  ${id}${compiles ? '' : '  does not compile'}`);
