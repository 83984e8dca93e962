/**
 * Rows a second of a 40-column CSV of EmailEvents: parsed alone, parsed into the store until queries see the rows, and,
 * as the baseline, read by DuckDB's own read_csv into a table, committed. Medians of three, all in one process.
 *
 *     node bench/ingest.ts [rows]
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { type IngestStore, ingest } from '../src/ingest/index.ts';
import { type SchemaColumn, tableNamed } from '../src/schema/index.ts';
import { openStore } from '../src/store/index.ts';

const count = Number(process.argv[2] ?? 300_000);
const RUNS = 3;
const columns = tableNamed('EmailEvents')!.columns.slice(0, 40);

/** A linear congruential generator: the same rows in every run. */
let state = 1;
const random = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return Math.floor((state / 0x8000_0000) * below);
};
const one = <T>(of: readonly T[]): T => of[random(of.length)]!;

const AUTHENTICATION = ['pass', 'fail', 'none'].map(
  (dmarc) => `"{""SPF"":""pass"",""DKIM"":""fail"",""DMARC"":""${dmarc}"",""CompAuth"":""pass""}"`,
);
const hex = (digits: number): string =>
  random(2 ** 31)
    .toString(16)
    .padStart(digits, '0')
    .slice(-digits);

/** A cell as exports have them: ids and addresses that differ, words of a list, and much that is empty. */
function cellOf(row: number, { name, type, values }: SchemaColumn): string {
  if (name === 'Timestamp') return new Date(1_784_300_000_000 + row * 50).toISOString();
  if (name === 'AuthenticationDetails') return one(AUTHENTICATION);
  if (type !== 'string') return String(random(100));
  if (values !== undefined) return random(2) === 0 ? '' : one(values);
  if (/Address$/.test(name)) return `user${random(50_000)}@contoso${random(200)}.example`;
  if (name === 'NetworkMessageId') return `${hex(8)}-ac21-4754-5a76-${String(row).padStart(12, '0')}`;
  if (name === 'Subject') return random(5) === 0 ? `"Order ${row}, ""urgent"""` : `Your invoice ${row}`;
  return random(3) === 0 ? `text ${random(1000)}` : '';
}

async function writeCsv(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${columns.map(({ name }) => name).join()}\r\n`);
  for (let row = 0; row < count; row += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - row) }, (_, at) =>
      columns.map((column) => cellOf(row + at, column)).join(),
    );
    if (!out.write(`${lines.join('\r\n')}\r\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Takes everything and keeps nothing: what is measured is the reading. */
const nowhere: IngestStore = {
  append: async () => ({ sequence: 0 }),
  flush: async () => {},
  position: async () => 0,
};

async function takeIn(file: string, store: IngestStore): Promise<void> {
  const { rows } = await ingest([file], { store, now: Date.now, reject: () => {} });
  if (rows !== count) throw new Error(`${rows} rows came in`);
}

/** Runs the part of a work that counts. */
type Measure = (part: () => Promise<void>) => Promise<void>;

const works: Readonly<Record<string, (file: string, folder: string, measure: Measure) => Promise<void>>> = {
  'DuckDB read_csv, committed': async (file, folder, measure) => {
    const instance = await DuckDBInstance.create(join(folder, 'baseline.duckdb'));
    const connection = await instance.connect();
    await measure(async () => {
      await connection.run(`CREATE TABLE mail AS FROM read_csv('${file}')`);
      await connection.run('CHECKPOINT');
    });
    connection.closeSync();
    instance.closeSync();
  },
  'parse alone': (file, _, measure) => measure(() => takeIn(file, nowhere)),
  'parse, journal and store': async (file, folder, measure) => {
    await using store = await openStore(join(folder, 'store'), { idle: 0, filling: true });
    await measure(() => takeIn(file, store));
  },
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

const folder = await mkdtemp(join(tmpdir(), 'mailhunt-bench-'));
try {
  const file = join(folder, 'EmailEvents.csv');
  await writeCsv(file);
  const { size } = await stat(file);
  console.log(`${count} rows of ${columns.length} columns, ${Math.round(size / count)} bytes a row`);
  for (const [name, work] of Object.entries(works)) {
    const seconds: number[] = [];
    const busy: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const own = await mkdtemp(join(folder, 'run-'));
      await work(file, own, async (part) => {
        const start = performance.now();
        const cpu = process.cpuUsage();
        await part();
        seconds.push((performance.now() - start) / 1000);
        const { user, system } = process.cpuUsage(cpu);
        busy.push((user + system) / 1e6);
      });
      await rm(own, { recursive: true });
    }
    const rate = Math.round(count / median(seconds));
    const each = ((median(busy) / count) * 1e6).toFixed(1);
    console.log(`${name.padEnd(28)} ${String(rate).padStart(8)} rows/s   ${each.padStart(5)} µs of processor a row`);
  }
  console.log(`memory ${process.memoryUsage.rss() >> 20} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
