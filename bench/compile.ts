/**
 * How long hunts take to compile, warm: each line of a file of JSON objects with an `id` and a `query`, against the tables
 * of a small store and what stands around them; lists from outside are empty. Columns that depend on rows (`bag_unpack`)
 * are asked of the store: compiling again counts, the store's answer does not. The first pass warms up, the others are measured; a hunt's time is its median.
 * What does not compile is told apart.
 *
 *     node bench/compile.ts rules.jsonl [--passes 3] [--slowest 10] [--cpu]
 *
 * With `--cpu` the times are those of all processors together, which a busy machine changes little.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compileOn, type Engine, type RunContext } from '../src/kql/index.ts';
import { openSurroundings } from '../src/surroundings/index.ts';
import { benchNow, benchStore } from './data.ts';

interface Rule {
  readonly id: string;
  readonly query: string;
}

const { values, positionals } = parseArgs({
  options: {
    passes: { type: 'string', default: '3' },
    slowest: { type: 'string', default: '10' },
    cpu: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) throw new Error('names a file of rules: node bench/compile.ts rules.jsonl');
const rules = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Rule => JSON.parse(line));

await using store = await benchStore(1_000);
const settings = { aliases: [], watchlists: {}, geo_database: '', externaldata: {} };
const lender = await openSurroundings(store.path, settings);

/** The engine, and how long it has been asked for columns and values that depend on data: that is no compiling. */
class Asked implements Engine {
  #time = 0;

  readonly plan = store.engine.plan.bind(store.engine);

  async *texts(sql: string): AsyncGenerator<readonly string[]> {
    const start = clock();
    const blocks: (readonly string[])[] = [];
    for await (const block of store.engine.texts(sql)) blocks.push(block);
    this.#time += clock() - start;
    yield* blocks;
  }

  /** The time since it was asked for the last time. */
  take(): number {
    const time = this.#time;
    this.#time = 0;
    return time;
  }
}

function clock(): number {
  const { user, system } = process.cpuUsage();
  return values.cpu ? (user + system) / 1000 : performance.now();
}

const engine = new Asked();
const context: RunContext = {
  catalog: store.catalog(),
  engine,
  now: benchNow,
  surroundings: { ...(await lender.now()), external: async () => ({ rows: '[]' }) },
};

interface Timed {
  readonly time: number;
  /** Why the query does not compile, where it does not. */
  readonly refusal: string | undefined;
}

async function timed({ query }: Rule): Promise<Timed> {
  const start = clock();
  engine.take();
  const refusal = await compileOn(query, context).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { time: clock() - start - engine.take(), refusal };
}

async function pass(): Promise<Timed[]> {
  const results: Timed[] = [];
  for (const rule of rules) results.push(await timed(rule));
  return results;
}

const sorted = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);
const quantile = (times: readonly number[], part: number): number =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))]!;

await pass();
const passes: Timed[][] = [];
for (let i = 0; i < Number(values.passes); i += 1) passes.push(await pass());
const hunts = rules.map(({ id }, i) => ({
  id,
  time: quantile(
    passes.map((pass) => pass[i]!.time),
    0.5,
  ),
  refusal: passes[0]![i]!.refusal,
}));
const refused = hunts.filter(({ refusal }) => refusal !== undefined);
const compiled = hunts.filter(({ refusal }) => refusal === undefined);
const times = compiled.map(({ time }) => time);
console.log(`${hunts.length} hunts, of which ${refused.length} do not compile`);
for (const { id, time, refusal } of refused) console.log(`${time.toFixed(1).padStart(8)} ms  ${id}: ${refusal}`);
console.log(
  `median ${quantile(times, 0.5).toFixed(1)} ms, 95th percentile ${quantile(times, 0.95).toFixed(1)} ms, ` +
    `slowest ${quantile(times, 1).toFixed(1)} ms`,
);
for (const { id, time } of compiled.toSorted((a, b) => b.time - a.time).slice(0, Number(values.slowest)))
  console.log(`${time.toFixed(1).padStart(8)} ms  ${id}`);
