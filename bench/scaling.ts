/**
 * How the time of hunts grows with the rows, under a memory limit: stores of 1 and 10 million mails, in the order of time
 * and shuffled, and with `--most` of 50 million (some 8 GB of disk each, made in ten minutes of a quiet machine). The rows
 * go straight into the store's database, only with the columns that are read.
 *
 *     node bench/scaling.ts [--most 50] [--memory 2GB] [--runs 3] [--cpu]
 *
 * With `--cpu` the times are those of all processors together, which a busy machine changes little.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../src/kql/index.ts';
import { type BenchStoreOptions, benchNow, benchStore } from './data.ts';

/** Hunts of `bench/hunts` that read no other column than a lean store fills. */
const names = [
  '2-dkim-failure-trend',
  '4-find-dmarc-failures',
  '6-group-dmarc-failures-by-sender',
  '7-dmarc-failure-to-url-clicks',
  '15-verdicts-read-from-json',
  '17-threats-one-by-one',
  '19-newest-blocked',
  '20-reach-of-sender-domains',
];

const { values } = parseArgs({
  options: {
    most: { type: 'string', default: '10' },
    memory: { type: 'string', default: '2GB' },
    runs: { type: 'string', default: '3' },
    cpu: { type: 'boolean', default: false },
  },
});

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return values.cpu ? (user + system) / 1000 : performance.now() - start;
}

/** The median time of each hunt to the last byte, over a store of its own; NaN where a hunt does not end. */
async function timesOver(mails: number, options: BenchStoreOptions): Promise<number[]> {
  await using store = await benchStore(mails, options);
  const times: number[] = [];
  for (const name of names) {
    const text = readFileSync(join(import.meta.dirname, 'hunts', `${name}.kql`), 'utf8');
    const { rowsSql } = compile(text, { catalog: store.catalog(), now: benchNow }).tables[0]!;
    const run = async () => {
      for await (const _ of store.engine.texts(rowsSql));
    };
    try {
      await run();
      const runs: number[] = [];
      for (let i = 0; i < Number(values.runs); i += 1) runs.push(await milliseconds(run));
      times.push(median(runs));
    } catch (error) {
      console.log(`${name} over ${mails} rows: ${(error as Error).message}`);
      times.push(Number.NaN);
    }
  }
  return times;
}

const sizes = [1, 10, 50].filter((millions) => millions <= Number(values.most));
for (const shuffled of [false, true]) {
  const columns: number[][] = [];
  for (const millions of sizes)
    columns.push(await timesOver(millions * 1_000_000, { memory: values.memory, shuffled, lean: true }));
  console.log(`\n${shuffled ? 'shuffled' : 'in the order of time'}, memory limit ${values.memory}, ms`);
  console.log(
    `${''.padEnd(36) + sizes.map((millions) => `${millions} M`.padStart(10)).join('')}   times the size before`,
  );
  for (const [i, name] of names.entries()) {
    const times = columns.map((column) => column[i]!);
    const growth = times.slice(1).map((time, at) => (time / times[at]!).toFixed(1));
    console.log(
      `${name.padEnd(36) + times.map((time) => time.toFixed(0).padStart(10)).join('')}   ${growth.join('  ')}`,
    );
  }
}
