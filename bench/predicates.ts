/**
 * What a term search and a JSON read cost as filters: `has` beside `contains(lower(x))`, over a column of many distinct
 * texts and over one of few, and members of JSON beside a plain scan of the same column.
 *
 *     node bench/predicates.ts [rows, 10000000 where nothing is said] [--runs 5] [--cpu]
 *
 * With `--cpu` the times are those of all processors together, which a busy machine changes little.
 */
import { parseArgs } from 'node:util';
import { compile } from '../src/kql/index.ts';
import { benchNow, benchStore } from './data.ts';

const json = 'AuthenticationDetails';
const read = `tostring(parse_json(${json}).DMARC) == "temperror"`;

interface Comparison {
  readonly what: string;
  readonly kql: string;
  /** The condition in SQL beside which it is measured. */
  readonly sql: string;
  /** How much longer it may take. */
  readonly most: number;
}

const comparisons: readonly Comparison[] = [
  {
    what: 'has, many texts, many found',
    kql: 'Subject has "invoice"',
    sql: `contains(lower("Subject"), 'invoice')`,
    most: 2.5,
  },
  {
    what: 'has, many texts, few found',
    kql: 'Subject has "3333333"',
    sql: `contains(lower("Subject"), '3333333')`,
    most: 2.5,
  },
  {
    what: 'has, few texts',
    kql: `${json} has "dmarc"`,
    sql: `contains(lower("${json}"), 'dmarc')`,
    most: 1.5,
  },
  {
    what: 'has of two words, few texts',
    kql: `${json} has "temperror"`,
    sql: `contains(lower("${json}"), 'temperror')`,
    most: 1.5,
  },
  { what: 'JSON read, few found', kql: read, sql: `contains("${json}", 'temperror')`, most: 2 },
  {
    what: 'JSON read, more found',
    kql: `tostring(parse_json(${json}).DMARC) == "fail"`,
    sql: `contains("${json}", 'fail')`,
    most: 2,
  },
  {
    what: 'JSON read after extend',
    kql: `tostring(todynamic(${json})["SPF"]) =~ "fail"`,
    sql: `contains("${json}", 'fail')`,
    most: 2,
  },
];

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, cpu: { type: 'boolean', default: false } },
  allowPositionals: true,
});
await using store = await benchStore(Number(positionals[0] ?? 10_000_000));

async function milliseconds(sql: string): Promise<number> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  for await (const _ of store.engine.texts(sql));
  const { user, system } = process.cpuUsage(used);
  return values.cpu ? (user + system) / 1000 : performance.now() - start;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;

console.log(`${''.padEnd(32)}    SQL ms   ours ms     ratio   at most`);
for (const { what, kql, sql, most } of comparisons) {
  const { tables } = compile(`EmailEvents | where ${kql} | count`, { catalog: store.catalog(), now: benchNow });
  const statements = [`SELECT count(*)::VARCHAR FROM "EmailEvents" WHERE ${sql}`, tables[0]!.rowsSql];
  const times: number[][] = statements.map(() => []);
  for (let round = 0; round <= Number(values.runs); round += 1)
    for (const [i, statement] of statements.entries()) {
      const time = await milliseconds(statement);
      if (round > 0) times[i]!.push(time);
    }
  const [hand, ours] = times.map(median) as [number, number];
  const cells = [hand.toFixed(1), ours.toFixed(1), (ours / hand).toFixed(2), most.toFixed(1)];
  console.log(
    `${what.padEnd(32)}${cells.map((cell) => cell.padStart(10)).join('')}${ours / hand > most ? '  over' : ''}`,
  );
}
