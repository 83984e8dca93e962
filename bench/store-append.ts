/**
 * Rows a second through the store's append and apply, 40 columns of EmailEvents, beside DuckDB's bare appender.
 *
 *     node bench/store-append.ts [rows]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableNamed } from '../src/schema/index.ts';
import { openStore } from '../src/store/index.ts';

const count = Number(process.argv[2] ?? 400_000);
const batchSize = 8192;
const columns = tableNamed('EmailEvents')!.columns.slice(0, 40);

/** A linear congruential generator: the same rows in every run. */
let state = 1;
const random = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return Math.floor((state / 0x8000_0000) * below);
};

const cellOf = (index: number, { name, type, values }: (typeof columns)[number], place: number): unknown => {
  if (type === 'datetime') return `@${638_000_000_000_000_000n + BigInt(index) * 10_000_000n}`;
  if (type !== 'string') return random(100);
  if (place < 6) return `user${random(1e9)}@contoso${index % 100}.example`;
  if (values) return values[index % values.length];
  return random(2) === 0 ? '' : `text ${random(1000)} of ${name}`;
};

const rows = Array.from({ length: count }, (_, index) =>
  JSON.stringify(columns.map((column, place) => cellOf(index, column, place))).replace(/"@(\d+)"/, '$1'),
);
const bytes = rows.reduce((sum, row) => sum + row.length, 0);
console.log(`${count} rows of ${columns.length} columns, ${Math.round(bytes / count)} bytes a row`);

async function timed(what: string, work: (lap: (what: string) => void) => Promise<void>): Promise<void> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const lap = (name: string) => {
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const busy = ((user + system) / 1e6).toFixed(1);
    console.log(`${name.padEnd(32)} ${seconds.toFixed(2)} s  ${Math.round(count / seconds)} rows/s  cpu ${busy} s`);
  };
  await work(lap);
  lap(what);
}

const folder = await mkdtemp(join(tmpdir(), 'mailhunt-bench-'));
try {
  await timed('bare appender, committed', async () => {
    const instance = await DuckDBInstance.create(join(folder, 'bare.duckdb'));
    const connection = await instance.connect();
    const types = { datetime: 'BIGINT', long: 'BIGINT', int: 'INTEGER', bool: 'BOOLEAN' } as Record<string, string>;
    await connection.run(
      `CREATE TABLE bare (${columns.map(({ name, type }) => `"${name}" ${types[type] ?? 'VARCHAR'}`).join(', ')})`,
    );
    const appender = await connection.createAppender('bare');
    for (const row of rows) {
      // JSON numbers end at 2^53; rounded ticks cost the same.
      for (const [place, cell] of (JSON.parse(row) as unknown[]).entries()) {
        const { type } = columns[place]!;
        if (cell === null) appender.appendNull();
        else if (type === 'datetime' || type === 'long') appender.appendBigInt(BigInt(cell as number));
        else if (type === 'int') appender.appendInteger(cell as number);
        else appender.appendVarchar(String(cell));
      }
      appender.endRow();
    }
    appender.closeSync();
    connection.closeSync();
    instance.closeSync();
  });
  await using store = await openStore(join(folder, 'store'));
  const names = columns.map(({ name }) => name);
  await timed('store, visible to queries', async (lap) => {
    for (let at = 0; at < count; at += batchSize) {
      const source = { id: 'bench', position: at + batchSize };
      await store.append({ table: 'EmailEvents', columns: names, rows: rows.slice(at, at + batchSize), source });
    }
    lap('store, acknowledged');
    await store.flush();
  });
  await timed('the same again, all duplicates', async () => {
    for (let at = 0; at < count; at += batchSize) {
      await store.append({ table: 'EmailEvents', columns: names, rows: rows.slice(at, at + batchSize) });
    }
    await store.flush();
  });
  console.log(store.counts);
} finally {
  await rm(folder, { recursive: true });
}
