/**
 * Typical hunts over 10 million mails, beside hand-written SQL, both through the engine of the same open store.
 *
 * Two times are taken, each the median of alternating runs. Engine: the statement runs to its end inside DuckDB, which
 * keeps all cells of its result until they are hashed into one number. Last byte: each row is printed as a JSON array by
 * DuckDB and read here as text. The rows of both are compared by checksum before anything is timed.
 *
 *     node bench/hunts.ts [rows, 10000000 where nothing is said] [--runs 5] [--only 8,9] [--cpu]
 *
 * With `--cpu` the times are those of all processors together, which a busy machine changes little.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compile } from '../src/kql/index.ts';
import type { Store } from '../src/store/index.ts';
import { baselineRowsSql, baselineSql, type Hunt, hunts } from './baseline.ts';
import { benchNow, benchStore } from './data.ts';

interface Statements {
  readonly sql: string;
  readonly rowsSql: string;
}

/** What a statement answered: how many rows, their checksum in any order, and that of the ordering column in its order. */
interface Rows {
  readonly count: number;
  readonly checksum: string;
  readonly order: string;
}

/** The published hunt where it lies beside the repository, else ours, which says the same in other words. */
function kqlText({ name }: Hunt): string {
  const published = join(import.meta.dirname, '..', '..', 'shared', 'seeds', 'hunts', `${name}.kql`);
  return readFileSync(existsSync(published) ? published : join(import.meta.dirname, 'hunts', `${name}.kql`), 'utf8');
}

async function texts(
  { engine }: Store,
  sql: string,
  take: (rows: readonly string[]) => void = () => {},
): Promise<void> {
  for await (const rows of engine.texts(sql)) take(rows);
}

/** Runs a statement to its end and leaves its rows in the engine; a sort is kept, for the rows are kept. */
const drained = (sql: string): string =>
  `WITH result AS MATERIALIZED (${sql}) SELECT sum(hash(result))::VARCHAR FROM result`;

async function baseline(store: Store, hunt: Hunt): Promise<Statements & { readonly columns: readonly string[] }> {
  const sql = baselineSql(hunt, benchNow);
  const columns: string[] = [];
  await texts(store, `SELECT column_name FROM (DESCRIBE ${sql})`, (names) => columns.push(...names));
  return { sql, rowsSql: baselineRowsSql(sql, columns, hunt), columns };
}

/** `compared` says which columns count, by their positions. */
async function rowsOf(store: Store, sql: string, compared: readonly boolean[], orderCell: number): Promise<Rows> {
  let [count, sum] = [0, 0n];
  const order = createHash('md5');
  await texts(store, sql, (rows) => {
    for (const row of rows) {
      const cells: unknown[] = JSON.parse(row);
      const kept = cells.filter((_, i) => compared[i]);
      const digest = createHash('md5').update(JSON.stringify(kept)).digest();
      sum = BigInt.asUintN(64, sum + digest.readBigUInt64LE());
      order.update(String(cells[orderCell]));
      count += 1;
    }
  });
  return { count, checksum: sum.toString(16).padStart(16, '0'), order: order.digest('hex') };
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** How long a piece of work takes. DuckDB's results live until they are collected, and the next run would pay for it. */
async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  collectGarbage();
  await setImmediate();
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return values.cpu ? (user + system) / 1000 : performance.now() - start;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;

/** The median time of each statement: one run of each to warm up, then `runs` rounds through all of them. */
async function medians(store: Store, statements: readonly string[], runs: number): Promise<number[]> {
  const times: number[][] = statements.map(() => []);
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, sql] of statements.entries()) {
      const time = await milliseconds(() => texts(store, sql));
      if (round > 0) times[index]!.push(time);
    }
  }
  return times.map(median);
}

interface Measured {
  readonly hunt: string;
  readonly rows: number;
  /** Whether both gave the same rows; what went wrong where ours gave none. */
  readonly equal: boolean | string;
  /** Medians in milliseconds, ours undefined where it gave no rows. */
  readonly engine: readonly [hand: number, ours?: number];
  readonly lastByte: readonly [hand: number, ours?: number];
}

async function measure(store: Store, hunt: Hunt, runs: number): Promise<Measured> {
  const hand = await baseline(store, hunt);
  const orderCell = hand.columns.indexOf(hunt.orderedBy ?? '');
  const compared = hand.columns.map((name) => !hunt.open?.includes(name));
  const expected = await rowsOf(store, hand.rowsSql, compared, orderCell);
  const line = { hunt: hunt.name, rows: expected.count };
  try {
    const ours = compile(kqlText(hunt), { catalog: store.catalog(), now: benchNow }).tables[0]!;
    const actual = await rowsOf(store, ours.rowsSql, compared, orderCell);
    const [handEngine, oursEngine] = await medians(store, [drained(hand.sql), drained(ours.sql)], runs);
    const [handLast, oursLast] = await medians(store, [hand.rowsSql, ours.rowsSql], runs);
    const equal = (['count', 'checksum', 'order'] as const).every((fact) => actual[fact] === expected[fact]);
    return { ...line, equal, engine: [handEngine!, oursEngine!], lastByte: [handLast!, oursLast!] };
  } catch (error) {
    const [engine, last] = await medians(store, [drained(hand.sql), hand.rowsSql], runs);
    return { ...line, equal: (error as Error).message, engine: [engine!], lastByte: [last!] };
  }
}

const ms = (time: number | undefined): string => (time === undefined ? '-' : time.toFixed(time < 100 ? 1 : 0));
const ratio = ([hand, ours = Number.NaN]: Measured['engine']): number => ours / hand;

function show({ hunt, rows, equal, engine, lastByte }: Measured): void {
  const times = [engine, lastByte].flatMap((pair) => [ms(pair[0]), ms(pair[1]), ratio(pair).toFixed(2)]);
  const cells = [String(rows), ...times].map((cell) => cell.padStart(9)).join('');
  console.log(`${hunt.padEnd(40)}${cells}  ${equal === true ? 'equal' : equal === false ? 'NOT EQUAL' : equal}`);
}

/** The geometric mean of the ratios and the worst of them. */
function summary(what: string, pairs: readonly Measured['engine'][]): void {
  const ratios = pairs.map(ratio);
  const mean = Math.exp(ratios.reduce((sum, one) => sum + Math.log(one), 0) / ratios.length);
  console.log(`${what}: geometric mean ${mean.toFixed(3)}, worst ${Math.max(...ratios).toFixed(2)}`);
}

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    cpu: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const wanted = values.only?.split(',');
await using store = await benchStore(Number(positionals[0] ?? 10_000_000));
const head = ['rows', 'SQL ms', 'ours ms', 'ratio', 'SQL ms', 'ours ms', 'ratio'];
console.log(`${''.padEnd(49)}${'engine'.padStart(27)}${'last byte'.padStart(27)}`);
console.log('hunt'.padEnd(40) + head.map((cell) => cell.padStart(9)).join(''));
const measured: Measured[] = [];
for (const hunt of hunts.filter(({ name }) => wanted?.includes(name.split('-')[0]!) ?? true)) {
  const line = await measure(store, hunt, Number(values.runs));
  show(line);
  measured.push(line);
}
summary(
  'engine',
  measured.map(({ engine }) => engine),
);
summary(
  'last byte',
  measured.map(({ lastByte }) => lastByte),
);
console.log(`Peak memory of the process: ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB.`);
