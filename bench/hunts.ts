/**
 * The seven seed hunts over 5 million mails, beside hand-written SQL, both through the engine of the same open store.
 *
 * Two times are taken, each the median of alternating runs. Engine: the statement runs to its end inside DuckDB, which
 * keeps all cells of its result until they are hashed into one number. Last byte: each row is printed as a JSON array by
 * DuckDB and read here as text.
 *
 *     node bench/hunts.ts [--rows 5000000] [--runs 7]
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

async function rowsOf(store: Store, sql: string, orderCell: number): Promise<Rows> {
  let [count, sum] = [0, 0n];
  const order = createHash('md5');
  await texts(store, sql, (rows) => {
    for (const row of rows) {
      const cells: unknown[] = JSON.parse(row);
      const digest = createHash('md5').update(JSON.stringify(cells)).digest();
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
  const start = performance.now();
  await work();
  return performance.now() - start;
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

async function measure(store: Store, hunt: Hunt, runs: number): Promise<Record<string, unknown>> {
  const hand = await baseline(store, hunt);
  const orderCell = hand.columns.indexOf(hunt.orderedBy ?? '');
  const expected = await rowsOf(store, hand.rowsSql, orderCell);
  const line = { hunt: hunt.name, rows: expected.count, checksum: expected.checksum };
  try {
    const ours = compile(kqlText(hunt), { catalog: store.catalog(), now: benchNow }).tables[0]!;
    const actual = await rowsOf(store, ours.rowsSql, orderCell);
    const [handEngine, oursEngine] = await medians(store, [drained(hand.sql), drained(ours.sql)], runs);
    const [handLast, oursLast] = await medians(store, [hand.rowsSql, ours.rowsSql], runs);
    const equal = actual.checksum === expected.checksum && actual.order === expected.order;
    return {
      ...line,
      equal,
      ...comparison('engine', handEngine!, oursEngine!),
      ...comparison('last byte', handLast!, oursLast!),
    };
  } catch (error) {
    const [engine, last] = await medians(store, [drained(hand.sql), hand.rowsSql], runs);
    return { ...line, equal: (error as Error).message, 'engine: SQL': ms(engine!), 'last byte: SQL': ms(last!) };
  }
}

const ms = (time: number): number => Math.round(time * 10) / 10;
const comparison = (what: string, hand: number, ours: number): Record<string, number> => ({
  [`${what}: SQL`]: ms(hand),
  [`${what}: mailhunt`]: ms(ours),
  [`${what}: ratio`]: Math.round((ours / hand) * 100) / 100,
});

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '5000000' }, runs: { type: 'string', default: '7' } },
});
await using store = await benchStore(Number(values.rows));
const lines: Record<string, unknown>[] = [];
for (const hunt of hunts) {
  lines.push(await measure(store, hunt, Number(values.runs)));
  if (process.stderr.isTTY) process.stderr.write(`${hunt.name}\n`);
}
console.table(lines);
console.log(
  `Times in ms. Peak memory of the process: ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB.`,
);
